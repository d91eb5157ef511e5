"""Work orders and what happened to them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("operations", "0002_rounds_and_inspections"),
        ("properties", "0003_restraints"),
        ("rooms", "0004_claims_by_instants"),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkOrder",
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
                    "location",
                    models.CharField(blank=True, help_text="Where, when it is not in a room.", max_length=80),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("electrical", "Electrical"),
                            ("plumbing", "Plumbing"),
                            ("climate", "Heating and cooling"),
                            ("furniture", "Furniture and fittings"),
                            ("appliance", "Appliances"),
                            ("network", "Television, telephone, network"),
                            ("structure", "Walls, windows, doors"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "severity",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Urgent"), (2, "High"), (3, "Normal"), (4, "Low")], default=3
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("reported_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(help_text="Until when it should be over, by its severity.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("assigned", "Assigned"),
                            ("doing", "Being done"),
                            ("waiting", "Waiting, for a part or a firm"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="new",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("started_at", models.DateTimeField(editable=False, null=True)),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                ("minutes_spent", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "because",
                    models.CharField(
                        blank=True, help_text="What was done, or why it was not.", max_length=200
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hold",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_order",
                        to="rooms.roomblock",
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
                    "reported_by",
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
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_orders",
                        to="rooms.room",
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "severity", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["property", "due_at"],
                        name="operations_order_open",
                    ),
                    models.Index(fields=["property", "room", "id"], name="operations_order_room"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="operations_order_titled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("room__isnull", False),
                            models.Q(("location", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="operations_order_is_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hold", None), ("room__isnull", False), _connector="OR"),
                        name="operations_order_holds_its_room",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at", None),
                                models.Q(("state__in", ("done", "cancelled")), _negated=True),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state__in", ("done", "cancelled")),
                                models.Q(("because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="operations_order_over_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["doing", "done"]), _negated=True),
                            ("started_at__isnull", False),
                            _connector="OR",
                        ),
                        name="operations_order_begun",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_at", None),
                            ("ended_at", None),
                            ("ended_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="operations_order_times_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "assigned"), _negated=True),
                            ("assignee__isnull", False),
                            _connector="OR",
                        ),
                        name="operations_order_assigned_to_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkOrderChange",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("assigned", "Assigned"),
                            ("doing", "Being done"),
                            ("waiting", "Waiting, for a part or a firm"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="operations.workorder",
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
                "ordering": ["property_id", "id"],
                "indexes": [
                    models.Index(fields=["property", "order", "id"], name="operations_order_changes")
                ],
            },
        ),
    ]
    operations = models_at_once(operations)
