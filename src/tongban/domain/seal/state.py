"""The seal as its history leaves it; whether it may move is asked at an instant, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tongban.domain.seal.events import ActivationProposed, SealAct, SealActivated, SealSuspended


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal.

    Args:
        proposed: a shift that waits for another custodian, with when it was put forward; None when none does.
        activated: the last shift that two agreed on, with the number of that act; None when there was none or
            it was suspended.
        suspended: why it is out of use; None once two have put it to use again.
    """

    proposed: SealAct | None = None
    activated: SealAct | None = None
    suspended: SealAct | None = None

    def find_shift(self, at: datetime) -> SealActivated | None:
        """Return the shift in which the seal may move at an instant, or None."""
        if self.activated is None or not isinstance(self.activated.event, SealActivated):
            return None
        shift = self.activated.event
        return shift if shift.begins_at <= at < shift.ends_at else None

    def is_under(self, activation: int) -> bool:
        """Say whether the last activation is the one of this number."""
        return self.activated is not None and self.activated.number == activation

    def is_active(self, at: datetime) -> bool:
        """Say whether the seal may move at an instant."""
        return self.find_shift(at) is not None


def fold_seal(acts: Iterable[SealAct]) -> Seal:
    """Return the seal after these acts, oldest first."""
    seal = Seal()
    for act in acts:
        seal = apply_act(seal, act)
    return seal


def apply_act(seal: Seal, act: SealAct) -> Seal:
    """Return the seal after one more act."""
    match act.event:
        case ActivationProposed():
            return Seal(act, seal.activated, seal.suspended)
        case SealActivated():
            return Seal(None, act, None)
        case SealSuspended():
            return Seal(None, None, act)
