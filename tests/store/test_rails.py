"""A decision is only kept if nobody turned a rail while it was prepared, and that costs no question more."""

import pytest

from tests.ports.test_rails import ITEM, STEWARD, WHY, act
from tests.store.threads import run_together
from tongban.flows.guard_ports import LaterCheck, Rail
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId
from tongban.store.session import Session
from tongban.store.store import Store

CASE = CaseId("CZ-1")


@pytest.fixture(autouse=True)
def _a_reading_stays_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is: what is tested is a reading that is still used."""
    monkeypatch.setattr("tongban.store.rails._FRESH_SECONDS", 3600.0)


def decide(store: Store) -> None:
    """What an assessment does with the rails, in a unit that keeps something."""
    with store.unit():
        if store.rails.read(ITEM).stopped is None:
            store.rails.choose(LaterCheck(CASE, ITEM, "a" * 64, act("stop").at))


def turn_elsewhere(store: Store, kind: str, minutes: int = 0) -> None:
    """Turn a rail as another process does: this one's reading does not learn of it."""
    (outcome,) = run_together([lambda: _turn(store, kind, minutes)])
    assert outcome is None


def _turn(store: Store, kind: str, minutes: int) -> None:
    from tongban.store.rails import DjangoRails

    other = DjangoRails(store.session)
    with store.unit():
        other.turn(act(kind, minutes))


def test_a_decision_made_on_an_old_reading_is_not_kept_and_the_next_one_sees_the_switch(store: Store) -> None:
    assert store.rails.read(ITEM) == Rail()
    turn_elsewhere(store, "stop")
    with pytest.raises(Conflict):
        decide(store)
    assert store.rails.find_check(CASE) is None
    decide(store)
    assert store.rails.read(ITEM).stopped == WHY
    assert store.rails.find_check(CASE) is None


def test_a_decision_on_a_fresh_reading_is_kept(store: Store) -> None:
    store.rails.turn(act("stop"))
    store.rails.turn(act("lift", 1))
    decide(store)
    assert store.rails.find_check(CASE) is not None


def test_reading_and_checking_costs_no_question_of_its_own(store: Store, monkeypatch) -> None:
    decide(store)
    asked: list[str] = []
    plain = Session._execute

    def counted(self, sql, parameters):
        asked.append(sql)
        return plain(self, sql, parameters)

    monkeypatch.setattr(Session, "_execute", counted)
    with store.unit():
        store.rails.read(ITEM)
        store.rails.choose(LaterCheck(CaseId("CZ-2"), ITEM, "a" * 64, act("stop").at))
    assert len(asked) == 1
    assert "store_require_rails" in asked[0]
    assert "store_latercheck" in asked[0]


def test_acts_are_not_to_be_changed(store: Store) -> None:
    from django.db import IntegrityError, connection

    store.rails.turn(act("stop"))
    assert STEWARD.id == store.rails.acts(ITEM)[0].actor.id
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM store_railact")
