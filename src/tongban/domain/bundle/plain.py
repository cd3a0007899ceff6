"""A receipt as plain values and back, for the table; a field may be added with a default, never renamed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tongban.domain.bundle.opened import Noted, OpenedBundle
from tongban.domain.case.plain import reader_for, to_plain


def opened_to_plain(opened: OpenedBundle) -> dict[str, Any]:
    """Return a receipt as strings, whole numbers, booleans, None, lists and mappings only."""
    plain: dict[str, Any] = to_plain(opened)
    return plain


def opened_from_plain(plain: Mapping[str, Any]) -> OpenedBundle:
    """Return the receipt; raises KeyError or ValueError for what is none."""
    opened: OpenedBundle = reader_for(OpenedBundle)(plain)
    members = tuple(replace(one, note=Noted(one.note)) for one in opened.members)
    return replace(opened, members=members)
