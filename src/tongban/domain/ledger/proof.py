"""That a leaf is in the tree, and that the tree only grew: proofs and their checks (RFC 6962, RFC 9162).

A proof is a list of 32-byte hashes, from the leaf's side up to the root's. Making one asks the store once;
checking one needs nothing but the proof.
"""

from collections.abc import Sequence
from itertools import chain

from tongban.domain.ledger.tree import Place, ReadNodes, fold_range, node_hash, nodes_of_range

HASH_BYTES = 32
MAX_PROOF_HASHES = 64
"""More than a tree of 2**63 leaves can need; a longer list is not looked at."""

_Range = tuple[int, int]


def nodes_for_inclusion(index: int, size: int) -> list[Place]:
    """The nodes that an inclusion proof is folded from, so that one query can fetch them all.

    Raises:
        ValueError: no such leaf in a tree of that size.
    """
    return _places(_inclusion_ranges(index, size))


def inclusion_proof(index: int, size: int, read_nodes: ReadNodes) -> tuple[bytes, ...]:
    """Prove that leaf ``index`` is in the tree of ``size`` leaves (RFC 6962 2.1.1).

    Raises:
        ValueError: no such leaf in a tree of that size.
        LookupError: the store lacks a node.
    """
    return _fold_ranges(_inclusion_ranges(index, size), read_nodes)


def nodes_for_consistency(old_size: int, new_size: int) -> list[Place]:
    """The nodes that a consistency proof is folded from.

    Raises:
        ValueError: the old tree is larger than the new one.
    """
    return _places(_consistency_ranges(old_size, new_size))


def consistency_proof(old_size: int, new_size: int, read_nodes: ReadNodes) -> tuple[bytes, ...]:
    """Prove that the tree of ``old_size`` leaves is the beginning of that of ``new_size`` (RFC 6962 2.1.2).

    Nothing needs to be proved of an empty old tree, nor of two of the same size: the proof is empty.

    Raises:
        ValueError: the old tree is larger than the new one.
        LookupError: the store lacks a node.
    """
    return _fold_ranges(_consistency_ranges(old_size, new_size), read_nodes)


def verify_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether ``proof`` leads from the leaf to the root (RFC 9162 2.1.3.2).

    Args:
        leaf_hash: 32 bytes, ``tree.leaf_hash`` of the entry.
        index: of the leaf, from 0.
        size: number of leaves under ``root``.
        proof: hashes from the leaf's sibling upwards.
        root: 32 bytes.
    """
    if not 0 <= index < size or not _are_hashes(proof, leaf_hash, root):
        return False
    position, last, folded = index, size - 1, leaf_hash
    for each in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            folded = node_hash(each, folded)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            folded = node_hash(folded, each)
        position, last = position >> 1, last >> 1
    return last == 0 and folded == root


def verify_consistency(
    old_size: int, new_size: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Whether the old tree is the beginning of the new one (RFC 9162 2.1.4.2).

    Two roots of one size that differ are a fork, and so is a proof that fails: keep both signed checkpoints.
    An empty old tree begins every tree, so only its proof must be empty; its root is not looked at.
    """
    if not 0 <= old_size <= new_size or not _are_hashes(proof, old_root, new_root):
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof
    path = list(proof)
    if old_size & (old_size - 1) == 0:  # a complete old tree is itself the first hash
        path.insert(0, old_root)
    if not path:
        return False
    position, last = old_size - 1, new_size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old_folded = new_folded = path[0]
    for each in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            old_folded, new_folded = node_hash(each, old_folded), node_hash(each, new_folded)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            new_folded = node_hash(new_folded, each)
        position, last = position >> 1, last >> 1
    return last == 0 and old_folded == old_root and new_folded == new_root


def _inclusion_ranges(index: int, size: int) -> list[_Range]:
    """The leaves under each hash of the proof, from the leaf's sibling upwards."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    ranges: list[_Range] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            ranges.append((middle, high))
            high = middle
        else:
            ranges.append((low, middle))
            low = middle
    return ranges[::-1]


def _consistency_ranges(old_size: int, new_size: int) -> list[_Range]:
    if not 0 <= old_size <= new_size:
        raise ValueError(f"a tree of {old_size} leaves is not the beginning of one of {new_size}")
    if old_size in (0, new_size):
        return []
    ranges: list[_Range] = []
    low, high = 0, new_size
    while old_size != high:
        middle = low + _split(high - low)
        if old_size <= middle:
            ranges.append((middle, high))
            high = middle
        else:
            ranges.append((low, middle))
            low = middle
    if low:  # the checker cannot fold this one from the old root
        ranges.append((low, high))
    return ranges[::-1]


def _split(width: int) -> int:
    """The largest power of two below ``width`` (which is at least 2)."""
    return 1 << ((width - 1).bit_length() - 1)


def _places(ranges: Sequence[_Range]) -> list[Place]:
    return list(chain.from_iterable(nodes_of_range(*each) for each in ranges))


def _fold_ranges(ranges: Sequence[_Range], read_nodes: ReadNodes) -> tuple[bytes, ...]:
    if not ranges:
        return ()
    hashes = read_nodes(_places(ranges))
    return tuple(fold_range(nodes_of_range(*each), hashes) for each in ranges)


def _are_hashes(proof: Sequence[bytes], *others: bytes) -> bool:
    return len(proof) <= MAX_PROOF_HASHES and all(len(each) == HASH_BYTES for each in chain(proof, others))
