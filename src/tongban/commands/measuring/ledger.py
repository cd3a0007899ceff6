"""The ledger: leaves filed in business transactions, put in their places, proved and checked."""

import random

from tongban.commands.measuring.timing import Figures, milliseconds, seconds_of
from tongban.domain.ledger.proof import verify_inclusion
from tongban.domain.ledger.tree import leaf_hash
from tongban.wiring import get_node
from tongban.wiring.work import SEQUENCE_AT_ONCE

_IN_A_UNIT = 100
_PROOFS = 500


def measure_ledger(count: int) -> Figures:
    """Return leaves a second (filed, and sequenced under signed checkpoints), and what a proof costs."""
    node = get_node()
    deps, ledger = node.deps, node.store.ledger
    run = deps.chance.token(8)
    keys = [f"measured:{run}:{number}" for number in range(count)]

    def file() -> None:
        for begin in range(0, count, _IN_A_UNIT):
            with deps.unit():
                for key in keys[begin : begin + _IN_A_UNIT]:
                    ledger.append(key, {"t": "measured/1", "z": deps.zone, "n": key})

    def sequence() -> None:
        while ledger.sequence_leaves(SEQUENCE_AT_ONCE, deps.clock.now()):
            pass

    filed, sequenced = seconds_of(file), seconds_of(sequence)
    chosen = random.Random(1).sample(keys, min(_PROOFS, count))  # noqa: S311  a sample, not a secret
    proofs = []
    made = [seconds_of(lambda key=key: proofs.append(ledger.find_proof(key))) for key in chosen]
    checked = seconds_of(lambda: [_check(proof) for proof in proofs])
    return {
        "leaves": count,
        "filed_per_s": count / filed,
        "sequenced_per_s": count / sequenced,
        "proof_p50_ms": milliseconds(made)["p50_ms"],
        "check_us": checked / len(proofs) * 1e6,
    }


def _check(proof: object) -> None:
    point = proof.checkpoint  # type: ignore[attr-defined]
    hash_ = leaf_hash(proof.leaf)  # type: ignore[attr-defined]
    if not verify_inclusion(hash_, proof.index, point.size, proof.proof, point.root):  # type: ignore[attr-defined]
        raise RuntimeError("a proof does not hold")
