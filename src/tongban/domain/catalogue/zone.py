"""A zone of the alliance: a node with authorities and divisions, none of which is the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class DecidingAuthority:
    """The legal person that decides and seals.

    Args:
        code: its unified social credit code.
        is_fictional: True for demonstration data; pages say so.
    """

    id: str
    code: str
    name: Text
    is_fictional: bool


@dataclass(frozen=True, slots=True)
class Remedy:
    """Where a decision may be reviewed or sued (all-2019#38.2, admin-review-2023#22)."""

    kind: str
    body: Text
    deadline: Text
    channel: Text
    source: str


@dataclass(frozen=True, slots=True)
class Zone:
    """One zone.

    Args:
        letters: two capitals that begin its case numbers.
        divisions: six-digit codes that lead to this zone; a zone may span several.
        authority: who decides the items of this zone.
        calendar: name of its working calendar.
        address: base URL of its node; deployments override it.
        contacts: how people reach it, by name: ``help``, ``complaint``, ``data_protection``, ``place``.
    """

    id: ZoneId
    name: Text
    short_name: Text
    letters: str
    divisions: tuple[str, ...]
    authority: DecidingAuthority
    remedies: tuple[Remedy, ...]
    calendar: str
    address: str
    windows: Mapping[str, Text]
    contacts: Mapping[str, Text] = field(default_factory=dict)
