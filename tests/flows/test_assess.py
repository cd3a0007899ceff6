"""A stopped machine hands over and stops nothing else; chance chooses grants to be looked at again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import (
    AGENT,
    BRANCH_FILING,
    CHANGZHOU,
    CONTENT,
    SUZHOU,
    TUESDAY,
    a_branch_application,
    a_network,
    keep,
    keep_branch_records,
)
from tongban.domain.case.events import Actor, ApplicantRef, Referred
from tongban.domain.case.state import Case
from tongban.flows.guard_ports import RailAct
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.submit import Application, submit
from tongban.flows.watch_clocks import wake_due
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.text import Text
from tongban.packs.parse_example import read_examples
from tongban.packs.reading import Reading

CASE = CaseId("SZ260303-ASSESS01")
WHY = Text("演示：规则有误", "demonstration: a rule is wrong")


def turn(deps: Deps, kind: str, ppm: int | None = None) -> None:
    deps.rails.turn(RailAct(BRANCH_FILING, kind, WHY, Actor("steward", "s"), TUESDAY, ppm))


def play(network: dict[ZoneId, Deps], **answers: object) -> Case:
    keep_branch_records(network)
    submit(CASE, a_branch_application(**answers), AGENT, network[SUZHOU])
    settle(network)
    case = network[CHANGZHOU].cases.find(CASE)
    assert case is not None
    return case


def referral(network: dict[ZoneId, Deps]) -> Referred:
    (event,) = (
        one.event for one in network[CHANGZHOU].cases.history(CASE) if isinstance(one.event, Referred)
    )
    return event


def test_a_stopped_machine_assesses_and_hands_over_instead_of_granting() -> None:
    network = a_network()
    turn(network[CHANGZHOU], "stop")
    case = play(network)
    assert (case.stage, case.needs_person) == ("assessed", True)
    assert case.assessment is not None
    assert case.assessment.outcome == "grant"
    assert referral(network).reason == "machine-stopped"
    assert WHY.zh in referral(network).says.zh
    assert WHY.en in referral(network).says.en


def test_a_machine_that_is_stopped_still_says_why_it_would_not_have_granted() -> None:
    network = a_network()
    turn(network[CHANGZHOU], "stop")
    play(network, scope=["domestic", "outbound"])
    assert referral(network).reason == "criteria-not-all-met"


def test_a_machine_that_is_lifted_grants_again() -> None:
    network = a_network()
    turn(network[CHANGZHOU], "stop")
    turn(network[CHANGZHOU], "lift")
    assert play(network).stage == "concluded"


def test_a_switch_of_one_zone_stops_no_other_zone() -> None:
    network = a_network()
    turn(network[SUZHOU], "stop")
    assert play(network).stage == "concluded"


@pytest.mark.parametrize(("ppm", "is_chosen"), [(0, False), (1_000_000, True)])
def test_a_grant_is_chosen_as_often_as_the_rate_says(ppm: int, is_chosen: bool) -> None:
    network = a_network()
    turn(network[CHANGZHOU], "rate", ppm)
    assert play(network).stage == "concluded"
    check = network[CHANGZHOU].rails.find_check(CASE)
    assert (check is not None) is is_chosen
    if check is not None:
        assert (check.item_id, check.verdict) == (BRANCH_FILING, "")


def test_what_a_person_decides_is_never_chosen() -> None:
    network = a_network()
    turn(network[CHANGZHOU], "rate", 1_000_000)
    play(network, scope=["domestic", "outbound"])
    assert network[CHANGZHOU].rails.find_check(CASE) is None


def test_the_table_that_decided_is_kept_under_its_hash() -> None:
    network = a_network()
    case = play(network)
    assert case.assessment is not None
    assert network[CHANGZHOU].rule_tables.find(case.assessment.rules_hash) is not None


def test_the_draw_decides_and_nothing_in_the_case_does() -> None:
    class Loaded:
        def __init__(self, drawn: int) -> None:
            self.drawn = drawn

        def draw(self, below: int) -> int:
            assert below == 1_000_000
            return self.drawn

        def token(self, length: int) -> str:
            return "0" * length

        def salts(self, count: int) -> list[str]:
            return [f"{number:022d}" for number in range(count)]

    for drawn, is_chosen in ((49_999, True), (50_000, False)):
        network = {zone: replace(deps, chance=Loaded(drawn)) for zone, deps in a_network().items()}
        play(network)
        assert (network[CHANGZHOU].rails.find_check(CASE) is not None) is is_chosen


DEREGISTRATION = ItemId("individual-business-deregistration")
EXAMPLE = read_examples(CONTENT / "items" / DEREGISTRATION, Reading(CONTENT))[0]
SHOP = "92320505YY9900014X"


def published(deps: Deps, ppm: int = 1_000_000) -> CaseId:
    """A case whose grant waits for objections."""
    for held in EXAMPLE.held:
        if held.zone == SUZHOU:
            keep(deps, held.kind, held.subject, held.trust, **held.facts)
    deps.rails.turn(RailAct(DEREGISTRATION, "rate", WHY, Actor("steward", "s"), TUESDAY, ppm))
    applicant = ApplicantRef("firm", SHOP, EXAMPLE.applicant["name"])
    submit(CASE, Application(DEREGISTRATION, SUZHOU, applicant, dict(EXAMPLE.answers), "online"), AGENT, deps)
    case = deps.cases.find(CASE)
    assert case is not None
    assert case.stage == "published"
    return CASE


def days_later(deps: Deps, days: int) -> Case:
    deps.clock.at += timedelta(days=days)  # type: ignore[attr-defined]
    wake_due(deps)
    case = deps.cases.find(CASE)
    assert case is not None
    return case


def test_a_grant_that_waits_for_objections_is_chosen_when_it_is_granted_and_not_before() -> None:
    deps = a_network()[SUZHOU]
    published(deps)
    assert deps.rails.find_check(CASE) is None
    assert days_later(deps, 11).decision is not None
    assert deps.rails.find_check(CASE) is not None


def test_a_machine_that_is_stopped_meanwhile_grants_nothing_by_silence() -> None:
    deps = a_network()[SUZHOU]
    published(deps)
    deps.rails.turn(RailAct(DEREGISTRATION, "stop", WHY, Actor("steward", "s"), TUESDAY))
    case = days_later(deps, 11)
    assert (case.stage, case.needs_person, case.decision) == ("assessed", True, None)
    assert deps.rails.find_check(CASE) is None
