"""Parse: one member of a bundle, an item of this alliance or something handled elsewhere."""

import re
from collections.abc import Mapping
from dataclasses import replace

from tongban.domain.bundle.bundle import (
    LEAD,
    ApplicantFrom,
    Elsewhere,
    Member,
    OtherMaterial,
    Output,
    SituationTest,
)
from tongban.domain.catalogue.form import Form
from tongban.domain.catalogue.parse_limits import LIST_MAX
from tongban.domain.clock.statute import parse_time_limit
from tongban.domain.rules.complaints import LAW_KEY, SHORT_NAME, Complaints
from tongban.kernel.errors import Refused
from tongban.kernel.ids import ItemId, LawKey

_REQUIRED = ("id", "title")
_OPTIONAL = ("item", "elsewhere", "needs", "when", "zone", "takes", "applicant", "given")
_CLAIM = re.compile(r"[a-z][a-z0-9_]*")


def read_member(raw: object, pointer: str, situations: Form, complaints: Complaints) -> Member | None:
    """Return a member, or None after complaining."""
    part = complaints.read_mapping(raw, pointer, _REQUIRED, _OPTIONAL)
    if part is None or any(key not in part for key in _REQUIRED):
        return None
    identity = complaints.read_matching(part["id"], f"{pointer}.id", SHORT_NAME, "food-filing")
    title = complaints.read_text(part["title"], f"{pointer}.title")
    if ("item" in part) == ("elsewhere" in part):
        complaints.add(
            "one-of",
            pointer,
            "要么写 item（本联盟办理），要么写 elsewhere（别处办理）。",
            "Either item, handled in this alliance, or elsewhere, handled by others.",
        )
        return None
    needs = complaints.read_list(part.get("needs", []), f"{pointer}.needs", LIST_MAX)
    member = Member(
        id=identity or "",
        title=title,  # type: ignore[arg-type]  # None only after a complaint, and then it is not returned
        needs=tuple(str(need) for need in needs),
        when=_read_when(part.get("when", []), f"{pointer}.when", situations, complaints),
        zone=_read_zone(part.get("zone", LEAD), f"{pointer}.zone", situations, complaints),
        takes=_read_takes(part.get("takes", {}), f"{pointer}.takes", complaints),
        applicant=_read_applicant(part.get("applicant"), f"{pointer}.applicant", complaints),
        given=_read_given(part.get("given", {}), f"{pointer}.given", complaints),
    )
    if identity is None or title is None:
        return None
    if "item" in part:
        item = complaints.read_matching(part["item"], f"{pointer}.item", SHORT_NAME, "food-filing")
        return None if item is None else replace(member, item=ItemId(item))
    elsewhere = _read_elsewhere(part["elsewhere"], f"{pointer}.elsewhere", complaints)
    return None if elsewhere is None else replace(member, elsewhere=elsewhere)


def _read_when(
    raw: object, pointer: str, situations: Form, complaints: Complaints
) -> tuple[SituationTest, ...]:
    known = {question.id: question for question in situations.questions}
    conditions = []
    for place, entry in enumerate(complaints.read_list(raw, pointer, LIST_MAX)):
        here = f"{pointer}[{place}]"
        row = complaints.read_mapping(entry, here, ("question", "is"))
        if row is None or "question" not in row or "is" not in row:
            continue
        question = complaints.read_one_of(row["question"], f"{here}.question", tuple(known))
        values = complaints.read_list(row["is"], f"{here}.is", LIST_MAX)
        if question is None:
            continue
        for value in values:
            if known[question].choices:
                complaints.read_one_of(value, f"{here}.is", tuple(known[question].choices))
            elif not isinstance(value, bool):
                complaints.read_yes_no(value, f"{here}.is")
        conditions.append(SituationTest(question, tuple(values)))
    return tuple(conditions)


def _read_zone(raw: object, pointer: str, situations: Form, complaints: Complaints) -> str:
    known = (LEAD, *(f"situations.{q.id}" for q in situations.questions if q.type == "choice"))
    return complaints.read_one_of(raw, pointer, known) or LEAD


def _read_takes(raw: object, pointer: str, complaints: Complaints) -> dict[str, Output]:
    known = tuple(str(key) for key in raw) if isinstance(raw, Mapping) else ()
    takes = {}
    for question, entry in (complaints.read_mapping(raw, pointer, (), known) or {}).items():
        here = f"{pointer}.{question}"
        row = complaints.read_mapping(entry, here, ("member", "claim"))
        if row is None:
            continue
        member = complaints.read_matching(row.get("member"), f"{here}.member", SHORT_NAME, "licence")
        claim = complaints.read_matching(row.get("claim"), f"{here}.claim", _CLAIM, "premises")
        if member and claim:
            takes[question] = Output(member, claim)
    return takes


def _read_given(raw: object, pointer: str, complaints: Complaints) -> dict[str, str | bool]:
    known = tuple(str(key) for key in raw) if isinstance(raw, Mapping) else ()
    given: dict[str, str | bool] = {}
    for question, value in (complaints.read_mapping(raw, pointer, (), known) or {}).items():
        if isinstance(value, str | bool):
            given[question] = value
        else:
            complaints.read_yes_no(value, f"{pointer}.{question}")
    return given


def _read_applicant(raw: object, pointer: str, complaints: Complaints) -> ApplicantFrom | None:
    if raw is None:
        return None
    part = complaints.read_mapping(raw, pointer, ("member", "id", "name"))
    if part is None:
        return None
    member = complaints.read_matching(part.get("member"), f"{pointer}.member", SHORT_NAME, "registration")
    identity = complaints.read_matching(part.get("id"), f"{pointer}.id", _CLAIM, "uscc")
    name = complaints.read_matching(part.get("name"), f"{pointer}.name", _CLAIM, "business_name")
    return ApplicantFrom(member, identity, name) if member and identity and name else None


def _read_elsewhere(raw: object, pointer: str, complaints: Complaints) -> Elsewhere | None:
    part = complaints.read_mapping(raw, pointer, ("authority", "does", "source"), ("limit", "materials"))
    if part is None:
        return None
    authority = complaints.read_text(part.get("authority"), f"{pointer}.authority")
    does = complaints.read_text(part.get("does"), f"{pointer}.does")
    source = complaints.read_matching(part.get("source"), f"{pointer}.source", LAW_KEY, "fire-2021#15")
    limit = None
    if "limit" in part:
        row = complaints.read_mapping(part["limit"], f"{pointer}.limit", ("amount", "unit", "source"))
        try:
            limit = parse_time_limit(row, f"{pointer}.limit") if row is not None else None
        except Refused as refused:
            complaints.problems.extend(refused.problems)
    materials = []
    for place, entry in enumerate(
        complaints.read_list(part.get("materials", []), f"{pointer}.materials", LIST_MAX)
    ):
        here = f"{pointer}.materials[{place}]"
        paper = complaints.read_mapping(entry, here, ("name", "source"))
        if paper is None:
            continue
        name = complaints.read_text(paper.get("name"), f"{here}.name")
        ground = complaints.read_matching(paper.get("source"), f"{here}.source", LAW_KEY, "fire-2021#15")
        if name is not None and ground is not None:
            materials.append(OtherMaterial(name, LawKey(ground)))
    if authority is None or does is None or source is None:
        return None
    return Elsewhere(authority, does, LawKey(source), limit, tuple(materials))
