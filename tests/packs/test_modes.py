"""What an item may no longer ask in its way of handling is found by the checker, one fault at a time."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.builders import CONTENT, SUZHOU, catalogue
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.parse_modes import SEPARATION_MODES
from tongban.domain.evidence.requirement import Requirement
from tongban.domain.guard.gate import read_gate
from tongban.kernel.ids import EvidenceKindId, ItemId, LawKey
from tongban.kernel.text import Text
from tongban.packs.check_modes import check_cancelled, check_modes
from tongban.packs.reading import Reading

WORDS = Text("话", "words")


def get(name: str) -> ServiceItem:
    return catalogue().get_item(ItemId(name), SUZHOU)


def codes(item: ServiceItem) -> list[str]:
    reading = Reading(CONTENT)
    check_modes(item, catalogue(), CONTENT / "items" / item.id, reading)
    return [problem.code.removeprefix("pack.") for problem in reading.problems]


@pytest.mark.parametrize("item", catalogue().list_items(SUZHOU), ids=lambda item: item.id)
def test_every_item_there_is_passes(item: ServiceItem) -> None:
    assert codes(item) == []


@pytest.mark.parametrize("mode", sorted(SEPARATION_MODES))
def test_each_of_the_four_ways_is_shown_by_two_items(mode: str) -> None:
    shown = [
        one.id for one in catalogue().list_items(SUZHOU) if one.separation and one.separation.mode == mode
    ]
    assert len(shown) >= 2, shown


def test_a_fire_check_on_a_promise_is_lawful_and_still_no_machines() -> None:
    item = get("gathering-place-fire-commitment")
    gate = read_gate(item, catalogue().regimes[item.regime], catalogue().gate)
    assert {row.id for row in gate.barred_by} == {"error-cheap-to-correct", "rules-are-the-authoritys"}
    assert not item.rules.may_grant


def _spoil(name: str, **changes: Any) -> ServiceItem:
    return replace(get(name), **changes)


def _pledge(**changes: Any) -> ServiceItem:
    item = get("hairdresser-hygiene-permit")
    return replace(item, pledges=(replace(item.pledges[0], **changes), item.pledges[1]))


PERMIT, HOME = "hairdresser-hygiene-permit", "care-home-filing"
FAULTS: list[tuple[str, Callable[[], ServiceItem]]] = [
    ("mode-filing-approves", lambda: _spoil(HOME, regime="filing")),
    ("mode-filing-before", lambda: _spoil(HOME, regime="query")),
    ("mode-no-pledge", lambda: _spoil(PERMIT, pledges=())),
    ("mode-inspects-first", lambda: _spoil(PERMIT, gate={})),
    ("mode-not-quicker", lambda: _spoil("food-licence-change", promised=())),
    ("pledge-without-text", lambda: _pledge(text=())),
    ("pledge-without-day", lambda: _pledge(due=())),
    ("pledge-spares-nothing", lambda: _pledge(spares=(EvidenceKindId("deposit-proof"),))),
    ("pledge-list-not-asked", lambda: _spoil(PERMIT, evidence=get(PERMIT).evidence[:3])),
    ("not-in-procedure", lambda: _spoil("individual-business-deregistration", regime="licensing")),
    ("unknown-authority", lambda: _spoil("care-elsewhere-filing", elsewhere=replace(
        get("care-elsewhere-filing").elsewhere, authority="nobody"))),  # type: ignore[type-var]
    ("mode-cancelled-asks", lambda: _spoil("advertising-release-registration", fee_fen=100)),
]  # fmt: skip


@pytest.mark.parametrize(("code", "make"), FAULTS, ids=[code for code, _ in FAULTS])
def test_a_fault_is_told_by_its_name(code: str, make: Callable[[], ServiceItem]) -> None:
    assert code in codes(make())


def test_no_item_may_ask_for_a_permit_that_was_cancelled() -> None:
    asks = Requirement(
        EvidenceKindId("advertising-release-permit"), WORDS, "applicant.id", "deciding",
        LawKey("order-716-2019#7.1"), LawKey("order-716-2019#7.1"),
    )  # fmt: skip
    food = get("prepackaged-food-filing")
    gone = get("advertising-release-registration")
    reading = Reading(CONTENT)
    packs = {CONTENT / "items" / one.id: one for one in (gone, replace(food, evidence=(asks,)))}
    check_cancelled({**packs, CONTENT / "items" / "x": get("individual-business-registration")}, reading)
    assert [problem.code for problem in reading.problems] == ["pack.mode-permit-cancelled"]
