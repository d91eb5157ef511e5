"""Wrapping keys as far as they may be shown, and changes of keys."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once


class Migration(migrations.Migration):
    dependencies = [
        ("security", "0006_trail_in_parts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DataEncryption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("key_id", models.CharField(help_text="As in FIELD_KEYS.", max_length=32, unique=True)),
                (
                    "check_value",
                    models.CharField(
                        help_text="Tells whether two keys of one name are the same; says nothing of the key.",
                        max_length=16,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("env", "Environment"), ("file", "File"), ("kms", "Key service")],
                        max_length=4,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("in_force", "Wraps"),
                            ("readable", "Unwraps only"),
                            ("retired", "Taken away"),
                            ("missing", "Missing, but needed"),
                            ("changed", "Not the key it was"),
                        ],
                        max_length=8,
                    ),
                ),
                ("in_force_at", models.DateTimeField(help_text="When it began to wrap.", null=True)),
                (
                    "retired_at",
                    models.DateTimeField(help_text="When it was seen to be taken away.", null=True),
                ),
            ],
            options={
                "verbose_name": "wrapping key",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in_force")),
                        fields=("state",),
                        name="wrapping_key_in_force_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "in_force"), _negated=True),
                            models.Q(("in_force_at__isnull", False), ("retired_at", None)),
                            _connector="OR",
                        ),
                        name="wrapping_key_in_force_since",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retired_at__isnull", False), ("state__in", ["retired", "missing"])),
                            models.Q(
                                models.Q(("state__in", ["retired", "missing"]), _negated=True),
                                ("retired_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="wrapping_key_taken_away_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyRotation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("wrapping", "Wrapping key"), ("index", "Index key")], max_length=8
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("running", "Running"), ("done", "Done"), ("failed", "Stopped")],
                        default="running",
                        max_length=8,
                    ),
                ),
                (
                    "target",
                    models.CharField(
                        help_text="The wrapping key, or the version of the index key.", max_length=32
                    ),
                ),
                ("total", models.PositiveBigIntegerField(default=0)),
                ("done", models.PositiveBigIntegerField(default=0)),
                (
                    "position",
                    models.JSONField(
                        default=dict, editable=False, help_text="Which index, and the last row of it."
                    ),
                ),
                ("failure", models.CharField(blank=True, max_length=300)),
                ("started_at", models.DateTimeField(default=hotel.core.clock.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "started_by",
                    models.ForeignKey(
                        db_index=False,
                        help_text="None for a command.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "running")), fields=("kind",), name="key_rotation_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("status", "running")),
                            models.Q(
                                models.Q(("status", "running"), _negated=True), ("ended_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="key_rotation_ended_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", models.F("total"))),
                        name="key_rotation_done_of_total",
                    ),
                ],
            },
        ),
    ]
    operations = models_at_once(operations)
