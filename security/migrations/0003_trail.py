"""The trail, which the database writes itself, its seals, archives and jobs."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock

SQL = Path(__file__).parents[1] / "sql"


def text(name):
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("security", "0002_privacy"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditArchive",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("partition", models.CharField(max_length=63, unique=True)),
                ("first_id", models.BigIntegerField()),
                ("last_id", models.BigIntegerField()),
                ("rows", models.BigIntegerField()),
                (
                    "file",
                    models.CharField(help_text="Name of the file in the archive folder.", max_length=200),
                ),
                ("file_hash", models.CharField(help_text="SHA-256 of the file.", max_length=64)),
                ("seal_number", models.BigIntegerField(help_text="The seal that covers its last entry.")),
                ("archived_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-partition"],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(text("trail"), reverse_sql=text("drop"))],
            state_operations=[
                migrations.CreateModel(
                    name="AuditLog",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(help_text="When, by the clock of the database.")),
                        (
                            "op",
                            models.CharField(
                                choices=[
                                    ("I", "created"),
                                    ("U", "changed"),
                                    ("D", "deleted"),
                                    ("T", "table emptied"),
                                    ("R", "personal data read"),
                                ],
                                max_length=1,
                            ),
                        ),
                        ("table", models.CharField(help_text="The table in the database.", max_length=63)),
                        (
                            "row_pk",
                            models.TextField(
                                help_text="The key of the row as text; empty when several were read or all emptied."
                            ),
                        ),
                        (
                            "property_id",
                            models.BigIntegerField(
                                help_text="Of the row; empty when it belongs to none.", null=True
                            ),
                        ),
                        (
                            "old",
                            models.JSONField(
                                help_text="Before: of a change the changed columns only, of a deletion all.",
                                null=True,
                            ),
                        ),
                        (
                            "new",
                            models.JSONField(
                                help_text="After: of a change the changed columns only, of a new row all.",
                                null=True,
                            ),
                        ),
                        (
                            "actor",
                            models.CharField(
                                help_text="user:<id>, system:<task>, command:<name>, anonymous or system:unknown.",
                                max_length=120,
                            ),
                        ),
                        (
                            "actor_id",
                            models.BigIntegerField(help_text="The user, also of a token.", null=True),
                        ),
                        (
                            "impersonator_id",
                            models.BigIntegerField(
                                help_text="The user who acted in the other's name.", null=True
                            ),
                        ),
                        ("token_id", models.BigIntegerField(help_text="The API token.", null=True)),
                        ("request_id", models.CharField(max_length=64)),
                        (
                            "door",
                            models.CharField(help_text="api, page, admin, task or command.", max_length=12),
                        ),
                        ("address", models.CharField(help_text="IP address of the caller.", max_length=45)),
                        (
                            "reason",
                            models.CharField(
                                help_text="In the caller's words, when he gave one.", max_length=200
                            ),
                        ),
                        (
                            "transaction",
                            models.BigIntegerField(
                                help_text="Of the database: what was changed together has the same."
                            ),
                        ),
                        (
                            "row_hash",
                            models.BinaryField(help_text="SHA-256 of the entry's line.", max_length=32),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
            ],
        ),
        migrations.CreateModel(
            name="AccessEvent",
            fields=[],
            options={
                "ordering": ["-id"],
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("security.auditlog",),
        ),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                (
                    "number",
                    models.BigIntegerField(
                        help_text="1, 2, 3 … without gaps.", primary_key=True, serialize=False
                    ),
                ),
                ("first_id", models.BigIntegerField()),
                (
                    "last_id",
                    models.BigIntegerField(
                        help_text="Inclusive. Numbers without an entry were never committed."
                    ),
                ),
                ("rows", models.IntegerField(help_text="Entries within.")),
                (
                    "root",
                    models.BinaryField(help_text="RFC 6962 root over the entries' lines.", max_length=32),
                ),
                (
                    "log_root",
                    models.BinaryField(
                        help_text="RFC 6962 root over all seals up to this one.", max_length=32
                    ),
                ),
                ("sealed_at", models.DateTimeField()),
                ("key_id", models.CharField(max_length=40)),
                ("signature", models.BinaryField(help_text="Ed25519 over the head.", max_length=64)),
                (
                    "exported_at",
                    models.DateTimeField(help_text="When the head had left the database.", null=True),
                ),
            ],
            options={
                "ordering": ["-number"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("exported_at", None)), fields=["number"], name="seal_to_export"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("last_id",), name="seal_last_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first_id__lte", models.F("last_id")), ("rows__gte", 0)),
                        name="seal_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_id", models.BigIntegerField(default=0, help_text="Numbers given out up to then.")),
                (
                    "horizon",
                    models.BigIntegerField(
                        default=0, help_text="Transaction id: all that could hold these numbers are older."
                    ),
                ),
                (
                    "frontier",
                    models.JSONField(
                        default=list,
                        help_text="Complete subtrees over the seals so far, to go on from: size and root.",
                    ),
                ),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="seal_mark_once")],
            },
        ),
        migrations.CreateModel(
            name="TrailJob",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(choices=[("verify", "Check"), ("export", "Export")], max_length=8)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=hotel.core.clock.now)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "total",
                    models.BigIntegerField(default=0, help_text="Entries to do, as counted at the start."),
                ),
                ("done", models.BigIntegerField(default=0, help_text="Entries done.")),
                ("filters", models.JSONField(default=dict, help_text="Of an export: what was asked for.")),
                ("result", models.JSONField(default=dict, help_text="Of a check: figures and findings.")),
                (
                    "file",
                    models.CharField(
                        blank=True, help_text="Of an export: name in the private folder.", max_length=200
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.RunSQL(text("seals"), reverse_sql=migrations.RunSQL.noop),
    ]
