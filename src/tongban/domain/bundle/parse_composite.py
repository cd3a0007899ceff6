"""Parse: a composite licence's file as a plain mapping becomes a ``Composite``."""

import re

from tongban.domain.bundle.composite import Composite, MainRegister
from tongban.domain.catalogue.parse_limits import LIST_MAX
from tongban.domain.rules.complaints import LAW_KEY, SHORT_NAME, Complaints
from tongban.kernel.errors import Refused
from tongban.kernel.ids import EvidenceKindId, ItemId, LawKey

_REQUIRED = ("id", "version", "title", "trade", "type_serial", "source", "main", "permits")
_MAIN = ("kind", "title", "status", "in_force", "type_serial")
_SERIAL = re.compile(r"[A-Z0-9]{4}")
_FACT = re.compile(r"[a-z][a-z0-9_]*")


def parse_composite(raw: object) -> Composite:
    """Read a composite licence; raises Refused with every problem at once."""
    complaints = Complaints(room="composite")
    part = complaints.read_mapping(raw, "", _REQUIRED, ("beside",))
    if part is None or any(key not in part for key in _REQUIRED):
        raise Refused(*complaints.problems)
    identity = complaints.read_matching(part["id"], "id", SHORT_NAME, "convenience-store")
    title = complaints.read_text(part["title"], "title")
    trade = complaints.read_text(part["trade"], "trade")
    serial = complaints.read_matching(part["type_serial"], "type_serial", _SERIAL, "Y001")
    source = complaints.read_matching(part["source"], "source", LAW_KEY, "order-716-2019#10.1")
    main = _read_main(part["main"], complaints)
    permits = _read_items(part["permits"], "permits", complaints)
    beside = _read_items(part.get("beside", []), "beside", complaints)
    if not permits:
        complaints.add("no-permits", "permits", "至少要有一种许可。", "It shows at least one permit.")
    version = part["version"] if isinstance(part["version"], int) else 0
    if version < 1:
        complaints.add("number", "version", "这里应为正整数。", "A whole number from 1 belongs here.")
    if complaints.problems or not (identity and title and trade and serial and source and main):
        raise Refused(*complaints.problems)
    return Composite(identity, version, title, trade, serial, LawKey(source), main, permits, beside)


def _read_items(raw: object, pointer: str, complaints: Complaints) -> tuple[ItemId, ...]:
    read = (
        complaints.read_matching(one, f"{pointer}[{place}]", SHORT_NAME, "prepackaged-food-filing")
        for place, one in enumerate(complaints.read_list(raw, pointer, LIST_MAX))
    )
    return tuple(ItemId(one) for one in read if one)


def _read_main(raw: object, complaints: Complaints) -> MainRegister | None:
    part = complaints.read_mapping(raw, "main", _MAIN)
    if part is None:
        return None
    kind = complaints.read_matching(part.get("kind"), "main.kind", SHORT_NAME, "business-licence")
    title = complaints.read_text(part.get("title"), "main.title")
    status = complaints.read_matching(part.get("status"), "main.status", _FACT, "status")
    good = tuple(
        str(one) for one in complaints.read_list(part.get("in_force", []), "main.in_force", LIST_MAX)
    )
    serial = complaints.read_matching(part.get("type_serial"), "main.type_serial", _SERIAL, "E001")
    if kind is None or title is None or status is None or serial is None:
        return None
    return MainRegister(EvidenceKindId(kind), title, status, good, serial)
