"""What people raise: nothing of it is ever deleted, only the way to reach somebody is emptied."""

from django.db import migrations, models

GUARD = """
CREATE TRIGGER store_keep_rows BEFORE DELETE ON store_voice
    FOR EACH ROW EXECUTE FUNCTION store_refuse_change();
CREATE TRIGGER store_keep_rows BEFORE DELETE OR UPDATE ON store_publishedanswer
    FOR EACH ROW EXECUTE FUNCTION store_refuse_change();
"""
RELEASE = """
DROP TRIGGER store_keep_rows ON store_publishedanswer;
DROP TRIGGER store_keep_rows ON store_voice;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0030_notifications"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedAnswer",
            fields=[
                (
                    "number",
                    models.CharField(db_collation="C", max_length=40, primary_key=True, serialize=False),
                ),
                ("item_id", models.CharField(db_default="", max_length=80)),
                ("question", models.CharField(max_length=2000)),
                ("answer", models.CharField(max_length=2000)),
                ("published_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-published_at", "-number"], name="published_newest"),
                    models.Index(fields=["item_id", "-published_at", "-number"], name="published_of_item"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Voice",
            fields=[
                (
                    "number",
                    models.CharField(db_collation="C", max_length=40, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=16)),
                ("zone", models.CharField(max_length=40)),
                ("filed_in", models.CharField(max_length=40)),
                ("state", models.CharField(max_length=16)),
                ("filed_at", models.DateTimeField()),
                ("due_on", models.DateField(null=True)),
                ("sort_on", models.DateField()),
                ("holder", models.CharField(db_default="", max_length=160)),
                ("case_id", models.CharField(db_collation="C", db_default="", max_length=40)),
                ("item_id", models.CharField(db_default="", max_length=80)),
                ("subject", models.CharField(db_default="", max_length=40)),
                ("barred", models.TextField(db_default="")),
                ("is_late", models.BooleanField(db_default=False)),
                ("ended_at", models.DateTimeField(null=True)),
                ("escalated_at", models.DateTimeField(null=True)),
                ("version", models.IntegerField()),
                ("contact", models.BinaryField(null=True)),
                ("box", models.BinaryField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["filed", "accepted"])),
                        fields=["zone", "kind", "sort_on", "number"],
                        name="voice_open",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", False)),
                        fields=["zone", "kind", "-filed_at", "-number"],
                        name="voice_ended",
                    ),
                    models.Index(
                        condition=models.Q(("holder", ""), _negated=True),
                        fields=["holder", "-filed_at", "-number"],
                        name="voice_own",
                    ),
                    models.Index(
                        condition=models.Q(("case_id", ""), _negated=True),
                        fields=["case_id", "filed_at", "number"],
                        name="voice_case",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("escalated_at__isnull", True), ("state__in", ["filed", "accepted"])
                        ),
                        fields=["due_on"],
                        name="voice_to_escalate",
                    ),
                    models.Index(
                        condition=models.Q(("contact__isnull", False)),
                        fields=["ended_at"],
                        name="voice_contact",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARD, RELEASE),
    ]
