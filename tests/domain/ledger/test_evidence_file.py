"""The proof file: written as C2SP says, and believed only when everything in it holds."""

import base64
import hashlib

import pytest

from tests.domain.ledger.test_note import LOG, LOG_SIGNER, SEEN_AT, WITNESS, WITNESS_SIGNER
from tests.domain.ledger.test_proof import LEAVES, WHOLE
from tongban.crypto.jws import BadSignature
from tongban.domain.ledger.checkpoint import (
    Checkpoint,
    compose_checkpoint,
    cosign_checkpoint,
    sign_checkpoint,
)
from tongban.domain.ledger.evidence_file import (
    LedgerProof,
    compose_ledger_proof,
    parse_ledger_proof,
    verify_ledger_proof,
)
from tongban.domain.ledger.note import add_line
from tongban.domain.ledger.proof import inclusion_proof
from tongban.domain.ledger.tree import leaf_hash, root_at

SIZE, INDEX = 1000, 321


def a_file(extra: bytes = b"", cosigned: bool = True) -> str:
    state = Checkpoint(LOG.name, SIZE, root_at(SIZE, WHOLE))
    note = sign_checkpoint(state, LOG, LOG_SIGNER)
    if cosigned:
        note = add_line(note, cosign_checkpoint(compose_checkpoint(state), WITNESS, WITNESS_SIGNER, SEEN_AT))
    return compose_ledger_proof(LedgerProof(INDEX, inclusion_proof(INDEX, SIZE, WHOLE), note, extra))


def refused(text: str, leaf: bytes = LEAVES[INDEX], quorum: int = 0) -> str:
    with pytest.raises(BadSignature) as caught:
        verify_ledger_proof(text, leaf, LOG, [WITNESS], quorum)
    return caught.value.code


def test_a_proof_file_proves_its_leaf_under_a_cosigned_checkpoint() -> None:
    for extra in (b"", b"for the reader"):
        signed = verify_ledger_proof(a_file(extra), LEAVES[INDEX], LOG, [WITNESS], quorum=1)
        assert signed.checkpoint.size == SIZE
        assert signed.cosigned == {WITNESS.name: SEEN_AT}
        assert parse_ledger_proof(a_file(extra)).extra == extra


def test_too_few_witnesses_are_said_to_be_so() -> None:
    assert refused(a_file(cosigned=False), quorum=1) == "unknown-key"
    assert verify_ledger_proof(a_file(cosigned=False), LEAVES[INDEX], LOG).cosigned == {}


def test_another_leaf_is_not_proved() -> None:
    assert refused(a_file(), leaf_hash(b"another licence")) == "bad-signature"
    assert refused(a_file(), LEAVES[INDEX + 1]) == "bad-signature"
    assert refused(a_file().replace(f"index {INDEX}", f"index {INDEX + 1}")) == "bad-signature"


def test_the_file_is_written_as_the_go_library_writes_it() -> None:
    """Literals of transparency-dev/formats, proof/tlog_proof_test.go (Apache-2.0)."""
    one, two = (hashlib.sha256(each).digest() for each in (b"hash1", b"hash2"))
    encoded = [base64.b64encode(each).decode() for each in (one, two)]
    plain = LedgerProof(5, (one, two), "test checkpoint\n")
    assert compose_ledger_proof(plain) == (
        f"c2sp.org/tlog-proof@v1\nindex 5\n{encoded[0]}\n{encoded[1]}\n\ntest checkpoint\n"
    )
    extra = LedgerProof(10, (one,), "checkpoint data\n", b"extra information")
    assert compose_ledger_proof(extra) == (
        f"c2sp.org/tlog-proof@v1\nextra ZXh0cmEgaW5mb3JtYXRpb24=\nindex 10\n{encoded[0]}\n\ncheckpoint data\n"
    )
    empty = LedgerProof(0, (), "checkpoint\n")
    assert compose_ledger_proof(empty) == "c2sp.org/tlog-proof@v1\nindex 0\n\ncheckpoint\n"
    for proof in (plain, extra, empty):
        assert parse_ledger_proof(compose_ledger_proof(proof)) == proof


@pytest.mark.parametrize(
    "text",
    [
        "",
        "wrong-header\nindex 0\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\n\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nindex notanumber\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nindex -5\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nindex 05\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nindex \n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n\ncheckpoint\n",
        f"c2sp.org/tlog-proof@v1\nindex 0\n{base64.b64encode(bytes(64)).decode()}\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nindex 0\n\n",
        "c2sp.org/tlog-proof@v1\nindex 0\n",
        "c2sp.org/tlog-proof@v1\nindex 0\n" + f"{base64.b64encode(bytes(32)).decode()}\n" * 65 + "\nx\n",
    ],
)
def test_what_is_no_proof_file_is_malformed(text: str) -> None:
    assert refused(text) == "malformed"


def test_an_endless_file_is_not_read() -> None:
    assert refused("c2sp.org/tlog-proof@v1\nindex 0\n" + "a" * 200_000) == "too-large"
