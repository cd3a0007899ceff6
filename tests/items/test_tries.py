"""Each login gets what content/fiction/tries.yaml says it can try, from the fiction's registers."""

from datetime import date, timedelta
from typing import Any

import pytest
import yaml

from tests.builders import AGENT, CONTENT, SUZHOU, TUESDAY, ZONES, a_network, catalogue
from tongban.domain.case.events import ApplicantRef
from tongban.domain.pledge import SignedPledge
from tongban.domain.rules.evaluate import from_plain
from tongban.fiction.words import parse_words
from tongban.fiction.zone import FictionalZone, generate_zone
from tongban.flows.memory import MemoryRegisters
from tongban.flows.post_office import settle
from tongban.flows.submit import Application, submit
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.moment import civil_date

CASE = CaseId("SZ260303-TRY00001")
TODAY = civil_date(TUESDAY)


def read(name: str) -> Any:
    return yaml.safe_load((CONTENT / "fiction" / f"{name}.yaml").read_text(encoding="utf-8"))


TRIES = read("tries")["tries"]


@pytest.fixture(scope="module")
def fiction() -> dict[ZoneId, FictionalZone]:
    words = parse_words(*(read(name) for name in ("words", "story", "registers")))
    return {zone: generate_zone(zone, words, TODAY) for zone in ZONES}


def answers_on(plain: dict[str, Any], today: date) -> dict[str, Any]:
    """The answers as a browser sends them; days are counted from today."""
    return {
        name: (today + timedelta(days=value["days"])).isoformat() if isinstance(value, dict) else value
        for name, value in plain.items()
    }


@pytest.mark.parametrize("row", TRIES, ids=lambda row: f"{row['account']} tries {row['item']}")
def test_a_login_gets_what_it_is_told_it_can_try(
    row: dict[str, Any], fiction: dict[ZoneId, FictionalZone]
) -> None:
    network = a_network()
    for zone, deps in network.items():
        assert isinstance(deps.registers, MemoryRegisters)
        for record in fiction[zone].records:
            deps.registers.keep(record)
    party = next(one.party for one in fiction[SUZHOU].accounts if one.username == row["account"])
    assert party is not None
    who = ApplicantRef(party.kind, party.id, party.name, party.mobile)
    zone = ZoneId(row["decided_in"])
    item = catalogue().get_item(ItemId(row["item"]), zone)
    assert party.kind in item.objects
    signed = tuple(
        SignedPledge(pledge.id, pledge.version, pledge.text_hash, party.name)
        for pledge in item.pledges
        if pledge.id in row.get("pledges", ())
    )
    answers = answers_on(row["answers"], TODAY)
    application = Application(item.id, zone, who, answers, "online", pledges=signed)
    submit(CASE, application, AGENT, network[SUZHOU])
    settle(network)
    case = network[zone].cases.find(CASE)
    assert case is not None
    seen = case.assessment.record if case.assessment else None
    if row.get("then", "grant") == "grant":
        assert case.stage == "concluded", seen
    else:
        assert case.needs_person, seen
        assert case.assessment is not None
        assert case.assessment.record["outcome"] == "refer"
        in_the_way = list(from_plain(case.assessment.record).not_met)
        assert in_the_way == row.get("unmet", in_the_way)
