"""One way to the seal: only ``flows.use_seal`` asks the press to seal; only the press calls what seals."""

import re

from tests.builders import ZONES, catalogue
from tests.house.source import PACKAGE


def files_that_say(pattern: str) -> set[str]:
    wanted = re.compile(pattern)
    return {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if wanted.search(path.read_text(encoding="utf-8"))
    }


def test_nobody_else_asks_the_press_for_a_seal() -> None:
    assert files_that_say(r"\.seal_drawn\(") == {"flows/use_seal.py"}


def test_nobody_else_makes_a_permit() -> None:
    assert files_that_say(r"\bSealPermit\(") == {"flows/use_seal.py"}


def test_only_the_press_calls_what_seals() -> None:
    assert files_that_say(r"from tongban\.paper\.seal import") <= {"paper/office.py", "paper/check.py"}


def test_what_two_custodians_are_in_the_content_are_logins_of_the_demonstration() -> None:
    story = (PACKAGE.parents[1] / "content/fiction/story.yaml").read_text(encoding="utf-8")
    for zone in ZONES:
        for one in catalogue().seal.rota_of(zone):
            login = one.id.replace(zone, "{zone}")
            assert f'username: "{login}", role: {catalogue().seal.role}, name: {one.name[:6]}' in story
