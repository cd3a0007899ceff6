"""The first tables: cases, licences, registers, ledger, files, messages, accounts."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=80, unique=True)),
                ("display_name", models.CharField(max_length=120)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("applicant", "applicant"),
                            ("clerk", "clerk"),
                            ("officer", "officer"),
                            ("head", "head"),
                            ("steward", "steward"),
                            ("operator", "operator"),
                        ],
                        default="applicant",
                        max_length=16,
                    ),
                ),
                ("party_kind", models.CharField(blank=True, default="", max_length=16)),
                ("party_id", models.CharField(blank=True, db_index=True, default="", max_length=40)),
                ("party_name", models.CharField(blank=True, default="", max_length=200)),
                ("mobile", models.CharField(blank=True, default="", max_length=20)),
                ("agent_id", models.CharField(blank=True, default="", max_length=40)),
                ("agent_name", models.CharField(blank=True, default="", max_length=120)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id", "version", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("case_id", models.CharField(db_collation="C", max_length=40)),
                ("version", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("zone", models.CharField(max_length=40)),
                ("actor", models.CharField(max_length=16)),
                ("name", models.CharField(max_length=40)),
                ("data", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="CaseKey",
            fields=[
                (
                    "case_id",
                    models.CharField(db_collation="C", max_length=40, primary_key=True, serialize=False),
                ),
                ("locked", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("root", models.BinaryField()),
                ("note", models.TextField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Credential",
            fields=[
                (
                    "credential_id",
                    models.CharField(db_collation="C", max_length=80, primary_key=True, serialize=False),
                ),
                ("case_id", models.CharField(db_collation="C", db_index=True, max_length=40)),
                ("signed_part", models.TextField()),
                ("disclosed", models.BinaryField()),
                ("leaf_key", models.CharField(max_length=120)),
                ("state", models.CharField(max_length=2)),
                ("state_since", models.DateTimeField()),
                ("document_digest", models.CharField(default="", max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="LedgerNode",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "level", "idx", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("level", models.SmallIntegerField()),
                ("idx", models.BigIntegerField()),
                ("hash", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="PeerChannel",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "peer", "direction", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("peer", models.CharField(max_length=40)),
                ("direction", models.CharField(choices=[("in", "in"), ("out", "out")], max_length=3)),
                ("last_seq", models.BigIntegerField(default=0)),
                ("last_hash", models.CharField(default="", max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "digest",
                    models.CharField(db_collation="C", max_length=64, primary_key=True, serialize=False),
                ),
                ("size_bytes", models.BigIntegerField()),
                ("media_type", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=255)),
                ("stored_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("label", models.CharField(blank=True, default="", max_length=80)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseIndex",
            fields=[
                (
                    "case_id",
                    models.CharField(db_collation="C", max_length=40, primary_key=True, serialize=False),
                ),
                ("item_id", models.CharField(max_length=80)),
                ("stage", models.CharField(max_length=16)),
                ("deciding_zone", models.CharField(max_length=40)),
                ("receiving_zone", models.CharField(max_length=40)),
                ("applicant_kind", models.CharField(max_length=16)),
                ("applicant_id", models.CharField(max_length=40)),
                ("applicant_name", models.CharField(max_length=200)),
                ("agent_id", models.CharField(default="", max_length=40)),
                ("taken_in_by", models.CharField(default="", max_length=80)),
                ("channel", models.CharField(max_length=16)),
                ("received_at", models.DateTimeField()),
                ("accepted_on", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("sort_on", models.DateField()),
                ("decided_on", models.DateField(null=True)),
                ("needs_person", models.BooleanField(default=False)),
                ("waits_for", models.CharField(max_length=16)),
                ("credential_id", models.CharField(default="", max_length=80)),
                ("version", models.IntegerField()),
                ("updated_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("waits_for", "person")),
                        fields=["deciding_zone", "sort_on", "case_id"],
                        name="case_worklist",
                    ),
                    models.Index(
                        condition=models.Q(("waits_for", "machine")),
                        fields=["deciding_zone", "received_at", "case_id"],
                        name="case_waits_for_machine",
                    ),
                    models.Index(
                        condition=models.Q(("stage", "received")),
                        fields=["deciding_zone", "received_at", "case_id"],
                        name="case_unanswered",
                    ),
                    models.Index(
                        fields=["applicant_id", "-received_at", "-case_id"], name="case_of_applicant"
                    ),
                    models.Index(
                        condition=models.Q(("agent_id", ""), _negated=True),
                        fields=["agent_id", "-received_at", "-case_id"],
                        name="case_of_agent",
                    ),
                    models.Index(
                        condition=models.Q(("taken_in_by", ""), _negated=True),
                        fields=["taken_in_by", "-received_at", "-case_id"],
                        name="case_taken_in",
                    ),
                    models.Index(fields=["-received_at", "-case_id"], name="case_newest"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(db_collation="C", max_length=80)),
                ("subject", models.CharField(db_collation="C", max_length=40)),
                ("facts", models.JSONField()),
                ("as_of", models.DateTimeField()),
                ("authority_zh", models.CharField(max_length=200)),
                ("authority_en", models.CharField(max_length=200)),
                ("trust", models.CharField(max_length=1)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "subject"), name="held_once")],
            },
        ),
        migrations.CreateModel(
            name="IncomingMessage",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "from_zone",
                        "message_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("from_zone", models.CharField(max_length=40)),
                ("message_id", models.CharField(db_collation="C", max_length=80)),
                ("type", models.CharField(max_length=40)),
                ("case_id", models.CharField(db_collation="C", max_length=40)),
                ("seq", models.BigIntegerField()),
                ("hash", models.CharField(max_length=64)),
                ("received_at", models.DateTimeField()),
                ("receipt", models.TextField()),
                ("answer_id", models.CharField(default="", max_length=80)),
            ],
            options={
                "indexes": [models.Index(fields=["case_id", "received_at"], name="incoming_of_case")],
            },
        ),
        migrations.CreateModel(
            name="LedgerLeaf",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(db_collation="C", max_length=120, unique=True)),
                ("data", models.BinaryField()),
                ("hash", models.BinaryField()),
                ("idx", models.BigIntegerField(null=True, unique=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("idx__isnull", True)), fields=["id"], name="leaf_waiting"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OutgoingMessage",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("message_id", models.CharField(db_collation="C", max_length=80, unique=True)),
                ("to_zone", models.CharField(max_length=40)),
                ("type", models.CharField(max_length=40)),
                ("case_id", models.CharField(db_collation="C", max_length=40)),
                ("body", models.BinaryField()),
                ("sealed", models.BinaryField(db_default=b"")),
                ("seq", models.BigIntegerField(null=True)),
                ("reported_version", models.IntegerField(db_default=0)),
                ("queued_at", models.DateTimeField()),
                ("next_at", models.DateTimeField(null=True)),
                ("attempts", models.IntegerField(db_default=0)),
                ("last_fault", models.CharField(db_default="", max_length=200)),
                ("receipt", models.TextField(db_default="")),
                ("delivered_at", models.DateTimeField(null=True)),
                ("given_up_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)),
                        fields=["next_at", "number"],
                        name="outgoing_due",
                    ),
                    models.Index(fields=["case_id", "number"], name="outgoing_of_case"),
                ],
                "constraints": [models.UniqueConstraint(fields=("to_zone", "seq"), name="outgoing_seq_once")],
            },
        ),
    ]
