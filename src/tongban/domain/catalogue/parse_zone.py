"""Parse: a zone's file as a plain mapping becomes a zone."""

import re
from collections.abc import Mapping

from tongban.domain.catalogue.zone import DecidingAuthority, Remedy, Zone
from tongban.domain.identifiers.uscc import check_uscc
from tongban.domain.rules.complaints import LAW_KEY, SHORT_NAME, Complaints
from tongban.kernel.errors import Refused
from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text

LIST_MAX = 50
_REQUIRED = (
    "id", "name", "short_name", "letters", "divisions", "authority", "remedies", "calendar", "address",
    "windows",
)  # fmt: skip
_LETTERS = re.compile(r"[A-Z]{2}")
_DIVISION = re.compile(r"[0-9]{6}")
_ADDRESS = re.compile(r"https?://[^\s/]+/?")
_EMPTY = Text("", "")


def parse_zone(raw: object) -> Zone:
    """Read a zone; raises Refused with every problem found."""
    complaints = Complaints(room="zone")
    part = complaints.read_mapping(raw, "", _REQUIRED, ("suite", "contacts"))
    if part is None:
        raise Refused(*complaints.problems)
    identity = complaints.read_matching(part.get("id"), "id", SHORT_NAME, "changzhou")
    name = complaints.read_text(part.get("name"), "name")
    short_name = complaints.read_text(part.get("short_name"), "short_name")
    authority = _read_authority(part.get("authority"), complaints)
    remedies = tuple(
        remedy
        for place, entry in enumerate(complaints.read_list(part.get("remedies", []), "remedies", LIST_MAX))
        if (remedy := _read_remedy(entry, f"remedies[{place}]", complaints)) is not None
    )
    letters = complaints.read_matching(part.get("letters"), "letters", _LETTERS, "CZ")
    divisions = [
        complaints.read_matching(code, f"divisions[{place}]", _DIVISION, "320411")
        for place, code in enumerate(complaints.read_list(part.get("divisions", []), "divisions", LIST_MAX))
    ]
    calendar = complaints.read_matching(part.get("calendar"), "calendar", SHORT_NAME, "cn")
    address = complaints.read_matching(part.get("address"), "address", _ADDRESS, "http://127.0.0.1:8003")
    windows = _read_named_texts(part.get("windows"), "windows", complaints)
    contacts = _read_named_texts(part.get("contacts", {}), "contacts", complaints)
    if complaints.problems:
        raise Refused(*complaints.problems)
    return Zone(
        id=ZoneId(identity or ""),
        name=name or _EMPTY,
        short_name=short_name or _EMPTY,
        letters=letters or "",
        divisions=tuple(code for code in divisions if code is not None),
        authority=authority or DecidingAuthority("", "", _EMPTY, True),
        remedies=remedies,
        calendar=calendar or "",
        address=address or "",
        windows=windows,
        contacts=contacts,
    )


def _read_authority(raw: object, complaints: Complaints) -> DecidingAuthority | None:
    part = complaints.read_mapping(raw, "authority", ("id", "code", "name", "is_fictional"))
    if part is None:
        return None
    identity = complaints.read_matching(
        part.get("id"), "authority.id", SHORT_NAME, "changzhou-approval-bureau"
    )
    name = complaints.read_text(part.get("name"), "authority.name")
    fictional = complaints.read_yes_no(part.get("is_fictional"), "authority.is_fictional")
    complaints.problems.extend(check_uscc(str(part.get("code", "")), "authority.code"))
    if identity is None or name is None:
        return None
    return DecidingAuthority(identity, str(part.get("code", "")), name, fictional is not False)


def _read_remedy(raw: object, pointer: str, complaints: Complaints) -> Remedy | None:
    part = complaints.read_mapping(raw, pointer, ("kind", "body", "deadline", "channel", "source"))
    if part is None:
        return None
    kind = complaints.read_one_of(part.get("kind"), f"{pointer}.kind", ("review", "court"))
    body = complaints.read_text(part.get("body"), f"{pointer}.body")
    deadline = complaints.read_text(part.get("deadline"), f"{pointer}.deadline")
    channel = complaints.read_text(part.get("channel"), f"{pointer}.channel")
    source = complaints.read_matching(
        part.get("source"), f"{pointer}.source", LAW_KEY, "admin-review-2023#20.1"
    )
    if kind is None or body is None or deadline is None or channel is None or source is None:
        return None
    return Remedy(kind, body, deadline, channel, source)


def _read_named_texts(raw: object, pointer: str, complaints: Complaints) -> dict[str, Text]:
    if not isinstance(raw, Mapping):
        complaints.add("shape", pointer, "这里应为一组键值。", "A mapping of keys to values belongs here.")
        return {}
    words = {str(key): complaints.read_text(value, f"{pointer}.{key}") for key, value in raw.items()}
    return {key: text for key, text in words.items() if text is not None}
