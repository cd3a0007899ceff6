"""The zone's log in PostgreSQL: leaves in the business transaction, places in the log by one sequencer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tongban.crypto.canonical import canonical
from tongban.domain.ledger.proof import consistency_proof, inclusion_proof
from tongban.domain.ledger.tree import Place, append, leaf_hash
from tongban.store.session import Session
from tongban.store.writes import LEAVES

SignCheckpoint = Callable[[int, bytes], str]
"""Makes the signed note of a checkpoint from size and 32-byte root."""

_SEQUENCER = 7_105_201
"""The advisory lock of the one sequencer; any number that nothing else in this database uses."""

_WAITING = "SELECT id, hash FROM store_ledgerleaf WHERE idx IS NULL ORDER BY id LIMIT %b"
_LAST = "SELECT size, root, note, at FROM store_checkpoint ORDER BY size DESC LIMIT 1"
_NODES = """
SELECT node.level, node.idx, node.hash FROM store_ledgernode AS node
JOIN unnest(%b::int2[], %b::int8[]) AS wanted(level, idx) USING (level, idx)
"""
_GROW = """
WITH nodes AS (
    INSERT INTO store_ledgernode (level, idx, hash) SELECT * FROM unnest(%b::int2[], %b::int8[], %b::bytea[])
), checkpoint AS (
    INSERT INTO store_checkpoint (size, root, note, at) VALUES (%b, %b, %b, %b)
)
UPDATE store_ledgerleaf AS leaf SET idx = given.idx
FROM unnest(%b::int8[], %b::int8[]) AS given(id, idx) WHERE leaf.id = given.id
"""


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """The log's size and root at an instant, and the signed note that says so."""

    size: int
    root: bytes
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LeafProof:
    """What proves that a leaf is in the log.

    Args:
        leaf: canonical bytes.
        index: place in the log; None while the leaf waits for one.
        proof: 32-byte hashes from the leaf's side up; empty while it waits, and in a log of one leaf.
        checkpoint: the newest one; None while there is none that covers the leaf.
    """

    leaf: bytes
    index: int | None
    proof: tuple[bytes, ...]
    checkpoint: SignedCheckpoint | None


class DjangoLedger:
    """The port ``Ledger``, the sequencer behind it, and the proofs read from it."""

    def __init__(self, session: Session, sign_checkpoint: SignCheckpoint | None = None) -> None:
        self._session, self._sign_checkpoint = session, sign_checkpoint

    def append(self, leaf_key: str, leaf: Mapping[str, object]) -> None:
        """File a leaf under a key, once: a second leaf under the same key is not kept."""
        if self._session.gathered(LEAVES, leaf_key):
            return
        data = canonical(leaf)
        self._session.put(LEAVES, leaf_key, (leaf_key, data, leaf_hash(data)))

    def sequence_leaves(self, limit: int, now: datetime) -> int:
        """Give waiting leaves their places in the log and sign the new checkpoint; return how many.

        One sequencer works at a time: a second one finds the lock taken and returns 0 at once. Killed
        anywhere, it leaves the log as it was.
        """
        sign = self._sign_checkpoint
        if sign is None:
            raise RuntimeError("this node was wired without the log's signer")
        with self._session.unit():
            if not self._session.write("SELECT pg_try_advisory_xact_lock(%b)", [_SEQUENCER])[0][0]:
                return 0
            waiting = self._session.read(_WAITING, [limit])
            if not waiting:
                return 0
            last = self.find_checkpoint()
            size = last.size if last else 0
            growth = append(size, self._read_nodes, [hash_ for _, hash_ in waiting])
            levels, indexes, hashes = (list(column) for column in zip(*growth.nodes, strict=True))
            note = sign(growth.size, growth.root)
            ids = [id_ for id_, _ in waiting]
            places = list(range(size, growth.size))
            self._session.write(
                _GROW, [levels, indexes, hashes, growth.size, growth.root, note, now, ids, places]
            )
            return len(waiting)

    def find_checkpoint(self) -> SignedCheckpoint | None:
        """Return the newest checkpoint, or None while the log is empty."""
        rows = self._session.read(_LAST)
        return SignedCheckpoint(*rows[0]) if rows else None

    def find_proof(self, leaf_key: str) -> LeafProof | None:
        """Return a leaf with its proof against the newest checkpoint, or None for an unknown key."""
        rows = self._session.read("SELECT data, idx FROM store_ledgerleaf WHERE key = %b", [leaf_key])
        if not rows:
            return None
        data, index = rows[0]
        checkpoint = self.find_checkpoint()
        if index is None or checkpoint is None:
            return LeafProof(data, None, (), None)
        return LeafProof(data, index, inclusion_proof(index, checkpoint.size, self._read_nodes), checkpoint)

    def read_consistency(self, old_size: int, new_size: int) -> tuple[bytes, ...]:
        """Prove that the log only grew; raises ValueError or LookupError for sizes it never had."""
        return consistency_proof(old_size, new_size, self._read_nodes)

    def read_leaves(self, start: int, limit: int) -> list[bytes]:
        """Return leaves in order of their place, for mirrors and auditors."""
        rows = self._session.read(
            "SELECT data FROM store_ledgerleaf WHERE idx >= %b ORDER BY idx LIMIT %b", [start, limit]
        )
        return [data for (data,) in rows]

    def _read_nodes(self, places: Sequence[Place]) -> Mapping[Place, bytes]:
        levels, indexes = [level for level, _ in places], [index for _, index in places]
        rows = self._session.read(_NODES, [levels, indexes])
        return {(level, index): hash_ for level, index, hash_ in rows}
