"""What a person says of the machine's findings when they decide the case."""

from dataclasses import dataclass

from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class MachineReview:
    """Agreement with what the machine found, or the reason for differing from it.

    Args:
        differs: why the person sees it otherwise; None when they agree.
    """

    agrees: bool
    differs: Text | None = None


def check_review(review: MachineReview | None) -> None:
    """Raise Refused for a difference without its reason."""
    if review is not None and not review.agrees and (review.differs is None or not review.differs.zh.strip()):
        raise Refused(Problem("review.no-reason", _NO_REASON, "differs"))


_NO_REASON = Text(
    "与系统核对结果不一致的，请写明理由。", "If you see it otherwise than the machine, say why."
)
