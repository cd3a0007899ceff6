"""The log: places are given in order, every leaf can be proved, and the log only grows."""

import pytest

from tests.ports.histories import NOON
from tests.store.conftest import note_for_tests
from tongban.crypto.canonical import canonical
from tongban.domain.ledger.proof import verify_consistency, verify_inclusion
from tongban.domain.ledger.tree import leaf_hash
from tongban.store.ledger import DjangoLedger
from tongban.store.store import Store


def file_leaves(store: Store, first: int, last: int) -> None:
    with store.unit():
        for number in range(first, last):
            store.ledger.append(f"leaf-{number}", {"n": number})


def test_an_empty_log_has_no_checkpoint_and_nothing_to_sequence(store: Store) -> None:
    assert store.ledger.sequence_leaves(10, NOON) == 0
    assert store.ledger.find_checkpoint() is None
    assert store.ledger.find_proof("nothing") is None


def test_a_leaf_that_waits_is_told_as_waiting(store: Store) -> None:
    file_leaves(store, 0, 1)
    proved = store.ledger.find_proof("leaf-0")
    assert (proved.leaf, proved.index, proved.proof, proved.checkpoint) == (
        canonical({"n": 0}),
        None,
        (),
        None,
    )


def test_every_leaf_is_proved_against_the_newest_checkpoint(store: Store) -> None:
    for first, last in ((0, 1), (1, 6), (6, 7), (7, 21)):
        file_leaves(store, first, last)
        assert store.ledger.sequence_leaves(100, NOON) == last - first
        checkpoint = store.ledger.find_checkpoint()
        assert (checkpoint.size, checkpoint.at) == (last, NOON)
        assert checkpoint.note == note_for_tests(last, checkpoint.root)
        for number in range(last):
            proved = store.ledger.find_proof(f"leaf-{number}")
            assert proved.index == number
            assert verify_inclusion(leaf_hash(proved.leaf), number, last, proved.proof, checkpoint.root)


def test_the_log_only_grows_and_proves_it(store: Store) -> None:
    roots = {}
    for first, size in ((0, 3), (3, 8), (8, 13)):
        file_leaves(store, first, size)
        store.ledger.sequence_leaves(100, NOON)
        roots[size] = store.ledger.find_checkpoint().root
    for old in roots:
        for new in (size for size in roots if size >= old):
            proof = store.ledger.read_consistency(old, new)
            assert verify_consistency(old, new, proof, roots[old], roots[new])
    with pytest.raises(LookupError):
        store.ledger.read_consistency(13, 99)


def test_leaves_are_taken_in_the_order_in_which_they_were_filed_a_batch_at_a_time(store: Store) -> None:
    file_leaves(store, 0, 10)
    assert [store.ledger.sequence_leaves(4, NOON) for _ in range(4)] == [4, 4, 2, 0]
    assert store.ledger.read_leaves(0, 100) == [canonical({"n": number}) for number in range(10)]
    assert store.ledger.read_leaves(8, 100) == [canonical({"n": 8}), canonical({"n": 9})]


def test_a_signer_that_fails_leaves_the_log_as_it_was(store: Store) -> None:
    def fail(size: int, root: bytes) -> str:
        raise OSError("the key is away")

    file_leaves(store, 0, 3)
    with pytest.raises(OSError, match="away"):
        DjangoLedger(store.session, fail).sequence_leaves(10, NOON)
    assert store.ledger.find_checkpoint() is None
    assert store.ledger.sequence_leaves(10, NOON) == 3


def test_a_node_without_the_logs_key_cannot_sequence(store: Store) -> None:
    with pytest.raises(RuntimeError, match="signer"):
        DjangoLedger(store.session).sequence_leaves(10, NOON)
