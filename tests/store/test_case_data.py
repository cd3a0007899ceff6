"""What is locked is the plain form of the event, and only its own key and place open it."""

import json

import pytest

from tests.ports import histories
from tests.ports.histories import record
from tongban.crypto.sealed_box import create_key, unlock
from tongban.domain.case.events import Event, Recorded
from tongban.domain.case.plain import EVENT_TYPES, event_to_plain
from tongban.domain.case.state import Case
from tongban.kernel.errors import Fault
from tongban.kernel.ids import CaseId
from tongban.store.case_data import Locksmith, lock_event, unlock_event

EVENTS = [value for value in vars(histories).values() if type(value).__name__ in EVENT_TYPES]
KEY = create_key()


def recorded(event: Event) -> Recorded:
    opened = () if event is histories.SUBMITTED else (histories.SUBMITTED,)
    return record(Case(CaseId("CZ-1")), *opened, event)[0][-1]


def opened(one: Recorded, key: bytes = KEY, **changes: object) -> Recorded:
    place = {"case_id": one.case_id, "version": one.version, "name": type(one.event).__name__, **changes}
    return unlock_event(key, at=one.at, zone=one.zone, data=lock_event(KEY, one), **place)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_is_locked_in_its_plain_form_and_comes_back(event: Event) -> None:
    one = recorded(event)
    name, plain = event_to_plain(event)
    inside = json.loads(unlock(KEY, lock_event(KEY, one), f"CZ-1|{one.version}|{name}".encode()))
    assert inside == {"actor": ["machine", "changzhou", ""], "event": plain}
    assert opened(one) == one


@pytest.mark.parametrize("changes", [{"case_id": "CZ-2"}, {"version": 9}, {"name": "GrantRefused"}])
def test_an_event_opens_only_in_its_own_place(changes: dict[str, object]) -> None:
    with pytest.raises(Fault, match="not-opened"):
        opened(recorded(histories.GRANTED), **changes)


def test_a_key_of_one_case_opens_no_other() -> None:
    locksmith = Locksmith(create_key())
    key, locked = locksmith.create(CaseId("CZ-1"))
    assert locksmith.open(CaseId("CZ-1"), locked) == key
    with pytest.raises(Fault, match="not-opened"):
        locksmith.open(CaseId("CZ-2"), locked)
    with pytest.raises(Fault, match="not-opened"):
        opened(recorded(histories.GRANTED), create_key())


def test_another_node_cannot_open_a_case_key() -> None:
    _, locked = Locksmith(create_key()).create(CaseId("CZ-1"))
    with pytest.raises(Fault, match="not-opened"):
        Locksmith(create_key()).open(CaseId("CZ-1"), locked)
