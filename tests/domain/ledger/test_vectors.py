"""The proofs of transparency-dev/merkle: what it accepts we accept, what it refuses we refuse."""

import base64
import json
from pathlib import Path

import pytest

from tongban.domain.ledger.proof import verify_consistency, verify_inclusion

CASES = json.loads(
    (Path(__file__).parents[2] / "vectors/ledger/merkle-proofs.json").read_text(encoding="utf-8")
)


def hashes(encoded: list[str] | None) -> list[bytes]:
    return [base64.b64decode(each) for each in encoded or []]


@pytest.mark.parametrize("case", CASES["inclusion"], ids=lambda case: case["file"])
def test_inclusion_is_judged_as_there(case: dict) -> None:
    leaf, root = hashes([case["leafHash"], case["root"]])
    held = verify_inclusion(leaf, case["leafIdx"], case["treeSize"], hashes(case["proof"]), root)
    assert held is not case["wantErr"]


@pytest.mark.parametrize("case", CASES["consistency"], ids=lambda case: case["file"])
def test_consistency_is_judged_as_there(case: dict) -> None:
    old, new = hashes([case["root1"], case["root2"]])
    held = verify_consistency(case["size1"], case["size2"], hashes(case["proof"]), old, new)
    assert held is not case["wantErr"]
