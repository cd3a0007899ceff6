"""The solver's reading of a table and the machine's own agree, for every applicant that was tried."""

from datetime import date, timedelta

import pytest
import z3
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import CONTENT
from tests.domain.rules.tables import CODES, DECLARED, TODAY_ON, a_criterion, a_mapping, tables
from tongban.domain.rules.derive import age_on, months_between
from tongban.domain.rules.evaluate import Outcome, evaluate
from tongban.domain.rules.facts import FactType, Kind
from tongban.domain.rules.parse import parse_table
from tongban.domain.rules.table import Mark, RuleTable
from tongban.packs.load import load_catalogue
from tongban.proofs.calendar_terms import parts_of
from tongban.proofs.space import Space
from tongban.proofs.translate import RowTerms, TableTerms, translate

CATALOGUE = load_catalogue(CONTENT)
TABLES = {item.id: item.rules for item in CATALOGUE.items.values()}
NEARBY = st.one_of(
    st.dates(TODAY_ON - timedelta(days=3), TODAY_ON + timedelta(days=3)),
    st.dates(date(1996, 2, 27), date(1996, 3, 2)),
    st.dates(),
)


def mark_of(row: RowTerms, pairs: list[tuple[object, object]]) -> Mark:
    """Return the one mark whose term is true once every fact is put in."""
    terms = {
        Mark.MET: row.met,
        Mark.UNMET: row.unmet,
        Mark.UNKNOWN: row.unknown,
        Mark.NOT_APPLICABLE: row.not_applicable,
    }
    true = [mark for mark, term in terms.items() if z3.is_true(z3.simplify(z3.substitute(term, pairs)))]
    assert len(true) == 1, true
    return true[0]


def assert_agree(terms: TableTerms, space: Space, facts: dict[str, object]) -> None:
    pairs = space.pin(facts)
    assessment = evaluate(terms.table, facts)
    marks = tuple(mark_of(row, pairs) for row in terms.rows.values())
    assert marks == assessment.marks, facts
    grants = z3.is_true(z3.simplify(z3.substitute(terms.grants, pairs)))
    assert grants == (assessment.outcome is Outcome.GRANT)


def values_for(table: RuleTable, fact_type: FactType, codes: tuple[str, ...]) -> st.SearchStrategy[object]:
    words = ["", " ", "甲", "乙"]
    words += [c for row in table.criteria if isinstance(c := row.condition.value, str)]
    match fact_type.kind:
        case Kind.TEXT:
            return st.sampled_from(words)
        case Kind.WHOLE_NUMBER | Kind.MONEY_FEN:
            return st.one_of(st.integers(-2, 40), st.integers())
        case Kind.DATE:
            return NEARBY
        case Kind.YES_NO:
            return st.booleans()
        case Kind.CHOICE:
            return st.sampled_from(fact_type.allowed)
        case Kind.CHOICES:
            return st.lists(st.sampled_from(fact_type.allowed or codes), unique=True, max_size=4)


@st.composite
def facts_for(draw: st.DrawFn, table: RuleTable, codes: tuple[str, ...] = CODES) -> dict[str, object]:
    """Facts of a table: known, unknown, or held by nobody."""
    facts: dict[str, object] = {}
    for name, fact_type in table.types.items():
        if table.find_derivation(name) is not None:
            continue
        state = draw(st.sampled_from(("known", "known", "known", "unknown", "nothing")))
        if state == "known":
            facts[name] = draw(values_for(table, fact_type, codes))
        elif state == "nothing":
            facts[name] = None
    return facts


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_table_is_read_alike_by_solver_and_machine(data: st.DataObject) -> None:
    table = data.draw(tables())
    space = Space(table)
    terms = translate(table, space)
    for _ in range(4):
        assert_agree(terms, space, data.draw(facts_for(table)))


@pytest.mark.parametrize("item", sorted(TABLES))
@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_packs_table_is_read_alike_by_solver_and_machine(item: str, data: st.DataObject) -> None:
    space = Space(TABLES[item])
    terms = translate(TABLES[item], space)
    for _ in range(2):
        assert_agree(terms, space, data.draw(facts_for(TABLES[item])))


CONSTANT_ROWS = (
    a_criterion(id="later", fact="derived.later", op="at_least", value={"fact": "derived.years-later"}),
    a_criterion(id="sum", fact="derived.sum", op="at_least", value=20),
    a_criterion(id="steps", fact="derived.steps", op="at_least", value=18),
    a_criterion(id="pick", fact="derived.pick", op="at_least", value={"fact": "derived.days-later"}),
    a_criterion(id="pick-codes", fact="derived.pick-codes", op="within", value=["domestic", "inbound"]),
)


def constants(says: dict[str, str]) -> list[dict[str, object]]:
    """Ways to derive that hold constants."""
    opens, seats = {"fact": "answers.opens_on"}, {"fact": "answers.seats"}
    later = {"how": "date_after", "from": opens, "says": says}
    scale = [{"at_least": 12, "gives": 12}, {"at_least": 60, "gives": 18}]
    scopes = {"branch": {"fact": "answers.scope"}, "outlet": {"fact": "evidence.parent-licence.scope"}}
    days = {"branch": opens, "outlet": {"fact": "derived.later"}}
    pick = {"how": "pick", "by": {"fact": "answers.kind"}, "says": says}
    return [
        {"fact": "derived.later", "add": seats, "unit": "month", **later},
        {"fact": "derived.years-later", "add": 5, "unit": "year", **later},
        {"fact": "derived.days-later", "add": 40, "unit": "day", **later},
        {"fact": "derived.sum", "how": "sum", "of": [seats, seats], "at_most": 24, "says": says},
        {"fact": "derived.steps", "how": "steps", "of": seats, "steps": scale, "says": says},
        {"fact": "derived.pick", "cases": days, **pick},
        {"fact": "derived.pick-codes", "cases": scopes, **pick},
    ]


def more_table() -> RuleTable:
    """Ways to derive, and an open list, that the strategies do not write."""
    says = {"zh": "推算", "en": "derived"}
    declared = {
        **DECLARED,
        "evidence.register.codes": FactType(Kind.CHOICES),
        "answers.codes": FactType(Kind.CHOICES),
    }
    rows = (
        a_criterion(id="open", fact="answers.codes", op="within", value={"fact": "evidence.register.codes"}),
        a_criterion(id="open-has", fact="answers.codes", op="at_least", value=["gas"]),
        a_criterion(id="open-in", fact="answers.name", op="in", value={"fact": "evidence.register.codes"}),
        a_criterion(id="count", fact="derived.count", op="at_least", value=2),
        a_criterion(id="open-count", fact="derived.open-count", op="at_most", value=2),
        a_criterion(id="same", fact="derived.same", op="is", value=False),
        a_criterion(id="months", fact="derived.months", op="at_most", value=18),
        a_criterion(id="until", fact="derived.until", op="at_least", value={"fact": "derived.count"}),
        *CONSTANT_ROWS,
    )
    derived = [
        {"fact": "derived.count", "how": "count", "of": {"fact": "answers.scope"}, "says": says},
        {"fact": "derived.open-count", "how": "count", "of": {"fact": "answers.codes"}, "says": says},
        {
            "fact": "derived.same",
            "how": "same",
            "of": [{"fact": "answers.codes"}, {"fact": "evidence.register.codes"}, {"fact": "answers.scope"}],
            "says": says,
        },
        {
            "fact": "derived.months",
            "how": "months_between",
            "from": {"fact": "evidence.branch-licence.registered_on"},
            "to": {"fact": "answers.opens_on"},
            "says": says,
        },
        {"fact": "derived.until", "how": "days_until", "to": {"fact": "answers.opens_on"}, "says": says},
        *constants(says),
    ]
    return parse_table(a_mapping(*rows, derived=derived), declared, table_id="more")


@given(st.data())
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_open_lists_and_every_way_to_derive_are_read_alike(data: st.DataObject) -> None:
    table = more_table()
    space = Space(table)
    terms = translate(table, space)
    codes = tuple(terms.symbols["answers.codes"].value)
    assert "gas" in codes
    assert_agree(terms, space, data.draw(facts_for(table, codes)))


@given(st.one_of(NEARBY, st.dates()))
def test_a_day_has_the_parts_that_the_calendar_gives_it(day: date) -> None:
    parts = parts_of(z3.IntVal(day.toordinal()), "day")
    assert z3.is_true(z3.simplify(z3.substitute(parts.meaning, parts.pin(day))))


@pytest.mark.parametrize("born", [date(2008, 2, 29), date(2008, 3, 2), date(2008, 3, 3)])
def test_a_solver_finds_the_age_that_the_machine_counts(born: date) -> None:
    row = a_criterion(id="age", fact="derived.age", op="at_least", value=18)
    says = {"zh": "年龄", "en": "Age"}
    derived = [
        {
            "fact": "derived.age",
            "how": "age_on",
            "from": {"fact": "evidence.person.born_on"},
            "to": {"fact": "today"},
            "says": says,
        }
    ]
    table = parse_table(a_mapping(row, derived=derived), DECLARED)
    space = Space(table)
    terms = translate(table, space)
    solver = z3.Solver()
    solver.add(*space.rules)
    born_term, today = terms.symbols["evidence.person.born_on"], terms.symbols["today"]
    solver.add(born_term.known, today.known)
    solver.add(born_term.value == born.toordinal(), today.value == TODAY_ON.toordinal())
    assert solver.check() == z3.sat
    age = solver.model().eval(terms.symbols["derived.age"].value).as_long()
    assert age == age_on(born, TODAY_ON) == months_between(born, TODAY_ON) // 12
