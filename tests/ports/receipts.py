"""A receipt of one thing for tests, of rooms that know no database among them."""

from dataclasses import replace
from datetime import date, timedelta

from tests.ports.histories import NOON, ZONE
from tongban.domain.bundle.opened import OpenedBundle, OpenedMember
from tongban.domain.case.events import ApplicantRef
from tongban.kernel.ids import BundleId, BundleNumber, CaseId, ItemId

FIRM = ApplicantRef("firm", "92320505YY9900014X", "演示食品店", "19900000001", "agent", "演示经办人")


def a_receipt(number: str = "YJS-SZ260303-00000001", minutes: int = 0, **changes: object) -> OpenedBundle:
    """A receipt of two members with answers of every type."""
    members = (
        OpenedMember("first", ItemId("an-item"), ZONE, CaseId("SZ260303-00000002"), ()),
        OpenedMember("second", ItemId(""), ZONE, CaseId(""), ("first",)),
    )
    opened = OpenedBundle(
        BundleNumber(number), 1, BundleId("a-bundle"), 1, ZONE, FIRM, "online", "",
        NOON + timedelta(minutes=minutes), members, {"size": "small"},
        {"name": "演示", "on": date(2026, 3, 3), "yes": True, "many": ["a", "b"], "n": 7},
    )  # fmt: skip
    return replace(opened, **changes)
