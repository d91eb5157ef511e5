"""The kernel's tables, and the extensions of PostgreSQL that the house uses."""

import uuid

import django.db.models.deletion
from django.contrib.postgres.operations import (
    BtreeGinExtension,
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations, models

import hotel.core.clock
import hotel.core.fields
from hotel.core.postgresql.tables import models_at_once


class Migration(migrations.Migration):
    replaces = [("core", "0001_initial"), ("core", "0002_invariant_checks")]

    initial = True

    dependencies = []

    operations = [
        BtreeGistExtension(),
        BtreeGinExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.CreateModel(
            name="IdempotencyRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("principal", models.CharField(max_length=80)),
                ("route", models.CharField(max_length=200)),
                ("key", models.CharField(max_length=255)),
                ("body_hash", models.CharField(max_length=64)),
                (
                    "owner",
                    models.UUIDField(
                        default=uuid.uuid4,
                        help_text="Who holds the claim now; a taken-over owner cannot finish.",
                    ),
                ),
                ("lease_until", models.DateTimeField()),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now)),
                ("response_status", models.PositiveSmallIntegerField(null=True)),
                ("response_headers", models.JSONField(default=dict)),
                ("response_body", hotel.core.fields.EncryptedTextField(blank=True)),
            ],
            options={
                "indexes": [models.Index(fields=["created_at"], name="idempotency_age")],
                "constraints": [
                    models.UniqueConstraint(fields=("principal", "route", "key"), name="idempotency_key_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="InvariantCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("started_at", models.DateTimeField(default=hotel.core.clock.now)),
                ("duration_seconds", models.FloatField()),
                ("checked", models.PositiveSmallIntegerField(help_text="Rules checked.")),
                (
                    "broken",
                    models.JSONField(
                        help_text="Broken rules, each with name, text and its first violations."
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("property_id", models.BigIntegerField(null=True)),
                ("aggregate", models.CharField(max_length=80)),
                ("topic", models.CharField(max_length=80)),
                ("payload", models.JSONField()),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now)),
                ("position", models.BigIntegerField(null=True, unique=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_attempt_at", models.DateTimeField(null=True)),
                ("delivered_at", models.DateTimeField(null=True)),
                (
                    "parked_at",
                    models.DateTimeField(
                        help_text="Given up after too many attempts; needs a person.", null=True
                    ),
                ),
                ("last_error", models.TextField(blank=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["property_id", "position"], name="outbox_feed"),
                    models.Index(
                        condition=models.Q(("position", None)), fields=["id"], name="outbox_unsequenced"
                    ),
                    models.Index(
                        condition=models.Q(("delivered_at", None), ("parked_at", None)),
                        fields=["aggregate", "position"],
                        name="outbox_pending",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandledFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handled",
                        to="core.outboxmessage",
                    ),
                ),
                ("handler", models.CharField(max_length=160)),
                ("handled_at", models.DateTimeField(default=hotel.core.clock.now)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("message", "handler"), name="handled_once")],
            },
        ),
        migrations.CreateModel(
            name="DeclaredSchedule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True)),
                (
                    "written",
                    models.JSONField(
                        help_text="The values we wrote; rows that differ were changed by an operator."
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
    ]
    operations = models_at_once(operations)
