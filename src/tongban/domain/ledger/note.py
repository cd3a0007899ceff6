"""Text signed by one or more keys, one line each: C2SP signed notes, and who may have signed them.

The form is fixed by C2SP (signed-note, tlog-cosignature), so any verifier of transparency logs reads ours.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from tongban.crypto.digest import digest
from tongban.crypto.jws import BadSignature
from tongban.crypto.sign import KeyRecord, Signer, is_ed25519_signed_by, raw_public_key

MAX_NOTE_BYTES = 65_536
MAX_SIGNATURES = 64
"""C2SP asks verifiers to take at least 16."""

_DASH = "\u2014 "
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Kind(IntEnum):
    """What a key signs: the byte that C2SP assigns."""

    LOG = 0x01
    """Ed25519 over the note's text."""
    WITNESS = 0x04
    """Ed25519 over the text and the time at which it was seen (cosignature/v1)."""


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A key that may sign notes.

    Args:
        name: e.g. ``suzhou.example/log``; no spaces, no plus.
        kind: what it signs.
        public: 32 bytes, Ed25519.
    """

    name: str
    kind: Kind
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys of one name apart; nothing secure about them."""
        return digest(self.name.encode() + b"\n" + bytes([self.kind]) + self.public)[:4]


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature that holds: whose, and for a witness the second at which it saw the text."""

    key: NoteKey
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Note:
    """An opened note: its text, ending in a newline, and the signatures of known keys."""

    text: str
    signatures: tuple[Signature, ...]


def note_key(record: KeyRecord, name: str) -> NoteKey:
    """The note key of a zone's ``log`` or ``witness`` key under the name that its notes carry.

    Raises:
        ValueError: a key for another use, or a name that a note cannot carry.
    """
    kinds = {"log": Kind.LOG, "witness": Kind.WITNESS}
    if record.use not in kinds:
        raise ValueError(f"a key for {record.use} signs no notes")
    if not _is_name(name):
        raise ValueError("a key name has no spaces and no plus")
    return NoteKey(name, kinds[record.use], raw_public_key(record))


def compose_vkey(key: NoteKey) -> str:
    """A key as text: ``name+id+base64(kind and key)``."""
    return f"{key.name}+{key.key_id.hex()}+{to_base64(bytes([key.kind]) + key.public)}"


def parse_vkey(text: str) -> NoteKey:
    """Read a key from its text.

    Raises:
        ValueError: not such a text, an unknown kind, or an id that is not the key's.
    """
    parts = text.split("+", 2)
    if len(parts) != 3 or not _is_name(parts[0]):
        raise ValueError("a vkey is name+id+key")
    data = parse_base64(parts[2])
    if len(data) != 33:
        raise ValueError("a vkey here holds a kind and 32 bytes")
    key = NoteKey(parts[0], Kind(data[0]), data[1:])
    if key.key_id.hex() != parts[1]:
        raise ValueError("the id of a vkey is not that of its key")
    return key


def compose_note(text: str, *lines: str) -> str:
    """Put a text and signature lines together; add more to a signed note with ``add_line``.

    Raises:
        ValueError: the text does not end in a newline, or holds control characters.
    """
    if not _is_text(text):
        raise ValueError("a note's text ends in a newline and holds no control characters")
    return text + "\n" + "".join(lines)


def add_line(note: str, line: str) -> str:
    """A signed note with one more signature line."""
    return note + line


def sign_line(text: str, key: NoteKey, signer: Signer) -> str:
    """The log's signature line over a text.

    Raises:
        ValueError: the key is not a log's.
    """
    if key.kind is not Kind.LOG:
        raise ValueError("a witness signs with cosign_line")
    return _line(key, signer.sign(text.encode()))


def cosign_line(text: str, key: NoteKey, signer: Signer, seen_at: datetime) -> str:
    """A witness's signature line over a checkpoint's text.

    Args:
        text: the checkpoint, without signatures.
        key: the witness's.
        signer: holds its private key.
        seen_at: aware UTC instant, kept to the second.

    Raises:
        ValueError: the key is not a witness's.
    """
    if key.kind is not Kind.WITNESS:
        raise ValueError("a log signs with sign_line")
    seconds = (seen_at - _EPOCH) // timedelta(seconds=1)
    return _line(key, seconds.to_bytes(8, "big") + signer.sign(_cosigned(text, seconds)))


def open_note(note: str, keys: Sequence[NoteKey]) -> Note:
    """Return a note's text and the known keys that signed it.

    Signatures of unknown keys are passed over; one of a known key that does not hold spoils the note.

    Raises:
        BadSignature: ``too-large``, ``malformed``, ``bad-signature``, ``unknown-key`` (no known key signed).
    """
    text, lines = split_note(note)
    known = {(key.name, key.key_id): key for key in keys}
    found: dict[NoteKey, Signature] = {}
    for line in lines:
        name, data = _parse_line(line)
        key = known.get((name, data[:4]))
        if key is not None and key not in found:
            found[key] = _check(key, text, data[4:])
    if not found:
        raise BadSignature("unknown-key", "no known key signed the note")
    return Note(text, tuple(found.values()))


def split_note(note: str) -> tuple[str, tuple[str, ...]]:
    """A note's text, with its last newline, and its signature lines; nothing is verified.

    Raises:
        BadSignature: ``too-large`` or ``malformed``.
    """
    if len(note) > MAX_NOTE_BYTES:
        raise BadSignature("too-large", f"a note has at most {MAX_NOTE_BYTES} bytes")
    at = note.rfind("\n\n")
    if at < 0 or not _is_text(note):
        raise BadSignature("malformed", "not a signed note")
    lines = note[at + 2 :].split("\n")[:-1]
    if not 0 < len(lines) <= MAX_SIGNATURES:
        raise BadSignature("malformed", "no signatures, or too many")
    return note[: at + 1], tuple(lines)


def to_base64(data: bytes) -> str:
    """Base64 with padding (RFC 4648 section 4), as notes write it."""
    return base64.b64encode(data).decode("ascii")


def parse_base64(text: str) -> bytes:
    """Read base64 with padding, in its one spelling.

    Raises:
        ValueError: not that.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("not base64") from error
    if to_base64(data) != text:
        raise ValueError("not the one base64 of its bytes")
    return data


def _cosigned(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _line(key: NoteKey, signature: bytes) -> str:
    return f"{_DASH}{key.name} {to_base64(key.key_id + signature)}\n"


def _parse_line(line: str) -> tuple[str, bytes]:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    try:
        data = parse_base64(encoded)
    except ValueError as error:
        raise BadSignature("malformed", "a signature line that is none") from error
    if not line.startswith(_DASH) or not _is_name(name) or len(data) < 5:
        raise BadSignature("malformed", "a signature line that is none")
    return name, data


def _check(key: NoteKey, text: str, data: bytes) -> Signature:
    seen_at = None
    message, signature = text.encode(), data
    if key.kind is Kind.WITNESS:
        seconds, signature = int.from_bytes(data[:8], "big"), data[8:]
        message = _cosigned(text, seconds)
    if not is_ed25519_signed_by(key.public, message, signature):
        raise BadSignature("bad-signature", key.name)
    if key.kind is Kind.WITNESS:
        try:
            seen_at = _EPOCH + timedelta(seconds=seconds)
        except OverflowError as error:
            raise BadSignature("malformed", "a time beyond the last year") from error
    return Signature(key, seen_at)


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(each.isspace() for each in name)


def _is_text(text: str) -> bool:
    return text.endswith("\n") and all(each >= " " or each == "\n" for each in text)
