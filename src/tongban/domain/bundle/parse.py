"""Parse: a bundle's file as a plain mapping becomes a ``Bundle``; all that is wrong at once."""

import re
from collections.abc import Mapping

from tongban.domain.bundle.bundle import Bundle, Member, SharedField
from tongban.domain.bundle.choose import sort_members
from tongban.domain.bundle.parse_member import read_member
from tongban.domain.catalogue.form import Form
from tongban.domain.catalogue.item import GuideQuestion
from tongban.domain.catalogue.parse_form import read_form
from tongban.domain.catalogue.parse_limits import LIST_MAX
from tongban.domain.catalogue.parse_manifest import CHANNELS, OBJECTS
from tongban.domain.rules.complaints import LAW_KEY, SHORT_NAME, TEXT_MAX, Complaints
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import BundleId, LawKey, ZoneId
from tongban.kernel.text import Text

MEMBERS_MAX = 30
SHARED_MAX = 60
_REQUIRED = ("id", "version", "title", "summary", "objects", "legal_basis", "zones", "channels", "members")
_OPTIONAL = ("words", "situations", "shared", "same_materials", "questions", "notes", "owner")
_FIELD_ID = re.compile(r"[a-z][a-z0-9_]*")
_PLACE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z][a-z0-9_]*")


def parse_bundle(raw: object, file_name: str = "bundle.yaml") -> Bundle:
    """Read a bundle.

    Args:
        file_name: leads every pointer (``bundle.yaml:members[2].needs``).

    Raises:
        Refused: with every problem at once.
    """
    complaints = Complaints(room="bundle")
    bundle = _read_bundle(raw, complaints)
    if complaints.problems or bundle is None:
        raise Refused(*(_in_file(file_name, problem) for problem in complaints.problems))
    return bundle


def _read_bundle(raw: object, complaints: Complaints) -> Bundle | None:
    part = complaints.read_mapping(raw, "", _REQUIRED, _OPTIONAL)
    if part is None or any(key not in part for key in _REQUIRED):
        return None
    situations = _read_situations(part.get("situations"), complaints)
    members = _read_members(part["members"], situations, complaints)
    identity = complaints.read_matching(part["id"], "id", SHORT_NAME, "open-restaurant")
    title = complaints.read_text(part["title"], "title")
    summary = complaints.read_text(part["summary"], "summary")
    objects = _read_words(part, "objects", OBJECTS, complaints)
    channels = _read_words(part, "channels", CHANNELS, complaints)
    shared = _read_shared(part.get("shared", []), situations, {one.id for one in members}, complaints)
    same = _read_same(part.get("same_materials", []), complaints)
    legal_basis = _read_keys(part["legal_basis"], complaints)
    zones = tuple(ZoneId(str(zone)) for zone in complaints.read_list(part["zones"], "zones", LIST_MAX))
    if complaints.problems or identity is None or title is None or summary is None:
        return None
    return Bundle(
        id=BundleId(identity),
        version=part["version"] if isinstance(part["version"], int) else 1,
        title=title,
        summary=summary,
        words=_read_search_words(part, complaints),
        objects=objects,
        legal_basis=legal_basis,
        zones=zones,
        channels=channels,
        situations=situations,
        members=tuple(members),
        shared=shared,
        same_materials=same,
        questions=_read_questions(part.get("questions", []), complaints),
        notes=_read_notes(part.get("notes", []), complaints),
        owner=str(part.get("owner", "")),
    )


def _read_members(raw: object, situations: Form, complaints: Complaints) -> list[Member]:
    entries = complaints.read_list(raw, "members", MEMBERS_MAX)
    members = [
        member
        for place, entry in enumerate(entries)
        if (member := read_member(entry, f"members[{place}]", situations, complaints)) is not None
    ]
    if len(members) == len(entries):
        _check_order({one.id: one.needs for one in members}, complaints)
    return members


def _read_keys(raw: object, complaints: Complaints) -> tuple[LawKey, ...]:
    return tuple(
        LawKey(key)
        for place, entry in enumerate(complaints.read_list(raw, "legal_basis", LIST_MAX))
        if (key := complaints.read_matching(entry, f"legal_basis[{place}]", LAW_KEY, "all-2019#26.2"))
    )


def _read_situations(raw: object, complaints: Complaints) -> Form:
    if raw is None:
        return Form(())
    inner = Complaints(room=complaints.room)
    form = read_form(raw, inner)
    for problem in inner.problems:
        pointer = f"situations.{problem.pointer}" if problem.pointer else "situations"
        complaints.problems.append(
            Problem(problem.code, problem.text, pointer, problem.source, problem.next_step)
        )
    return form


def _read_words(
    part: Mapping[str, object], key: str, known: tuple[str, ...], complaints: Complaints
) -> tuple[str, ...]:
    words = complaints.read_list(part[key], key, LIST_MAX)
    read = [complaints.read_one_of(word, f"{key}[{place}]", known) for place, word in enumerate(words)]
    return tuple(word for word in read if word is not None)


def _read_search_words(part: Mapping[str, object], complaints: Complaints) -> tuple[str, ...]:
    words = complaints.read_list(part.get("words", []), "words", LIST_MAX)
    return tuple(str(word)[:TEXT_MAX] for word in words)


def _read_shared(
    raw: object, situations: Form, members: set[str], complaints: Complaints
) -> tuple[SharedField, ...]:
    shared = []
    taken: dict[str, int] = {}
    known = tuple(question.id for question in situations.questions)
    for place, entry in enumerate(complaints.read_list(raw, "shared", SHARED_MAX)):
        pointer = f"shared[{place}]"
        row = complaints.read_mapping(entry, pointer, ("id", "of"), ("situation",))
        if row is None or "id" not in row or "of" not in row:
            continue
        identity = complaints.read_matching(row["id"], f"{pointer}.id", _FIELD_ID, "premises")
        situation = row.get("situation", "")
        if situation:
            complaints.read_one_of(situation, f"{pointer}.situation", known)
        places = []
        for at, named in enumerate(complaints.read_list(row["of"], f"{pointer}.of", MEMBERS_MAX)):
            here = f"{pointer}.of[{at}]"
            if complaints.read_matching(named, here, _PLACE, "food-filing.premises") is None:
                continue
            member, _, question = str(named).partition(".")
            if complaints.read_one_of(member, here, sorted(members)) is None:
                continue
            if str(named) in taken:
                complaints.add("twice", here, f"“{named}”已经共用过。", f"“{named}” is shared already.")
            taken[str(named)] = place
            places.append((member, question))
        if identity is not None:
            shared.append(SharedField(identity, tuple(places), str(situation)))
    return tuple(shared)


def _read_same(raw: object, complaints: Complaints) -> tuple[tuple[str, ...], ...]:
    same = []
    for place, entry in enumerate(complaints.read_list(raw, "same_materials", SHARED_MAX)):
        names = complaints.read_list(entry, f"same_materials[{place}]", SHARED_MAX)
        same.append(tuple(str(name)[:TEXT_MAX] for name in names))
    return tuple(same)


def _read_questions(raw: object, complaints: Complaints) -> tuple[GuideQuestion, ...]:
    questions = []
    for place, entry in enumerate(complaints.read_list(raw, "questions", LIST_MAX)):
        row = complaints.read_mapping(entry, f"questions[{place}]", ("asks", "answers"))
        if row is None:
            continue
        asks = complaints.read_text(row.get("asks"), f"questions[{place}].asks")
        answers = complaints.read_text(row.get("answers"), f"questions[{place}].answers")
        if asks is not None and answers is not None:
            questions.append(GuideQuestion(asks, answers))
    return tuple(questions)


def _read_notes(raw: object, complaints: Complaints) -> tuple[Text, ...]:
    notes = [
        complaints.read_text(entry, f"notes[{place}]")
        for place, entry in enumerate(complaints.read_list(raw, "notes", LIST_MAX))
    ]
    return tuple(note for note in notes if note is not None)


def _check_order(needs: Mapping[str, tuple[str, ...]], complaints: Complaints) -> None:
    """Members need members that exist, and never each other in a circle."""
    for place, (_, wanted) in enumerate(needs.items()):
        for at, need in enumerate(wanted):
            complaints.read_one_of(need, f"members[{place}].needs[{at}]", tuple(needs))
    try:
        sort_members(needs)
    except ValueError as circle:
        complaints.add(
            "circle",
            "members",
            f"这些事项互相等待，谁也不能先办：{circle}。",
            f"These members wait for each other, so none can begin: {circle}.",
            Text("去掉其中一个 needs。", "Take one of these needs away."),
        )


def _in_file(name: str, problem: Problem) -> Problem:
    return Problem(problem.code, problem.text, f"{name}:{problem.pointer}", problem.source, problem.next_step)
