"""The proof that something is in a ledger, as a file that anyone can check offline (C2SP tlog-proof)."""

from collections.abc import Sequence
from dataclasses import dataclass

from tongban.crypto.jws import BadSignature
from tongban.domain.ledger.checkpoint import SignedCheckpoint, open_checkpoint, parse_decimal
from tongban.domain.ledger.note import MAX_NOTE_BYTES, NoteKey, parse_base64, to_base64
from tongban.domain.ledger.proof import HASH_BYTES, MAX_PROOF_HASHES, verify_inclusion

HEADER = "c2sp.org/tlog-proof@v1"
MAX_EXTRA_BYTES = 16_384
_MAX_FILE_CHARS = MAX_NOTE_BYTES + 2 * MAX_EXTRA_BYTES


@dataclass(frozen=True, slots=True)
class LedgerProof:
    """What a ``.tlog-proof`` file holds.

    Args:
        index: of the leaf, from 0.
        hashes: 32 bytes each, from the leaf's sibling upwards.
        checkpoint: the signed note, as it stands.
        extra: anything the writer wants to hand along; signed by nobody.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""


def compose_ledger_proof(proof: LedgerProof) -> str:
    """Write the file."""
    lines = [HEADER]
    if proof.extra:
        lines.append(f"extra {to_base64(proof.extra)}")
    lines.append(f"index {proof.index}")
    lines.extend(to_base64(each) for each in proof.hashes)
    return "\n".join(lines) + "\n\n" + proof.checkpoint


def parse_ledger_proof(text: str) -> LedgerProof:
    """Read the file; nothing is verified.

    Raises:
        BadSignature: ``too-large`` or ``malformed``.
    """
    if len(text) > _MAX_FILE_CHARS:
        raise BadSignature("too-large", "a proof file of this size is not read")
    head, blank, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    try:
        if lines.pop(0) != HEADER or not blank or not checkpoint:
            raise ValueError("not a proof file")
        extra = parse_base64(lines.pop(0)[6:]) if lines and lines[0].startswith("extra ") else b""
        if not lines or not lines[0].startswith("index "):
            raise ValueError("no index")
        index = parse_decimal(lines.pop(0)[6:])
        hashes = tuple(parse_base64(line) for line in lines)
    except ValueError as error:
        raise BadSignature("malformed", str(error)) from error
    if len(hashes) > MAX_PROOF_HASHES or any(len(each) != HASH_BYTES for each in hashes):
        raise BadSignature("malformed", "a proof of another length")
    if len(extra) > MAX_EXTRA_BYTES:
        raise BadSignature("too-large", "extra data of this size is not read")
    return LedgerProof(index, hashes, checkpoint, extra)


def verify_ledger_proof(
    text: str, leaf_hash: bytes, log: NoteKey, witnesses: Sequence[NoteKey] = (), quorum: int = 0
) -> SignedCheckpoint:
    """Return the checkpoint under which the leaf is proved to stand.

    Args:
        text: the file.
        leaf_hash: 32 bytes, ``tree.leaf_hash`` of the entry that is asked about.
        log: the ledger's key.
        witnesses: witnesses whose word counts.
        quorum: how many of them must have cosigned; 0 asks for none.

    Raises:
        BadSignature: ``malformed``, ``too-large``, ``unknown-key`` (the ledger has not signed, or too few
            witnesses), ``wrong-type`` (another ledger), ``bad-signature`` (it, or the proof, does not hold).
    """
    proof = parse_ledger_proof(text)
    signed = open_checkpoint(proof.checkpoint, log, witnesses)
    if len(signed.cosigned) < quorum:
        raise BadSignature("unknown-key", f"{len(signed.cosigned)} of {quorum} witnesses")
    state = signed.checkpoint
    if not verify_inclusion(leaf_hash, proof.index, state.size, proof.hashes, state.root):
        raise BadSignature("bad-signature", "the proof does not lead from the entry to the root")
    return signed
