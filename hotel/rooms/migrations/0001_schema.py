"""Rooms, their inventory, and the functions that alone write its counters."""

from pathlib import Path

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once

SQL = Path(__file__).resolve().parent.parent / "sql"
FILES = ("structure_lock", "counted", "guard", "move", "open", "recount", "overbooking", "forget")


def text(name):
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    replaces = [("rooms", "0001_initial"), ("rooms", "0002_functions")]

    initial = True

    dependencies = [
        ("accounts", "0002_roles_and_tokens"),
        ("core", "0001_schema"),
        ("properties", "0001_schema"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoomFeature",
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
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        max_length=16,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z0-9][A-Z0-9_-]{0,15}$", "Use up to 16 capital letters, digits, - and _."
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=80)),
            ],
            options={
                "ordering": ["property_id", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "code"), name="room_feature_code_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RoomType",
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
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        max_length=16,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z0-9][A-Z0-9_-]{0,15}$", "Use up to 16 capital letters, digits, - and _."
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("standard", "Standard: one physical room"),
                            ("component", "Component suite: a room made of other rooms"),
                            ("virtual", "Virtual: rooms of another type under a second name"),
                            ("pseudo", "Pseudo: a posting master, no room at all"),
                        ],
                        default="standard",
                        max_length=10,
                    ),
                ),
                (
                    "room_class",
                    models.CharField(
                        blank=True, help_text="A group of types, such as Deluxe.", max_length=40
                    ),
                ),
                ("description", models.TextField(blank=True)),
                ("standard_occupancy", models.PositiveSmallIntegerField(default=2)),
                ("max_occupancy", models.PositiveSmallIntegerField(default=2)),
                ("max_adults", models.PositiveSmallIntegerField(default=2)),
                ("max_children", models.PositiveSmallIntegerField(default=0)),
                (
                    "base_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="virtual_types",
                        to="rooms.roomtype",
                    ),
                ),
                (
                    "housekeeping_credits",
                    models.DecimalField(
                        decimal_places=2,
                        default=1,
                        max_digits=5,
                        validators=[django.core.validators.MinValueValidator(0)],
                    ),
                ),
                ("sort_order", models.PositiveSmallIntegerField(default=100)),
                ("is_active", models.BooleanField(default=True)),
                ("day_use_limit", models.PositiveSmallIntegerField(default=0)),
                (
                    "features",
                    models.ManyToManyField(blank=True, related_name="room_types", to="rooms.roomfeature"),
                ),
            ],
            options={
                "ordering": ["property_id", "sort_order", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "code"), name="room_type_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("base_type__isnull", False), ("kind", "virtual")),
                            models.Q(
                                models.Q(("kind", "virtual"), _negated=True), ("base_type__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="room_type_base_of_virtual",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("standard_occupancy__lte", models.F("max_occupancy")),
                            ("max_adults__lte", models.F("max_occupancy")),
                            ("max_children__lte", models.F("max_occupancy")),
                        ),
                        name="room_type_occupancy_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("housekeeping_credits__gte", 0)),
                        name="room_type_credits_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoomTypeOccupancy",
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
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "room_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="occupancies",
                        to="rooms.roomtype",
                    ),
                ),
                (
                    "age_band",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="properties.ageband"
                    ),
                ),
                ("max_count", models.PositiveSmallIntegerField()),
            ],
            options={
                "verbose_name_plural": "room type occupancies",
                "ordering": ["property_id", "room_type_id", "age_band"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "room_type", "age_band"), name="room_type_occupancy_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoomTypePart",
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
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "room_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="rooms.roomtype"
                    ),
                ),
                (
                    "part_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="part_of",
                        to="rooms.roomtype",
                    ),
                ),
                (
                    "quantity",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)]
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "room_type_id", "part_type"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "room_type", "part_type"), name="room_type_part_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 1)), name="room_type_part_quantity"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("room_type", models.F("part_type")), _negated=True),
                        name="room_type_part_not_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoomTypeConsumption",
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
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "room_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consumption",
                        to="rooms.roomtype",
                    ),
                ),
                (
                    "counter_type",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="rooms.roomtype",
                    ),
                ),
                ("quantity", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": [
                    "property_id",
                    "room_type_id",
                    models.OrderBy(models.F("counter_type"), nulls_first=True),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "room_type", "counter_type"),
                        name="room_type_consumption_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Room",
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
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                ("number", models.CharField(max_length=16)),
                (
                    "room_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rooms", to="rooms.roomtype"
                    ),
                ),
                (
                    "building",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.building",
                    ),
                ),
                (
                    "floor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.floor",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.section",
                    ),
                ),
                ("opened_on", models.DateField(help_text="First night it counts, business date.")),
                (
                    "closed_on",
                    models.DateField(
                        blank=True, help_text="First night it no longer counts; empty while open.", null=True
                    ),
                ),
                ("is_accessible", models.BooleanField(default=False)),
                ("is_smoking", models.BooleanField(default=False)),
                ("notes", models.TextField(blank=True)),
                (
                    "housekeeping_status",
                    models.CharField(
                        choices=[
                            ("clean", "Clean"),
                            ("dirty", "Dirty"),
                            ("pickup", "Pick-up: a light tidy is enough"),
                            ("inspected", "Inspected"),
                        ],
                        default="clean",
                        max_length=10,
                    ),
                ),
                (
                    "features",
                    models.ManyToManyField(blank=True, related_name="rooms", to="rooms.roomfeature"),
                ),
                ("connects_to", models.ManyToManyField(blank=True, to="rooms.room")),
            ],
            options={
                "ordering": ["property_id", "number", "opened_on"],
                "indexes": [models.Index(fields=["property", "room_type", "number"], name="room_by_type")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on", None), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                        ),
                        name="room_open_days_order",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("property", "="),
                            ("number", "="),
                            (
                                models.Func(
                                    models.F("opened_on"),
                                    models.F("closed_on"),
                                    models.Value("[)"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="room_number_once_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoomBed",
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
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="beds", to="rooms.room"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("single", "Single"),
                            ("double", "Double"),
                            ("queen", "Queen"),
                            ("king", "King"),
                            ("twin", "Twin"),
                            ("bunk", "Bunk"),
                            ("sofa", "Sofa bed"),
                            ("rollaway", "Rollaway"),
                            ("cot", "Cot"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "quantity",
                    models.PositiveSmallIntegerField(
                        default=1, validators=[django.core.validators.MinValueValidator(1)]
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "room_id", "kind"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "room", "kind"), name="room_bed_once"),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 1)), name="room_bed_quantity"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoomPart",
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
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="rooms.room"
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="part_of", to="rooms.room"
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "room_id", "part"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "room", "part"), name="room_part_once"),
                    models.CheckConstraint(
                        condition=models.Q(("room", models.F("part")), _negated=True),
                        name="room_part_not_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoomOccupancy",
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
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="occupancies",
                        to="rooms.room",
                    ),
                ),
                (
                    "during",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(
                        help_text="UTC instants, end excluded."
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("stay", "Stay"), ("day_use", "Day use"), ("block", "Maintenance hold")],
                        max_length=8,
                    ),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="part_rows",
                        to="rooms.roomoccupancy",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "room occupancies",
                "ordering": ["property_id", "room_id", "during"],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["property", "during"], name="room_occupancy_by_property"
                    )
                ],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("room", "="), ("during", "&&")], name="room_taken_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("during__isempty", False),
                            ("during__lower_inf", False),
                            ("during__upper_inf", False),
                        ),
                        name="room_occupancy_bounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoomBlock",
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
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="blocks", to="rooms.room"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("out_of_service", "Out of service: still sellable"),
                            ("out_of_order", "Out of order: not sellable, still in the house count"),
                            ("out_of_inventory", "Out of inventory: leaves the house count"),
                        ],
                        max_length=16,
                    ),
                ),
                ("start_on", models.DateField(help_text="First night held, business date.")),
                ("end_on", models.DateField(help_text="First night no longer held, business date.")),
                ("reason", models.CharField(max_length=200)),
                (
                    "return_status",
                    models.CharField(
                        choices=[
                            ("clean", "Clean"),
                            ("dirty", "Dirty"),
                            ("pickup", "Pick-up: a light tidy is enough"),
                            ("inspected", "Inspected"),
                        ],
                        default="dirty",
                        help_text="Housekeeping status the room gets when the hold ends.",
                        max_length=10,
                    ),
                ),
                (
                    "occupancy",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="block",
                        to="rooms.roomoccupancy",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "released_at",
                    models.DateTimeField(
                        blank=True, help_text="When the room came back, early or at the end.", null=True
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "-start_on"],
                "indexes": [
                    models.Index(fields=["property", "end_on", "start_on"], name="room_block_nights"),
                    models.Index(
                        condition=models.Q(("released_at", None)),
                        fields=["property", "room"],
                        name="room_block_active",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_on__gt", models.F("start_on")),
                            models.Q(("end_on", models.F("start_on")), ("released_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="room_block_nights_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InventoryNight",
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
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "room_type",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nights",
                        to="rooms.roomtype",
                    ),
                ),
                ("night", models.DateField()),
                ("capacity", models.PositiveIntegerField(default=0)),
                ("out_of_order", models.PositiveIntegerField(default=0)),
                ("overbooking", models.PositiveIntegerField(default=0)),
                ("sold", models.PositiveIntegerField(default=0)),
                ("blocked", models.PositiveIntegerField(default=0)),
                ("held", models.PositiveIntegerField(default=0)),
                ("day_sold", models.PositiveIntegerField(default=0)),
                ("day_limit", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["property_id", "night", models.OrderBy(models.F("room_type"), nulls_first=True)],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("property"),
                        models.F("night"),
                        django.db.models.functions.comparison.Coalesce(
                            models.F("room_type"), models.Value(0)
                        ),
                        name="inventory_night_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "sold__lte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("capacity"), "+", models.F("overbooking")
                                            ),
                                            "-",
                                            models.F("out_of_order"),
                                        ),
                                        "-",
                                        models.F("blocked"),
                                    ),
                                    "-",
                                    models.F("held"),
                                ),
                            )
                        ),
                        name="inventory_night_not_oversold",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("day_sold__lte", models.F("day_limit"))),
                        name="inventory_day_use_limit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoomStatusChange",
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
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="status_changes",
                        to="rooms.room",
                    ),
                ),
                (
                    "from_status",
                    models.CharField(
                        choices=[
                            ("clean", "Clean"),
                            ("dirty", "Dirty"),
                            ("pickup", "Pick-up: a light tidy is enough"),
                            ("inspected", "Inspected"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("clean", "Clean"),
                            ("dirty", "Dirty"),
                            ("pickup", "Pick-up: a light tidy is enough"),
                            ("inspected", "Inspected"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("housekeeping", "Housekeeping"),
                            ("front_desk", "Front desk"),
                            ("hold", "End of a hold"),
                            ("stay", "Stay or night audit"),
                            ("device", "Device or integration"),
                        ],
                        max_length=12,
                    ),
                ),
                ("changed_at", models.DateTimeField(default=hotel.core.clock.now)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["property_id", "-changed_at"],
                "indexes": [
                    models.Index(fields=["property", "room", "-changed_at"], name="room_status_history")
                ],
            },
        ),
        migrations.RunSQL("\n".join(text(name) for name in FILES), reverse_sql=text("drop")),
    ]
    operations = models_at_once(operations)
