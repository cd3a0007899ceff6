"""Receiving zone and deciding zone: who keeps the case, who sees a copy, and what the copy leaves out."""

from dataclasses import dataclass

from tongban.kernel.ids import ZoneId

MODES = ("whole-process-online", "receive-and-forward", "joint-handling")
"""The three official cross-region modes (state-council-office-2020-35)."""


@dataclass(frozen=True, slots=True)
class Route:
    """The way a case takes between zones.

    Args:
        receiving_zone: where the applicant handed it in; answers for identity and a faithful copy.
        deciding_zone: where the power lies; accepts, decides and issues.
    """

    receiving_zone: ZoneId
    deciding_zone: ZoneId

    @property
    def is_cross_zone(self) -> bool:
        """True when the applicant handed it in elsewhere than where it is decided."""
        return self.receiving_zone != self.deciding_zone
