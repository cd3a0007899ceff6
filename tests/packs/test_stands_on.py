"""What the alliance ratifies covers all that decides whether an item is handled alike, in whatever order."""

import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from tests.builders import CONTENT
from tests.packs.broken import FOOD, copy_content
from tongban.domain.standard.acts import hash_files
from tongban.domain.standard.packed import FILES_BYTES, PACKED_CHARS, count_bytes, pack_files
from tongban.kernel.ids import ItemId
from tongban.packs.load import BASE_FILES, load_catalogue, read_content
from tongban.packs.stands_on import write_out

ITEM = ItemId(FOOD)
QUICK = (Phase.explicit, Phase.generate)
"""Each example reads a content folder; a smaller one would say no more."""
_NOT_SAID = {"gloss", "heading", "provenance"}
"""Of an article: our own words about it. They decide nothing and are not ratified."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_content(tmp_path_factory.mktemp("stands"))


@pytest.fixture(scope="module")
def before(folder: Path) -> dict[str, str]:
    return dict(load_catalogue(folder).get_base(ITEM).files)


@pytest.fixture(scope="module")
def places(folder: Path, before: dict[str, str]) -> list[tuple[Path, tuple[Any, ...]]]:
    return covered(folder, before)


def covered(folder: Path, before: dict[str, str]) -> list[tuple[Path, tuple[Any, ...]]]:
    """Return every file that the hash covers, with where in it the covered part begins."""
    found: list[tuple[Path, tuple[Any, ...]]] = [
        (folder / "items" / FOOD / name, ()) for name in BASE_FILES.values()
    ]
    written = [
        line.partition(".")[0] for line in (before["evidence.txt"] + before["calendars.txt"]).splitlines()
    ]
    written += [line.partition(".")[0] for line in before["procedure.txt"].splitlines()]
    names = {name.partition("[")[0] for name in written}
    found += [(folder / f"{name}.yaml", ()) for name in sorted(names)]
    keys = {
        line.partition(".title")[0] for line in before["articles.txt"].splitlines() if ".title = " in line
    }
    for key in sorted(keys):
        act, _, number = key.partition("#")
        path = folder / "law" / f"{act}.yaml"
        articles = load(path.read_text(encoding="utf-8"))["articles"]
        if number in articles:
            found.append((path, ("articles", number)))
    return found


def leaves(plain: Any, so_far: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    if isinstance(plain, dict):
        for key, value in plain.items():
            if key not in _NOT_SAID:
                yield from leaves(value, (*so_far, key))
    elif isinstance(plain, list):
        for place, value in enumerate(plain):
            yield from leaves(value, (*so_far, place))
    else:
        yield so_far


def at(plain: Any, place: tuple[Any, ...]) -> Any:
    for key in place:
        plain = plain[key]
    return plain


def other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, date):
        return value + timedelta(days=1)
    return value + 1 if isinstance(value, int) else f"{value}改"


def load(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)


def dump(plain: Any) -> str:
    return yaml.dump(plain, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)


def shuffled(plain: Any, chance: random.Random) -> Any:
    if isinstance(plain, list):
        return [shuffled(one, chance) for one in plain]
    if not isinstance(plain, dict):
        return plain
    keys = list(plain)
    chance.shuffle(keys)
    kept = {key: list(value) for key, value in plain.items() if key == "articles"}
    mixed = {key: shuffled(plain[key], chance) for key in keys}
    # The articles of an act stand in the order of its words.
    return mixed | {key: {name: mixed[key][name] for name in names} for key, names in kept.items()}


@settings(
    max_examples=20, phases=QUICK, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(data=st.data())
def test_any_change_of_what_is_covered_is_another_standard(
    folder: Path, before: dict[str, str], places: list[tuple[Path, tuple[Any, ...]]], data: st.DataObject
) -> None:
    path, start = places[data.draw(st.integers(0, len(places) - 1))]
    text = path.read_text(encoding="utf-8")
    plain = load(text)
    place = data.draw(st.sampled_from(list(leaves(at(plain, start), start))))
    at(plain, place[:-1])[place[-1]] = other(at(plain, place))
    path.write_text(dump(plain), encoding="utf-8")
    try:
        hashed = read_content(folder).catalogue.folders.get(ITEM)
        assume(hashed is not None)  # It cannot even be read: no node starts with it.
        assert hashed is not None
        assert hashed.content_hash != hash_files(before), (path.name, place)
    finally:
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_keys_makes_no_other_standard(
    folder: Path, before: dict[str, str], places: list[tuple[Path, tuple[Any, ...]]], seed: int
) -> None:
    chance = random.Random(seed)
    kept = {path: path.read_text(encoding="utf-8") for path, _ in places if FOOD not in path.parts}
    for path, text in kept.items():
        path.write_text(dump(shuffled(load(text), chance)), encoding="utf-8")
    try:
        assert load_catalogue(folder).get_base_hash(ITEM) == hash_files(before)
    finally:
        for path, text in kept.items():
            path.write_text(text, encoding="utf-8")


@given(chance=st.randoms(use_true_random=False))
def test_the_order_of_files_makes_no_other_standard(before: dict[str, str], chance: random.Random) -> None:
    names = list(before)
    chance.shuffle(names)
    assert hash_files({name: before[name] for name in names}) == hash_files(before)


def test_a_zones_own_file_an_example_and_what_is_not_cited_are_not_in_it(tmp_path: Path) -> None:
    folder = copy_content(tmp_path)
    hashed = load_catalogue(folder).get_base_hash(ITEM)
    cited = load_catalogue(folder).get_base(ITEM).files["articles.txt"]
    assert "tobacco-2021" not in cited
    shutil.rmtree(folder / "items" / FOOD / "cases")
    (folder / "items" / FOOD / "zones" / "wuxi.yaml").unlink()
    path = folder / "law" / "tobacco-2021.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("烟草", "菸草"), encoding="utf-8")
    assert read_content(folder).catalogue.get_base_hash(ITEM) == hashed


def test_what_every_item_stands_on_fits_into_one_message_with_room_to_grow() -> None:
    catalogue = load_catalogue(CONTENT)
    for item in {item.id for item, _ in ((one, 0) for one in catalogue.items.values())}:
        files = catalogue.get_base(item).files
        assert count_bytes(files) < FILES_BYTES / 4, item
        assert len(pack_files(files)) < PACKED_CHARS / 4, item
        assert all(files[name] for name in ("articles.txt", "procedure.txt", "calendars.txt")), item


_keys = st.one_of(st.text(max_size=4), st.integers(0, 20), st.sampled_from(["a", "a.b", "a[0]", "1", "b"]))
_leaves = st.one_of(
    st.none(), st.booleans(), st.integers(-9, 99), st.dates(), st.text(max_size=5),
    st.sampled_from(["2026-01-01", "null", "[]", "{}", "a\nb"]),
)  # fmt: skip
_plain = st.recursive(
    _leaves, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_keys, inner, max_size=3)),
    max_leaves=8,
)  # fmt: skip


def typed(plain: Any) -> Any:
    """Return a value so that equal means the same: True is not 1 here, and order of keys is nothing."""
    if isinstance(plain, dict):
        return frozenset((typed(key), typed(value)) for key, value in plain.items())
    if isinstance(plain, list):
        return tuple(typed(one) for one in plain), "list"
    return type(plain).__name__, plain


@settings(max_examples=300)
@given(one=_plain, another=_plain, chance=st.randoms(use_true_random=False))
def test_the_same_value_is_written_out_alike_and_another_otherwise(
    one: Any, another: Any, chance: random.Random
) -> None:
    assert write_out("x", one) == write_out("x", shuffled(one, chance))
    assert (write_out("x", one) == write_out("x", another)) == (typed(one) == typed(another))
