"""A bundle on PostgreSQL: a process ends at a port call, another goes on, receipt and cases end the same.

As ``test_on_postgres`` does with one case. The bundle is led in Changzhou: a branch is filed, for which
Wuxi's registers are asked, and the filing of its food opens when the branch has its licence. Each death has a
receipt and numbers of its own.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import AGENT, CHANGZHOU, ZONES, catalogue
from tests.crash.test_on_postgres import DEAD, Way, databases, play_in_a_process_that_dies
from tests.crash.zones_on_postgres import OneThread, Zones, open_zones
from tests.flows.test_bundles import FIRM, ONE_QUESTION, a_network_with, branch_then_food, values
from tongban.domain.bundle.opened import Noted
from tongban.flows.memory import CountingChance
from tongban.flows.open_bundle import BundleApplication, get_bundle_receipt, open_bundle
from tongban.kernel.ids import BundleNumber, CaseId
from tongban.packs.load import PackCatalogue

__all__ = ["databases"]

BUNDLE = branch_then_food()
A_RECEIPTS_DRAWS = 1000
_LEAVES = "SELECT count(*) FROM store_ledgerleaf WHERE key NOT LIKE 'message:%%'"
_UNDELIVERED = "SELECT count(*) FROM store_outgoingmessage WHERE delivered_at IS NULL"
_RECEIPTS = "SELECT count(*) FROM store_bundlereceipt"


def with_bundle() -> PackCatalogue:
    """The house's catalogue with the bundle besides."""
    return replace(catalogue(), bundles={BUNDLE.id: BUNDLE})


def number_of(number: int) -> BundleNumber:
    return BundleNumber(f"YJS-CZ260303-B{number:07d}")


def hand_in(zones: Zones, number: int) -> CaseId:
    """Hand the bundle in, as one who tries again; return the number of its receipt."""
    application = BundleApplication(BUNDLE.id, FIRM, ONE_QUESTION, values(), "online")
    # Every receipt draws case numbers of its own, the same for whoever tries again.
    deps = replace(zones.deps[CHANGZHOU], chance=CountingChance(number * A_RECEIPTS_DRAWS))
    return CaseId(open_bundle(number_of(number), application, AGENT, deps).number)


def fill(zones: Zones) -> None:
    for zone, deps in a_network_with(BUNDLE).items():
        for record in deps.registers._shelf.records.values():  # type: ignore[attr-defined]
            zones.stores[zone].registers.keep(record)


WAY = Way(ZONES, CHANGZHOU, hand_in, fill, at_every_call=False)


def ending(zones: Zones, number: int, before: tuple[int, int]) -> tuple[object, ...]:
    """What must be the same however the process died: the receipt, its cases, and what they leave behind."""
    opened = get_bundle_receipt(number_of(number), zones.deps[CHANGZHOU])
    return (
        [(one.id, one.note) for one in opened.members],
        (dict(opened.values), opened.pledges),
        [zones.history(CHANGZHOU, case_id) for case_id in opened.case_ids],
        zones.count(CHANGZHOU, _LEAVES) - before[0],
        zones.count(CHANGZHOU, _RECEIPTS) - before[1],
        sum(zones.count(zone, _UNDELIVERED) for zone in ZONES),
    )


def counted(zones: Zones) -> tuple[int, int]:
    return zones.count(CHANGZHOU, _LEAVES), zones.count(CHANGZHOU, _RECEIPTS)


def test_a_process_that_dies_at_any_writing_call_ends_the_bundle_the_same(
    databases: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tongban.federation.client.ThreadPoolExecutor", OneThread)
    monkeypatch.setattr("tests.crash.test_on_postgres.open_zones", open_with_bundle)
    WAY.fill(open_with_bundle(tmp_path))
    counting = WAY.fate()
    WAY.play(open_with_bundle(tmp_path, ZONES, counting), 0)
    zones = open_with_bundle(tmp_path)
    before = counted(zones)
    WAY.play(zones, 1)
    unharmed = ending(zones, 1, before)
    assert unharmed[0] == [("branch", Noted.OPENED), ("food", Noted.OPENED)]
    assert unharmed[1:2] + unharmed[3:] == (({}, ()), 6, 1, 0)

    others = {}
    for number, (call, is_after) in enumerate(WAY.deaths(counting.calls), start=2):
        before = counted(zones)
        code = play_in_a_process_that_dies(WAY, tmp_path, number, WAY.fate(call, is_after))
        assert code == DEAD, f"call {call} of {counting.calls} was never reached: {code}"
        WAY.hand_in(zones, number)
        zones.come_back()
        found = ending(zones, number, before)
        if found != unharmed:
            others[call, "after" if is_after else "before"] = found
    assert others == {}


def open_with_bundle(folder: Path, zones=ZONES, fate=None) -> Zones:  # type: ignore[no-untyped-def]
    return open_zones(folder, zones, fate, with_bundle)
