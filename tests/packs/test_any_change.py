"""Whatever stands in a content file, the checker answers with complaints or is content; it never falls."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.packs.broken import FOOD, copy_content
from tongban.packs.check import check_content

ON = date(2026, 3, 3)
GONE = object()
VALUES: tuple[Any, ...] = (
    GONE, None, True, 0, -1, 10**30, 1.5, "", "x", "a.b", [], {}, ["x"], [[]], [None], date(2026, 1, 1),
    {"zh": "甲", "en": "a"}, {"fact": "answers.outlets"}, {"law": "all-2019#42.1", "limit": "decide"},
    {"a": {"b": [1]}},
)  # fmt: skip


def places(plain: Any, so_far: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield so_far
    pairs = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    for key, value in pairs:
        yield from places(value, (*so_far, key))


def changed(plain: Any, place: tuple[Any, ...], value: Any) -> Any:
    if not place:
        return None if value is GONE else value
    around = plain
    for key in place[:-1]:
        around = around[key]
    if value is GONE:
        del around[place[-1]]
    else:
        around[place[-1]] = value
    return plain


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_content(tmp_path_factory.mktemp("any"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_one_change_ends_in_complaints_with_a_place(folder: Path, data: st.DataObject) -> None:
    files = sorted(folder.glob(f"items/{FOOD}/**/*.yaml")) + sorted(folder.glob("[epz]*/*.yaml"))
    path = data.draw(st.sampled_from(files))
    before = path.read_text(encoding="utf-8")
    plain = yaml.safe_load(before)
    place = data.draw(st.sampled_from(list(places(plain))))
    value = data.draw(st.sampled_from(VALUES))
    path.write_text(
        yaml.safe_dump(changed(plain, place, value), allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    try:
        for problem in check_content(folder, ON):
            assert problem.pointer.partition(":")[0].partition(" ")[0].endswith((".yaml", "calendars")), (
                problem
            )
            assert problem.text.zh, problem
            assert problem.text.en, problem
    finally:
        path.write_text(before, encoding="utf-8")
