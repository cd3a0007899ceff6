"""The seal's key in a process of its own, and how the node's other processes ask it.

They meet at a socket in the file system that only the node's own user may open, and prove to each other that
they know the node's passphrase (HMAC, ``multiprocessing.connection``). What goes over it is JSON, one
question a connection.
"""

import json
import os
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, Listener, answer_challenge, deliver_challenge
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings

from tongban.crypto.base64url import parse_base64url, to_base64url
from tongban.crypto.digest import digest
from tongban.crypto.keyring import Seal, find_public_seal, read_seal_key
from tongban.crypto.seal_keeper import SealKeeper
from tongban.flows.ports import Clock
from tongban.kernel.errors import Fault, Problem, Refused
from tongban.kernel.text import Text
from tongban.wiring.shared_clock import open_clock

log = structlog.get_logger("tongban.seal")

_LABEL = b"tongban/seal-service/1|"
_QUESTION_MAX_BYTES = 65_536
_SILENCE_SECONDS = 5
"""How long whoever has connected may say nothing."""
_PATIENCE_SECONDS = 60
"""How long an answer is waited for: opening a share takes half a second, on a busy machine seconds;
others who say nothing may come first."""


class NoSealKey:
    """The port ``SealKey`` of a node that has no seal yet."""

    def give(self, custodian: str, secret: str, ends_at: datetime, waits_until: datetime) -> bool:  # noqa: ARG002
        """Say that there is no seal."""
        raise Fault("press.no-seal", _NO_SEAL)

    def is_open(self) -> bool:
        """Say no."""
        return False

    def close(self) -> None:
        """Do nothing."""

    def sign(self, data: bytes) -> bytes:  # noqa: ARG002 - the shape of a key
        """Say that there is no seal."""
        raise Fault("press.no-seal", _NO_SEAL)


class SealServiceKey:
    """The port ``SealKey``, and the seal's signatures, from the process that holds the key."""

    def __init__(self, address: Path, word: bytes) -> None:
        self._address, self._word = address, word

    def give(self, custodian: str, secret: str, ends_at: datetime, waits_until: datetime) -> bool:
        """Take one custodian's secret for a shift; return whether the key is open for it now."""
        said = self._ask(
            do="give", custodian=custodian, secret=secret,
            ends_at=ends_at.isoformat(), waits_until=waits_until.isoformat(),
        )  # fmt: skip
        return said is True

    def is_open(self) -> bool:
        """Say whether the key is open; False when its process is away, since with it the key is gone."""
        try:
            return self._ask(do="is_open") is True
        except Fault:
            return False

    def close(self) -> None:
        """Let go of the key; when its process is away, the key is gone already."""
        with suppress(Fault):
            self._ask(do="close")

    def sign(self, data: bytes) -> bytes:
        """Return a signature of the seal; raises Fault when the key is closed or its process away."""
        return parse_base64url(str(self._ask(do="sign", data=to_base64url(data))))

    def _connect(self) -> "Connection[Any, Any]":
        with socket.socket(socket.AF_UNIX) as plain:
            _be_impatient(plain, _PATIENCE_SECONDS)
            plain.connect(str(self._address))
            connection: Connection[Any, Any] = Connection(plain.detach())
        answer_challenge(connection, self._word)
        deliver_challenge(connection, self._word)
        return connection

    def _ask(self, **question: str) -> object:
        try:
            with self._connect() as connection:
                connection.send_bytes(json.dumps(question).encode())
                answer = json.loads(connection.recv_bytes(_QUESTION_MAX_BYTES))
        except (OSError, EOFError, AuthenticationError) as error:
            raise Fault("seal.service-away", _AWAY) from error
        if "refused" in answer:
            raise Refused(*(_parse_problem(one) for one in answer["refused"]))
        if "fault" in answer:
            raise Fault(answer["fault"]["code"], Text(answer["fault"]["zh"], answer["fault"]["en"]))
        return answer["said"]


def open_seal_key(seal: Seal, clock: Clock) -> SealKeeper | SealServiceKey:
    """Return where this process asks for the seal: the node's keeper, or where settings say so its own."""
    if settings.SEAL_SOCKET is None:
        return _make_keeper(seal, clock.now)
    return SealServiceKey(settings.SEAL_SOCKET, _derive_word())


def serve_seal() -> None:
    """Hold the seal's key for this node's processes, until this process is stopped.

    Raises:
        Fault: the zone has no keys or no seal, or somebody keeps its key already.
    """
    seal = find_public_seal(settings.KEYS_FOLDER)
    if seal is None:
        raise Fault("press.no-seal", _NO_SEAL)
    keeper = _make_keeper(seal, open_clock().now)
    word = _derive_word()
    with open_door(settings.SEAL_SOCKET) as door:
        while True:
            answer_one(door, keeper, word)


def open_door(address: Path) -> Listener:
    """Return the socket at which a node's processes ask; one that a killed process left is taken away.

    Raises:
        Fault: ``seal.service-runs``: somebody listens there.
    """
    address.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(OSError), socket.socket(socket.AF_UNIX) as knock:
        knock.connect(str(address))
        raise Fault("seal.service-runs", _RUNS)
    address.unlink(missing_ok=True)
    before = os.umask(0o177)
    try:
        return Listener(str(address), family="AF_UNIX", backlog=64)
    finally:
        os.umask(before)


def answer_one(door: Listener, keeper: SealKeeper, word: bytes) -> None:
    """Answer whoever asks next; one that asks nonsense, or dies, is not answered."""
    try:
        with door.accept() as connection:
            with socket.fromfd(connection.fileno(), socket.AF_UNIX, socket.SOCK_STREAM) as plain:
                _be_impatient(plain, _SILENCE_SECONDS)
            deliver_challenge(connection, word)
            answer_challenge(connection, word)
            _answer(connection, keeper)
    except EOFError:
        return  # only a knock: is anybody there?
    except (OSError, AuthenticationError, ValueError, TypeError, KeyError) as error:
        log.warning("seal_question_broken", why=type(error).__name__)


def _answer(connection: "Connection[Any, Any]", keeper: SealKeeper) -> None:
    question = json.loads(connection.recv_bytes(_QUESTION_MAX_BYTES))
    try:
        answer: dict[str, object] = {"said": _carry(question, keeper)}
    except Refused as refused:
        answer = {"refused": [_compose_problem(one) for one in refused.problems]}
    except Fault as fault:
        answer = {"fault": {"code": fault.code, "zh": fault.text.zh, "en": fault.text.en}}
    connection.send_bytes(json.dumps(answer).encode())


def _be_impatient(plain: socket.socket, seconds: int) -> None:
    """Let nobody who says nothing hold up the other; it stands with the socket, whoever reads from it."""
    for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        plain.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", seconds, 0))


def _carry(question: dict[str, str], keeper: SealKeeper) -> object:
    match question["do"]:
        case "give":
            ends_at, until = (datetime.fromisoformat(question[key]) for key in ("ends_at", "waits_until"))
            return keeper.give(question["custodian"], question["secret"], ends_at, until)
        case "is_open":
            return keeper.is_open()
        case "close":
            keeper.close()
            return True
        case "sign":
            return to_base64url(keeper.sign(parse_base64url(question["data"])))
    raise ValueError("no such question")


def _make_keeper(seal: Seal, now: Callable[[], datetime]) -> SealKeeper:
    return SealKeeper(lambda: read_seal_key(settings.KEYS_FOLDER), seal.record.public, now)


def _derive_word() -> bytes:
    """Return what the node's processes prove to each other that they know."""
    return digest(_LABEL + settings.KEYS_PASSPHRASE_FILE.read_bytes().strip())


def _compose_problem(problem: Problem) -> dict[str, str]:
    step = problem.next_step or Text("", "")
    return {
        "code": problem.code, "zh": problem.text.zh, "en": problem.text.en, "pointer": problem.pointer,
        "step_zh": step.zh, "step_en": step.en,
    }  # fmt: skip


def _parse_problem(said: dict[str, str]) -> Problem:
    step = Text(said["step_zh"], said["step_en"]) if said["step_zh"] else None
    return Problem(said["code"], Text(said["zh"], said["en"]), said["pointer"], next_step=step)


_AWAY = Text(
    "保管印章密钥的程序没有运行，请启动 manage.py keepseal。",
    "The program that keeps the seal's key does not run; start manage.py keepseal.",
)
_RUNS = Text("已有程序在保管本节点的印章密钥。", "A process keeps the key of this node's seal already.")
_NO_SEAL = Text("本节点还没有印章。", "This node has no seal yet.")
