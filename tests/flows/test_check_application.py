"""An application from another zone is believed in nothing that can be checked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import CHANGZHOU, SUZHOU, TUESDAY, WUXI, a_network
from tests.domain.case.test_state import HISTORY
from tongban.domain.case import events as e
from tongban.flows.check_application import check_application
from tongban.kernel.errors import Refused

FIRST = HISTORY[0]
SUBMITTED = FIRST.event
assert isinstance(SUBMITTED, e.Submitted)
DEPS = a_network()[CHANGZHOU]


def test_an_honest_application_is_kept() -> None:
    refusal = None
    try:
        check_application(FIRST, SUBMITTED, SUZHOU, DEPS)
    except Refused as refused:
        refusal = refused.problems
    assert refusal is None


@pytest.mark.parametrize(
    ("recorded", "submitted", "pointer"),
    [
        (replace(FIRST, at=TUESDAY + timedelta(hours=1)), SUBMITTED, "at"),
        (replace(FIRST, at=TUESDAY - timedelta(days=40)), SUBMITTED, "at"),
        (replace(FIRST, zone=WUXI), SUBMITTED, ""),
        (FIRST, replace(SUBMITTED, receiving_zone=WUXI), ""),
        (FIRST, replace(SUBMITTED, deciding_zone=WUXI), ""),
        (FIRST, replace(SUBMITTED, channel="pigeon"), "channel"),
        (FIRST, replace(SUBMITTED, taken_in_by="x" * 81), "taken_in_by"),
        (FIRST, replace(SUBMITTED, applicant=replace(SUBMITTED.applicant, kind="ghost")), "applicant.kind"),
        (FIRST, replace(SUBMITTED, applicant=replace(SUBMITTED.applicant, id="9132")), "applicant.id"),
        (FIRST, replace(SUBMITTED, applicant=replace(SUBMITTED.applicant, name="名" * 201)), "name"),
    ],
    ids=[
        "from-the-future", "dated-back", "reported-by-another", "received-by-another", "decided-by-another",
        "unknown-channel", "long-account", "unknown-kind", "wrong-code", "long-name",
    ],
)  # fmt: skip
def test_what_another_zone_made_up_is_refused_where_it_stands(
    recorded: e.Recorded, submitted: e.Submitted, pointer: str
) -> None:
    with pytest.raises(Refused) as refused:
        check_application(recorded, submitted, SUZHOU, DEPS)
    assert [problem.pointer for problem in refused.value.problems] == [pointer]


def test_everything_made_up_is_told_at_once() -> None:
    with pytest.raises(Refused) as refused:
        check_application(
            replace(FIRST, zone=WUXI, at=TUESDAY + timedelta(days=1)),
            replace(SUBMITTED, channel="pigeon", applicant=replace(SUBMITTED.applicant, kind="ghost")),
            SUZHOU,
            DEPS,
        )
    assert len(refused.value.problems) == 4
