"""Every example of every bundle comes out as it says. One file, one test, named as the file is."""

from dataclasses import replace

import pytest

from tests.builders import CONTENT
from tests.items.examples import content
from tongban.domain.bundle.bundle import Bundle
from tongban.domain.bundle.opened import Standing
from tongban.packs.check_bundle_examples import compare_bundle
from tongban.packs.parse_bundle_example import BundleExample, read_bundle_examples
from tongban.packs.play_bundle import play_bundle

TWELVE = {
    "open-company", "open-restaurant", "open-pharmacy", "open-convenience-store",
    "open-hairdresser-or-hotel", "start-haulage", "hire-staff", "close-firm", "newborn", "retire",
    "after-a-death", "move-firm-between-zones",
}  # fmt: skip
EXAMPLES = [
    (bundle, example)
    for folder, bundle in content().bundles.items()
    for example in read_bundle_examples(folder, content().reading)
]


def test_the_twelve_are_there() -> None:
    assert {bundle.id for bundle in content().bundles.values()} == TWELVE


def test_every_file_of_cases_is_an_example() -> None:
    files = {f"{path.parts[-3]}/{path.stem}" for path in CONTENT.glob("bundles/*/cases/*.yaml")}
    assert {f"{bundle.id}/{example.path.stem}" for bundle, example in EXAMPLES} == files


@pytest.mark.parametrize(
    ("bundle", "example"), EXAMPLES, ids=[f"{bundle.id}/{example.path.stem}" for bundle, example in EXAMPLES]
)
def test_it_comes_out_as_it_says(bundle: Bundle, example: BundleExample) -> None:
    came = play_bundle(example, bundle.id, content().catalogue)
    assert list(compare_bundle(example.then, came)) == []


def test_an_example_that_says_otherwise_is_noticed() -> None:
    bundle, example = EXAMPLES[0]
    came = play_bundle(example, bundle.id, content().catalogue)
    wrong = replace(example.then, members={"nobody": Standing.DONE}, asked=99)
    assert [key for key, _, _ in compare_bundle(wrong, came)] == ["members", "asked"]
