"""What a zone holds is told for the account of a played day: whole, plain values, nobody's data."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from tongban.commands.measuring.samples import food_application
from tongban.domain.case.events import Actor
from tongban.flows.ports import Deps
from tongban.flows.submit import new_case_id, submit
from tongban.flows.write_papers import write_papers
from tongban.hosting.day.checks import check_all
from tongban.reads.day_account import read_what_is_left
from tongban.wiring.node import get_node

pytestmark = pytest.mark.django_db


def test_a_case_that_was_granted_at_once_is_accounted_for_and_found_good(deps: Deps, tmp_path: Path) -> None:
    application = food_application(deps, decide_now=True)
    number = new_case_id(deps)
    submit(number, application, Actor("applicant", "shop", "演示"), deps)
    while write_papers(deps):
        pass
    get_node().store.ledger.sequence_leaves(1000, deps.clock.now())
    call_command("dayaccount", "--to", str(tmp_path / "account.json"))
    text = (tmp_path / "account.json").read_text(encoding="utf-8")
    account = json.loads(text)
    assert account["cases"][number]["stage"] == "concluded"
    assert [one["verdict"] for one in account["licences"]] == ["good"]
    assert account["ledger"]["is_root_right"]
    assert account["papers"]
    assert application.applicant.name not in text
    assert application.applicant.id not in text
    record = {"key": "k", "mode": "straight", "zone": deps.zone, "cases": [number], "fault": "", "label": ""}
    wrong = {
        one.name: one.wrong for one in check_all({deps.zone: {**account, "left": {}}}, [record]) if one.wrong
    }
    assert wrong == {}


def test_what_waits_for_a_worker_is_told_as_left(deps: Deps) -> None:
    submit(
        new_case_id(deps), food_application(deps, decide_now=False), Actor("applicant", "shop", "演示"), deps
    )
    left = read_what_is_left(deps)
    assert left["machine"] == 1
