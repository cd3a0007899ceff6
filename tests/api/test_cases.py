"""Cases for programs: handed in once, told whole, shown to nobody else."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.api.conftest import Program
from tests.builders import WUXI
from tongban.domain.delivery import DeliveryWish
from tongban.flows.ports import Deps
from tongban.flows.watch_clocks import take_up
from tongban.kernel.ids import CaseId

Programs = Callable[[str], Program]
Food = Mapping[str, Any]


def problems_of(answer: Any) -> list[tuple[str, str]]:
    assert answer["Content-Type"] == "application/problem+json"
    return [(one["code"], one["pointer"]) for one in answer.json()["problems"]]


def test_an_application_that_needs_nobody_is_answered_with_its_licence(program: Programs, food: Food) -> None:
    answer = program("shop").post("applications", food)
    assert answer.status_code == 201, answer.content.decode()
    receipt = answer.json()
    assert (receipt["stage"], receipt["waits_for"]) == ("concluded", "")
    assert receipt["licence_number"].startswith("1.2.156.3005.2")
    assert answer["Location"] == f"/api/v1/cases/{receipt['case_id']}"


def test_an_application_may_be_left_to_the_worker(program: Programs, food: Food, deps: Deps) -> None:
    shop = program("shop")
    receipt = shop.post("applications", {**food, "decide": "later"}).json()
    assert (receipt["stage"], receipt["waits_for"], receipt["licence_number"]) == (
        "received",
        "machine",
        None,
    )
    assert take_up(deps) == 1
    assert shop.get(f"cases/{receipt['case_id']}").json()["stage"] == "concluded"


def test_the_same_key_leads_to_the_same_case(program: Programs, food: Food) -> None:
    shop = program("shop")
    first = shop.post("applications", food, Idempotency_Key="order-0001")
    second = shop.post("applications", food, Idempotency_Key="order-0001")
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()


def test_another_key_or_none_is_another_case(program: Programs, food: Food) -> None:
    shop = program("shop")
    numbers = {
        shop.post("applications", food, **headers).json()["case_id"]
        for headers in ({"Idempotency_Key": "order-0001"}, {"Idempotency_Key": "order-0002"}, {}, {})
    }
    assert len(numbers) == 4


def test_the_same_key_of_two_accounts_is_two_cases(program: Programs, food: Food, deps: Deps) -> None:
    key = {"Idempotency_Key": "order-0001"}
    first, second = (
        program("shop").post("applications", food, **key),
        program("agency").post("applications", {**food, "decide": "later"}, **key),
    )
    assert first.status_code == second.status_code == 201
    assert first.json()["case_id"] != second.json()["case_id"]


def test_a_key_for_another_application_is_refused(program: Programs, food: Food) -> None:
    shop = program("shop")
    shop.post("applications", food, Idempotency_Key="order-0001")
    other = {**food, "answers": {**food["answers"], "sale_modes": ["wholesale"]}}
    answer = shop.post("applications", other, Idempotency_Key="order-0001")
    assert answer.status_code == 409
    assert problems_of(answer) == [("idempotency.other-application", "Idempotency-Key")]


def test_everything_that_is_wrong_is_told_at_once(program: Programs, food: Food, deps: Deps) -> None:
    answers = {"contact_mobile": "12", "premises": "x" * 5000, "activities": ["robbery"], "sale_modes": "🙂"}
    answer = program("shop").post("applications", {**food, "answers": answers})
    assert answer.status_code == 422
    assert {pointer for _, pointer in problems_of(answer)} == {
        *("answers.contact_mobile", "answers.premises", "answers.activities", "answers.sale_modes"),
        *("answers.outlets", "answers.stores_elsewhere", "answers.sells_labelled_only"),
    }
    for one in answer.json()["problems"]:
        assert one["zh"]
        assert one["en"]
    assert take_up(deps) == 0


def test_a_request_of_the_wrong_shape_names_every_place(program: Programs) -> None:
    body = {"item_id": 7, "answers": {"scope": {"a": 1}}, "decide": "never", "colour": "red"}
    answer = program("shop").post("applications", body)
    assert answer.status_code == 422
    pointers = {pointer for _, pointer in problems_of(answer)}
    assert {"item_id", "zone", "answers.scope", "decide", "colour"} <= pointers


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"a": NaN', b"[" * 100_000])
def test_a_body_that_is_no_json_is_said_to_be_none(program: Programs, body: bytes) -> None:
    answer = program("shop").post("applications", body)
    assert answer.status_code == 400
    assert problems_of(answer) == [("request.no-json", "body")]


def test_a_body_over_the_limit_is_refused_unread(program: Programs) -> None:
    assert program("shop").post("applications", b"1" * (3 * 1024 * 1024)).status_code == 413
    too_big = program("shop").post("applications", b"1" * (30 * 1024 * 1024))
    assert too_big.status_code == 413
    assert too_big["Content-Type"] == "application/problem+json"


def test_an_item_or_a_zone_that_is_not_there_is_said_so(program: Programs, food: Food) -> None:
    assert program("shop").post("applications", {**food, "item_id": "moon"}).status_code == 404
    answer = program("shop").post("applications", {**food, "zone": "moon"})
    assert problems_of(answer) == [("zone.unknown", "zone")]


@pytest.mark.parametrize("token", ["", "x", "tb_" + "0" * 40, "tb_" + "0" * 400, "令牌"])
def test_nobody_comes_in_without_a_good_token(deps: Deps, food: Food, token: str) -> None:
    answer = Program(token).post("applications", food)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert problems_of(answer) == [("token.unknown", "Authorization")]


def test_staff_file_nothing_in_anybodys_name(program: Programs, food: Food) -> None:
    answer = program("suzhou-officer").post("applications", food)
    assert answer.status_code == 403
    assert problems_of(answer) == [("token.not-an-applicant", "Authorization")]


def test_a_case_is_told_with_its_history_and_the_law_of_each_step(program: Programs, food: Food) -> None:
    shop = program("shop")
    case = shop.get(f"cases/{shop.post('applications', food).json()['case_id']}").json()
    names = [step["name"] for step in case["steps"]]
    assert names == ["Submitted", "EvidenceAttached", "Accepted", "Assessed", "Granted", "CredentialIssued"]
    assert all(step["source"] and step["title"]["zh"] and step["title"]["en"] for step in case["steps"])
    assert {finding["mark"] for finding in case["findings"]} == {"met"}
    assert case["is_granted"] is True
    assert case["credential"].count("~") > 1


def test_somebody_elses_case_is_not_found_and_answers_like_none_at_all(program: Programs, food: Food) -> None:
    case_id = program("shop").post("applications", food).json()["case_id"]
    other = program("agency")
    there, nowhere = other.get(f"cases/{case_id}"), other.get("cases/SZ260303-00000000")
    assert there.status_code == nowhere.status_code == 404
    hide = {"correlation_id": ""}
    assert there.json() | hide == nowhere.json() | hide
    for act, body in (("person", {}), ("withdrawal", {"reason": "x"}), ("corrections", {"answers": {}})):
        assert other.post(f"cases/{case_id}/{act}", body).status_code == 404


def test_the_colleague_of_an_agent_sees_the_firms_case(program: Programs, food: Food) -> None:
    receipt = program("agent").post("applications", {**food, "decide": "later"}).json()
    assert program("agency").get(f"cases/{receipt['case_id']}").json()["stage"] == "received"


def test_an_applicant_may_take_back_and_ask_for_a_person(program: Programs, food: Food) -> None:
    shop = program("shop")
    later = {**food, "decide": "later"}
    first, second = (shop.post("applications", later).json()["case_id"] for _ in range(2))
    assert shop.post(f"cases/{first}/person", {}).json()["waits_for"] == "person"
    assert shop.post(f"cases/{second}/withdrawal", {"reason": "写错了"}).json()["stage"] == "withdrawn"
    again = shop.post(f"cases/{second}/withdrawal", {"reason": "写错了"})
    assert again.status_code in (200, 422)


def test_a_replayed_key_tells_where_the_case_stands_now(program: Programs, food: Food, deps: Deps) -> None:
    shop, later = program("shop"), {**food, "decide": "later"}
    shop.post("applications", later, Idempotency_Key="order-0001")
    take_up(deps)
    assert shop.post("applications", later, Idempotency_Key="order-0001").json()["stage"] == "concluded"


def test_case_numbers_of_keys_do_not_tell_the_key(program: Programs, food: Food, deps: Deps) -> None:
    receipt = program("shop").post("applications", food, Idempotency_Key="order-0001").json()
    case = deps.cases.find(CaseId(receipt["case_id"]))
    assert case is not None
    assert "order" not in receipt["case_id"].lower()
    assert case.applicant.id == case.answers.get("applicant", case.applicant.id)


def test_a_wish_for_a_paper_copy_is_kept_and_one_that_lacks_something_refused(
    program: Programs, food: Food, deps: Deps
) -> None:
    shop = program("shop")
    wished = {"way": "pick-up", "zone": "wuxi"}
    receipt = shop.post("applications", {**food, "receive": wished}).json()
    case = deps.cases.find(CaseId(receipt["case_id"]))
    assert case is not None
    assert case.wish == DeliveryWish("pick-up", WUXI)
    wrong = shop.post("applications", {**food, "receive": {"way": "post"}})
    assert problems_of(wrong) == [("delivery.no-address", "receive_address")]
