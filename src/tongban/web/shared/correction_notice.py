"""The head of a correction notice of any zone, as somebody types it in, and what came of the answer."""

from dataclasses import dataclass

from django.http import QueryDict

from tongban.domain.catalogue.item import ServiceItem
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.text import Text
from tongban.reads.sent_elsewhere import SentAct
from tongban.web.shared.parts import Choice, Field, Tag

LENGTH = 60
_NAMES = ("number", "deciding_zone", "item")
"""What stands in the address; the number of a person never does."""


@dataclass(frozen=True, slots=True)
class NoticeHead:
    """What a correction notice says at its head, as typed."""

    raw: dict[str, str]

    @property
    def number(self) -> CaseId:
        """The case number, as numbers are written."""
        return CaseId(self.raw["number"].upper())

    @property
    def zone(self) -> ZoneId:
        """The zone that decides."""
        return ZoneId(self.raw["deciding_zone"])

    def get_item(self, deps: Deps) -> ServiceItem:
        """Return the item; Refused with everything that is missing, each at its field."""
        missing = [_MISSING[name] for name in _NAMES if not self.raw[name]]
        if not missing and self.zone not in deps.catalogue.zones:
            missing = [_MISSING["deciding_zone"]]
        found = {one.id: one for one in deps.catalogue.list_items(self.zone)} if not missing else {}
        item = found.get(ItemId(self.raw["item"]))
        if item is None:
            raise Refused(*(missing or [_NOT_DECIDED_THERE]))
        return item


def read_notice(given: QueryDict) -> NoticeHead:
    """Return the head of the notice as it stands in the address."""
    return NoticeHead({name: given.get(name, "").replace("\x00", "").strip()[:LENGTH] for name in _NAMES})


def compose_fields(notice: NoticeHead, problems: tuple[Problem, ...], deps: Deps) -> list[Field]:
    """Return the questions about which notice it is, every problem at its question."""
    zones = [Choice(one.id, one.short_name) for one in deps.catalogue.zones.values()]
    titles = {one.id: one.title for zone in deps.catalogue.zones for one in deps.catalogue.list_items(zone)}
    choices = {"deciding_zone": zones, "item": [Choice(name, title) for name, title in titles.items()]}
    kinds = {"deciding_zone": "choice", "item": "select"}
    return [
        Field(name, _LABELS[name], kinds.get(name, "text"), value=notice.raw[name], autocomplete="off",
              choices=choices.get(name, []), max_length=None if name in kinds else LENGTH,
              problems=[one for one in problems if one.pointer == name])
        for name in _NAMES
    ]  # fmt: skip


def tag_of(one: SentAct) -> Tag:
    """Return what came of an act sent to another zone."""
    return {"waiting": _WAITS, "carried-out": _DONE, "refused": _REFUSED}[one.state]


_LABELS = {
    "number": Text("补正通知书上的办件编号", "Case number on the correction notice"),
    "deciding_zone": Text("由哪个高新区办理", "Which zone decides"),
    "item": Text("补正通知书上的事项", "Item on the correction notice"),
}
_MISSING = {
    "number": Problem("case.no-number", Text("请填写办件编号", "Give the case number"), "number"),
    "deciding_zone": Problem(
        "case.no-zone", Text("请选择办理地", "Choose the deciding zone"), "deciding_zone"
    ),
    "item": Problem("case.no-item", Text("请选择事项", "Choose the item"), "item"),
}
_NOT_DECIDED_THERE = Problem(
    "case.no-item", Text("这个高新区不办理这个事项", "That zone does not decide this item"), "item"
)
NOT_HERE = Problem(
    "case.not-here", Text("这个高新区没有这个编号的办件", "That zone has no case of this number"), "number"
)
_WAITS = Tag(Text("在途，等对方确认", "On its way"), "yellow")
_DONE = Tag(Text("对方已办", "Carried out there"), "green")
_REFUSED = Tag(Text("对方没有接受", "Refused there"), "red")
