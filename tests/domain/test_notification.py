"""What applicants are told is data: for everything that happens a text or a reason for none."""

from copy import deepcopy
from datetime import UTC, datetime, time, timedelta
from string import Formatter
from typing import get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import CONTENT, catalogue
from tongban.domain.case.events import Event
from tongban.domain.notification import (
    EMAIL,
    PLACES,
    SMS,
    QuietHours,
    hide_address,
    parse_notifications,
    read_address,
)
from tongban.kernel.errors import Refused
from tongban.kernel.ids import ZoneId
from tongban.kernel.moment import CHINA_STANDARD_TIME

PLAIN = yaml.safe_load((CONTENT / "notices.yaml").read_text(encoding="utf-8"))
INSTANTS = st.integers(0, 366 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
HOURS = st.builds(QuietHours, st.times(), st.times())


def everything() -> set[str]:
    events = {event.__name__ for event in get_args(Event)}
    return events | set(catalogue().agenda.kinds) | {"appointment"}


def test_for_everything_that_happens_there_is_a_text_or_a_reason_for_none() -> None:
    book = catalogue().notifications
    assert set(book.texts) | set(book.silent) == everything()
    assert not set(book.texts) & set(book.silent)
    assert all(reason.zh and reason.en for reason in book.silent.values())


def test_a_text_names_nothing_but_item_case_zone_and_day() -> None:
    for text in catalogue().notifications.texts.values():
        for sentence in (text.zh, text.en):
            named = {name for _, name, _, _ in Formatter().parse(sentence) if name}
            assert named <= set(PLACES)


def test_the_book_says_that_its_numbers_are_made_up() -> None:
    assert catalogue().notifications.is_made_up


@given(HOURS, INSTANTS)
def test_nothing_leaves_in_quiet_hours_and_it_waits_no_longer_than_they_last(
    quiet: QuietHours, at: datetime
) -> None:
    following = quiet.find_next(at)
    assert following >= at
    assert following - at <= timedelta(days=1)
    assert quiet.find_next(following) == following


def test_a_message_at_night_waits_until_morning_and_one_by_day_does_not() -> None:
    quiet = QuietHours(time(21), time(8))
    night = datetime(2026, 3, 3, 23, 30, tzinfo=CHINA_STANDARD_TIME)
    early = datetime(2026, 3, 4, 7, 59, tzinfo=CHINA_STANDARD_TIME)
    morning = datetime(2026, 3, 4, 8, 0, tzinfo=CHINA_STANDARD_TIME)
    assert quiet.find_next(night) == quiet.find_next(early) == quiet.find_next(morning) == morning


def test_tries_end_and_none_of_them_is_made_at_night() -> None:
    book = catalogue().notifications
    late = datetime(2026, 3, 3, 20, 59, tzinfo=CHINA_STANDARD_TIME)
    tries = [book.find_retry(late, attempts, ZoneId("wuxi")) for attempts in range(1, 8)]
    assert tries[len(book.retry_minutes) :] == [None, None]
    for one in tries[: len(book.retry_minutes)]:
        assert one is not None
        assert 8 <= one.astimezone(CHINA_STANDARD_TIME).hour < 21


@pytest.mark.parametrize(
    "raw",
    ["", "x", "a@b", "a@b.cn\r\nBcc: c@d.cn", "a b@c.cn", "a@b.cn,c@d.cn", "<a@b.cn>", f"a@{'b' * 300}.cn"],
)  # fmt: skip
def test_what_is_no_single_mailbox_is_refused(raw: str) -> None:
    with pytest.raises(Refused):
        read_address(EMAIL, raw)


@pytest.mark.parametrize("raw", ["", "1990000000", "+8619900000001x", "29900000001", "19900000001;rm"])
def test_what_is_no_mobile_number_is_refused(raw: str) -> None:
    with pytest.raises(Refused):
        read_address(SMS, raw)


def test_an_address_is_shown_so_that_only_its_owner_knows_it() -> None:
    assert read_address(SMS, " 199 0000 0001 ") == "19900000001"
    assert hide_address("19900000001") == "199****0001"
    assert hide_address("gu.yuanzhou@example.cn") == "g***@example.cn"


def test_everything_that_is_wrong_with_the_book_is_told_at_once() -> None:
    plain = deepcopy(PLAIN)
    plain["quiet"]["from"] = "25:00"
    plain["retry_minutes"][0] = 0
    plain["texts"][0]["zh"] = "{applicant}，您好"
    plain["silent"]["nobody-knows"] = ["Accepted"]
    with pytest.raises(Refused) as refused:
        parse_notifications(plain, "notices.yaml")
    assert {f"{one.code} {one.pointer}" for one in refused.value.problems} >= {
        "notices.form notices.yaml:quiet.from",
        "notices.number notices.yaml:retry_minutes[0]",
        "notices.placeholder notices.yaml:texts[0].zh",
        "notices.strange notices.yaml:silent.nobody-knows",
        "notices.both notices.yaml:silent.Accepted",
    }
