"""Several writers at once: one wins, the others are told, and nothing is half-written."""

import sys
from collections.abc import Callable, Iterator

import pytest

from tests.ports.histories import ACCEPTED, ASSESSED, NOON, OTHER, SUBMITTED, add, record
from tests.store.threads import run_together
from tongban.domain.case.events import Withdrawn
from tongban.domain.case.state import Case
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId
from tongban.store.serials import DjangoSerials
from tongban.store.store import Store

WRITERS = 6


def outcomes(results: list[object]) -> tuple[int, int]:
    """Return how many succeeded and how many met a conflict; anything else fails the test."""
    conflicts = [one for one in results if isinstance(one, Conflict)]
    assert [one for one in results if isinstance(one, Exception) and one not in conflicts] == []
    return len(results) - len(conflicts), len(conflicts)


def test_of_many_who_append_to_one_version_exactly_one_wins(store: Store) -> None:
    seen = add(store.cases, "CZ-1", SUBMITTED)

    def append(number: int) -> Callable[[], Case]:
        return lambda: add(store.cases, seen, Withdrawn(OTHER, f"writer {number}"))

    results = run_together([append(number) for number in range(WRITERS)])
    assert outcomes(results) == (1, WRITERS - 1)
    winner = next(number for number, one in enumerate(results) if isinstance(one, Case))
    history = store.cases.history(seen.id)
    assert [one.version for one in history] == [1, 2]
    assert history[1].event == Withdrawn(OTHER, f"writer {winner}")


def test_the_loser_keeps_nothing_of_its_unit(store: Store) -> None:
    seen = add(store.cases, "CZ-1", SUBMITTED)

    def write(number: int) -> Callable[[], None]:
        def act() -> None:
            with store.unit():
                store.ledger.append(f"leaf-{number}", {"n": number})
                store.jobs.defer("seal_document", case_id=f"case-{number}")
                add(store.cases, f"CZ-of-{number}", SUBMITTED)
                add(store.cases, seen, ACCEPTED)

        return act

    assert outcomes(run_together([write(number) for number in range(WRITERS)])) == (1, WRITERS - 1)
    count = "SELECT count(*) FROM {}".format
    assert store.session.read(count("store_ledgerleaf")) == [(1,)]
    assert store.session.read(count("procrastinate_jobs")) == [(1,)]
    assert store.session.read(count("store_caseindex")) == [(2,)]
    assert store.session.read(count("store_casekey")) == [(2,)]


def test_of_many_who_open_a_case_under_one_number_exactly_one_wins(store: Store) -> None:
    def open_case() -> Case:
        return add(store.cases, "CZ-1", SUBMITTED)

    assert outcomes(run_together([open_case] * WRITERS)) == (1, WRITERS - 1)
    assert store.cases.find(CaseId("CZ-1")).version == 1


@pytest.mark.parametrize("is_crosswise", [False, True], ids=["in one order", "crosswise"])
def test_groups_that_overlap_end_in_one_winner_a_case(store: Store, is_crosswise: bool) -> None:
    seen = [add(store.cases, f"CZ-{number}", SUBMITTED) for number in range(20)]

    def advance(cases: list[Case]) -> Callable[[], None]:
        def act() -> None:
            with store.unit():
                for case in cases:
                    recorded, after = record(case, ACCEPTED, ASSESSED)
                    store.cases.append(case, recorded, after)

        return act

    second = list(reversed(seen)) if is_crosswise else seen
    assert outcomes(run_together([advance(seen), advance(second)])) == (1, 1)
    assert {store.cases.find(case.id).version for case in seen} == {3}


def test_threads_never_see_each_others_unit(store: Store) -> None:
    def act(number: int) -> Callable[[], list[str]]:
        def write() -> list[str]:
            with store.unit():
                add(store.cases, f"CZ-{number}", SUBMITTED)
                return [other for other in range(WRITERS) if store.cases.find(CaseId(f"CZ-{other}"))]

        return write

    for number, seen in enumerate(run_together([act(number) for number in range(WRITERS)])):
        assert number in seen


@pytest.fixture
def restless_threads() -> Iterator[None]:
    """Let threads take turns as often as the interpreter can, so that a missing lock shows."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def test_serials_drawn_by_many_threads_and_two_stores_are_all_different(
    store: Store, restless_threads: None
) -> None:
    sources = [store.serials, DjangoSerials(store.session)]
    results = run_together(
        [lambda source=sources[n % 2]: [source.next() for _ in range(400)] for n in range(WRITERS)]
    )
    drawn = [number for numbers in results for number in numbers]
    assert len(drawn) == len(set(drawn)) == 400 * WRITERS


def test_of_many_sequencers_one_works_at_a_time_and_the_log_has_no_gap(store: Store) -> None:
    for number in range(60):
        store.ledger.append(f"leaf-{number}", {"n": number})

    def sequence() -> int:
        return sum(store.ledger.sequence_leaves(7, NOON) for _ in range(4))

    results = run_together([sequence] * 4)
    assert all(isinstance(one, int) for one in results)
    while store.ledger.sequence_leaves(7, NOON):
        pass
    places = store.session.read("SELECT idx FROM store_ledgerleaf ORDER BY idx")
    assert [place for (place,) in places] == list(range(60))
