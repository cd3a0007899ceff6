"""The ledger's state in four lines that the zone signs and its peers cosign (C2SP tlog-checkpoint)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tongban.crypto.jws import BadSignature
from tongban.crypto.sign import Signer
from tongban.domain.ledger.note import (
    NoteKey,
    compose_note,
    cosign_line,
    open_note,
    parse_base64,
    sign_line,
    to_base64,
)

MAX_SIZE = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One state of one ledger.

    Args:
        origin: the ledger's name for ever, e.g. ``suzhou.example/log``; also the name of its key.
        size: number of leaves.
        root: 32 bytes.
    """

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint that its ledger signed.

    Args:
        checkpoint: the state.
        text: the bytes that were signed, as text.
        cosigned: by witness name, the instant at which it saw this state.
    """

    checkpoint: Checkpoint
    text: str
    cosigned: Mapping[str, datetime]


def compose_checkpoint(checkpoint: Checkpoint) -> str:
    """The text that is signed: origin, size, root, each on a line."""
    return f"{checkpoint.origin}\n{checkpoint.size}\n{to_base64(checkpoint.root)}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint's text; extension lines are allowed by C2SP, signed, and passed over.

    Raises:
        ValueError: not a checkpoint.
    """
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise ValueError("a checkpoint has at least three lines, none empty")
    root = parse_base64(lines[2])
    if len(root) != 32:
        raise ValueError("a root has 32 bytes")
    return Checkpoint(lines[0], parse_decimal(lines[1]), root)


def sign_checkpoint(checkpoint: Checkpoint, key: NoteKey, signer: Signer) -> str:
    """The checkpoint as a note signed by its own ledger.

    Raises:
        ValueError: the key has another name than the ledger.
    """
    if key.name != checkpoint.origin:
        raise ValueError("a ledger's key is named as its origin")
    text = compose_checkpoint(checkpoint)
    return compose_note(text, sign_line(text, key, signer))


def cosign_checkpoint(text: str, key: NoteKey, signer: Signer, seen_at: datetime) -> str:
    """A witness's line over a checkpoint's text; the witness has checked the growth before.

    Raises:
        ValueError: the text is no checkpoint.
    """
    parse_checkpoint(text)
    return cosign_line(text, key, signer, seen_at)


def open_checkpoint(note: str, log: NoteKey, witnesses: Sequence[NoteKey] = ()) -> SignedCheckpoint:
    """Return the checkpoint in a note, if its own ledger signed it.

    Args:
        note: a checkpoint with signature lines.
        log: the ledger's key.
        witnesses: keys of the witnesses whose word counts; each is a different party.

    Raises:
        BadSignature: ``malformed``, ``too-large``, ``bad-signature``, ``unknown-key`` (the ledger has not
            signed), ``wrong-type`` (another ledger's checkpoint).
    """
    opened = open_note(note, (log, *witnesses))
    if all(signature.key != log for signature in opened.signatures):
        raise BadSignature("unknown-key", "the ledger itself has not signed")
    try:
        checkpoint = parse_checkpoint(opened.text)
    except ValueError as error:
        raise BadSignature("malformed", str(error)) from error
    if checkpoint.origin != log.name:
        raise BadSignature("wrong-type", checkpoint.origin)
    cosigned = {each.key.name: each.seen_at for each in opened.signatures if each.seen_at is not None}
    return SignedCheckpoint(checkpoint, opened.text, cosigned)


def parse_decimal(text: str) -> int:
    """Read a whole number from 0, written without leading zeroes.

    Raises:
        ValueError: not that, or beyond 2**63-1.
    """
    if not text.isascii() or not text.isdecimal() or len(text) > 19 or (text[0] == "0" and text != "0"):
        raise ValueError("not a plain whole number")
    value = int(text)
    if value > MAX_SIZE:
        raise ValueError("beyond 2**63-1")
    return value
