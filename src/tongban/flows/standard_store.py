"""The ports through which the common standard is kept: acts of the alliance, and the packs this node runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from tongban.domain.standard.acts import RecordedAct
from tongban.kernel.ids import ItemId


@dataclass(frozen=True, slots=True)
class BasePack:
    """An item's base files, and what they stand on, as this node read them when it started.

    Args:
        files: name to text; its own, and the articles, evidence kinds, procedure and calendars it uses.
        content_hash: of just these.
    """

    files: Mapping[str, str]
    content_hash: str


class BasePacks(Protocol):
    """The base packs of this node, a part of the ``Catalogue``."""

    def get_base(self, item_id: ItemId) -> BasePack:
        """Return an item's base files as this node runs them, or raise NotFound."""

    def get_base_hash(self, item_id: ItemId) -> str:
        """Return the content hash of ``get_base``, or raise NotFound; no file is read."""

    def get_pack_hash(self, item_id: ItemId) -> str:
        """Return the content hash of all files of an item's pack, or raise NotFound; no file is read."""


class AllianceActs(Protocol):
    """Acts of the alliance: kept once, never changed or thrown away."""

    def keep(self, act: RecordedAct) -> bool:
        """Keep an act; say whether it is new. The same id twice is kept once."""

    def list_acts(self) -> tuple[RecordedAct, ...]:
        """Return every act, proposals without their files; a few hundred a year."""

    def list_about(self, subject: str) -> tuple[RecordedAct, ...]:
        """Return the acts about one proposal or ticket, with the files."""
