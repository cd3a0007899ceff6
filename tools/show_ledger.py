"""A ledger of three leaves worked through, as test vectors for whoever writes a verifier: docs/ledger.md."""

from datetime import UTC, datetime

from tongban.crypto.canonical import canonical
from tongban.crypto.sign import Ed25519Signer, KeyRecord
from tongban.domain.ledger.checkpoint import Checkpoint, sign_checkpoint
from tongban.domain.ledger.evidence_file import LedgerProof, compose_ledger_proof, verify_ledger_proof
from tongban.domain.ledger.note import compose_vkey, note_key
from tongban.domain.ledger.proof import consistency_proof, inclusion_proof, verify_consistency
from tongban.domain.ledger.tree import append, leaf_hash, root_at

ORIGIN = "example.tongban.example/log"
AT = 1772503200
LEAVES = (
    {"t": "credential.issue/1", "z": "example", "at": AT, "vc": "sha256:" + "1" * 64, "n": "A" * 22},
    {"t": "doc.seal/1", "z": "example", "at": AT + 1, "doc": "sha256:" + "2" * 64, "n": "B" * 22},
    {
        "t": "msg.sent/1",
        "z": "example",
        "at": AT + 2,
        "m": "sha256:" + "3" * 64,
        "r": "sha256:" + "4" * 64,
        "n": "C" * 22,
    },
)
INDEX = 1


def compose_example() -> str:
    """Leaves, hashes, root, checkpoint and both proofs, made by the code that the node uses."""
    data = [canonical(leaf) for leaf in LEAVES]
    growth = append(0, lambda _: {}, [leaf_hash(each) for each in data])
    nodes = {(level, index): hash_ for level, index, hash_ in growth.nodes}
    signer = Ed25519Signer("example#log1", bytes(range(32)))
    day = datetime.fromtimestamp(AT, UTC)
    key = note_key(KeyRecord(signer.kid, signer.alg, "log", "example", signer.public_jwk(), day, day), ORIGIN)
    note = sign_checkpoint(Checkpoint(ORIGIN, growth.size, growth.root), key, signer)
    hashes = inclusion_proof(INDEX, growth.size, lambda _: nodes)
    file = compose_ledger_proof(LedgerProof(INDEX, hashes, note))
    older = root_at(2, lambda _: nodes)
    grown = consistency_proof(2, growth.size, lambda _: nodes)
    verify_ledger_proof(file, leaf_hash(data[INDEX]), key)
    if not verify_consistency(2, growth.size, grown, older, growth.root):
        raise AssertionError("the example does not hold")
    parts = [
        "Private key of the log, never to be used: the bytes 00 to 1f. Its public key as a vkey:",
        block(compose_vkey(key)),
        "The three leaves, canonical:",
        block("\n".join(each.decode() for each in data)),
        "Their hashes, the root of the first two, and the root of all three:",
        block("\n".join(each.hex() for each in (*(leaf_hash(part) for part in data), older, growth.root))),
        f"The proof file of leaf {INDEX} (counted from 0), which holds the checkpoint:",
        block(file.removesuffix("\n")),
        "The consistency proof from size 2 to size 3:",
        block("\n".join(each.hex() for each in grown)),
    ]
    return "\n\n".join(parts) + "\n"


def block(text: str) -> str:
    """Text as it is."""
    return f"```\n{text}\n```"
