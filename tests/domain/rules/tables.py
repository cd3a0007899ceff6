"""Tables and facts to try the rules with: a small readable one, and strategies for any that parse."""

from datetime import date, timedelta

from hypothesis import strategies as st

from tongban.domain.rules.facts import FactType, Kind
from tongban.domain.rules.parse import parse_table
from tongban.domain.rules.table import RuleTable
from tongban.kernel.text import Text

CODES = ("domestic", "inbound", "outbound")
TODAY_ON = date(2026, 3, 2)
SAYS = {"zh": "应当如此", "en": "It must be so"}

DECLARED = {
    "answers.name": FactType(Kind.TEXT, says=Text("名称", "Name")),
    "answers.kind": FactType(Kind.CHOICE, ("branch", "outlet"), says=Text("类型", "Kind")),
    "answers.scope": FactType(Kind.CHOICES, CODES, says=Text("经营范围", "Scope")),
    "answers.seats": FactType(Kind.WHOLE_NUMBER, says=Text("座位", "Seats"), unit=Text("个", "seats")),
    "answers.opens_on": FactType(Kind.DATE, says=Text("开业日", "Opening day")),
    "answers.insured": FactType(Kind.YES_NO, says=Text("已投保", "Insured")),
    "answers.deposit": FactType(Kind.MONEY_FEN, says=Text("质量保证金", "Deposit")),
    "evidence.parent-licence.status": FactType(
        Kind.CHOICE, ("active", "suspended"), says=Text("状态", "Status")
    ),
    "evidence.parent-licence.scope": FactType(Kind.CHOICES, CODES, says=Text("总社范围", "Parent's scope")),
    "evidence.parent-licence.name": FactType(Kind.TEXT, says=Text("总社名称", "Parent's name")),
    "evidence.branch-licence.registered_on": FactType(Kind.DATE, says=Text("登记日", "Day of registration")),
    "evidence.person.born_on": FactType(Kind.DATE, says=Text("出生日期", "Date of birth")),
}

FACTS = {
    "today": TODAY_ON,
    "answers.name": "示例旅行社",
    "answers.kind": "branch",
    "answers.scope": ["domestic"],
    "answers.seats": 12,
    "answers.opens_on": date(2026, 5, 1),
    "answers.insured": True,
    "answers.deposit": 300_000,
    "evidence.parent-licence.status": "active",
    "evidence.parent-licence.scope": ["domestic", "inbound"],
    "evidence.parent-licence.name": "示例旅行社",
    "evidence.branch-licence.registered_on": date(2026, 2, 27),
    "evidence.person.born_on": date(1990, 3, 2),
}


def a_criterion(**parts: object) -> dict[str, object]:
    """One row as a pack writes it; ``id``, words and article are filled in where left out."""
    return {"id": "row", "says": SAYS, "source": "all-2019#38", **parts}


def a_mapping(*criteria: dict[str, object], **parts: object) -> dict[str, object]:
    """A rules file as a plain mapping."""
    return {"version": 1, "may_grant": True, "criteria": list(criteria), **parts}


def a_table(*criteria: dict[str, object], **parts: object) -> RuleTable:
    """A parsed table over ``DECLARED``."""
    return parse_table(a_mapping(*criteria, **parts), DECLARED, table_id="example")


SCOPE = a_criterion(
    id="scope-inside-parents",
    fact="answers.scope",
    op="within",
    value={"fact": "evidence.parent-licence.scope"},
    source="travel-agencies-2020#10",
)
IN_FORCE = a_criterion(id="parent-in-force", fact="evidence.parent-licence.status", op="is", value="active")

_dates = st.dates(TODAY_ON - timedelta(days=400), TODAY_ON + timedelta(days=400))
_codes = st.lists(st.sampled_from(CODES), unique=True)
VALUES = {
    Kind.TEXT: st.sampled_from(["", " ", "示例旅行社", "example"]),
    Kind.WHOLE_NUMBER: st.integers(-3, 20),
    Kind.MONEY_FEN: st.integers(0, 500_000),
    Kind.DATE: _dates,
    Kind.YES_NO: st.booleans(),
    Kind.CHOICES: _codes,
}


def values_of(fact_type: FactType) -> st.SearchStrategy[object]:
    """Well-typed values of one fact."""
    if fact_type.kind is Kind.CHOICE:
        return st.sampled_from(fact_type.allowed)
    return VALUES[fact_type.kind]


GARBAGE = st.one_of(
    st.none(),
    st.floats(allow_nan=True),
    st.binary(max_size=4),
    st.text(max_size=8),
    st.integers(),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.lists(st.one_of(st.none(), st.text(max_size=4), st.lists(st.integers(), max_size=2)), max_size=4),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
    st.builds(object),
)


@st.composite
def known_facts(draw: st.DrawFn) -> dict[str, object]:
    """Some of the declared facts, well typed, and the day."""
    facts: dict[str, object] = {"today": TODAY_ON}
    for name, fact_type in DECLARED.items():
        if draw(st.booleans()):
            facts[name] = draw(values_of(fact_type))
    return facts


def complete_facts() -> st.SearchStrategy[dict[str, object]]:
    """Every declared fact, well typed, and the day."""
    values = {name: values_of(fact_type) for name, fact_type in DECLARED.items()}
    return st.fixed_dictionaries({"today": st.just(TODAY_ON), **values})


@st.composite
def any_facts(draw: st.DrawFn) -> dict[str, object]:
    """Known facts with garbage and the holder's "nothing" mixed in, under known and strange names."""
    facts = draw(known_facts())
    for name in draw(st.lists(st.sampled_from([*DECLARED, "today", "derived.age", "strange"]), max_size=6)):
        facts[name] = draw(GARBAGE)
    return facts


def _operand(draw: st.DrawFn, fact_type: FactType, op: str) -> object:
    if op == "in":
        return draw(st.lists(values_of(fact_type), min_size=1, max_size=3))
    if fact_type.kind is Kind.CHOICES:
        return draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True))
    return draw(values_of(fact_type))


_OPERATORS = {
    Kind.TEXT: ("is", "in", "present"),
    Kind.WHOLE_NUMBER: ("is", "in", "at_least", "at_most", "present"),
    Kind.MONEY_FEN: ("is", "at_least", "at_most", "present"),
    Kind.DATE: ("is", "at_least", "at_most", "present"),
    Kind.YES_NO: ("is", "present"),
    Kind.CHOICE: ("is", "in", "present"),
    Kind.CHOICES: ("within", "at_least", "present"),
}
DERIVED = [
    {
        "fact": "derived.age",
        "how": "age_on",
        "from": {"fact": "evidence.person.born_on"},
        "to": {"fact": "today"},
        "says": {"zh": "年龄", "en": "Age"},
    },
    {
        "fact": "derived.days-since-registration",
        "how": "days_between",
        "from": {"fact": "evidence.branch-licence.registered_on"},
        "to": {"fact": "today"},
        "says": {"zh": "登记后天数", "en": "Days since registration"},
    },
    {
        "fact": "derived.changed",
        "how": "changed_fields",
        "from": {"under": "evidence.parent-licence"},
        "to": {"under": "answers"},
        "fields": ["name", "scope"],
        "says": {"zh": "变更的内容", "en": "What changes"},
    },
]
_DERIVED_TYPES = {
    "derived.age": FactType(Kind.WHOLE_NUMBER),
    "derived.days-since-registration": FactType(Kind.WHOLE_NUMBER),
}


@st.composite
def _conditions(draw: st.DrawFn) -> dict[str, object]:
    types = {**DECLARED, **_DERIVED_TYPES}
    name = draw(st.sampled_from(sorted(types)))
    op = draw(st.sampled_from(_OPERATORS[types[name].kind]))
    if op == "present":
        return {"fact": name, "op": op}
    others = sorted(
        n for n, t in types.items() if t.kind is types[name].kind and t.allowed == types[name].allowed
    )
    if op != "in" and draw(st.booleans()):
        return {"fact": name, "op": op, "value": {"fact": draw(st.sampled_from(others))}}
    return {"fact": name, "op": op, "value": _operand(draw, types[name], op)}


@st.composite
def _changed_condition(draw: st.DrawFn) -> dict[str, object]:
    allowed = draw(st.lists(st.sampled_from(["name", "scope"]), min_size=1, unique=True))
    return {"fact": "derived.changed", "op": draw(st.sampled_from(["within", "at_least"])), "value": allowed}


@st.composite
def mappings(draw: st.DrawFn) -> dict[str, object]:
    """Any rules file that parses: operators, constants, facts, derived facts and guards of every type."""
    rows: list[dict[str, object]] = []
    for place in range(draw(st.integers(1, 6))):
        row = a_criterion(id=f"row-{place}", **draw(st.one_of(_conditions(), _changed_condition())))
        if place and draw(st.booleans()):
            row["when"] = draw(_conditions())
        row["fixed"] = draw(st.booleans()) and draw(st.booleans())
        rows.append(row)
    return a_mapping(*rows, may_grant=draw(st.booleans()), derived=DERIVED)


def tables() -> st.SearchStrategy[RuleTable]:
    """Any table."""
    return mappings().map(lambda mapping: parse_table(mapping, DECLARED, table_id="any"))
