"""Acts of the alliance in memory, on the shelf that a unit puts back when it fails."""

from dataclasses import replace
from typing import Protocol

from tongban.crypto.canonical import canonical
from tongban.domain.standard.acts import Proposed, RecordedAct
from tongban.domain.standard.plain import act_plain


class _Shelf(Protocol):
    alliance: dict[str, RecordedAct]


class MemoryAllianceActs:
    """Acts by their id."""

    def __init__(self, shelf: _Shelf) -> None:
        self._shelf = shelf

    def keep(self, act: RecordedAct) -> bool:
        """Keep an act once."""
        canonical(act_plain(act))
        if act.id in self._shelf.alliance:
            return False
        self._shelf.alliance = {**self._shelf.alliance, act.id: act}
        return True

    def list_acts(self) -> tuple[RecordedAct, ...]:
        """Return every act, proposals without their files."""
        return tuple(_outline(act) for act in self._shelf.alliance.values())

    def list_about(self, subject: str) -> tuple[RecordedAct, ...]:
        """Return the acts about one subject."""
        return tuple(act for act in self._shelf.alliance.values() if act.subject == subject)


def _outline(recorded: RecordedAct) -> RecordedAct:
    if isinstance(recorded.act, Proposed):
        return replace(recorded, act=replace(recorded.act, files={}))
    return recorded
