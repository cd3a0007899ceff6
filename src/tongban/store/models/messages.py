"""Messages between zones: what waits to go out, what has come in, and the chain with each peer."""

from django.db import models
from django.db.models import Q


class OutgoingMessage(models.Model):
    """A message to another zone, kept in the transaction that caused it, until its receipt is here.

    ``body`` is what it says, ``sealed`` the signed bytes once made: every attempt sends the same.
    Both are locked with the node's key. ``next_at`` is when it is tried (again); empty when it was delivered
    or given up. An answer goes out with the response at once, and is due later if no receipt for it has come.
    ``number`` is the order in which they were queued, ``seq`` the place in the chain with that peer.
    """

    number = models.BigAutoField(primary_key=True)
    message_id = models.CharField(max_length=80, unique=True, db_collation="C")
    to_zone = models.CharField(max_length=40)
    type = models.CharField(max_length=40)
    case_id = models.CharField(max_length=40, db_collation="C")
    body = models.BinaryField()
    sealed = models.BinaryField(db_default=b"")
    seq = models.BigIntegerField(null=True)
    reported_version = models.IntegerField(db_default=0)
    queued_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(db_default=0)
    last_fault = models.CharField(max_length=200, db_default="")
    receipt = models.TextField(db_default="")
    delivered_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        """One sequence a peer; what is due is found by its hour."""

        constraints = [models.UniqueConstraint(fields=["to_zone", "seq"], name="outgoing_seq_once")]
        indexes = [
            models.Index(
                fields=["next_at", "number"], condition=Q(next_at__isnull=False), name="outgoing_due"
            ),
            models.Index(fields=["case_id", "number"], name="outgoing_of_case"),
            models.Index(fields=["queued_at", "case_id"], name="outgoing_by_time"),
            models.Index(fields=["number"], condition=Q(type="case.act"), name="outgoing_acts"),
        ]


class IncomingMessage(models.Model):
    """A peer's message that was opened and carried out, with its receipt: a repeat gets the same."""

    pk = models.CompositePrimaryKey("from_zone", "message_id")
    from_zone = models.CharField(max_length=40)
    message_id = models.CharField(max_length=80, db_collation="C")
    type = models.CharField(max_length=40)
    case_id = models.CharField(max_length=40, db_collation="C")
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    receipt = models.TextField()
    answer_id = models.CharField(max_length=80, default="")

    class Meta:
        """A case page asks which peers wrote about it."""

        indexes = [models.Index(fields=["case_id", "received_at"], name="incoming_of_case")]


class PeerChannel(models.Model):
    """The last message of one direction with one peer; whoever numbers the next one locks this row."""

    pk = models.CompositePrimaryKey("peer", "direction")
    peer = models.CharField(max_length=40)
    direction = models.CharField(max_length=3, choices=[("in", "in"), ("out", "out")])
    last_seq = models.BigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="")
