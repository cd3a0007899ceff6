"""A worker's duties: each at its time, and at once again while more is waiting than one hand holds."""

from datetime import UTC, datetime, timedelta

from tongban.wiring.work import Duty, run_due

NOON = datetime(2026, 3, 3, 4, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def a_duty(did: int, full_hand: int | None = 100) -> Duty:
    return Duty("sweep", MINUTE, lambda: did, full_hand)


def test_a_duty_is_done_at_the_start_and_then_at_its_time() -> None:
    duty = a_duty(did=3)
    assert run_due((duty,), NOON) == ("sweep",)
    assert run_due((duty,), NOON + MINUTE / 2) == ()
    assert run_due((duty,), NOON + MINUTE) == ("sweep",)


def test_a_full_hand_is_due_again_at_once() -> None:
    duty = a_duty(did=100)
    run_due((duty,), NOON)
    assert duty.is_due(NOON)


def test_a_hand_that_is_not_full_waits_for_its_time() -> None:
    duty = a_duty(did=99)
    run_due((duty,), NOON)
    assert not duty.is_due(NOON + MINUTE / 2)


def test_a_duty_without_a_measure_waits_however_much_it_did() -> None:
    duty = a_duty(did=10_000, full_hand=None)
    run_due((duty,), NOON)
    assert not duty.is_due(NOON + MINUTE / 2)
