"""A case that needs nothing from outside goes from submission to its licence in one database transaction."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.store.commits import watch_commits
from tests.store.food_shops import deps_on, hand_in, keep_shops, submit_shop
from tongban.flows.ports import Deps
from tongban.flows.watch_clocks import take_up
from tongban.kernel.ids import CaseId

STRAIGHT_THROUGH = {
    "store_caseevent",
    "store_caseindex",
    "store_casekey",
    "store_credential",
    "store_ledgerleaf",
    "procrastinate_jobs",
    "procrastinate_events",
}
"""What the way from submission to licence leaves behind: history, index, key, licence, leaf, wake-up."""


@pytest.fixture
def deps(transactional_db: None, tmp_path: Path) -> Iterator[Deps]:
    yield deps_on(tmp_path)
    connection.close()


def test_a_straight_through_case_is_one_transaction(deps: Deps) -> None:
    keep_shops(deps, 1)
    with watch_commits() as commits:
        case_id = submit_shop(deps, 0)
    case = deps.cases.find(case_id)
    assert case is not None
    assert (case.stage, bool(case.credential_id)) == ("concluded", True)
    (only,) = commits
    assert only >= STRAIGHT_THROUGH


def test_a_group_that_a_worker_takes_up_is_one_transaction_too(deps: Deps) -> None:
    ids = hand_in(deps, 3)
    with watch_commits() as commits:
        assert take_up(deps) == 3
    assert {case.stage for case in map(deps.cases.find, ids) if case} == {"concluded"}
    # The keys of the cases were made when they were handed in.
    (only,) = commits
    assert only >= STRAIGHT_THROUGH - {"store_casekey"}


def test_two_submissions_are_seen_as_two_transactions(deps: Deps) -> None:
    keep_shops(deps, 2)
    with watch_commits() as commits:
        submit_shop(deps, 0)
        submit_shop(deps, 1)
    assert len(commits) == 2


def test_the_same_number_again_writes_nothing(deps: Deps) -> None:
    keep_shops(deps, 1)
    case_id: CaseId = submit_shop(deps, 0)
    with watch_commits() as commits:
        assert submit_shop(deps, 0) == case_id
    assert commits == []
