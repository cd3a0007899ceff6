"""Firms that are registered in the same instant get credit codes of their own, each a well-formed one."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.builders import AGENT, SUZHOU
from tests.store.threads import run_together
from tests.web.one_node import OneNode, start_node
from tongban.domain.case.events import ApplicantRef
from tongban.domain.credential.sd_jwt import read_disclosed
from tongban.domain.identifiers.citizen_number import compose_citizen_number
from tongban.domain.identifiers.uscc import parse_uscc
from tongban.flows.submit import Application, submit
from tongban.kernel.ids import CaseId, EvidenceKindId, ItemId

SHOPS = 12
REGISTRATION = ItemId("individual-business-registration")
BORN_ON = date(1990, 5, 5)


@pytest.fixture
def node(transactional_db: None, tmp_path, monkeypatch) -> OneNode:
    return start_node(SUZHOU, tmp_path, monkeypatch)


def begin(node: OneNode, number: int) -> CaseId:
    """Hand a shop's registration in; it waits for the ban list of one zone alone."""
    name, who = f"演示第{number}（示例）", compose_citizen_number("320505", BORN_ON, 100 + number).text
    node.keep("person-identity", who, name=name, born_on=BORN_ON,
              is_valid=True, is_alive=True, division="320505")  # fmt: skip
    node.keep("real-estate-right", who, right="leased", address="苏州市虎丘区演示路1号", is_for_business=True)
    answers = {
        "operator_form": "personal", "contact_mobile": "19900000001", 
        "trade_name": f"演示第{number}店（演示）",
        "scope": ["daily-goods-sale"], "premises": "苏州市虎丘区演示路1号", "right_of_use": "leased",
        "staff_count": "1",
    }  # fmt: skip
    applicant = ApplicantRef("person", who, name, "19900000001")
    case_id = CaseId(f"SZ260303-A{number:03}2222")
    submit(case_id, Application(REGISTRATION, SUZHOU, applicant, answers, "online"), AGENT, node.deps)
    node.answer(case_id, "registration-ban@wuxi", zone="wuxi", is_banned=False)
    return case_id


def test_codes_allotted_at_the_same_time_are_all_different_and_each_is_in_the_register(node: OneNode) -> None:
    cases = [begin(node, number) for number in range(SHOPS)]

    def finish(case_id: CaseId) -> Callable[[], None]:
        return lambda: node.answer(case_id, "registration-ban@changzhou", zone="changzhou", is_banned=False)

    assert run_together([finish(case_id) for case_id in cases]) == [None] * SHOPS
    stages = {node.find(case_id).stage for case_id in cases}
    assert stages == {"concluded"}
    codes = [str(read_disclosed(node.find(case_id).token)["credit_code"]) for case_id in cases]
    assert len(set(codes)) == SHOPS
    for number, code in enumerate(codes):
        assert parse_uscc(code).text == code
        row = node.deps.registers.find(EvidenceKindId("business-licence"), code)
        assert row is not None
        assert row.facts["name"] == f"演示第{number}店（演示）"
