"""Bundles for programs: planned, handed in once, followed, taken back in part, shown to nobody else."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.api.conftest import Program
from tests.builders import WUXI
from tongban.domain.delivery import DeliveryWish
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId

Programs = Callable[[str], Program]
BUNDLE = "open-convenience-store"
SITUATION = {"has_licence": "yes", "food": "packed", "is_mall": "no", "tobacco": "no"}


@pytest.fixture
def wanted(food: Mapping[str, Any]) -> dict[str, Any]:
    """The story's food shop asks for the whole."""
    own = dict(food["answers"])
    shared = {name: own.pop(name) for name in ("premises", "contact_mobile")}
    answers = shared | {f"packed_food__{name}": value for name, value in own.items()}
    return {"bundle_id": BUNDLE, "situation": SITUATION, "answers": answers}


def test_every_bundle_is_listed(program: Programs) -> None:
    bundles = program("").get("bundles").json()["bundles"]
    assert len(bundles) == 12
    assert BUNDLE in {one["bundle_id"] for one in bundles}


def test_a_plan_needs_no_token_and_keeps_nothing(program: Programs) -> None:
    plan = program("").post(f"bundles/{BUNDLE}/plan", {"situation": SITUATION}).json()
    assert [one["id"] for one in plan["members"]] == ["packed-food", "signboard", "seal-and-tax"]
    assert set(plan["left_out"]) == {
        "registration",
        "food-licence",
        "hygiene",
        "fire-check",
        "fire-promise",
        "tobacco",
    }
    assert {one["id"] for one in plan["form"]} >= {"premises", "contact_mobile", "packed_food__outlets"}


def test_an_open_questionnaire_is_told_question_by_question(program: Programs) -> None:
    answer = program("").post(
        f"bundles/{BUNDLE}/plan", {"situation": {"has_licence": "yes", "food": "packed"}}
    )
    assert answer.status_code == 422
    pointers = {one["pointer"] for one in answer.json()["problems"]}
    assert pointers == {"situations.is_mall", "situations.tobacco"}


def test_a_bundle_is_handed_in_and_followed(program: Programs, wanted: dict[str, Any]) -> None:
    shop = program("shop")
    answer = shop.post("bundle-applications", wanted)
    assert answer.status_code == 201, answer.content.decode()
    receipt = answer.json()
    assert answer["Location"] == f"/api/v1/receipts/{receipt['number']}"
    standings = {one["id"]: one["standing"] for one in receipt["members"]}
    assert standings == {"packed-food": "done", "signboard": "yours", "seal-and-tax": "yours"}
    assert shop.get(f"receipts/{receipt['number']}").json() == receipt
    case_id = next(one["case_id"] for one in receipt["members"] if one["case_id"])
    assert shop.get(f"cases/{case_id}").json()["stage"] == "concluded"


def test_parts_are_taken_back_and_reported(program: Programs, wanted: dict[str, Any]) -> None:
    shop = program("shop")
    number = shop.post("bundle-applications", wanted).json()["number"]
    shop.post(f"receipts/{number}/done/signboard", {})
    receipt = shop.post(f"receipts/{number}/withdrawal", {"members": ["seal-and-tax"]}).json()
    standings = {one["id"]: one["standing"] for one in receipt["members"]}
    assert standings == {"packed-food": "done", "signboard": "done", "seal-and-tax": "dropped"}
    assert receipt["state"] == "partly"
    assert shop.post(f"receipts/{number}/person", {}).status_code == 422


def test_everything_that_is_wrong_is_told_at_once(program: Programs, wanted: dict[str, Any]) -> None:
    wanted["answers"] |= {"contact_mobile": "12", "packed_food__outlets": ["moon"]}
    answer = program("shop").post("bundle-applications", wanted)
    assert answer.status_code == 422
    pointers = {one["pointer"] for one in answer.json()["problems"]}
    assert pointers == {"answers.contact_mobile", "answers.packed_food__outlets"}


def test_somebody_elses_receipt_is_not_here(program: Programs, wanted: dict[str, Any]) -> None:
    number = program("shop").post("bundle-applications", wanted).json()["number"]
    assert program("agency").get(f"receipts/{number}").status_code == 404
    assert program("").get(f"receipts/{number}").status_code == 401


KEY = {"Idempotency-Key": "bundle-2026-0001"}


def test_the_same_key_is_the_same_receipt_and_another_bundle_under_it_is_refused(
    program: Programs, wanted: dict[str, Any]
) -> None:
    shop = program("shop")
    first = shop.post("bundle-applications", wanted, **KEY)
    again = shop.post("bundle-applications", wanted, **KEY)
    assert (first.status_code, again.status_code) == (201, 200), again.content.decode()
    assert first.json()["number"] == again.json()["number"]
    cases = [[one["case_id"] for one in answer.json()["members"]] for answer in (first, again)]
    assert cases[0] == cases[1]
    other = {**wanted, "bundle_id": "move-firm-between-zones"}
    assert shop.post("bundle-applications", other, **KEY).status_code == 409


def test_a_wish_for_paper_copies_goes_with_every_member(
    program: Programs, wanted: dict[str, Any], deps: Deps
) -> None:
    shop = program("shop")
    wrong = shop.post("bundle-applications", {**wanted, "receive": {"way": "pick-up", "zone": "nowhere"}})
    assert (wrong.status_code, wrong.json()["problems"][0]["code"]) == (422, "delivery.no-zone")
    receipt = shop.post(
        "bundle-applications", {**wanted, "receive": {"way": "pick-up", "zone": "wuxi"}}
    ).json()
    (case_id,) = (one["case_id"] for one in receipt["members"] if one["case_id"])
    case = deps.cases.find(CaseId(case_id))
    assert case is not None
    assert case.wish == DeliveryWish("pick-up", WUXI)
