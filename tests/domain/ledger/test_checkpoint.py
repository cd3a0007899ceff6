"""Checkpoints: signed by their own ledger, cosigned by others, and read strictly."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.domain.ledger.test_note import LOG, LOG_SIGNER, SEEN_AT, VECTORS, WITNESS, WITNESS_SIGNER
from tongban.crypto.jws import BadSignature
from tongban.domain.ledger.checkpoint import (
    Checkpoint,
    compose_checkpoint,
    cosign_checkpoint,
    open_checkpoint,
    parse_checkpoint,
    sign_checkpoint,
)
from tongban.domain.ledger.note import add_line, compose_note, parse_vkey, sign_line

STATE = Checkpoint(LOG.name, 7, b"\x07" * 32)


def refused(note: str, *witnesses) -> str:
    with pytest.raises(BadSignature) as caught:
        open_checkpoint(note, LOG, witnesses)
    return caught.value.code


def test_a_signed_checkpoint_opens_with_the_witnesses_that_saw_it() -> None:
    note = sign_checkpoint(STATE, LOG, LOG_SIGNER)
    assert open_checkpoint(note, LOG, [WITNESS]).cosigned == {}
    note = add_line(note, cosign_checkpoint(compose_checkpoint(STATE), WITNESS, WITNESS_SIGNER, SEEN_AT))
    signed = open_checkpoint(note, LOG, [WITNESS])
    assert signed.checkpoint == STATE
    assert signed.cosigned == {WITNESS.name: SEEN_AT}
    assert open_checkpoint(note, LOG).cosigned == {}


def test_a_checkpoint_of_an_earlier_program_opens_with_its_three_witnesses() -> None:
    log, *witnesses = map(parse_vkey, VECTORS["cosigned"]["vkeys"])
    signed = open_checkpoint(VECTORS["cosigned"]["note"], log, witnesses)
    assert signed.checkpoint.size == 100_000
    assert set(signed.cosigned) == {witness.name for witness in witnesses}
    assert set(signed.cosigned.values()) == {datetime.fromtimestamp(VECTORS["cosigned"]["seen_at"], UTC)}


def test_the_state_of_the_go_checksum_database_is_read() -> None:
    text = VECTORS["sum-golang-org"]["note"].split("\n\n")[0] + "\n"
    assert parse_checkpoint(text).size == VECTORS["sum-golang-org"]["size"]


def test_witnesses_alone_do_not_make_a_checkpoint() -> None:
    text = compose_checkpoint(STATE)
    note = compose_note(text, cosign_checkpoint(text, WITNESS, WITNESS_SIGNER, SEEN_AT))
    assert refused(note, WITNESS) == "unknown-key"


def test_a_ledger_does_not_speak_for_another() -> None:
    other = replace(STATE, origin="wuxi.example/log")
    text = compose_checkpoint(other)
    assert refused(compose_note(text, sign_line(text, LOG, LOG_SIGNER))) == "wrong-type"
    with pytest.raises(ValueError, match="named as its origin"):
        sign_checkpoint(other, LOG, LOG_SIGNER)


def test_a_signed_text_that_is_no_checkpoint_is_malformed() -> None:
    text = "if this is a checkpoint I'll eat my hat\n"
    assert refused(compose_note(text, sign_line(text, LOG, LOG_SIGNER))) == "malformed"
    with pytest.raises(ValueError, match="three lines"):
        cosign_checkpoint(text, WITNESS, WITNESS_SIGNER, SEEN_AT)


ROOT = "3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw="


@pytest.mark.parametrize("size", ["0", "1", "9223372036854775807"])
def test_sizes_are_plain_numbers(size: str) -> None:
    assert parse_checkpoint(f"o\n{size}\n{ROOT}\n").size == int(size)


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"o\n1\n{ROOT}",
        f"\n1\n{ROOT}\n",
        "o\n1\n",
        f"o\n01\n{ROOT}\n",
        f"o\n-1\n{ROOT}\n",
        f"o\n+1\n{ROOT}\n",
        f"o\n1 \n{ROOT}\n",
        f"o\n\uff11\n{ROOT}\n",
        f"o\n²\n{ROOT}\n",
        f"o\n9223372036854775808\n{ROOT}\n",
        f"o\n{'9' * 5000}\n{ROOT}\n",
        f"o\n\n{ROOT}\n",
        "o\n1\nAAAA\n",
        f"o\n1\n{ROOT[:-1]}\n",
        f"o\n1\n{ROOT}\n\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        parse_checkpoint(text)


def test_extension_lines_are_signed_and_passed_over() -> None:
    text = compose_checkpoint(STATE) + "extension\n"
    signed = open_checkpoint(compose_note(text, sign_line(text, LOG, LOG_SIGNER)), LOG)
    assert signed.checkpoint == STATE
    assert signed.text == text
