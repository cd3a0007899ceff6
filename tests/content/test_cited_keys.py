"""The articles that identifiers and clocks cite stand in content/law."""

from pathlib import Path

import pytest
import yaml

from tongban.domain.clock.explain import FIRST_DAY_NOT_COUNTED, LAST_DAY_ROLLS, MONTHS_END_ON_THE_SAME_DAY
from tongban.domain.identifiers.citizen_number import check_citizen_number
from tongban.domain.identifiers.licence_id import check_licence_id
from tongban.domain.identifiers.uscc import check_uscc
from tongban.kernel.errors import Problem

LAW = Path(__file__).parents[2] / "content" / "law"
SLIPS: list[tuple[Problem, ...]] = [
    check_uscc("91110000600037341M"),
    check_citizen_number("110105194912310021"),
    check_licence_id("1.2.156.3005.2.A.B.1.001.A"),
]


def is_in_force_somewhere(key: str) -> bool:
    statute, _, article = key.partition("#")
    path = LAW / f"{statute}.yaml"
    return path.exists() and article in yaml.safe_load(path.read_text(encoding="utf-8"))["articles"]


@pytest.mark.parametrize("problems", SLIPS)
def test_a_wrong_check_character_cites_the_standard_that_lays_it_down(problems: tuple[Problem, ...]) -> None:
    assert [problem.code.split(".")[1] for problem in problems] == ["check"]
    assert is_in_force_somewhere(problems[0].source)


@pytest.mark.parametrize(
    "key",
    [
        FIRST_DAY_NOT_COUNTED,
        MONTHS_END_ON_THE_SAME_DAY,
        LAST_DAY_ROLLS,
        "all-2019#42",
        "all-2019#45",
        "all-2019#82",
    ],
)
def test_the_articles_a_clock_cites_are_there(key: str) -> None:
    assert is_in_force_somewhere(key)
