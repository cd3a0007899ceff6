"""Where members stand: a failed one stops only what needs it."""

from dataclasses import replace

import pytest

from tests.ports.receipts import a_receipt
from tongban.domain.bundle.opened import (
    Noted,
    OpenedBundle,
    OpenedMember,
    Standing,
    note_members,
    overall,
    read_standings,
    stoppers,
)
from tongban.domain.bundle.plain import opened_from_plain, opened_to_plain
from tongban.domain.case.state import Case
from tongban.kernel.ids import CaseId, ItemId, ZoneId

ZONE = ZoneId("suzhou")


def a_bundle_of(**needs: tuple[str, ...]) -> OpenedBundle:
    members = tuple(
        OpenedMember(name, ItemId(name), ZONE, CaseId(f"C-{name}"), wanted) for name, wanted in needs.items()
    )
    return a_receipt(members=members)


def opened(bundle: OpenedBundle, **stages: str) -> tuple[OpenedBundle, dict[CaseId, Case]]:
    """The bundle with these members opened, and their cases at these stages."""
    noted = note_members(bundle, stages, Noted.OPENED, bundle.opened_at)
    return noted, {CaseId(f"C-{name}"): Case(CaseId(f"C-{name}"), stage=at) for name, at in stages.items()}


def test_members_that_need_nothing_are_ready() -> None:
    standings = read_standings(a_bundle_of(a=(), b=("a",)), {})
    assert standings == {"a": Standing.READY, "b": Standing.WAITS}


@pytest.mark.parametrize(
    ("stage", "standing"),
    [
        ("received", Standing.RUNS),
        ("correcting", Standing.CORRECTS),
        ("assessed", Standing.RUNS),
        ("granted", Standing.RUNS),
        ("concluded", Standing.DONE),
        ("refused", Standing.FAILED),
        ("declined", Standing.FAILED),
        ("withdrawn", Standing.FAILED),
    ],
)
def test_a_member_stands_where_its_case_does(stage: str, standing: Standing) -> None:
    assert read_standings(*opened(a_bundle_of(a=()), a=stage))["a"] is standing


def test_a_failed_member_stops_what_needs_it_and_nothing_else() -> None:
    bundle, cases = opened(a_bundle_of(a=(), b=(), c=("a",), d=("c",), e=("b",)), a="refused", b="concluded")
    standings = read_standings(bundle, cases)
    assert standings == {
        "a": Standing.FAILED, "b": Standing.DONE, "c": Standing.STOPPED, "d": Standing.STOPPED,
        "e": Standing.READY,
    }  # fmt: skip
    assert stoppers(bundle, standings, "d") == ("a",)


def test_who_waits_for_two_is_told_both_that_failed() -> None:
    bundle, cases = opened(a_bundle_of(a=(), b=(), c=("a", "b")), a="refused", b="withdrawn")
    assert stoppers(bundle, read_standings(bundle, cases), "c") == ("a", "b")


def test_what_others_handle_waits_for_the_applicant() -> None:
    bundle = a_bundle_of(a=(), b=("a",))
    there = replace(bundle.get_member("a"), item_id=ItemId(""), case_id=CaseId(""))
    bundle = replace(bundle, members=(there, bundle.get_member("b")))
    assert read_standings(bundle, {}) == {"a": Standing.YOURS, "b": Standing.WAITS}
    done = note_members(bundle, ("a",), Noted.REPORTED, bundle.opened_at)
    assert read_standings(done, {}) == {"a": Standing.DONE, "b": Standing.READY}


def test_the_order_on_the_receipt_does_not_matter() -> None:
    bundle = a_bundle_of(b=("a",), a=())
    assert read_standings(bundle, {}) == {"a": Standing.READY, "b": Standing.WAITS}


def test_answers_are_forgotten_once_nothing_is_left_to_open() -> None:
    bundle = a_bundle_of(a=(), b=())
    half = note_members(bundle, ("a",), Noted.OPENED, bundle.opened_at)
    assert half.values == bundle.values
    assert note_members(half, ("b",), Noted.DROPPED, bundle.opened_at).values == {}


@pytest.mark.parametrize(
    ("standings", "word"),
    [
        ((Standing.DONE, Standing.DONE), "done"),
        ((Standing.DONE, Standing.FAILED), "partly"),
        ((Standing.FAILED, Standing.STOPPED), "failed"),
        ((Standing.DONE, Standing.YOURS), "yours"),
        ((Standing.RUNS, Standing.YOURS), "runs"),
        ((Standing.RUNS, Standing.CORRECTS), "yours"),
    ],
)
def test_one_word_for_the_whole(standings: tuple[Standing, ...], word: str) -> None:
    assert overall(dict(enumerate(standings))) == word


def test_a_receipt_comes_back_from_plain_values() -> None:
    bundle = note_members(a_receipt(), ("first",), Noted.OPENED, a_receipt().opened_at)
    assert opened_from_plain(opened_to_plain(bundle)) == bundle
