"""The contract of the seal's key: two secrets open it for a shift, in memory, and nothing else does.

Tried on the port in memory, on the keeper with a real locked key, and on the keeper behind its socket.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.ports.histories import NOON
from tongban.crypto.keystore import create_private_key, load_signer
from tongban.crypto.seal_keeper import SealKeeper
from tongban.crypto.sign import KeyRecord, is_signed_by
from tongban.crypto.two_person import change_secret, lock_for_two
from tongban.flows.memory_seals import MemorySealKey
from tongban.flows.seal_port import SealKey
from tongban.kernel.errors import Fault, Refused
from tongban.wiring.seal_service import SealServiceKey, answer_one, open_door

SECRETS = {"one": "secret of one", "two": "secret of two"}
ENDS, PATIENCE = NOON + timedelta(hours=4), timedelta(minutes=30)
WORD = b"what the node's processes know"


@dataclass
class Hands:
    """A key with a clock that the test moves."""

    at: datetime = NOON
    key: SealKey | None = None

    def now(self) -> datetime:
        """The present."""
        return self.at

    def give(self, who: str, secret: str = "", ends_at: datetime = ENDS) -> bool:
        """Give somebody's secret, the right one unless another is named."""
        assert self.key is not None
        return self.key.give(who, secret or SECRETS[who], ends_at, self.at + PATIENCE)


class Locked:
    """A key file that the tests may change."""

    def __init__(self) -> None:
        self.pkcs8 = create_private_key("ES256")
        self.form = lock_for_two("changzhou#seal1", "ES256", self.pkcs8, SECRETS, scrypt_n=2)
        self.public = load_signer("changzhou#seal1", self.pkcs8).public_jwk()

    def read(self) -> dict:
        """The file as it is."""
        return self.form

    def keeper(self, now: Callable[[], datetime]) -> SealKeeper:
        """Somebody who keeps it."""
        return SealKeeper(self.read, self.public, now)


@pytest.fixture
def locked() -> Locked:
    return Locked()


@pytest.fixture(params=["memory", "keeper", "service"])
def hands(request: pytest.FixtureRequest, locked: Locked, tmp_path: Path) -> Iterator[Hands]:
    """The three that fill the port."""
    held = Hands()
    if request.param == "memory":
        held.key = MemorySealKey(SECRETS, held.now)
        yield held
    elif request.param == "keeper":
        held.key = locked.keeper(held.now)
        yield held
    else:
        with served(tmp_path / "seal.sock", locked.keeper(held.now)) as key:
            held.key = key
            yield held


class served:
    """A keeper behind its socket, answered by a thread until the block is left."""

    def __init__(self, address: Path, keeper: SealKeeper) -> None:
        self._address, self._keeper, self._stop = address, keeper, threading.Event()

    def __enter__(self) -> SealServiceKey:
        self._door = open_door(self._address)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return SealServiceKey(self._address, WORD)

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        with suppress(OSError), socket.socket(socket.AF_UNIX) as knock:
            knock.connect(str(self._address))  # so that the thread looks up
        self._thread.join(10)
        self._door.close()

    def _serve(self) -> None:
        while not self._stop.is_set():
            answer_one(self._door, self._keeper, WORD)


@pytest.mark.parametrize("order", [("one", "two"), ("two", "one")])
def test_two_secrets_open_it_in_either_order(hands: Hands, order: tuple[str, str]) -> None:
    assert not hands.give(order[0])
    assert not hands.key.is_open()
    assert hands.give(order[1])
    assert hands.key.is_open()


def test_one_secret_alone_does_not_open_it_however_often(hands: Hands) -> None:
    assert not any(hands.give("one") for _ in range(3))
    assert not hands.key.is_open()


def test_a_wrong_secret_is_told_and_does_not_spoil_the_right_one(hands: Hands) -> None:
    hands.give("one")
    with pytest.raises(Refused) as refused:
        hands.give("two", "wrong secret")
    assert [one.code for one in refused.value.problems] == ["seal.wrong-secret"]
    assert refused.value.problems[0].pointer == "secret"
    assert not hands.key.is_open()
    assert hands.give("two")


def test_somebody_without_a_share_is_told(hands: Hands) -> None:
    with pytest.raises(Refused, match=r"seal\.no-share"):
        hands.give("three", "any secret at all")


def test_a_secret_waits_only_so_long_for_the_other(hands: Hands) -> None:
    hands.give("one")
    hands.at += PATIENCE + timedelta(seconds=1)
    assert not hands.give("two")
    assert not hands.key.is_open()


def test_two_who_mean_different_shifts_do_not_open_it(hands: Hands) -> None:
    hands.give("one")
    assert not hands.give("two", ends_at=ENDS + timedelta(hours=1))
    assert not hands.key.is_open()


def test_the_end_of_the_shift_closes_it(hands: Hands) -> None:
    hands.give("one")
    hands.give("two")
    hands.at = ENDS - timedelta(seconds=1)
    assert hands.key.is_open()
    hands.at = ENDS
    assert not hands.key.is_open()


def test_closing_lets_go_of_the_key_and_of_a_secret_that_waits(hands: Hands) -> None:
    hands.give("one")
    hands.key.close()
    assert not hands.give("two")
    hands.give("one")
    assert hands.key.is_open()
    hands.key.close()
    assert not hands.key.is_open()


@pytest.fixture(params=["keeper", "service"])
def signing(request: pytest.FixtureRequest, locked: Locked, tmp_path: Path) -> Iterator[Hands]:
    """The two that sign."""
    held = Hands()
    if request.param == "keeper":
        held.key = locked.keeper(held.now)
        yield held
    else:
        with served(tmp_path / "seal.sock", locked.keeper(held.now)) as key:
            held.key = key
            yield held


def test_it_signs_while_it_is_open_and_never_else(signing: Hands, locked: Locked) -> None:
    record = KeyRecord("changzhou#seal1", "ES256", "seal", "changzhou", locked.public, NOON, ENDS)
    with pytest.raises(Fault, match=r"seal\.key-closed"):
        signing.key.sign(b"document")
    signing.give("one")
    with pytest.raises(Fault, match=r"seal\.key-closed"):
        signing.key.sign(b"document")
    signing.give("two")
    assert is_signed_by(record, b"document", signing.key.sign(b"document"))
    signing.at = ENDS
    with pytest.raises(Fault, match=r"seal\.key-closed"):
        signing.key.sign(b"document")


def test_a_new_secret_counts_from_the_next_time(signing: Hands, locked: Locked) -> None:
    locked.form = change_secret(locked.form, "two", SECRETS["two"], "another secret")
    signing.give("one")
    with pytest.raises(Refused, match=r"seal\.wrong-secret"):
        signing.give("two")
    assert signing.give("two", "another secret")


def test_a_key_that_is_not_the_certificates_stays_closed(locked: Locked) -> None:
    hands = Hands()
    other = load_signer("changzhou#seal1", create_private_key("ES256")).public_jwk()
    hands.key = SealKeeper(locked.read, other, hands.now)
    hands.give("one")
    with pytest.raises(Fault, match=r"keys\.mismatch"):
        hands.give("two")
    assert not hands.key.is_open()


def test_whoever_keeps_it_being_away_is_no_open_key_and_told(tmp_path: Path) -> None:
    hands = Hands()
    hands.key = SealServiceKey(tmp_path / "nobody.sock", WORD)
    assert not hands.key.is_open()
    hands.key.close()
    with pytest.raises(Fault, match=r"seal\.service-away"):
        hands.give("one")


def test_whoever_does_not_know_the_nodes_word_is_not_answered(locked: Locked, tmp_path: Path) -> None:
    address = tmp_path / "seal.sock"
    hands = Hands()
    with served(address, locked.keeper(hands.now)) as key:
        stranger = SealServiceKey(address, b"another word")
        with pytest.raises(Fault, match=r"seal\.service-away"):
            stranger.sign(b"document")
        assert not key.is_open()
        assert (address.stat().st_mode & 0o777) == 0o600


def test_there_is_one_keeper_and_what_a_killed_one_left_is_taken_away(locked: Locked, tmp_path: Path) -> None:
    address = tmp_path / "seal.sock"
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(str(address))  # the file stays, and nobody listens
    with served(address, locked.keeper(Hands().now)), pytest.raises(Fault, match=r"seal\.service-runs"):
        open_door(address)


def test_whoever_connects_and_says_nothing_does_not_hold_up_the_others(
    locked: Locked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tongban.wiring.seal_service._SILENCE_SECONDS", 1)
    address = tmp_path / "seal.sock"
    with socket.socket(socket.AF_UNIX) as silent, served(address, locked.keeper(Hands().now)) as key:
        silent.connect(str(address))
        with pytest.raises(Refused, match=r"seal\.wrong-secret"):
            key.give("one", "wrong secret", ENDS, ENDS)
