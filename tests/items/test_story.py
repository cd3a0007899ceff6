"""The demonstration's own people are granted what they apply for, from the registers they are loaded into."""

from datetime import date
from typing import Any

import pytest
import yaml

from tests.builders import AGENT, CHANGZHOU, CONTENT, SUZHOU, TUESDAY, WUXI, ZONES, a_network
from tongban.domain.case.events import ApplicantRef
from tongban.fiction.words import parse_words
from tongban.fiction.zone import FictionalZone, generate_zone
from tongban.flows.memory import MemoryRegisters
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.submit import Application, submit
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.moment import civil_date

CASE = CaseId("SZ260303-STORY001")


def read(name: str) -> Any:
    return yaml.safe_load((CONTENT / "fiction" / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def fiction() -> dict[ZoneId, FictionalZone]:
    words = parse_words(read("words.yaml"), read("story.yaml"))
    return {zone: generate_zone(zone, words, civil_date(TUESDAY)) for zone in ZONES}


def a_network_of(fiction: dict[ZoneId, FictionalZone]) -> dict[ZoneId, Deps]:
    network = a_network()
    for zone, deps in network.items():
        assert isinstance(deps.registers, MemoryRegisters)
        for record in fiction[zone].records:
            deps.registers.keep(record)
    return network


def applicant(fiction: dict[ZoneId, FictionalZone], username: str) -> ApplicantRef:
    party = next(one.party for one in fiction[SUZHOU].accounts if one.username == username)
    assert party is not None
    return ApplicantRef(party.kind, party.id, party.name, party.mobile)


def facts(fiction: dict[ZoneId, FictionalZone], zone: ZoneId, kind: str, subject: str) -> Any:
    return next(one.facts for one in fiction[zone].records if (one.kind, one.subject) == (kind, subject))


def apply(network: dict[ZoneId, Deps], item: str, zone: ZoneId, who: ApplicantRef, answers: Any) -> Any:
    submit(CASE, Application(ItemId(item), zone, who, answers, "online"), AGENT, network[SUZHOU])
    settle(network)
    return network[zone].cases.find(CASE)


def test_the_agency_of_wuxi_files_its_branch_in_changzhou(fiction: dict[ZoneId, FictionalZone]) -> None:
    story = fiction[SUZHOU].story
    branch = facts(fiction, CHANGZHOU, "business-licence", story["branch"])
    answers = {
        "parent_uscc": story["agency"],
        "branch_uscc": story["branch"],
        "branch_name": branch["name"],
        "branch_address": branch["premises"],
        "branch_head": branch["legal_representative"],
        "contact_mobile": "19900000001",
        "scope": ["domestic"],
    }
    case = apply(
        a_network_of(fiction), "travel-agency-branch-filing", CHANGZHOU, applicant(fiction, "agent"), answers
    )
    assert case.stage == "concluded"


def test_the_shop_of_suzhou_files_its_prepackaged_food(fiction: dict[ZoneId, FictionalZone]) -> None:
    who = applicant(fiction, "shop")
    answers = {
        "premises": facts(fiction, SUZHOU, "business-licence", who.id)["premises"],
        "contact_mobile": "19900000001",
        "activities": ["prepackaged"],
        "sale_modes": ["retail"],
        "outlets": ["shop"],
        "stores_elsewhere": "no",
        "sells_labelled_only": "yes",
    }
    case = apply(a_network_of(fiction), "prepackaged-food-filing", SUZHOU, who, answers)
    assert case.stage == "concluded"


def test_the_nurse_of_wuxi_moves_to_changzhou_and_wuxi_is_told(fiction: dict[ZoneId, FictionalZone]) -> None:
    who = applicant(fiction, "nurse")
    post = facts(fiction, CHANGZHOU, "nurse-appointment", who.id)
    answers = {
        "former_zone": "wuxi",
        "contact_mobile": "19900000001",
        "institution_uscc": post["institution_uscc"],
        "post": post["post"],
        "starts_on": post["starts_on"].isoformat(),
    }
    case = apply(a_network_of(fiction), "nurse-change-of-practice", CHANGZHOU, who, answers)
    assert case.stage == "concluded"
    assert case.notified == ((WUXI, "nurse-registration-moved"),)
    assert isinstance(post["starts_on"], date)
