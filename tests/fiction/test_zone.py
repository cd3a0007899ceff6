"""The fiction is always the same, its numbers check, and nobody can take it for real."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from tongban.domain.catalogue.parse_kind import kind_facts, parse_kind
from tongban.domain.evidence.exchange import HeldRecord
from tongban.domain.identifiers.citizen_number import check_citizen_number, parse_citizen_number
from tongban.domain.identifiers.uscc import check_organisation_code, check_uscc, parse_uscc
from tongban.domain.law import LawBook, compose_law_book, parse_statute
from tongban.domain.rules.facts import reading_for
from tongban.fiction.records import (
    BUSINESS_LICENCE,
    DEPOSIT_PROOF,
    INSTITUTION_LICENCE,
    NURSE_APPOINTMENT,
    NURSE_CERTIFICATE,
    PERSON_IDENTITY,
    TRAVEL_AGENCY_LICENCE,
    years_after,
)
from tongban.fiction.words import Words, parse_words
from tongban.fiction.zone import FictionalZone, generate_zone
from tongban.kernel.errors import Refused
from tongban.kernel.ids import EvidenceKindId, ItemId, ZoneId

CONTENT = Path(__file__).parents[2] / "content"
TODAY = date(2026, 3, 2)
SUZHOU, WUXI, CHANGZHOU = ZoneId("suzhou"), ZoneId("wuxi"), ZoneId("changzhou")
ZONES = (SUZHOU, WUXI, CHANGZHOU)


def read(path: str) -> Any:
    return yaml.safe_load((CONTENT / path).read_text("utf-8"))


def the_words() -> Words:
    return parse_words(*(read(f"fiction/{name}.yaml") for name in ("words", "story", "registers")))


@pytest.fixture(scope="module")
def zones() -> dict[ZoneId, FictionalZone]:
    return {zone: generate_zone(zone, the_words(), TODAY) for zone in ZONES}


@pytest.fixture(scope="module")
def law() -> LawBook:
    files = sorted((CONTENT / "law").glob("*.yaml"))
    return compose_law_book(
        article for path in files for article in parse_statute(read(f"law/{path.name}"), path.name)
    )


def find(zone: FictionalZone, kind: EvidenceKindId, subject: str) -> HeldRecord | None:
    found = [one for one in zone.records if one.kind == kind and one.subject == subject]
    assert len(found) <= 1
    return found[0] if found else None


def facts(zone: FictionalZone, kind: EvidenceKindId, subject: str) -> Any:
    record = find(zone, kind, subject)
    assert record is not None
    return record.facts


def test_generating_twice_gives_the_same(zones: dict[ZoneId, FictionalZone]) -> None:
    for zone in ZONES:
        assert generate_zone(zone, the_words(), TODAY) == zones[zone]


def test_names_and_numbers_do_not_depend_on_the_day(zones: dict[ZoneId, FictionalZone]) -> None:
    later = generate_zone(WUXI, the_words(), date(2028, 2, 29))
    assert later.people == zones[WUXI].people
    assert later.firms == zones[WUXI].firms
    assert later.story == zones[WUXI].story


def test_each_zone_has_two_hundred_firms_and_people(zones: dict[ZoneId, FictionalZone]) -> None:
    for zone in zones.values():
        assert (len(zone.firms), len(zone.people)) == (200, 200)


def test_no_number_and_no_name_of_a_zone_comes_twice(zones: dict[ZoneId, FictionalZone]) -> None:
    firms = [firm for zone in zones.values() for firm in zone.firms]
    people = [person for zone in zones.values() for person in zone.people]
    for values in (
        [one.uscc for one in firms],
        [one.name for one in firms],
        [one.citizen_number for one in people],
        [one.mobile for one in people],
    ):
        assert [value for value, count in Counter(values).items() if count > 1] == []
    for zone in zones.values():
        assert len({person.name for person in zone.people}) == 200


def test_every_check_character_fits(zones: dict[ZoneId, FictionalZone]) -> None:
    for zone in zones.values():
        for firm in zone.firms:
            assert check_uscc(firm.uscc) == (), firm
            assert check_organisation_code(parse_uscc(firm.uscc)) == (), firm
        for person in zone.people:
            assert check_citizen_number(person.citizen_number, today=TODAY) == (), person


def test_everything_is_visibly_fictional(zones: dict[ZoneId, FictionalZone]) -> None:
    for zone in zones.values():
        for firm in zone.firms:
            assert firm.name.endswith("（演示）")
            assert "演示路" in firm.address
            assert parse_uscc(firm.uscc).organisation.startswith("YY")
            assert firm.legal_representative.name.endswith("（示例）")
        for person in zone.people:
            assert person.name.endswith("（示例）")
            assert person.mobile.startswith("1990000")
            assert len(person.mobile) == 11
            assert parse_citizen_number(person.citizen_number).sequence == "000"
        for record in zone.records:
            assert "演示" in record.authority.zh
            assert "demonstration" in record.authority.en
        for account in zone.accounts:
            assert account.name.endswith("（示例）")
            assert account.password == "demo-not-secret"


def test_numbers_carry_the_division_of_their_zone(zones: dict[ZoneId, FictionalZone]) -> None:
    for zone in ZONES:
        division = read(f"zones/{zone}.yaml")["divisions"][0]
        assert {firm.uscc[2:8] for firm in zones[zone].firms} == {division}
        assert {person.citizen_number[:6] for person in zones[zone].people} == {division}


def test_a_register_holds_one_record_of_a_kind_for_a_subject(zones: dict[ZoneId, FictionalZone]) -> None:
    for zone in zones.values():
        keys = Counter((record.kind, record.subject) for record in zone.records)
        assert [key for key, count in keys.items() if count > 1] == []


def test_every_firm_and_person_is_in_its_zones_registers(zones: dict[ZoneId, FictionalZone]) -> None:
    for zone in zones.values():
        for person in zone.people:
            identity = facts(zone, PERSON_IDENTITY, person.citizen_number)
            assert identity["born_on"] == parse_citizen_number(person.citizen_number).born_on
        for firm in zone.firms:
            kind = INSTITUTION_LICENCE if firm.uscc.startswith("12") else BUSINESS_LICENCE
            assert facts(zone, kind, firm.uscc)["name"] == firm.name


def test_some_records_are_not_in_order_so_that_people_have_work(zones: dict[ZoneId, FictionalZone]) -> None:
    for zone in zones.values():
        states = Counter(one.facts["status"] for one in zone.records if "status" in one.facts)
        assert states["active"] > 200
        assert sum(states.values()) - states["active"] >= 5


def test_facts_are_plain_values(zones: dict[ZoneId, FictionalZone]) -> None:
    for zone in zones.values():
        for record in zone.records:
            for name, value in record.facts.items():
                assert type(value) in (str, int, bool, date, tuple), (record.kind, name)
                assert value not in ("", ()), (record.kind, name)


def test_records_carry_only_facts_that_their_evidence_kind_declares(
    zones: dict[ZoneId, FictionalZone],
) -> None:
    kinds = {
        path.stem: parse_kind(read(f"evidence/{path.name}")) for path in (CONTENT / "evidence").glob("*.yaml")
    }
    for zone in zones.values():
        for record in zone.records:
            kind = kinds.get(record.kind)
            if kind is None:
                continue
            types = kind_facts(kind)
            assert {f"evidence.{kind.id}.{name}" for name in record.facts} <= set(types), record.kind
            for name, value in record.facts.items():
                seen = reading_for(types[f"evidence.{kind.id}.{name}"])(value)
                assert seen == value, (record.kind, name, value)


def test_the_agencys_licence_lies_in_wuxi_and_nowhere_else(zones: dict[ZoneId, FictionalZone]) -> None:
    agency = zones[SUZHOU].story["agency"]
    licence = facts(zones[WUXI], TRAVEL_AGENCY_LICENCE, agency)
    assert licence["status"] == "active"
    assert licence["scope"] == ("domestic", "inbound")
    for elsewhere in (SUZHOU, CHANGZHOU):
        assert find(zones[elsewhere], TRAVEL_AGENCY_LICENCE, agency) is None
        assert find(zones[elsewhere], DEPOSIT_PROOF, agency) is None


def test_the_branch_is_registered_in_changzhou_within_the_days_the_law_gives(
    zones: dict[ZoneId, FictionalZone], law: LawBook
) -> None:
    story = zones[CHANGZHOU].story
    branch = facts(zones[CHANGZHOU], BUSINESS_LICENCE, story["branch"])
    assert branch["parent_uscc"] == story["agency"]
    assert branch["registered_on"] == TODAY - timedelta(days=2)
    assert find(zones[WUXI], BUSINESS_LICENCE, story["branch"]) is None
    assert branch["kind"] == "branch"
    assert law.get("travel-agencies-2020#10.1").limits["file_after_registration"].amount >= 2


def test_the_agencys_deposit_covers_the_new_branch_as_the_law_counts_it(
    zones: dict[ZoneId, FictionalZone], law: LawBook
) -> None:
    deposit = facts(zones[WUXI], DEPOSIT_PROOF, zones[WUXI].story["agency"])
    base = law.get("travel-agencies-2020#13.2").amounts_fen["deposit_domestic_inbound"]
    assert (
        deposit["amount_fen"] == base + law.get("travel-agencies-2020#14").amounts_fen["deposit_per_branch"]
    )
    assert deposit["paid"] is True


def test_amounts_and_years_of_the_fiction_are_those_of_the_law(law: LawBook) -> None:
    travel = read("fiction/words.yaml")["travel"]
    amounts = law.get("travel-agencies-2020#13.2").amounts_fen
    assert travel["deposit_fen"] == amounts["deposit_domestic_inbound"]
    assert travel["deposit_outbound_fen"] == amounts["deposit_more_for_outbound"]
    assert (
        travel["deposit_branch_fen"] == law.get("travel-agencies-2020#14").amounts_fen["deposit_per_branch"]
    )
    years = law.get("nurses-2020#8.2").limits["validity"]
    assert (read("fiction/words.yaml")["nurses"]["validity_years"], "year") == (years.amount, years.unit)


def test_the_nurse_is_registered_in_wuxi_and_appointed_in_changzhou(
    zones: dict[ZoneId, FictionalZone],
) -> None:
    story = zones[SUZHOU].story
    certificate = facts(zones[WUXI], NURSE_CERTIFICATE, story["nurse"])
    appointment = facts(zones[CHANGZHOU], NURSE_APPOINTMENT, story["nurse"])
    assert (certificate["status"], certificate["registrar_zone"]) == ("active", "wuxi")
    assert certificate["registered_on"] < TODAY < certificate["expires_on"]
    assert certificate["institution_uscc"] == story["former-hospital"]
    assert appointment["institution_uscc"] == story["hospital"]
    hospital = facts(zones[CHANGZHOU], INSTITUTION_LICENCE, story["hospital"])
    assert hospital["status"] == "active"
    assert hospital["expires_on"] > TODAY
    assert find(zones[CHANGZHOU], NURSE_CERTIFICATE, story["nurse"]) is None


def test_the_food_shop_in_suzhou_may_sell_prepackaged_food_only(zones: dict[ZoneId, FictionalZone]) -> None:
    shop = facts(zones[SUZHOU], BUSINESS_LICENCE, zones[SUZHOU].story["food-shop"])
    assert (shop["status"], shop["kind"], shop["scope"]) == (
        "active",
        "individual",
        ("prepackaged-food-sale",),
    )


def test_nobody_of_the_story_is_a_generated_nurse_or_representative(
    zones: dict[ZoneId, FictionalZone],
) -> None:
    for zone in zones.values():
        cast = set(zone.story.values())
        nurses = {one.subject for one in zone.records if one.kind == NURSE_CERTIFICATE}
        assert nurses & cast <= {zone.story["nurse"]}
        heads = {firm.legal_representative.citizen_number for firm in zone.firms if firm.uscc not in cast}
        assert heads & cast == set()


def test_an_applicant_has_one_identity_at_every_node(zones: dict[ZoneId, FictionalZone]) -> None:
    for username in ("agent", "agency", "shop", "nurse"):
        seen = {
            (account.name, account.party, account.agent)
            for zone in zones.values()
            for account in zone.accounts
            if account.username == username
        }
        assert len(seen) == 1


def test_the_agent_may_act_today_for_the_agency_and_for_nobody_else(
    zones: dict[ZoneId, FictionalZone],
) -> None:
    story = zones[SUZHOU].story
    account = next(one for one in zones[SUZHOU].accounts if one.username == "agent")
    assert account.party is not None
    assert (account.party.kind, account.party.id) == ("firm", story["agency"])
    assert account.agent is not None
    assert account.agent.person.id == story["agent"]
    item = ItemId("travel-agency-branch-filing")
    assert account.agent.may_act(story["agency"], item, TODAY)
    assert not account.agent.may_act(story["food-shop"], item, TODAY)


def test_the_head_of_a_firm_and_a_person_need_no_authorisation(zones: dict[ZoneId, FictionalZone]) -> None:
    accounts = {one.username: one for one in zones[WUXI].accounts}
    story = zones[WUXI].story
    assert [accounts[name].agent for name in ("agency", "shop", "nurse")] == [None, None, None]
    nurse = accounts["nurse"].party
    assert nurse is not None
    assert (nurse.kind, nurse.id) == ("person", story["nurse"])


def test_each_hall_has_its_own_staff_in_its_own_bureaus_name(zones: dict[ZoneId, FictionalZone]) -> None:
    usernames = [one.username for zone in zones.values() for one in zone.accounts if one.party is None]
    assert len(usernames) == len(set(usernames)) == 24
    for zone_id, zone in zones.items():
        authority = read(f"zones/{zone_id}.yaml")["authority"]
        staff = [one for one in zone.accounts if one.party is None]
        assert {one.role for one in staff} == {"clerk", "officer", "head", "steward", "custodian"}
        for one in staff:
            assert one.authority is not None
            assert one.authority.uscc == authority["code"]
            assert {"zh": one.authority.name.zh, "en": one.authority.name.en} == authority["name"]


def test_whoever_a_row_names_has_that_record_where_it_says_and_nowhere_else(
    zones: dict[ZoneId, FictionalZone],
) -> None:
    story = {**read("fiction/story.yaml")["people"], **read("fiction/story.yaml")["firms"]}
    for row in read("fiction/registers.yaml")["records"]:
        for name, changes in row.get("named", {}).items():
            held_in = ZoneId(changes.get("held_in", story[name]["zone"]))
            number = zones[held_in].story[name]
            has = {zone for zone in ZONES if find(zones[zone], EvidenceKindId(row["kind"]), number)}
            assert has == {held_in}, (row["kind"], name)


def test_a_row_gives_generated_subjects_and_leaves_the_story_to_its_names(
    zones: dict[ZoneId, FictionalZone],
) -> None:
    rows = read("fiction/registers.yaml")["records"]
    for row in rows:
        kind = EvidenceKindId(row["kind"])
        held = [one for zone in zones.values() for one in zone.records if one.kind == kind]
        assert len(held) >= max(1, len(row.get("named", row.get("marks", {})))), kind
        for name in set(zones[SUZHOU].story) - set(row.get("named", {})):
            assert all(one.subject != zones[SUZHOU].story[name] for one in held), (kind, name)


def test_a_leap_day_plus_years_is_the_28th() -> None:
    assert years_after(date(2024, 2, 29), 5) == date(2029, 2, 28)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_a_missing_word_is_named_and_nothing_crashes() -> None:
    for file, key in (("words", "trades"), ("words", "registers"), ("story", "accounts")):
        read_ = {name: read(f"fiction/{name}.yaml") for name in ("words", "story")}
        del read_[file][key]
        with pytest.raises(Refused) as refused:
            parse_words(read_["words"], read_["story"])
        assert key in refused.value.problems[0].text.en
