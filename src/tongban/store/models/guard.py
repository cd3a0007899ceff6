"""The guard rails: rule tables that were used, acts on the machine, later checks, replays, the watch."""

from django.db import models
from django.db.models import Q


class RuleTable(models.Model):
    """A rule table that decided something, by the hex SHA-256 of its canonical plain form. Append-only.

    ``pack_version`` is that of the pack with which it was used first; nought where that was not recorded yet.
    """

    hash = models.CharField(primary_key=True, max_length=64, db_collation="C")
    item_id = models.CharField(max_length=80)
    version = models.IntegerField()
    plain = models.TextField()
    pack_version = models.IntegerField(db_default=0)


class RailAct(models.Model):
    """Somebody stopped the machine on an item, lifted that, or set a sampling rate. Append-only.

    The newest ``id`` is the revision of all rails: a decision is only kept if it saw the newest.
    """

    id = models.BigAutoField(primary_key=True)
    item_id = models.CharField(max_length=80)
    kind = models.CharField(max_length=8)
    sample_ppm = models.IntegerField(null=True)
    reasons_zh = models.TextField()
    reasons_en = models.TextField()
    actor_kind = models.CharField(max_length=16)
    actor_id = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        """An item's acts, newest first."""

        indexes = [models.Index(fields=["item_id", "-id"], name="rail_acts_of_item")]


class LaterCheck(models.Model):
    """A grant by rules that chance chose, and an officer's verdict on it. Earlier ones are in the ledger."""

    case_id = models.CharField(primary_key=True, max_length=40, db_collation="C")
    item_id = models.CharField(max_length=80)
    rules_hash = models.CharField(max_length=64)
    chosen_at = models.DateTimeField()
    verdict = models.CharField(max_length=8, db_default="")
    reasons_zh = models.TextField(db_default="")
    reasons_en = models.TextField(db_default="")
    actor_kind = models.CharField(max_length=16, db_default="")
    actor_id = models.CharField(max_length=80, db_default="")
    actor_name = models.CharField(max_length=120, db_default="")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        """Officers ask for what waits, stewards for the counts of an item."""

        indexes = [
            models.Index(fields=["chosen_at", "case_id"], condition=Q(verdict=""), name="check_waiting"),
            models.Index(fields=["item_id", "verdict"], name="check_of_item"),
        ]


class MachineOpinion(models.Model):
    """What whoever decided a case here said of the machine's findings. Made anew from the histories."""

    case_id = models.CharField(primary_key=True, max_length=40, db_collation="C")
    item_id = models.CharField(max_length=80)
    granted = models.BooleanField()
    agrees = models.BooleanField()
    differs_zh = models.TextField(db_default="")
    differs_en = models.TextField(db_default="")
    actor_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        """Counts of an item, and its differences, newest first."""

        indexes = [
            models.Index(fields=["item_id", "agrees"], name="opinions_of_item"),
            models.Index(fields=["item_id", "-at"], condition=Q(agrees=False), name="opinions_differing"),
        ]


class ReplayRun(models.Model):
    """One pass over past decisions. ``after`` is the last case done; a worker goes on from there.

    ``reason`` is ``nightly`` or ``asked``; ``build`` names the code it ran on.
    """

    id = models.BigAutoField(primary_key=True)
    reason = models.CharField(max_length=16)
    build = models.CharField(max_length=80)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    after = models.CharField(max_length=40, db_default="", db_collation="C")
    checked = models.IntegerField(db_default=0)
    drifted = models.IntegerField(db_default=0)
    unreadable = models.IntegerField(db_default=0)


class ReplayDrift(models.Model):
    """A past decision that came out otherwise."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(ReplayRun, on_delete=models.CASCADE, related_name="drifts")
    case_id = models.CharField(max_length=40, db_collation="C")
    kind = models.CharField(max_length=16)
    says_zh = models.TextField()
    says_en = models.TextField()


class WatchCursor(models.Model):
    """How far the watch over new decisions has come; one row."""

    id = models.SmallIntegerField(primary_key=True)
    at = models.DateTimeField()
    case_id = models.CharField(max_length=40, db_collation="C")


class WatchBlock(models.Model):
    """Decisions of one rules version counted together; closed when it is full.

    ``counts`` is feature to value to number (``domain.guard.tally``): no names, no numbers of anybody.
    """

    id = models.BigAutoField(primary_key=True)
    item_id = models.CharField(max_length=80)
    rules_hash = models.CharField(max_length=64)
    number = models.IntegerField()
    cases = models.IntegerField()
    counts = models.TextField()
    began_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """A block has one number within its rules version."""

        constraints = [
            models.UniqueConstraint(fields=["item_id", "rules_hash", "number"], name="watch_block_once")
        ]


class DriftAlarm(models.Model):
    """A block differs from the reference by more than chance explains."""

    id = models.BigAutoField(primary_key=True)
    item_id = models.CharField(max_length=80)
    rules_hash = models.CharField(max_length=64)
    block = models.IntegerField()
    feature = models.CharField(max_length=120)
    value = models.CharField(max_length=120)
    before_hits = models.IntegerField()
    before_cases = models.IntegerField()
    now_hits = models.IntegerField()
    now_cases = models.IntegerField()
    chance_ppb = models.BigIntegerField()
    at = models.DateTimeField()
    seen_by = models.CharField(max_length=120, db_default="")
    seen_at = models.DateTimeField(null=True)
    seen_zh = models.TextField(db_default="")
    seen_en = models.TextField(db_default="")

    class Meta:
        """An item's alarms, newest first."""

        indexes = [models.Index(fields=["item_id", "-id"], name="alarms_of_item")]


class Proposal(models.Model):
    """A rules version that somebody proposes; never live. In shadow it is evaluated beside."""

    id = models.BigAutoField(primary_key=True)
    item_id = models.CharField(max_length=80)
    says = models.TextField()
    text = models.TextField()
    plain = models.TextField()
    hash = models.CharField(max_length=64)
    actor_id = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    state = models.CharField(max_length=12)
    compared = models.IntegerField(db_default=0)
    differing = models.IntegerField(db_default=0)

    class Meta:
        """An item's proposals, newest first."""

        indexes = [models.Index(fields=["item_id", "-id"], name="proposals_of_item")]


class ShadowDifference(models.Model):
    """A case that would have come out otherwise under a proposal in shadow."""

    id = models.BigAutoField(primary_key=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="differences")
    case_id = models.CharField(max_length=40, db_collation="C")
    then = models.CharField(max_length=8)
    now = models.CharField(max_length=8)
    says_zh = models.TextField()
    says_en = models.TextField()
    at = models.DateTimeField()
