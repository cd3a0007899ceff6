"""The proofs against the definitions of RFC 6962, written down a second time and without cleverness."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongban.crypto.digest import digest
from tongban.domain.ledger.proof import (
    consistency_proof,
    inclusion_proof,
    nodes_for_consistency,
    nodes_for_inclusion,
    verify_consistency,
    verify_inclusion,
)
from tongban.domain.ledger.tree import Place, append, leaf_hash, root_at

EXHAUSTIVE_TO = 64
RANDOM_TO = 5000


class Nodes:
    """Stored nodes of one tree, counting how often they are asked for."""

    def __init__(self) -> None:
        self.held: dict[Place, bytes] = {}
        self.questions = 0

    def __call__(self, places: Sequence[Place]) -> Mapping[Place, bytes]:
        self.questions += 1
        return {place: self.held[place] for place in places}


def a_tree(leaves: Sequence[bytes], first_batch: int = 0) -> Nodes:
    nodes, size = Nodes(), 0
    for batch in (leaves[:first_batch], leaves[first_batch:]):
        growth = append(size, nodes, batch)
        nodes.held.update({(level, index): each for level, index, each in growth.nodes})
        size = growth.size
    return nodes


def plain_root(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962 2.1, over leaf hashes."""
    if not leaves:
        return digest(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return digest(b"\x01" + plain_root(leaves[:k]) + plain_root(leaves[k:]))


def plain_path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH of RFC 6962 2.1.1."""
    if len(leaves) == 1:
        return []
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    if index < k:
        return [*plain_path(index, leaves[:k]), plain_root(leaves[k:])]
    return [*plain_path(index - k, leaves[k:]), plain_root(leaves[:k])]


def plain_subproof(old: int, leaves: Sequence[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962 2.1.2."""
    if old == len(leaves):
        return [] if whole else [plain_root(leaves)]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    if old <= k:
        return [*plain_subproof(old, leaves[:k], whole), plain_root(leaves[k:])]
    return [*plain_subproof(old - k, leaves[k:], False), plain_root(leaves[:k])]


LEAVES = [leaf_hash(b"entry %d" % i) for i in range(RANDOM_TO)]
WHOLE = a_tree(LEAVES)
ROOTS = [plain_root(LEAVES[:size]) for size in range(EXHAUSTIVE_TO + 1)]


def flipped(value: bytes, bit: int) -> bytes:
    at = bit % (8 * len(value))
    return bytes(b ^ (1 << at % 8) if i == at // 8 else b for i, b in enumerate(value))


@pytest.mark.parametrize("size", range(1, EXHAUSTIVE_TO + 1))
def test_every_leaf_of_every_small_tree_has_the_proof_of_rfc_6962(size: int) -> None:
    for index in range(size):
        proof = inclusion_proof(index, size, WHOLE)
        assert list(proof) == plain_path(index, LEAVES[:size])
        assert verify_inclusion(LEAVES[index], index, size, proof, ROOTS[size])


@pytest.mark.parametrize("new", range(1, EXHAUSTIVE_TO + 1))
def test_every_small_tree_begins_every_later_one_by_the_proof_of_rfc_6962(new: int) -> None:
    for old in range(1, new + 1):
        proof = consistency_proof(old, new, WHOLE)
        assert list(proof) == plain_subproof(old, LEAVES[:new], True)
        assert verify_consistency(old, new, proof, ROOTS[old], ROOTS[new])


def test_no_leaf_of_a_small_tree_passes_for_another() -> None:
    for size in range(1, 33):
        for index in range(size):
            proof = inclusion_proof(index, size, WHOLE)
            for other in range(size):
                claimed = verify_inclusion(LEAVES[index], other, size, proof, ROOTS[size])
                assert claimed == (other == index)


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_inclusion_holds_in_trees_of_any_size(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, RANDOM_TO))
    index = data.draw(st.integers(0, size - 1))
    proof, root = inclusion_proof(index, size, WHOLE), root_at(size, WHOLE)
    assert verify_inclusion(LEAVES[index], index, size, proof, root)


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_consistency_holds_between_trees_of_any_size(data: st.DataObject) -> None:
    new = data.draw(st.integers(1, RANDOM_TO))
    old = data.draw(st.integers(0, new))
    proof = consistency_proof(old, new, WHOLE)
    assert verify_consistency(old, new, proof, root_at(old, WHOLE), root_at(new, WHOLE))


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_one_changed_bit_anywhere_breaks_an_inclusion_proof(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, RANDOM_TO))
    index = data.draw(st.integers(0, size - 1))
    proof, root = list(inclusion_proof(index, size, WHOLE)), root_at(size, WHOLE)
    leaf, bit = LEAVES[index], data.draw(st.integers(0, 255))
    which = data.draw(st.integers(0, len(proof) - 1))
    changed = [flipped(each, bit) if i == which else each for i, each in enumerate(proof)]
    assert not verify_inclusion(leaf, index, size, changed, root)
    assert not verify_inclusion(flipped(leaf, bit), index, size, proof, root)
    assert not verify_inclusion(leaf, index, size, proof, flipped(root, bit))


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_one_changed_bit_anywhere_breaks_a_consistency_proof(data: st.DataObject) -> None:
    new = data.draw(st.integers(2, RANDOM_TO))
    old = data.draw(st.integers(1, new - 1))
    proof = list(consistency_proof(old, new, WHOLE))
    old_root, new_root = root_at(old, WHOLE), root_at(new, WHOLE)
    bit, which = data.draw(st.integers(0, 255)), data.draw(st.integers(0, len(proof) - 1))
    changed = [flipped(each, bit) if i == which else each for i, each in enumerate(proof)]
    assert not verify_consistency(old, new, changed, old_root, new_root)
    assert not verify_consistency(old, new, proof, flipped(old_root, bit), new_root)
    assert not verify_consistency(old, new, proof, old_root, flipped(new_root, bit))


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_longer_or_shorter_proof_is_no_proof(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, RANDOM_TO))
    index = data.draw(st.integers(0, size - 1))
    proof, root = inclusion_proof(index, size, WHOLE), root_at(size, WHOLE)
    extra = data.draw(st.binary(min_size=32, max_size=32))
    for wrong in (proof[1:], proof[:-1], (extra, *proof), (*proof, extra), (*proof, root)):
        assert not verify_inclusion(LEAVES[index], index, size, wrong, root)


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_log_that_rewrote_its_past_is_found_out(data: st.DataObject) -> None:
    new = data.draw(st.integers(2, 300))
    old = data.draw(st.integers(1, new - 1))
    rewritten = data.draw(st.integers(0, old - 1))
    leaves = [*LEAVES[:rewritten], leaf_hash(b"another story"), *LEAVES[rewritten + 1 : new]]
    fork = a_tree(leaves)
    seen_before = root_at(old, WHOLE)
    proof = consistency_proof(old, new, fork)
    assert not verify_consistency(old, new, proof, seen_before, root_at(new, fork))
    assert not verify_consistency(new, new, (), root_at(new, WHOLE), root_at(new, fork))


@given(size=st.integers(0, 200), first_batch=st.integers(0, 200))
@settings(max_examples=100, deadline=None)
def test_leaves_in_two_batches_make_the_tree_of_one_batch(size: int, first_batch: int) -> None:
    leaves = LEAVES[:size]
    assert a_tree(leaves, first_batch).held == a_tree(leaves).held


def test_a_proof_asks_the_store_once_and_only_for_what_it_named() -> None:
    for ask, named in (
        (lambda nodes: inclusion_proof(700, 3001, nodes), nodes_for_inclusion(700, 3001)),
        (lambda nodes: consistency_proof(700, 3001, nodes), nodes_for_consistency(700, 3001)),
    ):
        nodes = Nodes()
        nodes.held = {place: WHOLE.held[place] for place in named}
        ask(nodes)
        assert nodes.questions == 1


def test_sizes_that_make_no_sense_prove_nothing() -> None:
    root = root_at(5, WHOLE)
    proof = inclusion_proof(4, 5, WHOLE)
    assert not verify_inclusion(LEAVES[4], -1, 5, proof, root)
    assert not verify_inclusion(LEAVES[4], 5, 5, proof, root)
    assert not verify_inclusion(LEAVES[4], 0, 0, (), root)
    assert not verify_consistency(6, 5, (), root, root)
    assert not verify_consistency(-1, 5, (), root, root)
    with pytest.raises(ValueError, match="no leaf 5 in a tree of 5"):
        inclusion_proof(5, 5, WHOLE)
    with pytest.raises(ValueError, match="not the beginning"):
        consistency_proof(6, 5, WHOLE)


def test_a_proof_does_not_hold_for_a_tree_twice_as_high() -> None:
    root = root_at(8, WHOLE)
    assert verify_consistency(1, 8, consistency_proof(1, 8, WHOLE), LEAVES[0], root)
    assert not verify_consistency(1, 16, consistency_proof(1, 8, WHOLE), LEAVES[0], root)
    assert not verify_inclusion(LEAVES[0], 0, 16, inclusion_proof(0, 8, WHOLE), root)


def test_hashes_of_another_length_and_endless_proofs_are_not_looked_at() -> None:
    root = root_at(2, WHOLE)
    (sibling,) = inclusion_proof(0, 2, WHOLE)
    assert verify_inclusion(LEAVES[0], 0, 2, (sibling,), root)
    assert not verify_inclusion(LEAVES[0], 0, 2, (sibling[:-1],), root)
    assert not verify_inclusion(LEAVES[0], 0, 2, (sibling,) * 65, root)
    assert not verify_consistency(1, 2, (sibling,) * 65, LEAVES[0], root)


def test_an_empty_tree_begins_every_tree_without_proof() -> None:
    root = root_at(9, WHOLE)
    assert consistency_proof(0, 9, WHOLE) == ()
    assert verify_consistency(0, 9, (), digest(b""), root)
    assert not verify_consistency(0, 9, (root,), digest(b""), root)
