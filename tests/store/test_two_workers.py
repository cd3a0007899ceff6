"""Two worker processes take up what waits: each case once, by one of them, with one licence."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from tests import database
from tests.ports.histories import SUBMITTED, add
from tests.store.food_shops import deps_on, hand_in
from tests.store.threads import run_together
from tongban.flows.watch_clocks import take_up
from tongban.hosting.postgres import Cluster
from tongban.kernel.ids import CaseId
from tongban.store.session import Session
from tongban.store.store import Store

CHECKOUT = Path(__file__).parents[2]
PROGRAM = Path(__file__).parent / "taking_worker.py"
CASES, GROUP = 60, 7


@pytest.mark.django_db(transaction=True)
def test_two_processes_share_what_waits(postgres_cluster: Cluster, tmp_path: Path) -> None:
    deps = deps_on(tmp_path)
    ids = hand_in(deps, CASES)
    url = database.url_of(postgres_cluster, connection.settings_dict["NAME"])
    workers = [
        subprocess.Popen(
            [sys.executable, str(PROGRAM), str(tmp_path), str(GROUP)],
            cwd=CHECKOUT, env={**os.environ, "TONGBAN_DATABASE_URL": url, "PYTHONPATH": f"src:{CHECKOUT}"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    outputs = [worker.communicate("go\n")[0] for worker in [*reversed(workers)]]
    assert sum(int(output) for output in outputs) == CASES
    cases = [deps.cases.find(case_id) for case_id in ids]
    assert {case.stage for case in cases if case} == {"concluded"}
    assert len({case.credential_id for case in cases if case}) == CASES
    assert len({case.version for case in cases if case}) == 1


def test_what_one_worker_has_in_hand_another_is_not_given(store: Store) -> None:
    for number in range(5):
        add(store.cases, f"CZ-{number}", SUBMITTED)
    with store.unit():
        assert store.cases.waiting_for_machine(2) == ("CZ-0", "CZ-1")

        def claim() -> tuple[CaseId, ...]:
            with store.unit():
                return store.cases.waiting_for_machine(10)

        assert run_together([claim]) == [("CZ-2", "CZ-3", "CZ-4")]
    with store.unit():
        assert store.cases.waiting_for_machine(10) == tuple(f"CZ-{number}" for number in range(5))


@pytest.mark.django_db(transaction=True)
def test_a_group_asks_as_little_as_one_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deps = deps_on(tmp_path)
    hand_in(deps, 11)
    deps.serials.next()  # numbers are drawn in blocks; the first draw is not the group's
    statements: list[str] = []
    execute = Session._execute

    def counting(session: Session, sql: str, parameters: object) -> object:
        statements.append(sql)
        return execute(session, sql, parameters)  # type: ignore[arg-type]

    monkeypatch.setattr(Session, "_execute", counting)
    assert take_up(deps, 1) == 1
    for_one = len(statements)
    assert take_up(deps, 10) == 10
    assert len(statements) == 2 * for_one
    assert for_one == 4  # claim, histories, registers, everything written


@pytest.mark.django_db(transaction=True)
def test_one_bad_case_does_not_hold_up_its_group(tmp_path: Path) -> None:
    deps = deps_on(tmp_path)
    ids = hand_in(deps, 3)
    offered = replace(deps.catalogue, items={})  # type: ignore[type-var]
    assert take_up(replace(deps, catalogue=offered)) == 0
    assert take_up(deps) == len(ids)
