"""Differences: what two zones' implementations of one item say otherwise, each with both sides in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tongban.domain.catalogue.feature_words import (
    PLEDGES,
    say_condition,
    say_fact,
    say_question,
    say_source,
    say_validity,
)
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.clock.statute import TimeLimit
from tongban.domain.rules.words import fill, show_money
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that a zone's implementation says, in words.

    Args:
        name: stable and dotted, e.g. ``promised`` or ``criteria.scope-inside-parents``.
        title: what it is called on a page.
    """

    name: str
    title: Text
    value: Text


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two implementations say otherwise; None where one of them does not say it."""

    name: str
    title: Text
    one: Text | None
    other: Text | None


def list_features(item: ServiceItem, on: date, procedure: Text | None = None) -> tuple[Feature, ...]:
    """Return everything of an implementation that an applicant meets with, in the order of a page.

    Args:
        on: the day whose limits are told.
        procedure: what the item's regime is called; left out by whoever shows it to nobody.
    """
    return (
        *_offers(item, on, procedure or _plain(item.regime)),
        *_form(item),
        *_decides(item),
    )


def list_differences(one: ServiceItem, other: ServiceItem, on: date) -> tuple[Difference, ...]:
    """Return what differs between two implementations of an item on a day; empty when nothing does."""
    here = {feature.name: feature for feature in list_features(one, on)}
    there = {feature.name: feature for feature in list_features(other, on)}
    found = []
    for name in dict.fromkeys((*here, *there)):
        left, right = here.get(name), there.get(name)
        if left is None or right is None or left.value != right.value:
            title = (left or right or _NO_FEATURE).title
            found.append(
                Difference(name, title, left.value if left else None, right.value if right else None)
            )
    return tuple(found)


def _offers(item: ServiceItem, on: date, regime: Text) -> Iterable[Feature]:
    """What somebody meets with before and around the form."""
    yield Feature("version", Text("版本", "Version"), _plain(item.version))
    yield Feature("title", Text("名称", "Name"), item.title)
    yield Feature("summary", Text("说明", "Summary"), item.summary)
    yield Feature("regime", Text("办理方式", "Procedure"), regime)
    yield Feature("objects", Text("申请人", "Who may apply"), _words(item.objects, _OBJECTS))
    yield Feature(
        "statutory", Text("法定时限", "Statutory limit"), _limit(_find_limit(item.get_statutory_limit, on))
    )
    yield Feature("promised", Text("承诺时限", "Promised limit"), _limit(item.find_promised_limit(on)))
    yield Feature("channels", Text("办理渠道", "Channels"), _words(item.channels, _CHANNELS))
    yield Feature("visits", Text("到场次数", "Visits"), _plain(item.visits))
    yield Feature("fee", Text("收费", "Fee"), show_money(item.fee_fen))
    for material in item.materials:
        spared = material.exempt_through
        value = Text("免交", "spared") if spared else Text("须提交", "to be handed in")
        yield Feature(f"materials.{material.name.en}", material.name, value)
    for place, note in enumerate(item.notes, start=1):
        yield Feature(f"notes.{place}", Text(f"备注 {place}", f"Note {place}"), note)

    for parameter in item.parameters:
        told = [words for since, words, _ in parameter.in_words if since <= on]
        yield Feature(parameter.fact, parameter.says, told[-1] if told else Text("没有", "none"))
    for pledge in item.pledges:
        terms = [row.limit.in_words for row in pledge.due if row.since <= on]
        until = terms[-1] if terms else Text("没有", "none")
        kind = PLEDGES[pledge.kind]
        value = Text(f"{kind.zh}，{until.zh}", f"{kind.en}, {until.en}")
        yield Feature(f"pledges.{pledge.id}", pledge.title, value)
    if item.elsewhere is not None:
        title = Text("由别处决定", "Decided elsewhere")
        yield Feature("elsewhere", title, item.elsewhere.why)


def _form(item: ServiceItem) -> Iterable[Feature]:
    for question in item.form.questions:
        yield Feature(f"questions.{question.id}", question.label, say_question(question, item))


def _decides(item: ServiceItem) -> Iterable[Feature]:
    for requirement in item.evidence:
        value = say_source(requirement, item)
        yield Feature(f"evidence.{requirement.kind}", requirement.proves, value)
    may = Text("可以", "yes") if item.rules.may_grant else Text("不可以", "no")
    yield Feature("may_grant", Text("系统能否准予", "The machine may grant"), may)
    for criterion in item.rules.criteria:
        asked = say_condition(criterion.condition, item)
        if criterion.when is not None:
            asked = fill(_ONLY_WHEN, asked=asked, when=say_condition(criterion.when, item))
        value = Text(f"{criterion.says.zh}：{asked.zh}", f"{criterion.says.en}: {asked.en}")
        yield Feature(f"criteria.{criterion.id}", criterion.says, value)
    yield Feature("validity", Text("有效期", "Validity"), say_validity(item))
    for claim in item.credential.claims:
        yield Feature(f"claims.{claim.name}", claim.title, say_fact(claim.fact, item))


def _find_limit(find: Callable[[date], TimeLimit], on: date) -> TimeLimit | None:
    try:
        return find(on)
    except LookupError:
        return None


def _limit(limit: TimeLimit | None) -> Text:
    return limit.in_words if limit is not None else Text("没有", "none")


def _words(codes: Iterable[str], words: Mapping[str, Text]) -> Text:
    known = [words.get(code, _plain(code)) for code in sorted(codes)]
    return Text("、".join(one.zh for one in known), ", ".join(one.en for one in known))


def _plain(value: object) -> Text:
    return Text(str(value), str(value))


_CHANNELS = {
    "online": Text("网上", "online"),
    "window": Text("窗口", "window"),
    "kiosk": Text("自助终端", "kiosk"),
}
_OBJECTS = {"person": Text("个人", "persons"), "firm": Text("企业", "firms")}
_ONLY_WHEN = Text("{asked}（仅当{when}）", "{asked} (only when {when})")
_NO_FEATURE = Feature("", Text("", ""), Text("", ""))
