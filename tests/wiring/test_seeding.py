"""Seeding a demonstration again: what cases have written into registers meanwhile stays."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.api.conftest import deps, keys  # noqa: F401 - fixtures, for whoever asks
from tests.builders import SUZHOU, TUESDAY
from tongban.flows.ports import Deps
from tongban.kernel.moment import civil_date
from tongban.wiring.seeding import read_fiction, seed_zone

TODAY = civil_date(TUESDAY)


@pytest.mark.django_db(transaction=True)
def test_a_mark_and_a_granted_row_outlive_a_restart(deps: Deps) -> None:  # noqa: F811 - the fixture
    seed_zone(SUZHOU, TODAY)
    loaded = next(one for one in read_fiction(SUZHOU, TODAY).records if one.kind == "nurse-certificate")
    moved = replace(loaded, facts={**loaded.facts, "status": "moved"}, cause="CZ260303-00000001")
    granted = replace(loaded, subject="32050519990101999X", cause="SZ260303-00000002")
    deps.registers.keep(moved, granted)
    seed_zone(SUZHOU, TODAY + timedelta(days=1))
    assert deps.registers.find(loaded.kind, loaded.subject) == moved
    assert deps.registers.find(granted.kind, granted.subject) == granted


@pytest.mark.django_db(transaction=True)
def test_a_row_that_no_case_has_touched_is_renewed_and_one_that_is_missing_comes(deps: Deps) -> None:  # noqa: F811
    seed_zone(SUZHOU, TODAY)
    tomorrow = TODAY + timedelta(days=1)
    assert seed_zone(SUZHOU, tomorrow)[0] == len(read_fiction(SUZHOU, tomorrow).records)
    for record in read_fiction(SUZHOU, tomorrow).records:
        kept = deps.registers.find(record.kind, record.subject)
        assert kept is not None
        assert kept.as_of == record.as_of > datetime(2026, 3, 2, tzinfo=UTC)
