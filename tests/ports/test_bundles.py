"""What every keeper of bundle receipts must do, in memory and on PostgreSQL."""

from dataclasses import replace

import pytest

from tests.ports.conftest import Rooms
from tests.ports.histories import NOON
from tests.ports.receipts import FIRM, a_receipt
from tongban.domain.bundle.opened import Noted, SignedForMember, note_members
from tongban.domain.pledge import SignedPledge
from tongban.kernel.errors import Conflict, Problem
from tongban.kernel.ids import BundleNumber
from tongban.kernel.text import Text


def test_a_receipt_comes_back_as_it_was_kept(rooms: Rooms) -> None:
    rooms.bundles.save(a_receipt())
    assert rooms.bundles.find(BundleNumber("YJS-SZ260303-00000001")) == a_receipt()


def test_promises_signed_in_the_form_come_back_too(rooms: Rooms) -> None:
    signed = SignedForMember("first", SignedPledge("a-promise", 1, "0" * 64, "演示甲（示例）"))
    rooms.bundles.save(a_receipt(pledges=(signed,)))
    assert rooms.bundles.find(a_receipt().number).pledges == (signed,)


def test_a_number_that_nobody_drew_is_nothing(rooms: Rooms) -> None:
    assert rooms.bundles.find(BundleNumber("YJS-SZ260303-99999999")) is None


def test_notes_and_problems_are_kept(rooms: Rooms) -> None:
    rooms.bundles.save(a_receipt())
    problem = Problem("bundle.changed", Text("变了", "Changed"), "first", "all-2019#29", Text("改", "Mend"))
    stuck = note_members(a_receipt(), ("first",), Noted.STUCK, NOON, (problem,))
    rooms.bundles.save(stuck)
    found = rooms.bundles.find(stuck.number)
    assert found == stuck
    assert found.get_member("first").note is Noted.STUCK


def test_only_the_next_version_is_kept(rooms: Rooms) -> None:
    rooms.bundles.save(a_receipt())
    for version in (1, 3):
        with pytest.raises(Conflict):
            rooms.bundles.save(a_receipt(version=version))
    assert rooms.bundles.find(a_receipt().number).version == 1


def test_what_a_failed_unit_kept_is_gone(rooms: Rooms) -> None:
    def save_and_fail() -> None:
        with rooms.unit():
            rooms.bundles.save(a_receipt())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_and_fail()
    assert rooms.bundles.find(a_receipt().number) is None


def test_inside_a_unit_its_own_changes_are_seen(rooms: Rooms) -> None:
    with rooms.unit():
        rooms.bundles.save(a_receipt())
        rooms.bundles.save(a_receipt(version=2, wants_person=("first",)))
        assert rooms.bundles.find(a_receipt().number).wants_person == ("first",)


def test_a_party_sees_its_own_receipts_newest_first(rooms: Rooms) -> None:
    for place in range(3):
        rooms.bundles.save(a_receipt(f"YJS-SZ260303-0000000{place}", minutes=place))
    rooms.bundles.save(a_receipt("YJS-SZ260303-0000000X", applicant=replace(FIRM, id="91320214MB0000006B")))
    party = replace(FIRM, agent_id="")
    numbers = [one.number[-1] for one in rooms.bundles.list_of(party, 2)]
    assert numbers == ["2", "1"]


def test_an_agent_sees_only_what_it_handed_in(rooms: Rooms) -> None:
    rooms.bundles.save(a_receipt())
    assert len(rooms.bundles.list_of(FIRM, 10)) == 1
    assert rooms.bundles.list_of(replace(FIRM, agent_id="another"), 10) == ()
