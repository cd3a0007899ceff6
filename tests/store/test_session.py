"""The unit of work: few statements however large the group, and honest about what went wrong."""

import contextlib

import psycopg
import pytest
from django.db import connection, transaction

from tests.ports.histories import ACCEPTED, ASSESSED, GRANTED, ISSUED, KIND, NOON, OTHER, SUBMITTED, add
from tongban.flows.ports import Issued
from tongban.kernel.errors import Conflict, Fault
from tongban.kernel.ids import CaseId, CredentialId
from tongban.store.session import Session
from tongban.store.store import Store


def count_statements(store: Store, monkeypatch: pytest.MonkeyPatch, cases: int, name: str) -> int:
    """Write a group of straight-through cases in one unit; return how many statements it took."""
    statements: list[str] = []
    execute = Session._execute

    def counting(session: Session, sql: str, parameters: object) -> object:
        statements.append(sql)
        return execute(session, sql, parameters)

    monkeypatch.setattr(Session, "_execute", counting)
    ids = [CaseId(f"{name}-{number}") for number in range(cases)]
    with store.unit():
        store.cases.preload(ids)
        store.registers.preload([(KIND, case_id) for case_id in ids])
        for case_id in ids:
            assert store.cases.find(case_id) is None
            assert store.registers.find(KIND, case_id) is None
            add(store.cases, case_id, SUBMITTED, ACCEPTED, ASSESSED, GRANTED, ISSUED)
            store.ledger.append(f"credential:{case_id}", {"n": case_id})
            store.credentials.save(Issued(CredentialId(f"L-{case_id}"), case_id, "a.b.c~", "key", "01"))
            store.jobs.defer("seal_document", case_id=case_id)
    return len(statements)


@pytest.mark.parametrize("cases", [1, 50])
def test_a_group_costs_three_statements_however_large_it_is(
    store: Store, monkeypatch: pytest.MonkeyPatch, cases: int
) -> None:
    assert count_statements(store, monkeypatch, cases, f"CZ-{cases}") == 3
    assert store.session.read("SELECT count(*) FROM store_caseevent") == [(5 * cases,)]


def test_an_inner_unit_that_failed_after_writing_cannot_be_ignored(store: Store) -> None:
    def fail() -> None:
        with store.unit():
            add(store.cases, "CZ-1", SUBMITTED)
            raise LookupError

    def ignore() -> None:
        with store.unit():
            with contextlib.suppress(LookupError):
                fail()
            add(store.cases, "CZ-2", SUBMITTED)

    with pytest.raises(RuntimeError, match="half-way"):
        ignore()
    assert store.cases.find(CaseId("CZ-1")) is store.cases.find(CaseId("CZ-2")) is None


def test_a_unit_inside_somebody_elses_transaction_follows_it(store: Store) -> None:
    with contextlib.suppress(LookupError), transaction.atomic():
        add(store.cases, "CZ-1", SUBMITTED)
        raise LookupError
    assert store.cases.find(CaseId("CZ-1")) is None


def test_a_conflict_inside_somebody_elses_transaction_leaves_it_usable(store: Store) -> None:
    add(store.cases, "CZ-1", SUBMITTED)
    with transaction.atomic():
        with pytest.raises(Conflict):
            add(store.cases, "CZ-1", SUBMITTED)
        add(store.cases, "CZ-2", SUBMITTED)
    assert store.cases.find(CaseId("CZ-2")) is not None


def test_writing_directly_needs_a_unit(store: Store) -> None:
    with pytest.raises(RuntimeError, match="needs a unit"):
        store.session.write("SELECT 1")


@pytest.mark.parametrize("act", ["read", "write"])
def test_a_database_that_went_away_is_a_fault_and_the_next_try_works(store: Store, act: str) -> None:
    add(store.cases, "CZ-1", SUBMITTED)
    acts = {
        "read": lambda: store.cases.find(CaseId("CZ-1")),
        "write": lambda: add(store.cases, "CZ-2", SUBMITTED),
    }
    pid = connection.connection.info.backend_pid
    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"], port=settings["PORT"], user=settings["USER"],
        password=settings["PASSWORD"], dbname=settings["NAME"], autocommit=True,
    ) as other:  # fmt: skip
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
    with pytest.raises(Fault, match=r"store\.away"):
        acts[act]()
    assert store.cases.find(CaseId("CZ-1")).version == 1
    assert add(store.cases, "CZ-2", SUBMITTED).version == 1


def test_a_direct_write_sees_what_was_gathered_once_it_is_flushed(store: Store) -> None:
    with store.unit():
        store.exchange.post(OTHER, "zone.notice", {}, CaseId("CZ-1"))
        assert store.session.write("SELECT count(*) FROM store_outgoingmessage") == [(0,)]
        assert len(store.messages.claim_due(NOON, 10)) == 0
        store.session.flush()
        assert len(store.messages.claim_due(NOON, 10)) == 1


def test_a_unit_that_fails_keeps_nothing_of_what_it_wrote_before_it_read_a_list(store: Store) -> None:
    def fail() -> None:
        with store.unit():
            store.exchange.post(OTHER, "zone.notice", {}, CaseId("CZ-1"))
            assert len(store.exchange.outgoing(CaseId("CZ-1"))) == 1
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert store.exchange.outgoing(CaseId("CZ-1")) == ()
