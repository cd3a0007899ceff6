"""The ledger's arithmetic: an append-only Merkle tree, its proofs, and its signed checkpoints."""
