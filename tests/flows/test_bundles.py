"""One receipt, many cases: opened in order, results handed on, failures contained, parts taken back."""

from dataclasses import replace

import pytest

from tests.builders import (
    AGENT,
    BRANCH,
    BRANCH_FILING,
    CHANGZHOU,
    PARENT,
    WUXI,
    a_network,
    branch_answers,
    catalogue,
    keep,
    keep_branch_records,
)
from tests.domain.bundle.bundles import a_bundle, elsewhere, says
from tongban.domain.bundle.bundle import RESULT_NUMBER, ApplicantFrom, Bundle, Member, Output, SharedField
from tongban.domain.bundle.opened import Noted, OpenedBundle, Standing, read_standings
from tongban.domain.case import events as e
from tongban.domain.case.events import Actor, ApplicantRef
from tongban.flows.lead_bundle import ask_person_for_bundle, report_elsewhere, withdraw_bundle
from tongban.flows.make_decision import refuse
from tongban.flows.open_bundle import BundleApplication, get_bundle_receipt, new_bundle_number, open_bundle
from tongban.flows.open_next import open_next, read_cases
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.kernel.errors import Refused
from tongban.kernel.ids import BundleId, BundleNumber, ItemId, ZoneId
from tongban.kernel.text import Text

NUMBER = BundleNumber("YJS-CZ260303-00000001")
FIRM = ApplicantRef("firm", PARENT, "无锡示例旅行社有限公司（演示）", "19900000001", "agent", "演示经办人")
OFFICER = Actor("officer", "officer", "演示审批人员")
FOOD = ItemId("prepackaged-food-filing")
ONE_QUESTION = {"wanted": "yes"}


def branch_then_food(**changes: object) -> Bundle:
    """A branch is filed, then sells packed food: as the firm that the branch is, at the branch's address."""
    branch = Member("branch", says("branch"), BRANCH_FILING)
    food = Member(
        "food", says("food"), FOOD, needs=("branch",),
        takes={"premises": Output("branch", "branch_address")},
        applicant=ApplicantFrom("branch", "branch_uscc", "branch_name"),
    )  # fmt: skip
    shared = SharedField("mobile", (("branch", "contact_mobile"), ("food", "contact_mobile")))
    return a_bundle(branch, food, shared=(shared,), zones=(CHANGZHOU, WUXI), **changes)


def values(**changes: object) -> dict[str, object]:
    answers = branch_answers()
    mobile = answers.pop("contact_mobile")
    return {
        "mobile": mobile,
        **{f"branch__{name}": value for name, value in answers.items()},
        "food__activities": ["prepackaged"],
        "food__sale_modes": ["retail"],
        "food__outlets": ["shop"],
        "food__stores_elsewhere": "no",
        "food__sells_labelled_only": "yes",
        **changes,
    }


def a_network_with(bundle: Bundle) -> dict[ZoneId, Deps]:
    """Three zones whose catalogue has this bundle besides, and registers that hold what it needs."""
    known = replace(catalogue(), bundles={bundle.id: bundle})
    network = {zone: replace(deps, catalogue=known) for zone, deps in a_network().items()}
    keep_branch_records(network)
    keep(
        network[CHANGZHOU], "business-licence", BRANCH, status="active", kind="branch",
        name=str(branch_answers()["branch_name"]), legal_representative="演示甲", parent_uscc=PARENT,
        scope=["prepackaged-food-sale"], premises=str(branch_answers()["branch_address"]),
        registered_on=network[CHANGZHOU].clock.now().date(),
    )  # fmt: skip
    return network


def open_in(network: dict[ZoneId, Deps], zone: ZoneId = CHANGZHOU, **changes: object) -> OpenedBundle:
    application = BundleApplication(BundleId("a-bundle"), FIRM, ONE_QUESTION, values(**changes), "online")
    return open_bundle(NUMBER, application, AGENT, network[zone])


def standings(deps: Deps) -> dict[str, Standing]:
    opened = get_bundle_receipt(NUMBER, deps)
    return read_standings(opened, read_cases(opened, deps))


def case_of(member: str, deps: Deps) -> object:
    return deps.cases.find(get_bundle_receipt(NUMBER, deps).get_member(member).case_id)


def test_the_next_member_opens_when_what_it_needs_is_concluded() -> None:
    network = a_network_with(branch_then_food())
    opened = open_in(network)
    assert [one.note for one in opened.members] == [Noted.OPENED, Noted.WAITS]
    settle(network)
    assert standings(network[CHANGZHOU]) == {"branch": Standing.DONE, "food": Standing.DONE}


def test_a_result_is_handed_on_and_the_new_firm_applies_itself() -> None:
    network = a_network_with(branch_then_food())
    open_in(network)
    settle(network)
    food = case_of("food", network[CHANGZHOU])
    assert food.answers["premises"] == branch_answers()["branch_address"]
    assert food.answers["contact_mobile"] == branch_answers()["contact_mobile"]
    assert (food.applicant.id, food.applicant.name) == (BRANCH, branch_answers()["branch_name"])
    assert food.bundle == e.BundleRef(NUMBER, "food")


def test_the_number_of_a_result_is_handed_on_too() -> None:
    branch, food = branch_then_food().members
    takes = {"premises": Output("branch", RESULT_NUMBER)}
    network = a_network_with(replace(branch_then_food(), members=(branch, replace(food, takes=takes))))
    open_in(network)
    settle(network)
    assert case_of("food", network[CHANGZHOU]).answers["premises"] == (
        case_of("branch", network[CHANGZHOU]).credential_id
    )


def test_the_answers_are_forgotten_when_the_last_member_is_open() -> None:
    network = a_network_with(branch_then_food())
    open_in(network)
    assert get_bundle_receipt(NUMBER, network[CHANGZHOU]).values
    settle(network)
    assert get_bundle_receipt(NUMBER, network[CHANGZHOU]).values == {}


def test_handing_in_twice_is_one_receipt() -> None:
    network = a_network_with(branch_then_food())
    assert open_in(network) == open_in(network)


def test_opening_the_next_twice_opens_it_once() -> None:
    network = a_network_with(branch_then_food())
    opened = open_in(network)
    settle(network)
    deps = network[CHANGZHOU]
    before = get_bundle_receipt(NUMBER, deps)
    open_next(opened.get_member("branch").case_id, deps)
    assert get_bundle_receipt(NUMBER, deps) == before


def test_every_fault_of_every_member_is_told_at_once_and_nothing_is_kept() -> None:
    network = a_network_with(branch_then_food())
    with pytest.raises(Refused) as refused:
        open_in(network, mobile="", food__outlets=["moon"])
    assert [one.pointer for one in refused.value.problems] == ["answers.mobile", "answers.food__outlets"]
    assert network[CHANGZHOU].bundles.find(NUMBER) is None


def test_a_questionnaire_left_open_is_refused() -> None:
    network = a_network_with(branch_then_food())
    application = BundleApplication(BundleId("a-bundle"), FIRM, {}, values(), "online")
    with pytest.raises(Refused) as refused:
        open_bundle(NUMBER, application, AGENT, network[CHANGZHOU])
    assert [one.pointer for one in refused.value.problems] == ["situations.wanted"]


def test_a_zone_that_does_not_lead_takes_nothing_in() -> None:
    bundle = replace(branch_then_food(), zones=(WUXI,))
    with pytest.raises(Refused) as refused:
        open_in(a_network_with(bundle))
    assert [one.code for one in refused.value.problems] == ["bundle.not-led-here"]


def test_a_failed_member_stops_what_needs_it_only() -> None:
    bundle = branch_then_food()
    bundle = replace(bundle, members=(*bundle.members, elsewhere("seal")))
    network = a_network_with(bundle)
    opened = open_in(network, branch__scope=["outbound"])
    settle(network)
    refuse(opened.get_member("branch").case_id, Text("理由", "Reasons"), OFFICER, network[CHANGZHOU])
    settle(network)
    assert standings(network[CHANGZHOU]) == {
        "branch": Standing.FAILED, "food": Standing.STOPPED, "seal": Standing.YOURS,
    }  # fmt: skip


def test_what_is_done_elsewhere_opens_what_waited_for_it() -> None:
    bundle = branch_then_food()
    branch, food = bundle.members
    bundle = replace(bundle, members=(elsewhere("tax"), replace(branch, needs=("tax",)), food))
    network = a_network_with(bundle)
    open_in(network)
    assert standings(network[CHANGZHOU])["branch"] is Standing.WAITS
    report_elsewhere(NUMBER, "tax", AGENT, network[CHANGZHOU])
    settle(network)
    assert standings(network[CHANGZHOU])["food"] is Standing.DONE
    with pytest.raises(Refused):
        report_elsewhere(NUMBER, "food", AGENT, network[CHANGZHOU])


def test_saying_twice_that_something_is_done_elsewhere_is_saying_it_once() -> None:
    bundle = branch_then_food()
    branch, food = bundle.members
    bundle = replace(bundle, members=(elsewhere("tax"), replace(branch, needs=("tax",)), food))
    network = a_network_with(bundle)
    open_in(network)
    first = report_elsewhere(NUMBER, "tax", AGENT, network[CHANGZHOU])
    assert report_elsewhere(NUMBER, "tax", AGENT, network[CHANGZHOU]) == first


def test_one_part_is_withdrawn_and_the_rest_goes_on() -> None:
    network = a_network_with(branch_then_food())
    open_in(network)
    withdraw_bundle(NUMBER, ("food",), "", AGENT, network[CHANGZHOU])
    settle(network)
    assert standings(network[CHANGZHOU]) == {"branch": Standing.DONE, "food": Standing.DROPPED}


def test_the_whole_is_withdrawn_as_far_as_it_is_not_decided() -> None:
    network = a_network_with(branch_then_food())
    open_in(network, branch__scope=["outbound"])
    withdraw_bundle(NUMBER, (), "不办了", AGENT, network[CHANGZHOU])
    settle(network)
    assert standings(network[CHANGZHOU]) == {"branch": Standing.FAILED, "food": Standing.DROPPED}
    assert case_of("branch", network[CHANGZHOU]).stage == "withdrawn"


def test_what_is_decided_cannot_be_withdrawn_and_nothing_else_is_then() -> None:
    network = a_network_with(branch_then_food())
    open_in(network)
    settle(network)
    before = get_bundle_receipt(NUMBER, network[CHANGZHOU])
    with pytest.raises(Refused) as refused:
        withdraw_bundle(NUMBER, ("branch", "food"), "", AGENT, network[CHANGZHOU])
    assert [one.pointer for one in refused.value.problems] == ["branch", "food"]
    assert get_bundle_receipt(NUMBER, network[CHANGZHOU]) == before


def test_a_member_that_a_person_was_asked_for_is_not_decided_by_the_machine() -> None:
    network = a_network_with(branch_then_food())
    open_in(network)
    ask_person_for_bundle(NUMBER, ("food",), AGENT, network[CHANGZHOU])
    settle(network)
    food = case_of("food", network[CHANGZHOU])
    assert food.needs_person
    assert food.assessment.outcome == "grant"
    assert standings(network[CHANGZHOU])["food"] is Standing.RUNS


def test_asking_for_a_person_for_the_whole_reaches_the_cases_under_way() -> None:
    network = a_network_with(branch_then_food())
    network[WUXI] = replace(network[WUXI])
    opened = open_in(network)  # Wuxi has not answered yet, so the branch's case is still under way
    ask_person_for_bundle(NUMBER, (), AGENT, network[CHANGZHOU])
    assert network[CHANGZHOU].cases.find(opened.get_member("branch").case_id).needs_person
    assert get_bundle_receipt(NUMBER, network[CHANGZHOU]).wants_person == ("branch", "food")


def test_a_member_whose_item_left_the_catalogue_is_stuck_and_says_so() -> None:
    network = a_network_with(branch_then_food())
    open_in(network)
    gone = replace(catalogue(), bundles={})
    network = {zone: replace(deps, catalogue=gone) for zone, deps in network.items()}
    settle(network)
    assert standings(network[CHANGZHOU]) == {"branch": Standing.DONE, "food": Standing.STUCK}
    (problem,) = get_bundle_receipt(NUMBER, network[CHANGZHOU]).get_member("food").problems
    assert problem.code == "bundle.changed"


def test_another_zone_may_lead_and_hear_of_every_step() -> None:
    situation = branch_then_food().situations.sections[0]
    question = replace(
        situation.questions[0], type="choice", choices={"changzhou": says("cz"), "wuxi": says("wx")}
    )
    bundle = branch_then_food()
    members = tuple(replace(one, zone="situations.wanted") for one in bundle.members)
    section = replace(situation, questions=(question,))
    bundle = replace(bundle, members=members, situations=replace(bundle.situations, sections=(section,)))
    network = a_network_with(bundle)
    application = BundleApplication(BundleId("a-bundle"), FIRM, {"wanted": "changzhou"}, values(), "online")
    open_bundle(NUMBER, application, AGENT, network[WUXI])
    settle(network)
    assert standings(network[WUXI]) == {"branch": Standing.DONE, "food": Standing.DONE}
    food = network[CHANGZHOU].cases.find(get_bundle_receipt(NUMBER, network[WUXI]).get_member("food").case_id)
    assert (food.receiving_zone, food.deciding_zone) == (WUXI, CHANGZHOU)
    assert network[CHANGZHOU].bundles.find(NUMBER) is None


def test_numbers_of_receipts_are_told_apart_from_those_of_cases() -> None:
    assert new_bundle_number(a_network()[CHANGZHOU]).startswith("YJS-CZ260303-")
