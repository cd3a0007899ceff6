"""One form for many items: every question once, each field with the questions it answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tongban.domain.bundle.bundle import Bundle, SharedField
from tongban.domain.bundle.choose import Choice, Chosen
from tongban.domain.catalogue.form import Form, Question, Section
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.register import CREDIT_CODE
from tongban.kernel.text import Text

SHARED_SECTION = "shared"
_SHARED_TITLE = Text("各个事项共用的信息（只填一次）", "What several items need, asked once")

Place = tuple[str, str]
"""A member and one of its questions."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Why a field stands in the form: which member asks it, under which name, on which ground."""

    member: str
    question: str
    ground: str


@dataclass(frozen=True, slots=True)
class UnionForm:
    """The form of a bundle in one situation.

    Args:
        form: its fields as questions; ids are those of the fields.
        origins: field to the questions it answers.
        known: questions that the situations have answered already, with the answer.
        supplied: questions that an earlier member's result answers.
    """

    form: Form
    origins: Mapping[str, tuple[Origin, ...]]
    known: Mapping[Place, object] = field(default_factory=dict)
    supplied: frozenset[Place] = frozenset()

    @property
    def asked_apart(self) -> int:
        """How many questions there would be if each item were applied for by itself."""
        return sum(len(found) for found in self.origins.values()) + len(self.known) + len(self.supplied)


def compose_union(
    bundle: Bundle, choice: Choice, items: Mapping[str, ServiceItem], situation: Mapping[str, object]
) -> UnionForm:
    """Return the one form of the wanted members.

    Args:
        items: by member, as the deciding zone implements each; members handled elsewhere have none.
        situation: typed answers to the situations.
    """
    wanted = {one.member.id: one for one in choice.wanted if one.member.id in items}
    supplied = frozenset(
        (member_id, question)
        for member_id, one in wanted.items()
        for question, output in one.member.takes.items()
        # Who brings no result here cannot supply it; then the applicant is asked after all.
        if output.member in items and output.member in wanted
    ) | frozenset(_entered(wanted, items))
    fields: dict[str, list[tuple[Place, Question]]] = {}
    known: dict[Place, object] = dict(_given(wanted))
    for shared in bundle.shared:
        places = [place for place in shared.of if place[0] in wanted and place not in supplied]
        if shared.situation in situation:
            known |= dict.fromkeys(places, situation[shared.situation])
        elif places:
            fields[shared.id] = [(place, _question(place, items)) for place in places]
    taken = {place for rows in fields.values() for place, _ in rows} | set(known) | supplied
    field_of = {place: name for name, rows in fields.items() for place, _ in rows}
    sections = []
    for member_id, one in wanted.items():
        own = list(_own_questions(member_id, items[member_id], taken))
        field_of |= {place: field_id(*place) for place, _ in own}
        fields |= {field_id(*place): [(place, question)] for place, question in own}
        sections.append((one, [field_id(*place) for place, _ in own]))
    asked = {name: _merge(name, rows, field_of) for name, rows in fields.items() if not _is_moot(rows, known)}
    return UnionForm(
        form=Form(tuple(_sections(bundle.shared, sections, asked, items))),
        origins={
            name: tuple(
                Origin(member, question.id, question.ground) for (member, _), question in fields[name]
            )
            for name in asked
        },
        known=known,
        supplied=supplied,
    )


def field_id(member: str, question: str) -> str:
    """Return the field of a question that no other member asks."""
    return f"{member.replace('-', '_')}__{question}"


def answers_of_member(
    union: UnionForm, member: str, values: Mapping[str, object], outputs: Mapping[str, object]
) -> dict[str, object]:
    """Return the answers of one member's own form.

    Args:
        values: typed answers by field.
        outputs: question of this member to what an earlier result says.
    """
    answers = {place[1]: value for place, value in union.known.items() if place[0] == member}
    for name, origins in union.origins.items():
        answers |= {one.question: values[name] for one in origins if one.member == member and name in values}
    return answers | {name: value for name, value in outputs.items() if (member, name) in union.supplied}


def _given(wanted: Mapping[str, Chosen]) -> Iterator[tuple[Place, object]]:
    for member_id, one in wanted.items():
        for question, value in one.member.given.items():
            yield (member_id, question), value


def _entered(wanted: Mapping[str, Chosen], items: Mapping[str, ServiceItem]) -> Iterator[Place]:
    """Return the copies of what an earlier grant enters into the register itself: nobody has them yet."""
    for member_id, one in wanted.items():
        maker = one.member.applicant
        if maker is None or maker.member not in wanted:
            continue
        entered = {rule.kind for rule in items[maker.member].register if rule.subject == CREDIT_CODE}
        for question in items[member_id].form.questions:
            if question.type == "file" and not question.is_required and question.evidence_kind in entered:
                yield member_id, question.id


def _question(place: Place, items: Mapping[str, ServiceItem]) -> Question:
    return items[place[0]].form.get_question(place[1])


def _own_questions(member: str, item: ServiceItem, taken: set[Place]) -> Iterator[tuple[Place, Question]]:
    for question in item.form.questions:
        if (member, question.id) not in taken:
            yield (member, question.id), question


def _is_moot(rows: Sequence[tuple[Place, Question]], known: Mapping[Place, object]) -> bool:
    """Whether the situations have already said that no member shows this question."""
    return all(_is_hidden(place, question, known) for place, question in rows)


def _is_hidden(place: Place, question: Question, known: Mapping[Place, object]) -> bool:
    if question.shown_when is None:
        return False
    other, wanted = question.shown_when
    if (place[0], other) not in known:
        return False
    given = known[place[0], other]
    return not any(one in wanted for one in (given if isinstance(given, (list, tuple)) else (given,)))


def _merge(name: str, rows: Sequence[tuple[Place, Question]], field_of: Mapping[Place, str]) -> Question:
    """Return one question for several: the words of the first, the strictest bounds of all."""
    questions = [question for _, question in rows]
    first = questions[0]
    lengths = [question.max_length for question in questions if question.max_length]
    least = [question.at_least for question in questions if question.at_least is not None]
    most = [question.at_most for question in questions if question.at_most is not None]
    shown = {_shown_when(place, question, field_of) for place, question in rows}
    return replace(
        first,
        id=name,
        is_required=any(question.is_required for question in questions),
        is_locked=any(question.is_locked for question in questions),
        choices={
            code: words
            for code, words in first.choices.items()
            if all(code in question.choices for question in questions)
        },
        max_length=min(lengths, default=0),
        at_least=max(least, default=None),
        at_most=min(most, default=None),
        # Shown always as soon as one of them always is; differing conditions are refused by the checker.
        shown_when=shown.pop() if len(shown) == 1 else None,
    )


def _shown_when(
    place: Place, question: Question, field_of: Mapping[Place, str]
) -> tuple[str, tuple[object, ...]] | None:
    if question.shown_when is None:
        return None
    other, wanted = question.shown_when
    # A question that is known or supplied shows this one, or ``_is_moot`` has taken it out.
    asked = field_of.get((place[0], other))
    return None if asked is None else (asked, wanted)


def _sections(
    shared: Sequence[SharedField],
    sections: Sequence[tuple[Chosen, list[str]]],
    asked: Mapping[str, Question],
    items: Mapping[str, ServiceItem],
) -> Iterator[Section]:
    joint = tuple(asked[one.id] for one in shared if one.id in asked)
    if joint:
        yield Section(SHARED_SECTION, _SHARED_TITLE, joint)
    for one, names in sections:
        questions = tuple(asked[name] for name in names if name in asked)
        if questions:
            title = items[one.member.id].title
            yield Section(one.member.id.replace("-", "_"), title, questions)
