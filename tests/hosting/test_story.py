"""The story of the demonstration, played through three real nodes."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import httpx
import pytest

from tongban.fiction.story import compose_cast
from tongban.fiction.words import parse_words
from tongban.hosting import story
from tongban.hosting.nodes import Node, ask_command
from tongban.packs.load import Reading

CONTENT = Path(__file__).parents[2] / "content"


def read_plain(name: str) -> dict:
    return Reading(CONTENT).read_plain(CONTENT / "fiction" / name)


def test_what_the_agent_types_is_what_the_cast_is(tmp_path: Path) -> None:
    words = parse_words(read_plain("words.yaml"), read_plain("story.yaml"))
    cast = compose_cast(words, date(2026, 3, 3))
    answers = story.read_story(CONTENT / "fiction")["answers"]
    agency, branch = cast.firms["agency"].firm, cast.firms["branch"].firm
    assert answers == {
        "parent_uscc": agency.uscc,
        "branch_uscc": branch.uscc,
        "branch_name": branch.name,
        "branch_address": branch.address,
        "branch_head": branch.legal_representative.name,
        "contact_mobile": cast.people["agent"].mobile,
        "scope": list(cast.firms["agency"].travel_scope),
    }


def test_it_ends_with_a_licence_that_a_third_zone_proves_twice(
    zones: Mapping[str, Node], capsys: pytest.CaptureFixture[str]
) -> None:
    addresses = {zone: node.url for zone, node in zones.items()}
    told = []
    for _ in range(2):  # the second time on kept data, as after a restart
        token = ask_command(zones["suzhou"], "createtoken", "agent", "--days", "1")
        number = story.play(addresses, token)
        told.append(capsys.readouterr().out)
        assert number, told[-1]
        verdict = httpx.get(f"{addresses['wuxi']}/api/v1/checks", params={"number": number}).json()
        assert verdict["outcome"] == "good", verdict
    for text in told:
        assert number.count(".") > 3
        assert "✗" not in text
        assert "all-2019#32" in text
    assert told[0] != told[1]


def test_a_node_that_is_away_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    away = dict.fromkeys(("suzhou", "wuxi", "changzhou"), "http://127.0.0.1:9")
    assert story.play(away, "") == ""
    assert "did not come to its end" in capsys.readouterr().out
