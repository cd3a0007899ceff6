"""Zones are compared for all applicants: alike is proved, unlike is shown by somebody."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from tests.builders import CONTENT
from tests.proofs.test_defects import with_rows
from tongban.domain.catalogue.item import DatedLimit, ServiceItem
from tongban.domain.catalogue.parameter import DatedValue, Parameter
from tongban.domain.clock.statute import LimitKind, TimeLimit, Unit
from tongban.domain.rules.evaluate import evaluate
from tongban.domain.rules.facts import FactType, Kind
from tongban.domain.rules.operators import Condition, FactRef, Operator
from tongban.domain.rules.table import Criterion, RuleTable
from tongban.kernel.ids import ItemId, LawKey, ZoneId
from tongban.kernel.text import Text
from tongban.packs.load import load_catalogue
from tongban.proofs.applicants import own_facts
from tongban.proofs.equivalence import Unlike, compare_zones
from tongban.proofs.kindness import prove_kind

ON = date(2026, 3, 3)
CATALOGUE = load_catalogue(CONTENT)
FOOD = ItemId("prepackaged-food-filing")
SUZHOU, WUXI = ZoneId("suzhou"), ZoneId("wuxi")
SAYS = Text("种下的条件", "a planted row")


def in_zone(zone: ZoneId, item: ItemId = FOOD) -> ServiceItem:
    return CATALOGUE.get_item(item, zone)


def a_row(fact: str, op: Operator, value: object) -> Criterion:
    return Criterion("planted", SAYS, Condition(fact, op, value), LawKey("food-safety-2021#35.1"))


@pytest.mark.parametrize("item", sorted({item for item, _ in CATALOGUE.items}))
def test_every_pack_is_proved_to_decide_alike_in_every_pair_of_zones(item: ItemId) -> None:
    zones = [zone for one, zone in CATALOGUE.items if one == item]
    for one, other in pairwise(zones):
        pair = compare_zones(in_zone(one, item), in_zone(other, item), ON)
        assert set(pair.proved) == set(Unlike)
        assert pair.cases == ()


def test_a_zone_with_a_row_more_is_shown_by_an_applicant_whom_the_machine_treats_so() -> None:
    stricter = with_rows(in_zone(WUXI), a_row("answers.sale_modes", Operator.WITHIN, ("retail",)))
    pair = compare_zones(in_zone(SUZHOU), stricter, ON)
    case = next(case for case in pair.cases if case.unlike is Unlike.OUTCOME)
    ends = [
        evaluate(item.rules, own_facts(item, case.applicant.facts, zone=True)).outcome.value
        for item in (in_zone(SUZHOU), stricter)
    ]
    assert ends == ["grant", "refer"]
    assert case.rows == ("planted",)
    assert "批发" in case.words.zh
    assert "Wholesale" in case.words.en
    assert "suzhou grants, wuxi refers to a person (a planted row (planted))" in case.words.en


def with_threshold(item: ServiceItem, value: int, since: date = date(2026, 1, 1)) -> ServiceItem:
    """An item whose zone sets a threshold of days of waiting."""
    parameter = Parameter(
        "parameter.shops", SAYS, "person", True, (DatedValue(since, value, LawKey("food-safety-2021#35.1")),)
    )
    table = item.rules
    types = {**table.types, "parameter.shops": parameter.type, "answers.shops": FactType(Kind.WHOLE_NUMBER)}
    row = a_row("answers.shops", Operator.AT_MOST, FactRef("parameter.shops"))
    rules = RuleTable(table.table_id, table.version, True, table.derivations, (*table.criteria, row), types)
    return replace(item, rules=rules, parameters=(parameter,))


def test_zones_with_thresholds_of_their_own_are_told_apart_by_somebody_between_them() -> None:
    one, other = with_threshold(in_zone(SUZHOU), 5), with_threshold(in_zone(WUXI), 3)
    pair = compare_zones(one, other, ON)
    case = next(case for case in pair.cases if case.unlike is Unlike.OUTCOME)
    assert 3 < case.applicant.facts["answers.shops"] <= 5
    assert compare_zones(one, with_threshold(in_zone(WUXI), 5), ON).cases == ()


def test_thresholds_that_begin_on_other_days_differ_for_who_applies_between_them() -> None:
    one = with_threshold(in_zone(SUZHOU), 5, date(2026, 1, 1))
    other = with_threshold(in_zone(WUXI), 5, date(2026, 6, 1))
    case = next(case for case in compare_zones(one, other, ON).cases if case.unlike is Unlike.OUTCOME)
    assert date(2026, 1, 1) <= case.applicant.facts["case.received_on"] < date(2026, 6, 1)


def test_who_is_asked_something_else_is_found() -> None:
    item = in_zone(WUXI)
    sections = tuple(
        replace(section, questions=tuple(q for q in section.questions if q.id != "contact_mobile"))
        for section in item.form.sections
    )
    other = replace(item, form=replace(item.form, sections=sections))
    unlike = {case.unlike for case in compare_zones(in_zone(SUZHOU), other, ON).cases}
    assert unlike == {Unlike.ASKED, Unlike.TAKEN_IN} or unlike == {Unlike.ASKED}


def codes_of_kindness(zone: ServiceItem, base: ServiceItem | None = None) -> list[str]:
    return [one.code for one in prove_kind(base or in_zone(SUZHOU), zone, ON).problems]


def a_promise(amount: int, unit: Unit, since: date = date(2026, 1, 1)) -> DatedLimit:
    source = LawKey("business-environment-2019#36.2")
    return DatedLimit(since, TimeLimit(amount, unit, source, LimitKind.PROMISED))


def test_a_zone_that_is_as_kind_as_the_base_is_proved_so() -> None:
    base = in_zone(SUZHOU)
    assert codes_of_kindness(replace(base, zone=WUXI)) == []
    assert codes_of_kindness(replace(base, fee_fen=0, visits=0, materials=())) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"fee_fen": 1}, "proof.zone-asks-more"),
        ({"visits": 1}, "proof.zone-asks-more"),
        ({"channels": ("window",)}, "proof.zone-asks-more"),
        ({"promised": ()}, "proof.limit-longer"),
        ({"promised": (a_promise(11, Unit.MINUTE),)}, "proof.limit-longer"),
        ({"promised": (a_promise(1, Unit.WORKING_DAY),)}, "proof.limit-longer"),
        (
            {"promised": (a_promise(9, Unit.MINUTE), a_promise(1, Unit.HOUR, date(2027, 1, 1)))},
            "proof.limit-longer",
        ),
        ({"promised": (a_promise(5, Unit.MINUTE, date(2026, 1, 2)),)}, "proof.limit-longer"),
    ],
)
def test_whatever_is_less_kind_is_found(changes: dict[str, object], code: str) -> None:
    assert code in codes_of_kindness(replace(in_zone(SUZHOU), **changes))


def test_a_zone_that_grants_fewer_is_found_by_somebody() -> None:
    stricter = with_rows(in_zone(SUZHOU), a_row("answers.sale_modes", Operator.WITHIN, ("retail",)))
    (problem,) = prove_kind(in_zone(SUZHOU), stricter, ON).problems
    assert problem.code == "proof.zone-grants-less"
    assert "批发" in problem.text.zh


def test_a_zone_that_grants_more_is_kind() -> None:
    base = with_rows(in_zone(SUZHOU), a_row("answers.sale_modes", Operator.WITHIN, ("retail",)))
    assert prove_kind(base, in_zone(SUZHOU), ON).problems == []
