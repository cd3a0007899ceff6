"""Check a bundle against the items it joins: nothing promised that no zone offers, nothing asked twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tongban.domain.bundle.bundle import FIRM, LEAD, RESULT_NUMBER, Bundle, Member
from tongban.domain.catalogue.form import Question
from tongban.domain.catalogue.item import ServiceItem
from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text
from tongban.packs.load import PackCatalogue
from tongban.packs.read_bundles import BUNDLE_FILE
from tongban.packs.reading import Reading


@dataclass(frozen=True, slots=True)
class Flaw:
    """One rule broken: where, by which name, in which words."""

    pointer: str
    code: str
    says: Text


FindItem = Callable[[Member], ServiceItem | None]


def check_bundle(bundle: Bundle, folder: Path, catalogue: PackCatalogue, reading: Reading) -> None:
    """Complain of everything in a bundle that its items do not bear out."""

    def find(member: Member) -> ServiceItem | None:
        offered = [catalogue.items.get((member.item, zone)) for zone in bundle.zones if member.item]
        return next((item for item in offered if item is not None), None)

    flaws = (
        *_names(bundle, folder, catalogue),
        *_members(bundle, catalogue),
        *_kinds(bundle, find),
        *_shared(bundle, find),
        *_results(bundle, find),
        *_given(bundle, find),
        *_asked_twice(bundle, find),
        *_idle_situations(bundle),
    )
    for flaw in flaws:
        reading.report(folder / BUNDLE_FILE, flaw.pointer, flaw.code, flaw.says.zh, flaw.says.en)


def _names(bundle: Bundle, folder: Path, catalogue: PackCatalogue) -> Iterator[Flaw]:
    if bundle.id != folder.name:
        says = Text(
            f"文件夹名是“{folder.name}”，一件事却叫“{bundle.id}”。",
            f"The folder is “{folder.name}”, the bundle “{bundle.id}”.",
        )
        yield Flaw("id", "wrong-folder", says)
    for place, zone in enumerate(bundle.zones):
        if zone not in catalogue.zones:
            says = Text(f"没有名为“{zone}”的高新区。", f"There is no zone called “{zone}”.")
            yield Flaw(f"zones[{place}]", "unknown-zone", says)
    if not bundle.zones:
        yield Flaw("zones", "no-zones", Text("没有写明由谁牵头。", "No zone leads this bundle."))


def _members(bundle: Bundle, catalogue: PackCatalogue) -> Iterator[Flaw]:
    """Every zone that may come to decide a member must offer its item."""
    for place, member in enumerate(bundle.members):
        if member.item is None:
            continue
        for zone in _deciding_zones(bundle, member):
            if (member.item, zone) not in catalogue.items:
                says = Text(
                    f"{zone} 不办理“{member.item}”；别处办理的请写 elsewhere。",
                    f"{zone} does not offer “{member.item}”; what others handle is written as elsewhere.",
                )
                yield Flaw(f"members[{place}].item", "not-offered", says)


def _deciding_zones(bundle: Bundle, member: Member) -> tuple[ZoneId, ...]:
    if member.zone == LEAD:
        return bundle.zones
    question = bundle.situations.get_question(member.zone.removeprefix("situations."))
    return tuple(ZoneId(code) for code in question.choices)


def _kinds(bundle: Bundle, find: FindItem) -> Iterator[Flaw]:
    """Whoever may ask for the bundle may ask for its items, through its channels."""
    founders = {member.applicant.member for member in bundle.members if member.applicant}
    for place, member in enumerate(bundle.members):
        item = find(member)
        if item is None:
            continue
        for kind in _kinds_left_out(bundle, member, item, founders):
            says = Text(f"“{item.id}”不面向 {kind}。", f"“{item.id}” is not for a {kind}.")
            yield Flaw(f"members[{place}].item", "wrong-kind", says)
        for channel in bundle.channels:
            if channel not in item.channels:
                says = Text(
                    f"“{item.id}”不能通过 {channel} 办理。", f"“{item.id}” is not handled by {channel}."
                )
                yield Flaw(f"members[{place}].item", "wrong-channel", says)


def _kinds_left_out(bundle: Bundle, member: Member, item: ServiceItem, founders: set[str]) -> Iterator[str]:
    """Return the kinds of applicant that this member cannot serve though it would have to.

    A member that brings a firm about may be for some of the bundle's applicants alone if it has a condition,
    and so may those that the firm applies for: whoever has it already answers so, and asks as that firm.
    ``check_party`` refuses whoever answers otherwise, before anything is handed in.
    """
    served = [kind for kind in bundle.objects if kind in item.objects]
    left_out = [kind for kind in bundle.objects if kind not in item.objects]
    if member.applicant is None:
        yield from () if served and member.id in founders and member.when else left_out
        return
    if FIRM not in item.objects:
        yield FIRM
    elif bundle.get_member(member.applicant.member).when and not served:
        yield from left_out


def _shared(bundle: Bundle, find: FindItem) -> Iterator[Flaw]:
    """Fields share questions that exist, are of one type, and are shown under the same conditions."""
    for place, shared in enumerate(bundle.shared):
        questions = []
        for at, (member_id, question_id) in enumerate(shared.of):
            question = _find_question(find(bundle.get_member(member_id)), question_id)
            if question is None:
                says = Text(
                    f"“{member_id}”没有问题“{question_id}”。", f"“{member_id}” asks no “{question_id}”."
                )
                yield Flaw(f"shared[{place}].of[{at}]", "no-question", says)
            else:
                questions.append(question)
        if shared.situation:
            questions.append(bundle.situations.get_question(shared.situation))
        yield from _unlike(questions, f"shared[{place}]")


def _unlike(questions: list[Question], pointer: str) -> Iterator[Flaw]:
    kinds = sorted({question.type for question in questions})
    if len(kinds) > 1:
        listed = ", ".join(kinds)
        says = Text(f"共用的问题类型不同：{listed}。", f"These are of different types: {listed}.")
        yield Flaw(pointer, "unlike", says)
    conditions = {question.shown_when and question.shown_when[1] for question in questions}
    if len(conditions - {None}) > 1:
        says = Text("共用的问题出现的条件不同。", "These are shown under different conditions.")
        yield Flaw(pointer, "unlike-conditions", says)
    codes = [frozenset(question.choices) for question in questions if question.choices]
    if codes and not frozenset.intersection(*codes):
        says = Text("共用的选择题没有相同的选项。", "These choices have no code in common.")
        yield Flaw(pointer, "unlike-choices", says)


def _find_question(item: ServiceItem | None, question_id: str) -> Question | None:
    questions = item.form.questions if item else ()
    return next((question for question in questions if question.id == question_id), None)


def _results(bundle: Bundle, find: FindItem) -> Iterator[Flaw]:
    """A result is taken from a member it waits for, from a line that the licence has."""
    for place, member in enumerate(bundle.members):
        before = _all_needs(bundle, member)
        taken = [(f"takes.{name}", one.member, one.claim) for name, one in member.takes.items()]
        if member.applicant:
            wanted = member.applicant
            taken += [(f"applicant.{key}", wanted.member, getattr(wanted, key)) for key in ("id", "name")]
        for pointer, source, claim in taken:
            here = f"members[{place}].{pointer}"
            if source not in before:
                says = Text(
                    f"“{member.id}”并不等待“{source}”。", f"“{member.id}” does not wait for “{source}”."
                )
                yield Flaw(here, "not-before", says)
                continue
            item = find(bundle.get_member(source))
            if item is None or claim not in {RESULT_NUMBER, *(one.name for one in item.credential.claims)}:
                says = Text(f"“{source}”的结果里没有“{claim}”。", f"“{source}” brings no “{claim}”.")
                yield Flaw(here, "no-claim", says)
        for question in member.takes:
            if find(member) is not None and _find_question(find(member), question) is None:
                says = Text(f"“{member.id}”没有问题“{question}”。", f"“{member.id}” asks no “{question}”.")
                yield Flaw(f"members[{place}].takes.{question}", "no-question", says)


def _given(bundle: Bundle, find: FindItem) -> Iterator[Flaw]:
    """What the bundle settles is a question of the item, answered as the item could be answered."""
    for place, member in enumerate(bundle.members):
        for name, value in member.given.items():
            question = _find_question(find(member), name)
            fits = question is not None and (
                isinstance(value, bool) if question.type == "yes_no" else value in question.choices
            )
            if not fits:
                says = Text(
                    f"“{member.id}”的问题“{name}”不能这样回答。",
                    f"“{member.id}” has no such answer to “{name}”.",
                )
                yield Flaw(f"members[{place}].given.{name}", "no-such-answer", says)


def _all_needs(bundle: Bundle, member: Member) -> frozenset[str]:
    found = set(member.needs)
    for need in member.needs:
        found |= _all_needs(bundle, bundle.get_member(need))
    return frozenset(found)


def _asked_twice(bundle: Bundle, find: FindItem) -> Iterator[Flaw]:
    """Two members that ask in the same words, and no shared field: the applicant would answer twice."""
    shared = {place for one in bundle.shared for place in one.of}
    first: dict[tuple[str, str], str] = {}
    for place, member in enumerate(bundle.members):
        item = find(member)
        for question in item.form.questions if item else ():
            if (member.id, question.id) in shared or question.id in {*member.takes, *member.given}:
                continue
            key = (question.label.zh, question.type)
            other = first.setdefault(key, member.id)
            if other != member.id:
                says = Text(
                    f"“{question.label.zh}”在“{other}”和“{member.id}”里各问一次，应共用。",
                    f"“{question.label.en}” is asked by “{other}” and by “{member.id}”; share it.",
                )
                yield Flaw(f"members[{place}].item", "asked-twice", says)


def _idle_situations(bundle: Bundle) -> Iterator[Flaw]:
    """A situation that chooses nothing is asked for nothing (pipl-2021#6)."""
    used = {condition.question for member in bundle.members for condition in member.when}
    used |= {member.zone.removeprefix("situations.") for member in bundle.members}
    used |= {shared.situation for shared in bundle.shared}
    used |= {question.shown_when[0] for question in bundle.situations.questions if question.shown_when}
    for place, question in enumerate(bundle.situations.questions):
        if question.id not in used:
            says = Text(
                f"情形“{question.id}”什么也不决定，不应当问。",
                f"The situation “{question.id}” decides nothing and must not be asked.",
            )
            yield Flaw(f"situations.sections[0].questions[{place}]", "asked-for-nothing", says)
