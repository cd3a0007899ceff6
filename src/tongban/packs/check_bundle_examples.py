"""Check the examples of bundles: each comes out as it says, and together they show every member."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

from tongban.domain.bundle.bundle import Bundle
from tongban.kernel.errors import Fault, NotFound, Refused
from tongban.kernel.text import Text
from tongban.packs.load import PackCatalogue
from tongban.packs.parse_bundle_example import BundleExample, BundleExpected, read_bundle_examples
from tongban.packs.play_bundle import play_bundle
from tongban.packs.read_bundles import BUNDLE_FILE
from tongban.packs.reading import Reading


def check_bundle_examples(
    bundle: Bundle, folder: Path, catalogue: PackCatalogue, reading: Reading
) -> tuple[BundleExample, ...]:
    """Play every example of a bundle; complain of what comes out otherwise, and of members never shown."""
    examples = read_bundle_examples(folder, reading)
    played = [_play(example, bundle, catalogue, reading) for example in examples]
    came = [one for one in played if one is not None]
    if len(came) == len(list((folder / "cases").glob("*.yaml"))):
        _check_coverage(bundle, folder, came, reading)
    return examples


def _play(
    example: BundleExample, bundle: Bundle, catalogue: PackCatalogue, reading: Reading
) -> BundleExpected | None:
    try:
        came = play_bundle(example, bundle.id, catalogue)
    except (Refused, NotFound, Fault, LookupError) as error:
        words = (f"这个例子走不下去：{error!r}。", f"This example cannot go on: {error!r}.")
        reading.report(example.path, "", "example-stopped", *words)
        return None
    differences = tuple(compare_bundle(example.then, came))
    if not differences:
        return came
    zh = "；".join(f"“{key}”写的是 {wanted}，实际是 {was}" for key, wanted, was in differences)
    en = "; ".join(f"“{key}” should be {wanted} and comes out as {was}" for key, wanted, was in differences)
    reading.report(example.path, f"then.{differences[0][0]}", "example-differs", f"{zh}。", f"{en}.")
    return None


def compare_bundle(then: BundleExpected, came: BundleExpected) -> Iterator[tuple[str, str, str]]:
    """Yield every key of ``then`` that is not as it says; keys left out are not compared."""
    for part in fields(then):
        wanted, was = getattr(then, part.name), getattr(came, part.name)
        if part.name == "parties" and wanted is not None and was is not None:
            was = {name: was.get(name) for name in wanted}
        if wanted is not None and wanted != was:
            yield part.name, _shown(wanted), _shown(was)


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {one}" for name, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _check_coverage(bundle: Bundle, folder: Path, came: Sequence[BundleExpected], reading: Reading) -> None:
    """Every member is wanted once, and one that depends on the situation is left out once."""
    wanted = {name for one in came for name in one.members or {}}
    left_out = {name for one in came for name in one.left_out or ()}
    for place, member in enumerate(bundle.members):
        if member.id not in wanted:
            words = (f"没有一个例子用到“{member.id}”。", f"In no example is “{member.id}” wanted.")
            _report(folder, place, "never-wanted", words, reading)
        if member.when and member.id not in left_out:
            words = (f"没有一个例子不用“{member.id}”。", f"In no example is “{member.id}” left out.")
            _report(folder, place, "never-left-out", words, reading)


def _report(folder: Path, place: int, code: str, words: tuple[str, str], reading: Reading) -> None:
    next_step = Text("在 cases 里加一个例子。", "Add an example to cases.")
    reading.report(folder / BUNDLE_FILE, f"members[{place}]", code, *words, next_step)
