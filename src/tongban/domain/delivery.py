"""How somebody wishes to receive the result: said with the application, and bound to nothing (all-2019#44).

The electronic licence is given in any case. What is wished beside it is a paper copy: fetched at a window of
any zone, or posted.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tongban.kernel.errors import Problem
from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text

ELECTRONIC, POST, PICK_UP = "electronic", "post", "pick-up"
WAYS = (ELECTRONIC, POST, PICK_UP)
"""In which a result reaches its holder."""
ADDRESS_CHARS = 200
SOURCE = "all-2019#44"
_NO_ZONE = ZoneId("")


@dataclass(frozen=True, slots=True)
class DeliveryWish:
    """A wish for a paper copy.

    Args:
        way: ``PICK_UP`` or ``POST``.
        zone: at whose window it is fetched; empty for the other ways.
        address: to which it is posted; empty for the other ways.
    """

    way: str
    zone: ZoneId = _NO_ZONE
    address: str = ""


def read_wish(
    raw: Mapping[str, str], zones: Collection[ZoneId]
) -> tuple[DeliveryWish | None, tuple[Problem, ...]]:
    """Return a wish as it was typed, or everything that is wrong with it; None for the electronic one alone.

    Args:
        raw: ``receive``, ``receive_zone``, ``receive_address``; what belongs to another way is passed over.
    """
    way = raw.get("receive", "") or ELECTRONIC
    zone, address = ZoneId(raw.get("receive_zone", "")), raw.get("receive_address", "").strip()
    match way:
        case "electronic":
            return None, ()
        case "pick-up" if zone in zones:
            return DeliveryWish(PICK_UP, zone), ()
        case "pick-up":
            return None, (Problem("delivery.no-zone", _NO_SUCH_ZONE, "receive_zone", SOURCE, _CHOOSE),)
        case "post" if address and len(address) <= ADDRESS_CHARS and "\x00" not in address:
            return DeliveryWish(POST, address=address), ()
        case "post":
            words = _ADDRESS.fill(most=ADDRESS_CHARS)
            return None, (Problem("delivery.no-address", words, "receive_address", SOURCE, _OR_FETCH),)
    return None, (Problem("delivery.no-way", _NO_SUCH_WAY, "receive", SOURCE, _CHOOSE),)


def say_wish(wish: DeliveryWish, zone_name: Text | None) -> Text:
    """Return a wish in words; a zone that is not there any more is called by its id."""
    if wish.way == POST:
        return Text(f"另邮寄纸质件：{wish.address}", f"a paper copy by post: {wish.address}")
    where = zone_name or Text(wish.zone, wish.zone)
    return Text(f"另到{where.zh}窗口领取纸质件", f"a paper copy, fetched at a window of {where.en}")


_NO_SUCH_WAY = Text("没有这种领取方式。", "There is no such way to receive it.")
_NO_SUCH_ZONE = Text("请选择到哪个高新区领取。", "Say in which zone you fetch it.")
_ADDRESS = Text(
    "请填写邮寄地址，最多 {most} 个字。", "Give the address for the post, {most} characters at most."
)
_CHOOSE = Text("从列出的里面选一个。", "Choose one of those listed.")
_OR_FETCH = Text("也可以改为到任一高新区窗口领取。", "Or choose to fetch it at a window of any zone.")
