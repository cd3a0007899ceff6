"""What the check before handing in sends, the same for whoever applies and for the window."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tongban.domain.delivery import DeliveryWish
from tongban.domain.pledge import SignedPledge
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem
from tongban.reads.offered_pledges import OfferedPledges
from tongban.web.shared.delivery_fields import compose_delivery_fields, read_posted_wish
from tongban.web.shared.pledge_parts import compose_pledges, read_signed


@dataclass(frozen=True, slots=True)
class PostedCheck:
    """What was sent with a check.

    Args:
        signed: promises, each with its member.
        wish: how a paper copy is wished to be received, or None.
        problems: everything that is wrong; nothing may be handed in then.
        shown: the page's context, with what was typed and what is wrong with it.
    """

    signed: tuple[tuple[str, SignedPledge], ...]
    wish: DeliveryWish | None
    problems: tuple[Problem, ...]
    shown: dict[str, Any]


def read_check(
    offered: OfferedPledges, post: Mapping[str, Any], unstated: tuple[Problem, ...], deps: Deps
) -> PostedCheck:
    """Read a check.

    Args:
        unstated: that nobody said that all is true, in the words of the room; empty where somebody did.
    """
    signed, problems = read_signed(offered, post)
    wish, unclear = read_posted_wish(post, deps.catalogue.zones)
    shown = {
        "pledges": compose_pledges(offered, post, problems),
        "wrong_statement": bool(unstated),
        "receive": compose_delivery_fields(post, deps.catalogue.zones, deps.zone, unclear),
    }
    return PostedCheck(signed, wish, (*problems, *unclear, *unstated), shown)
