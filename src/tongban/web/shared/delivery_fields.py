"""The questions about how the result is received, the same for whoever applies and for the window."""

from collections.abc import Mapping
from typing import Any

from tongban.domain.catalogue.zone import Zone
from tongban.domain.delivery import ADDRESS_CHARS, ELECTRONIC, PICK_UP, POST, SOURCE, DeliveryWish, read_wish
from tongban.kernel.errors import Problem
from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text
from tongban.web.shared.parts import Choice, Field

WISH_FIELDS = ("receive", "receive_zone", "receive_address")


def read_posted_wish(
    post: Mapping[str, Any], zones: Mapping[ZoneId, Zone]
) -> tuple[DeliveryWish | None, tuple[Problem, ...]]:
    """Return the wish that a form sent, or everything that is wrong with it."""
    return read_wish(
        {name: str(post.get(name, ""))[: ADDRESS_CHARS * 2] for name in WISH_FIELDS}, tuple(zones)
    )


def compose_delivery_fields(
    post: Mapping[str, Any], zones: Mapping[ZoneId, Zone], own: ZoneId, problems: tuple[Problem, ...] = ()
) -> list[Field]:
    """Return the questions, with what was typed and what is wrong with it."""

    def about(name: str) -> list[Problem]:
        return [one for one in problems if one.pointer == name]

    choices = [Choice(zone.id, zone.short_name) for zone in zones.values()]
    return [
        Field("receive", _HOW, "choice", value=post.get("receive", ELECTRONIC), choices=_WAYS, help=_HELP,
              law=SOURCE, problems=about("receive")),
        Field("receive_zone", _WHERE, "select", value=post.get("receive_zone", own), choices=choices,
              is_required=False, problems=about("receive_zone")),
        Field("receive_address", _TO, value=post.get("receive_address", "")[: ADDRESS_CHARS * 2],
              max_length=ADDRESS_CHARS, is_required=False, autocomplete="street-address",
              problems=about("receive_address")),
    ]  # fmt: skip


_HOW = Text("怎样领取结果", "How you receive the result")
_HELP = Text(
    "准予的，电子证照总会签发；要纸质件的，另选一种。",
    "If it is granted you get an electronic licence; choose besides if you want paper.",
)
_WHERE = Text("到哪个高新区的窗口领取（选“窗口领取”时）", "At which zone's window (if you fetch it)")
_TO = Text("邮寄地址（选“邮寄”时）", "Address for the post (if it is posted)")
_WAYS = (
    Choice(ELECTRONIC, Text("只要电子证照", "Electronic only")),
    Choice(PICK_UP, Text("另到窗口领取纸质件", "A paper copy as well, fetched at a window")),
    Choice(POST, Text("另邮寄纸质件", "A paper copy as well, by post")),
)
