"""Who looked as whom, and the trigger that keeps it as it was."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock

SQL = Path(__file__).resolve().parent.parent / "sql" / "impersonations.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_integrators_and_tickets"),
    ]

    operations = [
        migrations.CreateModel(
            name="Impersonation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("reason", models.CharField(max_length=200)),
                ("session", models.CharField(help_text="What lists of sessions call it.", max_length=40)),
                ("until", models.DateTimeField(help_text="It ends at this instant by itself.")),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("asked", "Ended by who looked"),
                            ("over", "The time was over"),
                            ("withdrawn", "He may not any more"),
                            ("signed_out", "Signed out"),
                            ("stopped", "Stopped by somebody else"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["user", "-created_at"], name="impersonation_of"),
                    models.Index(fields=["actor", "-created_at"], name="impersonation_by"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("actor", models.F("user")), _negated=True),
                        name="impersonation_of_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("created_at"))),
                        name="impersonation_ends_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ending__in", ["", "asked", "over", "withdrawn", "signed_out", "stopped"])
                        ),
                        name="impersonation_ending",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ending", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ending", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="impersonation_ended_somehow",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("actor",),
                        name="impersonation_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            SQL.read_text(encoding="utf-8"), reverse_sql="DROP FUNCTION accounts_impersonation_guard CASCADE;"
        ),
    ]
