"""What people raised beside their applications."""

from django.db import models
from django.db.models import Q


class Voice(models.Model):
    """A question, complaint, objection or application for review (migration 0031 keeps the rest).

    ``box`` holds everything that was said and done, ``contact`` who raised it and the way to reach them; both
    are locked with the node's key, and ``contact`` is emptied some time after the end.
    ``barred`` lists accounts as ``|a|b|``.
    ``sort_on`` is the last day for an answer, or the end of time when it is not known yet.
    """

    number = models.CharField(max_length=40, primary_key=True, db_collation="C")
    kind = models.CharField(max_length=16)
    zone = models.CharField(max_length=40)
    filed_in = models.CharField(max_length=40)
    state = models.CharField(max_length=16)
    filed_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    sort_on = models.DateField()
    holder = models.CharField(max_length=160, db_default="")
    case_id = models.CharField(max_length=40, db_collation="C", db_default="")
    item_id = models.CharField(max_length=80, db_default="")
    subject = models.CharField(max_length=40, db_default="")
    barred = models.TextField(db_default="")
    is_late = models.BooleanField(db_default=False)
    ended_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    version = models.IntegerField()
    contact = models.BinaryField(null=True)
    box = models.BinaryField()

    class Meta:
        """A desk lists what is open by its day; whoever raised it lists their own; a case lists its own."""

        indexes = [
            models.Index(fields=["zone", "kind", "sort_on", "number"], name="voice_open",
                         condition=Q(state__in=["filed", "accepted"])),
            models.Index(fields=["zone", "kind", "-filed_at", "-number"], name="voice_ended",
                         condition=Q(ended_at__isnull=False)),
            models.Index(fields=["holder", "-filed_at", "-number"], name="voice_own",
                         condition=~Q(holder="")),
            models.Index(fields=["case_id", "filed_at", "number"], name="voice_case",
                         condition=~Q(case_id="")),
            models.Index(fields=["due_on"], name="voice_to_escalate",
                         condition=Q(state__in=["filed", "accepted"], escalated_at__isnull=True)),
            models.Index(fields=["ended_at"], name="voice_contact", condition=Q(contact__isnull=False)),
        ]  # fmt: skip


class PublishedAnswer(models.Model):
    """A question and its answer that everybody may read; whoever asked agreed, and nobody is named."""

    number = models.CharField(max_length=40, primary_key=True, db_collation="C")
    item_id = models.CharField(max_length=80, db_default="")
    question = models.CharField(max_length=2000)
    answer = models.CharField(max_length=2000)
    published_at = models.DateTimeField()

    class Meta:
        """The newest first, of all or of one item."""

        indexes = [
            models.Index(fields=["-published_at", "-number"], name="published_newest"),
            models.Index(fields=["item_id", "-published_at", "-number"], name="published_of_item"),
        ]
