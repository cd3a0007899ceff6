"""The numbers of the watch are dated: a day uses the newest row whose day has come."""

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import catalogue
from tongban.domain.guard.parameters import parse_watching, watching_on
from tongban.kernel.errors import Refused

ROW = catalogue().watching[0]
PLAIN = {
    "since": date(2026, 1, 1), "is_made_up": True, "ground": "pipl-2021#24.1", "sample_ppm": 1,
    "confidence_ppm": 950_000, "block_cases": 100, "reference_blocks": 4, "false_alarm_ppm": 1000,
    "replay_hour": 2,
}  # fmt: skip


def test_the_numbers_say_that_nobody_has_set_them() -> None:
    assert ROW.is_made_up
    assert catalogue().law.find(ROW.ground) is not None


def test_a_day_uses_the_newest_row_whose_day_has_come() -> None:
    newer = replace(ROW, since=date(2027, 1, 1), sample_ppm=7)
    rows = (ROW, newer)
    assert watching_on(rows, date(2026, 12, 31)) == ROW
    assert watching_on(rows, date(2027, 1, 1)) == newer
    assert watching_on(rows, date(2020, 1, 1)) == ROW


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "guard.missing"),
        ([PLAIN, PLAIN], "guard.order"),
        ([{**PLAIN, "block_cases": True}], "guard.number"),
        ([{**PLAIN, "strange": 1}], "guard.strange"),
        ([{name: value for name, value in PLAIN.items() if name != "ground"}], "guard.missing"),
        ([3], "guard.shape"),
    ],
)
def test_what_is_wrong_with_them_is_told(rows: list[object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_watching({"parameters": rows}, "guard.yaml")
    assert code in {problem.code for problem in refused.value.problems}
