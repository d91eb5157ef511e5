"""Rounds, inspections, doors that say not to disturb, discrepancies."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("operations", "0001_tasks"),
        ("properties", "0003_restraints"),
        ("reservations", "0002_shared_rooms"),
        ("rooms", "0004_claims_by_instants"),
    ]

    operations = [
        migrations.CreateModel(
            name="Discrepancy",
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
                            ("skip", "Skip: the front office has a guest, the room is empty"),
                            ("sleep", "Sleep: somebody is in a room that is vacant for the front office"),
                            ("person", "Person: another number of persons"),
                        ],
                        max_length=6,
                    ),
                ),
                ("business_date", models.DateField()),
                (
                    "is_occupied",
                    models.BooleanField(help_text="Whether somebody, or luggage, was found in it."),
                ),
                (
                    "persons",
                    models.PositiveSmallIntegerField(
                        help_text="As found; empty when not counted.", null=True
                    ),
                ),
                ("office_occupied", models.BooleanField()),
                ("office_persons", models.PositiveSmallIntegerField()),
                ("found_at", models.DateTimeField()),
                ("resolved_at", models.DateTimeField(null=True)),
                ("because", models.CharField(blank=True, help_text="What it was.", max_length=200)),
                (
                    "found_by",
                    models.ForeignKey(
                        db_index=False,
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
                    "resolved_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rooms.room",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "discrepancies",
                "ordering": ["property_id", "-id"],
                "indexes": [
                    models.Index(fields=["property", "business_date"], name="operations_discrepancy_day")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("resolved_at", None)),
                        fields=("property", "room"),
                        name="operations_discrepancy_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("because", ""), ("resolved_at", None)),
                            models.Q(
                                ("resolved_at__gte", models.F("found_at")),
                                models.Q(("because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="operations_discrepancy_resolved_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HousekeepingRound",
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
                ("business_date", models.DateField()),
                (
                    "credit_target",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                    ),
                ),
                (
                    "attendant",
                    models.ForeignKey(
                        db_index=False,
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
            ],
            options={
                "ordering": ["property_id", "-business_date", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "business_date", "attendant"), name="operations_round_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credit_target__gt", 0)), name="operations_round_target"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="task",
            name="dnd_at",
            field=models.DateTimeField(
                editable=False,
                help_text="When its door last said not to disturb, since it was made.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="inspects",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                help_text="The clean that an inspection is of.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inspections",
                to="operations.task",
            ),
        ),
        migrations.AlterField(
            model_name="task",
            name="because",
            field=models.CharField(
                blank=True, help_text="Why it was not done, or was not good.", max_length=200
            ),
        ),
        migrations.AlterField(
            model_name="task",
            name="source",
            field=models.CharField(
                choices=[
                    ("day", "The rules of the day"),
                    ("person", "A person"),
                    ("inspection", "A clean that is to be inspected"),
                    ("welfare", "A room that nobody has been let into"),
                ],
                default="person",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="taskchange",
            name="kind",
            field=models.CharField(
                choices=[
                    ("started", "Started"),
                    ("done", "Done"),
                    ("skipped", "Skipped"),
                    ("cancelled", "Cancelled"),
                    ("assigned", "Assigned"),
                    ("rewritten", "Rewritten by the day"),
                    ("dnd", "Do not disturb"),
                    ("failed", "Inspected, and not good"),
                    ("reopened", "Reopened after an inspection"),
                    ("told", "Told who does it"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("inspects__isnull", False)),
                fields=["property", "inspects"],
                name="operations_task_inspections",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("inspects", None), ("kind", "inspection"), _connector="OR"),
                name="operations_task_inspects",
            ),
        ),
    ]
    operations = models_at_once(operations)
