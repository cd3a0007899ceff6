"""Promises for programs: every zone is asked first, then the text is given, and what was signed counts."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Program
from tongban.flows.ports import Deps
from tongban.flows.receive import Incoming, receive
from tongban.kernel.ids import BundleNumber, CaseId, MessageId

Programs = Callable[[str], Program]
ITEM, PLAIN = "hairdresser-hygiene-permit", "prepackaged-food-filing"
ANSWERS = {"premises": "演示路1号", "area_m2": "40", "staff_count": "3", "contact_mobile": "19900000006"}
BUNDLE = {
    "bundle_id": "open-hairdresser-or-hotel",
    "situation": {"kind": "hairdresser", "has_licence": "yes", "sells_snacks": "no"},
}
FORM = {"premises": "演示路1号", "contact_mobile": "19900000006", "hygiene_hairdresser__area_m2": "40",
        "staff": "3"}  # fmt: skip


def answer(number: str, deps: Deps, *, listed: bool = False) -> None:
    """Let the other zones answer what they were asked."""
    for one in deps.inquiries.list_of(number):
        body = {"case": number, "token": one.token, "is_listed": listed}
        receive(Incoming(one.zone, MessageId("m-1"), "promise.answer", body), deps)


def ask(barber: Program, **wanted: Any) -> dict[str, Any]:
    found = barber.post("promises", wanted or {"item_id": ITEM, "zone": "suzhou"})
    assert found.status_code == 200, found.content.decode()
    told: dict[str, Any] = found.json()
    return told


def signed(told: dict[str, Any], **changes: Any) -> dict[str, Any]:
    one = told["promises"][0]
    row = {key: one[key] for key in ("member", "promise", "version", "text_hash")}
    return {"number": told["number"], "signed": [row | {"signed_by": "夏知禾（示例）"} | changes]}


def hand_in(barber: Program, promises: dict[str, Any]) -> Any:
    application = {"item_id": ITEM, "zone": "suzhou", "answers": ANSWERS, "promises": promises}
    return barber.post("applications", application)


@pytest.fixture
def barber(program: Programs) -> Program:
    return program("barber")


def test_no_text_is_given_before_every_zone_has_answered(barber: Program, deps: Deps) -> None:
    told = ask(barber)
    assert (told["state"], told["promises"], len(told["waiting_for"])) == ("waiting", [], 2)
    answer(told["number"], deps)
    again = ask(barber, item_id=ITEM, zone="suzhou", number=told["number"])
    assert (again["state"], again["number"]) == ("offered", told["number"])
    assert [one["promise"] for one in again["promises"]] == ["hygiene-conditions", "certificates-follow"]


def test_whom_a_zone_lists_is_told_which(barber: Program, deps: Deps) -> None:
    number = ask(barber)["number"]
    answer(number, deps, listed=True)
    told = ask(barber, item_id=ITEM, zone="suzhou", number=number)
    assert (told["state"], told["promises"], len(told["listed_in"])) == ("listed", [], 2)


def test_a_signed_promise_reaches_the_case_once(barber: Program, deps: Deps) -> None:
    told = ask(barber)
    answer(told["number"], deps)
    told = ask(barber, item_id=ITEM, zone="suzhou", number=told["number"])
    assert hand_in(barber, signed(told)).status_code == 201
    case = deps.cases.find(CaseId(told["number"]))
    assert case is not None
    assert set(case.signatures) == {"hygiene-conditions"}
    assert hand_in(barber, signed(told)).status_code == 200


def test_nothing_is_handed_in_on_a_promise_that_is_not_offered(barber: Program, deps: Deps) -> None:
    told = ask(barber)
    item = deps.catalogue.get_item(ITEM, deps.zone)
    pledge = item.pledges[0]
    row = {
        "promise": pledge.id,
        "version": pledge.version,
        "text_hash": pledge.text_hash,
        "signed_by": "夏知禾",
    }
    refused = hand_in(barber, {"number": told["number"], "signed": [row]})
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["code"] == "pledge.not-offered"
    assert deps.cases.find(CaseId(told["number"])) is None


def test_another_text_is_refused(barber: Program, deps: Deps) -> None:
    told = ask(barber)
    answer(told["number"], deps)
    told = ask(barber, item_id=ITEM, zone="suzhou", number=told["number"])
    refused = hand_in(barber, signed(told, text_hash="0" * 64))
    assert refused.json()["problems"][0]["code"] == "pledge.not-this-text"


def test_a_number_of_somebody_else_is_not_found(barber: Program, program: Programs) -> None:
    number = ask(barber)["number"]
    for other in (number, "SZ260303-7K3M9QXD", "no number"):
        wanted = {"item_id": ITEM, "zone": "suzhou", "number": other}
        assert program("shop").post("promises", wanted).status_code == 404


def test_an_item_without_a_promise_says_so_and_asks_nobody(barber: Program, deps: Deps) -> None:
    told = ask(barber, item_id=PLAIN, zone="suzhou")
    assert (told["state"], told["promises"]) == ("none", [])
    assert deps.inquiries.list_of(told["number"]) == ()


@pytest.mark.parametrize("wanted", [{}, {"item_id": ITEM, "zone": "suzhou", **BUNDLE}])
def test_it_is_asked_for_an_item_or_for_a_bundle(barber: Program, wanted: dict[str, Any]) -> None:
    assert barber.post("promises", wanted).status_code == 422


def test_it_is_signed_inside_a_bundle_too(barber: Program, deps: Deps) -> None:
    told = ask(barber, **BUNDLE)
    answer(told["number"], deps)
    told = ask(barber, **BUNDLE, number=told["number"])
    assert told["promises"][0]["member"] == "hygiene-hairdresser"
    application = {**BUNDLE, "answers": FORM, "promises": signed(told)}
    receipt = barber.post("bundle-applications", application)
    assert receipt.status_code == 201, receipt.content.decode()
    assert (receipt.json()["number"], receipt.json()["fee_fen"]) == (told["number"], 0)
    assert receipt.json()["fee_sources"] == ["all-2019#58"]
    opened = deps.bundles.find(BundleNumber(told["number"]))
    assert opened is not None
    case = deps.cases.find(opened.get_member("hygiene-hairdresser").case_id)
    assert case is not None
    assert set(case.signatures) == {"hygiene-conditions"}
