"""Applications to measure with: the story's food shop at Suzhou, and a branch that must be asked about."""

from collections.abc import Mapping

from tongban.domain.case.events import Actor, ApplicantRef
from tongban.flows.ports import Deps
from tongban.flows.submit import Application, new_case_id, submit
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.moment import civil_date
from tongban.wiring.seeding import read_fiction

FOOD, BRANCH = ItemId("prepackaged-food-filing"), ItemId("travel-agency-branch-filing")
SUZHOU = ZoneId("suzhou")
GROUP = 100
ACTOR = Actor("applicant", "shop", "measuring")
_MOBILE = "19900000001"


def food_application(deps: Deps, *, decide_now: bool) -> Application:
    """Return an application that needs nothing from outside its zone."""
    fiction = read_fiction(SUZHOU, civil_date(deps.clock.now()))
    shop = next(firm for firm in fiction.firms if firm.id == fiction.story["food-shop"])
    answers: Mapping[str, object] = {
        "premises": shop.address,
        "contact_mobile": _MOBILE,
        "activities": ["prepackaged"],
        "sale_modes": ["retail"],
        "outlets": ["shop"],
        "stores_elsewhere": "no",
        "sells_labelled_only": "yes",
    }
    applicant = ApplicantRef("firm", shop.id, shop.name, _MOBILE)
    return Application(FOOD, SUZHOU, applicant, answers, "api", decide_now=decide_now)


def branch_application(deps: Deps) -> Application:
    """Return an application decided here whose evidence lies in another zone."""
    fiction = read_fiction(SUZHOU, civil_date(deps.clock.now()))
    agency = fiction.story["agency"]
    answers: Mapping[str, object] = {
        "parent_uscc": agency,
        "branch_uscc": fiction.story["branch"],
        "branch_name": "量度用的虚构分社",
        "branch_address": "苏州市虎丘区演示路1号",
        "branch_head": "量度",
        "contact_mobile": _MOBILE,
        "scope": ["domestic"],
    }
    return Application(
        BRANCH, SUZHOU, ApplicantRef("firm", agency, "量度用的申请人", _MOBILE), answers, "api"
    )


def hand_in_many(application: Application, count: int, deps: Deps) -> list[CaseId]:
    """Hand an application in so many times, in groups, so that there is something to measure with."""
    numbers = [new_case_id(deps) for _ in range(count)]
    for begin in range(0, count, GROUP):
        with deps.unit():
            for number in numbers[begin : begin + GROUP]:
                submit(number, application, ACTOR, deps)
    return numbers
