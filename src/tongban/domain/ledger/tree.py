"""Leaf and root hashes of an append-only tree, over nodes that somebody else stores (RFC 6962 2.1).

Only complete subtrees are stored, as they never change again: node ``(level, index)`` is the hash over the
``2**level`` leaves from leaf ``index * 2**level`` on. Level 0 holds the leaf hashes. Every other hash is
folded from these when it is asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tongban.crypto.digest import digest

Place = tuple[int, int]
"""Where a node stands: level (0 = leaves), index from the left (0 = first)."""

ReadNodes = Callable[[Sequence[Place]], Mapping[Place, bytes]]
"""Gives the 32-byte hashes at those places; called once per question, so that it may be one query."""

EMPTY_ROOT = digest(b"")
"""The root of a tree without leaves."""


@dataclass(frozen=True, slots=True)
class Growth:
    """What an append adds.

    Args:
        size: number of leaves afterwards.
        root: 32 bytes, the root of that size.
        nodes: ``(level, index, hash)`` of every subtree that became complete, leaves first; to be stored.
    """

    size: int
    root: bytes
    nodes: tuple[tuple[int, int, bytes], ...]


def leaf_hash(entry: bytes) -> bytes:
    """32 bytes. The 0x00 prefix keeps a leaf from passing for a node (RFC 6962 2.1)."""
    return digest(b"\x00" + entry)


def node_hash(left: bytes, right: bytes) -> bytes:
    """32 bytes over two child hashes, prefix 0x01 (RFC 6962 2.1)."""
    return digest(b"\x01" + left + right)


def nodes_of_range(start: int, end: int) -> list[Place]:
    """The complete subtrees that make up leaves ``start`` to ``end`` (exclusive), from the left.

    Args:
        start: a multiple of the smallest power of two that is not below ``end - start``, as every
            range in a proof is; 0 for a whole tree.
        end: not below ``start``.
    """
    places = []
    while start < end:
        level = (end - start).bit_length() - 1
        places.append((level, start >> level))
        start += 1 << level
    return places


def nodes_for_root(size: int) -> list[Place]:
    """The nodes from which the root of that size is folded, and to which an append needs to add."""
    return nodes_of_range(0, size)


def fold_range(places: Sequence[Place], hashes: Mapping[Place, bytes]) -> bytes:
    """The hash over the subtrees of one range, folded from the right.

    Raises:
        LookupError: a node is not in ``hashes`` (the store lost it, or was asked for too little).
    """
    folded = hashes[places[-1]]
    for place in reversed(places[:-1]):
        folded = node_hash(hashes[place], folded)
    return folded


def root_at(size: int, read_nodes: ReadNodes) -> bytes:
    """The 32-byte root over the first ``size`` leaves.

    Raises:
        LookupError: the store does not hold so many leaves.
    """
    places = nodes_for_root(size)
    return fold_range(places, read_nodes(places)) if places else EMPTY_ROOT


def append(size: int, read_nodes: ReadNodes, leaf_hashes: Sequence[bytes]) -> Growth:
    """Append leaves to a tree of ``size`` leaves.

    Args:
        size: number of leaves before.
        read_nodes: asked once, for ``nodes_for_root(size)``.
        leaf_hashes: 32 bytes each, in order; may be empty.

    Returns:
        The new nodes and the new root; nothing that was stored before changes.
    """
    places = nodes_for_root(size)
    known = dict(read_nodes(places)) if places else {}
    added: list[tuple[int, int, bytes]] = []
    new_size = size + len(leaf_hashes)
    level, first, row = 0, size, list(leaf_hashes)
    while row:
        added.extend((level, first + offset, each) for offset, each in enumerate(row))
        if (new_size >> level) % 2:  # the last of an odd row has no sibling yet: it is a peak
            known[(level, (new_size >> level) - 1)] = row[-1]
        if first % 2:  # the first of the row completes a pair with a stored peak
            row.insert(0, known[(level, first - 1)])
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)]
        first, level = first // 2, level + 1
    peaks = nodes_for_root(new_size)
    return Growth(new_size, fold_range(peaks, known) if peaks else EMPTY_ROOT, tuple(added))
