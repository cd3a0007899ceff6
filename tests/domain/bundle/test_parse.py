"""A bundle's file is read whole, and everything wrong with it is told at once."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.builders import CONTENT
from tongban.domain.bundle.parse import parse_bundle
from tongban.kernel.errors import Refused

SHOP = CONTENT / "bundles" / "open-convenience-store" / "bundle.yaml"


def read(path: Path = SHOP) -> Any:
    plain = yaml.safe_load(path.read_text("utf-8"))
    for member in plain["members"]:
        member.get("elsewhere", {}).pop("limit", None)  # its number is fetched from the law by the packs
    return plain


def pointers(plain: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        parse_bundle(plain)
    return [problem.pointer.removeprefix("bundle.yaml:") for problem in refused.value.problems]


def test_a_sound_file_is_a_bundle() -> None:
    bundle = parse_bundle(read())
    assert bundle.id == "open-convenience-store"
    assert bundle.get_member("packed-food").item == "prepackaged-food-filing"
    assert bundle.get_member("signboard").elsewhere is not None


def test_three_faults_are_told_at_once() -> None:
    plain = read()
    del plain["members"][0]["title"]["en"]
    plain["members"][1]["needs"] = ["nobody"]
    plain["objects"] = ["company"]
    assert set(pointers(plain)) >= {"members[0].title.en", "objects[0]"}


def test_members_in_a_circle_are_refused() -> None:
    plain = read()
    plain["members"][1]["needs"] = ["signboard"]
    plain["members"][6]["needs"] = ["packed-food"]
    assert pointers(plain) == ["members"]


def test_a_member_is_an_item_or_elsewhere_and_not_both() -> None:
    plain = read()
    plain["members"][1]["elsewhere"] = plain["members"][6]["elsewhere"]
    del plain["members"][6]["elsewhere"]
    del plain["shared"]
    assert pointers(plain) == ["members[1]", "members[6]"]


def test_a_condition_names_a_situation_and_its_choices() -> None:
    plain = read()
    plain["members"][0]["when"] = [{"question": "fod", "is": ["packed"]}]
    plain["members"][1]["when"] = [{"question": "food", "is": ["baked"]}]
    assert pointers(plain) == ["members[0].when[0].question", "members[1].when[0].is"]
