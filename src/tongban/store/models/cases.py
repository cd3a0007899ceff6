"""Cases: what happened (append-only), the key that opens it, and an index that can be made again."""

from datetime import date

from django.db import models
from django.db.models import Q

UNDECIDED_STAGES = ("received", "correcting", "accepted", "published", "assessed", "elsewhere")
"""The stages in which somebody still has a case to work on."""


class CaseEvent(models.Model):
    """One event of one case. The database itself refuses to change or delete a row (migration 0002).

    ``data`` holds the actor and the event, locked with the case's own key; without ``CaseKey`` nobody reads
    it. ``actor`` is the kind of actor only, ``name`` the kind of event.
    """

    pk = models.CompositePrimaryKey("case_id", "version")
    case_id = models.CharField(max_length=40, db_collation="C")
    version = models.IntegerField()
    at = models.DateTimeField()
    zone = models.CharField(max_length=40)
    actor = models.CharField(max_length=16)
    name = models.CharField(max_length=40)
    data = models.BinaryField()

    class Meta:
        """A replay walks the decisions case by case; the watch and supervision walk theirs as they came."""

        indexes = [
            models.Index(fields=["zone", "case_id"], condition=Q(name="Assessed"), name="decision_of_case"),
            models.Index(
                fields=["zone", "at", "case_id"], condition=Q(name="Assessed"), name="decision_by_time"
            ),
            models.Index(
                fields=["zone", "at", "case_id"],
                condition=Q(name="CorrectionRequested"),
                name="correction_by_time",
            ),
            models.Index(fields=["zone", "at", "case_id"], condition=Q(name="Granted"), name="grant_by_time"),
        ]


class CaseKey(models.Model):
    """The key of one case, itself locked with the node's key. Destroying the row erases the case."""

    case_id = models.CharField(primary_key=True, max_length=40, db_collation="C")
    locked = models.BinaryField()


class CaseIndex(models.Model):
    """Where a case stands, for lists. Nothing here is the truth: ``store.rebuild`` makes it from the events.

    ``waits_for`` is one of ``domain.case.waiting``; ``sort_on`` is the due date, or the day of receipt while
    no clock runs, so that nothing undated sinks to the bottom of a worklist. ``papers_version`` is the last
    event whose written documents are there. ``wakes_on`` is the day on which time itself acts,
    ``check_due_on`` that by which an officer looks at what was promised. ``stopped_on`` is the day from which
    the clock stands still, ``pauses`` are the days that it has left out, as ``case_index`` writes them.
    ``officer`` and ``team`` are the last row of ``CaseAssignment``, and no part of the history.
    ``warn_on`` is the first day on which its lamp is no longer green, at the end of time for one that does
    not turn by itself. A concluded case has a ``due_on`` while its licence is still to be served.
    ``wish`` is how a paper copy is to be received (``domain.delivery``), empty where none is.
    ``closed_on`` is the day of the last event of a case in which nothing is left to do but to seal its file.
    """

    case_id = models.CharField(primary_key=True, max_length=40, db_collation="C")
    item_id = models.CharField(max_length=80)
    stage = models.CharField(max_length=16)
    deciding_zone = models.CharField(max_length=40)
    receiving_zone = models.CharField(max_length=40)
    applicant_kind = models.CharField(max_length=16)
    applicant_id = models.CharField(max_length=40)
    applicant_name = models.CharField(max_length=200)
    agent_id = models.CharField(max_length=40, default="")
    taken_in_by = models.CharField(max_length=80, default="")
    channel = models.CharField(max_length=16)
    received_at = models.DateTimeField()
    accepted_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    sort_on = models.DateField()
    decided_on = models.DateField(null=True)
    needs_person = models.BooleanField(default=False)
    waits_for = models.CharField(max_length=16)
    wakes_on = models.DateField(null=True)
    check_due_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    credential_id = models.CharField(max_length=80, default="")
    version = models.IntegerField()
    updated_at = models.DateTimeField()
    papers_version = models.IntegerField(db_default=0)
    stopped_on = models.DateField(null=True)
    pauses = models.TextField(db_default="")
    is_extended = models.BooleanField(db_default=False)
    warn_on = models.DateField(db_default=date.max)
    wish = models.CharField(max_length=16, db_default="")
    officer = models.CharField(max_length=80, db_default="")
    team = models.CharField(max_length=40, db_default="")

    class Meta:
        """Each list has the index that matches its order; a list is one predicate and a keyset."""

        indexes = [
            models.Index(
                fields=["deciding_zone", "sort_on", "case_id"],
                condition=Q(waits_for="person"),
                name="case_worklist",
            ),
            models.Index(
                fields=["deciding_zone", "warn_on", "case_id"],
                condition=Q(waits_for="person"),
                name="case_still_green",
            ),
            models.Index(
                fields=["officer", "deciding_zone", "sort_on", "case_id"],
                condition=Q(waits_for="person"),
                name="case_of_officer",
            ),
            models.Index(
                fields=["officer", "case_id"],
                condition=Q(stage__in=UNDECIDED_STAGES) & ~Q(officer=""),
                name="case_load",
            ),
            models.Index(
                fields=["deciding_zone", "team", "sort_on", "case_id"],
                condition=Q(waits_for="person"),
                name="case_of_team",
            ),
            models.Index(
                fields=["deciding_zone", "item_id", "sort_on", "case_id"],
                condition=Q(waits_for="person"),
                name="case_of_item",
            ),
            models.Index(
                fields=["deciding_zone", "receiving_zone", "sort_on", "case_id"],
                condition=Q(waits_for="person"),
                name="case_from_zone",
            ),
            models.Index(
                fields=["deciding_zone", "received_at", "case_id"],
                condition=Q(waits_for="machine"),
                name="case_waits_for_machine",
            ),
            models.Index(
                fields=["deciding_zone", "received_at", "case_id"],
                condition=Q(stage="received"),
                name="case_unanswered",
            ),
            models.Index(
                fields=["deciding_zone", "wakes_on", "case_id"],
                condition=Q(wakes_on__isnull=False),
                name="case_wakes",
            ),
            models.Index(
                fields=["deciding_zone", "check_due_on", "case_id"],
                condition=Q(check_due_on__isnull=False),
                name="case_to_check",
            ),
            models.Index(
                fields=["deciding_zone", "closed_on", "case_id"],
                condition=Q(closed_on__isnull=False),
                name="case_to_archive",
            ),
            models.Index(
                fields=["deciding_zone", "due_on", "case_id"],
                condition=Q(stage="concluded", due_on__isnull=False),
                name="case_to_deliver",
            ),
            models.Index(
                fields=["deciding_zone", "received_at", "case_id"],
                condition=Q(waits_for="authority"),
                name="case_with_authority",
            ),
            models.Index(
                fields=["deciding_zone", "item_id", "-decided_on", "-case_id"],
                condition=Q(decided_on__isnull=False, needs_person=True),
                name="case_decided_by_person",
            ),
            models.Index(fields=["applicant_id", "-received_at", "-case_id"], name="case_of_applicant"),
            models.Index(
                fields=["receiving_zone", "-received_at", "-case_id"],
                condition=~Q(credential_id="") & ~Q(taken_in_by=""),
                name="case_to_collect",
            ),
            models.Index(
                fields=["agent_id", "-received_at", "-case_id"],
                condition=~Q(agent_id=""),
                name="case_of_agent",
            ),
            models.Index(
                fields=["taken_in_by", "-received_at", "-case_id"],
                condition=~Q(taken_in_by=""),
                name="case_taken_in",
            ),
            models.Index(fields=["-received_at", "-case_id"], name="case_newest"),
            models.Index(
                fields=["-updated_at", "case_id"],
                condition=Q(papers_version__lt=models.F("version")),
                name="case_papers_due",
            ),
        ]
