"""Signed notes: those of others open here, ours open as C2SP says, and nothing else does."""

import base64
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.crypto.keys import a_key_record, a_signer
from tongban.crypto.jws import BadSignature
from tongban.crypto.sign import Ed25519Signer
from tongban.domain.ledger.note import (
    MAX_SIGNATURES,
    Kind,
    NoteKey,
    add_line,
    compose_note,
    compose_vkey,
    cosign_line,
    note_key,
    open_note,
    parse_base64,
    parse_vkey,
    sign_line,
    split_note,
)

VECTORS = json.loads((Path(__file__).parents[2] / "vectors/ledger/notes.json").read_text(encoding="utf-8"))

LOG_SIGNER = a_signer("Ed25519", "suzhou#log1", seed=1)
WITNESS_SIGNER = a_signer("Ed25519", "wuxi#witness1", seed=2)
LOG = note_key(a_key_record(LOG_SIGNER, use="log"), "suzhou.example/log")
WITNESS = note_key(a_key_record(WITNESS_SIGNER, use="witness"), "wuxi.example/witness")
TEXT = "suzhou.example/log\n7\n3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw=\n"
SEEN_AT = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)


def a_note() -> str:
    note = compose_note(TEXT, sign_line(TEXT, LOG, LOG_SIGNER))
    return add_line(note, cosign_line(TEXT, WITNESS, WITNESS_SIGNER, SEEN_AT))


def refused(note: str, *keys: NoteKey) -> str:
    with pytest.raises(BadSignature) as caught:
        open_note(note, keys or (LOG, WITNESS))
    return caught.value.code


def test_a_note_tells_who_signed_and_when_the_witness_saw_it() -> None:
    note = open_note(a_note(), (LOG, WITNESS))
    assert note.text == TEXT
    assert [(each.key, each.seen_at) for each in note.signatures] == [(LOG, None), (WITNESS, SEEN_AT)]


@pytest.mark.parametrize("vkey", VECTORS["vkeys-good"])
def test_published_keys_are_read_and_written_alike(vkey: str) -> None:
    assert compose_vkey(parse_vkey(vkey)) == vkey


@pytest.mark.parametrize("vkey", [*VECTORS["vkeys-bad"], "", "++", "a b+00000000+AQ=="])
def test_what_is_no_key_is_refused(vkey: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        parse_vkey(vkey)


def test_the_note_of_the_go_checksum_database_opens() -> None:
    vector = VECTORS["sum-golang-org"]
    note = open_note(vector["note"], [parse_vkey(vector["vkey"])])
    assert note.text.startswith("go.sum database tree\n6476701\n")


def test_a_note_of_many_signatures_names_the_known_ones_only() -> None:
    vector = VECTORS["many-signatures"]
    keys = [parse_vkey(vkey) for vkey in vector["vkeys"]]
    note = open_note(vector["note"], keys)
    assert [each.key for each in note.signatures] == keys
    assert len(split_note(vector["note"])[1]) == len(keys) + 1


def test_a_checkpoint_cosigned_by_an_earlier_program_opens() -> None:
    vector = VECTORS["cosigned"]
    keys = [parse_vkey(vkey) for vkey in vector["vkeys"]]
    note = open_note(vector["note"], keys)
    assert [each.key for each in note.signatures] == keys
    seen = datetime.fromtimestamp(vector["seen_at"], UTC)
    assert [each.seen_at for each in note.signatures] == [None, seen, seen, seen]


def test_a_text_may_hold_empty_lines_as_in_the_example_of_c2sp() -> None:
    text, lines = split_note(VECTORS["quasimodo"]["note"])
    assert text.endswith("\n\ned è subito sera.\n")
    assert len(lines) == 1


def test_a_published_private_key_gives_its_published_key() -> None:
    private, published = (VECTORS["signer"][name] for name in ("private", "vkey"))
    signer = Ed25519Signer("known", parse_base64(private.split("+", 4)[4])[1:])
    key = note_key(a_key_record(signer, use="log"), "Known")
    assert compose_vkey(key) == published
    note = compose_note(TEXT, sign_line(TEXT, key, signer))
    assert open_note(note, [parse_vkey(published)]).signatures[0].key == key


@given(where=st.integers(0, 10_000), letter=st.sampled_from("Aa0+/=\n —"))
@settings(max_examples=300, deadline=None)
def test_no_other_letter_gives_the_log_another_text(where: int, letter: str) -> None:
    note = a_note()
    at = where % len(note)
    try:
        opened = open_note(note[:at] + letter + note[at + 1 :], (LOG, WITNESS))
    except BadSignature:
        return
    # Spoiling a name or an id makes a signature unknown, no more.
    assert opened.text == TEXT


@given(bit=st.integers(0, 8 * 76 - 1))
def test_no_changed_bit_of_a_cosignature_holds(bit: int) -> None:
    line = cosign_line(TEXT, WITNESS, WITNESS_SIGNER, SEEN_AT)
    head, encoded = line.rstrip("\n").rsplit(" ", 1)
    data = bytearray(parse_base64(encoded))
    data[bit // 8] ^= 1 << bit % 8
    changed = compose_note(TEXT, f"{head} {base64.b64encode(data).decode()}\n")
    assert refused(changed, WITNESS) == ("unknown-key" if bit < 32 else "bad-signature")


def test_a_logs_key_is_not_a_witnesss_although_the_bytes_are() -> None:
    as_witness = NoteKey(LOG.name, Kind.WITNESS, LOG.public)
    assert as_witness.key_id != LOG.key_id
    assert refused(compose_note(TEXT, sign_line(TEXT, LOG, LOG_SIGNER)), as_witness) == "unknown-key"
    with pytest.raises(ValueError, match="cosign_line"):
        sign_line(TEXT, WITNESS, WITNESS_SIGNER)
    with pytest.raises(ValueError, match="sign_line"):
        cosign_line(TEXT, LOG, LOG_SIGNER, SEEN_AT)


def test_a_known_key_that_does_not_hold_spoils_the_note() -> None:
    other = a_signer("Ed25519", "x", seed=9)
    note = compose_note(TEXT, sign_line(TEXT, LOG, LOG_SIGNER), cosign_line(TEXT, WITNESS, other, SEEN_AT))
    assert refused(note) == "bad-signature"
    assert open_note(note, [LOG]).text == TEXT


def test_of_two_signatures_of_one_key_the_first_counts() -> None:
    later = cosign_line(TEXT, WITNESS, WITNESS_SIGNER, SEEN_AT.replace(year=2027))
    note = open_note(add_line(a_note(), later), (LOG, WITNESS))
    assert [each.seen_at for each in note.signatures] == [None, SEEN_AT]


@pytest.mark.parametrize(
    "note",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\nnot a signature\n",
        "text\n\n— name\n",
        "text\n\n— name AAAA\n",
        "text\n\n— name !\n",
        "text\n\n—  AAAAAAAA\n",
        "text\n\n- name AAAAAAAA\n",
        "text\n\n— a+b AAAAAAAA\n",
        "text\n\n— name AAAAAAAA",
        "te\txt\n\n— name AAAAAAAA\n",
        "text\r\n\n— name AAAAAAAA\n",
        "text\n\n" + "— name AAAAAAAA\n" * (MAX_SIGNATURES + 1),
    ],
)
def test_what_is_no_note_is_malformed(note: str) -> None:
    assert refused(note) == "malformed"


def test_sixteen_signatures_are_taken_and_an_endless_note_is_not() -> None:
    lines = [
        sign_line(TEXT, NoteKey(f"n{i}", Kind.LOG, LOG.public), LOG_SIGNER) for i in range(MAX_SIGNATURES - 1)
    ]
    assert open_note(compose_note(TEXT, *lines, sign_line(TEXT, LOG, LOG_SIGNER)), [LOG]).text == TEXT
    assert refused("x" * 65_537) == "too-large"


def test_a_note_nobody_known_signed_is_not_believed() -> None:
    assert refused(compose_note(TEXT, sign_line(TEXT, LOG, LOG_SIGNER)), WITNESS) == "unknown-key"


@pytest.mark.parametrize("text", ["no newline", "tab\t\n", "", "\r\n"])
def test_a_text_that_a_note_cannot_hold_is_not_composed(text: str) -> None:
    with pytest.raises(ValueError, match="newline"):
        compose_note(text)


def test_only_log_and_witness_keys_sign_notes_and_under_plain_names() -> None:
    with pytest.raises(ValueError, match="signs no notes"):
        note_key(a_key_record(LOG_SIGNER, use="msg"), "name")
    for name in ("", "a b", "a+b", "a\u3000b"):
        with pytest.raises(ValueError, match="no spaces"):
            note_key(a_key_record(LOG_SIGNER, use="log"), name)
