"""The officers' desk: groups, their members, whose each case is, declared conflicts, hand-overs on leave."""

from django.db import models


class DeskTeam(models.Model):
    """A group of officers and its items."""

    id = models.CharField(primary_key=True, max_length=40, db_collation="C")
    title_zh = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120)
    items = models.JSONField()


class DeskMember(models.Model):
    """An officer and the groups they are in."""

    username = models.CharField(primary_key=True, max_length=80, db_collation="C")
    name = models.CharField(max_length=120)
    teams = models.JSONField()


class CaseAssignment(models.Model):
    """Whose a case is since when; only ever added to."""

    pk = models.CompositePrimaryKey("case_id", "number")
    case_id = models.CharField(max_length=40, db_collation="C")
    number = models.IntegerField()
    officer = models.CharField(max_length=80)
    officer_name = models.CharField(max_length=120)
    team = models.CharField(max_length=40)
    way = models.CharField(max_length=16)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()


class DeskConflict(models.Model):
    """What an officer has declared; only ever added to. ``subject`` is a case's or an applicant's number."""

    pk = models.CompositePrimaryKey("subject", "officer", "about")
    subject = models.CharField(max_length=40, db_collation="C")
    officer = models.CharField(max_length=80)
    about = models.CharField(max_length=16)
    case_id = models.CharField(max_length=40)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()


class DeskAbsence(models.Model):
    """A hand-over for some days; only ``ended_at`` is ever written again, once."""

    id = models.CharField(primary_key=True, max_length=24, db_collation="C")
    officer = models.CharField(max_length=80)
    substitute = models.CharField(max_length=80)
    from_on = models.DateField()
    until_on = models.DateField()
    by = models.CharField(max_length=80)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """What stands now or later."""

        indexes = [
            models.Index(
                fields=["until_on"], condition=models.Q(ended_at__isnull=True), name="absence_standing"
            )
        ]


class CaseNote(models.Model):
    """An internal note; only ever added to. Its words are locked with the case's key."""

    id = models.CharField(primary_key=True, max_length=24, db_collation="C")
    case_id = models.CharField(max_length=40, db_collation="C")
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)
    words = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        """The notes of a case, the newest first."""

        indexes = [models.Index(fields=["case_id", "-at", "-id"], name="note_of_case")]


class DeskDraft(models.Model):
    """The draft of a decision, one a case; what was typed is locked with the case's key."""

    case_id = models.CharField(primary_key=True, max_length=40, db_collation="C")
    act = models.CharField(max_length=40)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)
    words = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        """Somebody's drafts, the newest first."""

        indexes = [models.Index(fields=["by", "-at", "-case_id"], name="draft_of_officer")]
