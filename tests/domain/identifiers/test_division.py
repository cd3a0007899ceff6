"""Division codes: levels, what lies in what, and the names the house knows."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tongban.domain.identifiers.division import (
    DivisionCode,
    DivisionLevel,
    Divisions,
    check_division,
    parse_division,
    parse_divisions,
)
from tongban.kernel.errors import Refused

CONTENT = Path(__file__).parents[3] / "content"


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    plain = yaml.safe_load((CONTENT / "divisions.yaml").read_text(encoding="utf-8"))
    return parse_divisions(plain, "divisions.yaml")


@pytest.mark.parametrize(
    ("typed", "text", "level"),
    [
        ("32", "320000", DivisionLevel.PROVINCE),
        ("3205", "320500", DivisionLevel.CITY),
        ("320500", "320500", DivisionLevel.CITY),
        ("３２０５０５", "320505", DivisionLevel.COUNTY),
        ("320411001", "320411001", DivisionLevel.TOWN),
        ("320411001001", "320411001001", DivisionLevel.VILLAGE),
    ],
)
def test_a_code_is_read_at_its_level(typed: str, text: str, level: DivisionLevel) -> None:
    code = parse_division(typed)
    assert (code.text, code.level) == (text, level)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("32050", ["division.length"]),
        ("32050A", ["division.character"]),
        ("000000", ["division.province"]),
        ("3205051", ["division.length"]),
    ],
)
def test_a_code_of_the_wrong_shape_is_refused(typed: str, expected: list[str]) -> None:
    assert [problem.code for problem in check_division(typed)] == expected
    with pytest.raises(Refused):
        parse_division(typed)


def test_a_district_lies_in_its_city_and_not_in_another() -> None:
    xinbei, changzhou, suzhou = (parse_division(code) for code in ("320411", "320400", "320500"))
    assert changzhou.contains(xinbei)
    assert changzhou.contains(changzhou)
    assert not xinbei.contains(changzhou)
    assert not suzhou.contains(xinbei)


@given(st.sampled_from([2, 4, 6, 9, 12]), st.data())
def test_the_way_up_ends_at_a_province_that_contains_it_all(length: int, data: st.DataObject) -> None:
    typed = data.draw(st.text("123456789", min_size=length, max_size=length))
    code = parse_division(typed)
    at: DivisionCode | None = code
    steps = 0
    while at is not None:
        assert at.contains(code)
        top, at, steps = at, at.find_parent(), steps + 1
    assert top.level is DivisionLevel.PROVINCE
    assert steps == [2, 4, 6, 9, 12].index(length) + 1


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("320505", "江苏省苏州市虎丘区", "Huqiu District, Suzhou, Jiangsu"),
        ("320214", "江苏省无锡市新吴区", "Xinwu District, Wuxi, Jiangsu"),
        ("320411", "江苏省常州市新北区", "Xinbei District, Changzhou, Jiangsu"),
    ],
)
def test_the_divisions_of_the_three_zones_have_names(
    divisions: Divisions, code: str, zh: str, en: str
) -> None:
    name = divisions.find_full_name(parse_division(code))
    assert name is not None
    assert (name.zh, name.en) == (zh, en)


def test_an_unknown_division_has_no_name_and_is_no_error(divisions: Divisions) -> None:
    elsewhere = parse_division("310115")
    assert divisions.find_name(elsewhere) is None
    assert divisions.find_full_name(elsewhere) is None


def test_the_divisions_of_every_zone_are_named(divisions: Divisions) -> None:
    zones = sorted((CONTENT / "zones").glob("*.yaml"))
    assert zones
    for path in zones:
        for code in yaml.safe_load(path.read_text(encoding="utf-8"))["divisions"]:
            assert divisions.find_name(parse_division(code)) is not None, (path.name, code)


def test_a_faulty_list_of_names_is_told_in_one_go() -> None:
    with pytest.raises(Refused) as refusal:
        parse_divisions({"divisions": {"32050": {"zh": "甲", "en": "A"}, "320505": {"zh": "乙"}}}, "x.yaml")
    assert [(one.code, one.pointer) for one in refusal.value.problems] == [
        ("division.length", "x.yaml:divisions.32050"),
        ("division.name", "x.yaml:divisions.320505"),
    ]
    with pytest.raises(Refused):
        parse_divisions({}, "x.yaml")
