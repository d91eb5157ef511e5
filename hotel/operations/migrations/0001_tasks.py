"""Tasks and what happened to them."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("properties", "0003_restraints"),
        ("reservations", "0002_shared_rooms"),
        ("rooms", "0004_claims_by_instants"),
    ]

    operations = [
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("departure", "Departure clean"),
                            ("stayover", "Stayover clean"),
                            ("linen", "Stayover clean with change of linen"),
                            ("pickup", "Pick-up: a light tidy"),
                            ("deep", "Deep clean"),
                            ("turndown", "Turndown"),
                            ("arrival", "Arrival check"),
                            ("inspection", "Inspection"),
                            ("welfare", "Welfare check"),
                            ("delivery", "Delivery"),
                            ("repair", "Repair"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "location",
                    models.CharField(blank=True, help_text="Where, when it is not in a room.", max_length=80),
                ),
                (
                    "title",
                    models.CharField(blank=True, help_text="What to do, beyond the kind.", max_length=120),
                ),
                ("business_date", models.DateField()),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Urgent"), (2, "High"), (3, "Normal"), (4, "Low")], default=3
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                (
                    "credits",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        help_text="Its weight.",
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(0)],
                    ),
                ),
                ("standard_minutes", models.PositiveSmallIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("started", "Started"),
                            ("done", "Done"),
                            ("skipped", "Skipped: not done this time"),
                            ("cancelled", "Cancelled: not needed"),
                        ],
                        default="open",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("started_at", models.DateTimeField(editable=False, null=True)),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                ("because", models.CharField(blank=True, help_text="Why it was not done.", max_length=200)),
                (
                    "notice",
                    models.CharField(
                        blank=True, help_text="What has changed since it was started.", max_length=200
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("day", "The rules of the day"), ("person", "A person")],
                        default="person",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "source_key",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="What of it made the task, once; empty by hand.",
                        max_length=60,
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        help_text="None for the rules of the day.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "reservation",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The stay it is for.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="reservations.reservation",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="rooms.room",
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "priority", "id"],
                "indexes": [
                    models.Index(fields=["property", "business_date", "state"], name="operations_task_day"),
                    models.Index(fields=["property", "room", "business_date"], name="operations_task_room"),
                    models.Index(
                        condition=models.Q(("state__in", ("open", "started"))),
                        fields=["property", "assignee"],
                        name="operations_task_attendant",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source_key", ""), _negated=True),
                        fields=("property", "source", "source_key"),
                        name="operations_task_made_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("source", "day"), ("state__in", ("open", "started"))),
                        fields=("property", "room"),
                        name="operations_task_one_of_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("room__isnull", False),
                            models.Q(("location", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="operations_task_is_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credits__gte", 0)), name="operations_task_credits"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("started_at", None), ("state", "open")),
                            models.Q(("ended_at", None), ("started_at__isnull", False), ("state", "started")),
                            models.Q(
                                ("ended_at__isnull", False), ("started_at__isnull", False), ("state", "done")
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state__in", ["skipped", "cancelled"]),
                                models.Q(("because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="operations_task_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_at", None),
                            ("ended_at", None),
                            ("ended_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="operations_task_times_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__isnull", False), ("ended_by", None), _connector="OR"),
                        name="operations_task_ended_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskChange",
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
                        choices=[
                            ("started", "Started"),
                            ("done", "Done"),
                            ("skipped", "Skipped"),
                            ("cancelled", "Cancelled"),
                            ("assigned", "Assigned"),
                            ("rewritten", "Rewritten by the day"),
                            ("told", "Told who does it"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "actor",
                    models.ForeignKey(
                        db_index=False,
                        help_text="None for the rules of the day.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="operations.task",
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "id"],
                "indexes": [models.Index(fields=["property", "task", "id"], name="operations_task_changes")],
            },
        ),
    ]
    operations = models_at_once(operations)
