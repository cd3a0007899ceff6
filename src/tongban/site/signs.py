"""The signs that the roof puts on the door: which zone this node is, under which name."""

from django.conf import settings

from tongban.kernel.text import Text
from tongban.web.shared.signage import Signage, put_up

_ZONE_NAMES = {
    "suzhou": Text("苏州高新区", "Suzhou SND"),
    "wuxi": Text("无锡高新区", "Wuxi WND"),
    "changzhou": Text("常州高新区", "Changzhou CND"),
}
"""Until the directory of zones is loaded from content; a zone that is not listed shows its id."""


def put_up_signs() -> None:
    """Tell the pages where they are."""
    zone = settings.ZONE
    put_up(Signage(zone, _ZONE_NAMES.get(zone, Text(zone, zone))))
