"""Plans, prices, rules and taxes, and the revision that kept rate sheets are checked against."""

from pathlib import Path

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import djmoney.models.fields
from django.db import migrations, models

import hotel.core.clock
import hotel.rates.models.prices
from hotel.core.postgresql.tables import models_at_once

SQL = (Path(__file__).parents[1] / "sql" / "revision.sql").read_text(encoding="utf-8")
TABLES = (
    "properties_ageband",
    "rooms_roomtype",
    "rooms_roomtypeoccupancy",
    "rates_cancellationpolicy",
    "rates_cancellationstep",
    "rates_depositpolicy",
    "rates_depositstep",
    "rates_noshowpolicy",
    "rates_packageelement",
    "rates_package",
    "rates_rateplan",
    "rates_rateplanpackage",
    "rates_rateplanroomtype",
    "rates_rateprice",
    "rates_ratepriceadults",
    "rates_ratepricechild",
    "rates_restriction",
    "rates_season",
    "rates_seasonrange",
    "rates_taxrule",
)
EVENTS = {"insert": "NEW", "update": "NEW", "delete": "OLD"}
MAKE = [
    f"CREATE TRIGGER rates_revision_{event} AFTER {event.upper()} ON {table} "
    f"REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rates_revision_raise();"
    for table in TABLES
    for event, rows in EVENTS.items()
]
DROP = [f"DROP TRIGGER rates_revision_{event} ON {table};" for table in TABLES for event in EVENTS]


class Migration(migrations.Migration):
    replaces = [
        ("rates", "0001_initial"),
        ("rates", "0002_revision_of_terms"),
        ("rates", "0003_tax_cap_in_words"),
        ("rates", "0004_day_use_by_the_hour"),
        ("rates", "0005_least_guarantee"),
        ("rates", "0006_what_an_allowance_is"),
    ]

    initial = True

    dependencies = [
        ("core", "0001_schema"),
        ("guests", "0001_schema"),
        ("properties", "0001_schema"),
        ("rooms", "0001_schema"),
    ]

    operations = [
        migrations.CreateModel(
            name="CancellationPolicy",
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
                ("description", models.TextField(blank=True, help_text="For guests.")),
                ("is_active", models.BooleanField(default=True)),
                ("grace_hours", models.PositiveSmallIntegerField(default=0)),
                (
                    "fee_group",
                    models.CharField(
                        choices=[
                            ("room", "Room"),
                            ("food", "Food"),
                            ("beverage", "Beverage"),
                            ("service", "Service"),
                            ("other", "Other"),
                            ("fee", "Cancellation or no-show fee"),
                        ],
                        default="fee",
                        help_text="Decides the taxes of the fee.",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "cancellation policies",
                "ordering": ["property_id", "code"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("property", "code"), name="cancellationpolicy_code_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CancellationStep",
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
                    "penalty",
                    models.CharField(
                        choices=[
                            ("nights", "The first nights, at their own prices"),
                            ("percent", "A share of the total"),
                            ("flat", "A fixed amount"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "nights",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)]
                    ),
                ),
                (
                    "share",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                    ),
                ),
                (
                    "amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3, null=True
                    ),
                ),
                (
                    "amount",
                    djmoney.models.fields.MoneyField(
                        blank=True, decimal_places=3, default=None, max_digits=14, null=True
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="rates.cancellationpolicy",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "deadline",
                    models.CharField(
                        choices=[
                            (
                                "before_arrival",
                                "So many days before arrival, at an hour of the property's clock",
                            ),
                            ("at_instant", "At one instant"),
                            ("after_booking", "So many hours after booking"),
                        ],
                        max_length=16,
                    ),
                ),
                ("days_before", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("at_time", models.TimeField(blank=True, help_text="On the property's clock.", null=True)),
                ("deadline_at", models.DateTimeField(blank=True, null=True)),
                ("hours_after", models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                "ordering": ["policy_id", "position"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount", None), ("nights__gte", 1), ("penalty", "nights"), ("share", None)
                            ),
                            models.Q(
                                ("amount", None),
                                ("nights", None),
                                ("penalty", "percent"),
                                ("share__range", (0, 1)),
                            ),
                            models.Q(
                                ("amount__gte", 0), ("nights", None), ("penalty", "flat"), ("share", None)
                            ),
                            _connector="OR",
                        ),
                        name="cancellationstep_owes_one_thing",
                    ),
                    models.UniqueConstraint(fields=("policy", "position"), name="cancellation_step_position"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("at_time__isnull", False),
                                ("days_before__isnull", False),
                                ("deadline", "before_arrival"),
                                ("deadline_at", None),
                                ("hours_after", None),
                            ),
                            models.Q(
                                ("at_time", None),
                                ("days_before", None),
                                ("deadline", "at_instant"),
                                ("deadline_at__isnull", False),
                                ("hours_after", None),
                            ),
                            models.Q(
                                ("at_time", None),
                                ("days_before", None),
                                ("deadline", "after_booking"),
                                ("deadline_at", None),
                                ("hours_after__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="cancellation_step_deadline",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoShowPolicy",
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
                    "penalty",
                    models.CharField(
                        choices=[
                            ("nights", "The first nights, at their own prices"),
                            ("percent", "A share of the total"),
                            ("flat", "A fixed amount"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "nights",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)]
                    ),
                ),
                (
                    "share",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                    ),
                ),
                (
                    "amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3, null=True
                    ),
                ),
                (
                    "amount",
                    djmoney.models.fields.MoneyField(
                        blank=True, decimal_places=3, default=None, max_digits=14, null=True
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
                ("description", models.TextField(blank=True, help_text="For guests.")),
                ("is_active", models.BooleanField(default=True)),
                (
                    "fee_group",
                    models.CharField(
                        choices=[
                            ("room", "Room"),
                            ("food", "Food"),
                            ("beverage", "Beverage"),
                            ("service", "Service"),
                            ("other", "Other"),
                            ("fee", "Cancellation or no-show fee"),
                        ],
                        default="fee",
                        help_text="Decides the taxes of the fee.",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "no-show policies",
                "ordering": ["property_id", "code"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("property", "code"), name="noshowpolicy_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount", None), ("nights__gte", 1), ("penalty", "nights"), ("share", None)
                            ),
                            models.Q(
                                ("amount", None),
                                ("nights", None),
                                ("penalty", "percent"),
                                ("share__range", (0, 1)),
                            ),
                            models.Q(
                                ("amount__gte", 0), ("nights", None), ("penalty", "flat"), ("share", None)
                            ),
                            _connector="OR",
                        ),
                        name="noshowpolicy_owes_one_thing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DepositPolicy",
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
                ("description", models.TextField(blank=True, help_text="For guests.")),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name_plural": "deposit policies",
                "ordering": ["property_id", "code"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("property", "code"), name="depositpolicy_code_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DepositStep",
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
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="rates.depositpolicy",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "due",
                    models.CharField(
                        choices=[
                            ("at_booking", "When booking"),
                            ("before_arrival", "So many days before arrival"),
                        ],
                        max_length=16,
                    ),
                ),
                ("days_before", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("nights", "The first nights, at their own prices"),
                            ("percent", "A share of the total"),
                            ("flat", "A fixed amount"),
                            ("balance", "All that is left"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "nights",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)]
                    ),
                ),
                (
                    "share",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                    ),
                ),
                (
                    "amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3, null=True
                    ),
                ),
                (
                    "amount",
                    djmoney.models.fields.MoneyField(
                        blank=True, decimal_places=3, default=None, max_digits=14, null=True
                    ),
                ),
            ],
            options={
                "ordering": ["policy_id", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("policy", "position"), name="deposit_step_position"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("days_before", None), ("due", "at_booking")),
                            models.Q(("days_before__isnull", False), ("due", "before_arrival")),
                            _connector="OR",
                        ),
                        name="deposit_step_due",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount", None), ("kind", "nights"), ("nights__gte", 1), ("share", None)
                            ),
                            models.Q(
                                ("amount", None),
                                ("kind", "percent"),
                                ("nights", None),
                                ("share__range", (0, 1)),
                            ),
                            models.Q(("amount__gte", 0), ("kind", "flat"), ("nights", None), ("share", None)),
                            models.Q(
                                ("amount", None), ("kind", "balance"), ("nights", None), ("share", None)
                            ),
                            _connector="OR",
                        ),
                        name="deposit_step_asks_one_thing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RatePlan",
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
                ("description", models.TextField(blank=True, help_text="For guests.")),
                (
                    "market",
                    models.CharField(
                        blank=True, help_text="Market segment its stays count in.", max_length=40
                    ),
                ),
                ("sort_order", models.PositiveSmallIntegerField(default=100)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="rates.rateplan",
                    ),
                ),
                (
                    "offset_rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        help_text="-0.10 for ten percent less.",
                        max_digits=7,
                        null=True,
                    ),
                ),
                (
                    "offset_amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3, null=True
                    ),
                ),
                (
                    "offset_amount",
                    djmoney.models.fields.MoneyField(
                        blank=True,
                        decimal_places=3,
                        default=None,
                        help_text="Added per night; may be negative.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "rounding_step",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Such as 1 or 0.5; empty for the currency's minor unit.",
                        max_digits=9,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                    ),
                ),
                (
                    "rounding_mode",
                    models.CharField(
                        choices=[
                            ("half_up", "To the nearest step, half up"),
                            ("half_even", "To the nearest step, half to even"),
                            ("up", "Up"),
                            ("down", "Down"),
                        ],
                        default="half_up",
                        max_length=10,
                    ),
                ),
                (
                    "floor_amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3, null=True
                    ),
                ),
                (
                    "floor_amount",
                    djmoney.models.fields.MoneyField(
                        blank=True, decimal_places=3, default=None, max_digits=14, null=True
                    ),
                ),
                (
                    "ceiling_amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3, null=True
                    ),
                ),
                (
                    "ceiling_amount",
                    djmoney.models.fields.MoneyField(
                        blank=True, decimal_places=3, default=None, max_digits=14, null=True
                    ),
                ),
                (
                    "max_discount_rate",
                    models.DecimalField(
                        decimal_places=6,
                        default=1,
                        help_text="All discounts together take at most this share.",
                        max_digits=7,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                    ),
                ),
                ("inherits_restrictions", models.BooleanField(default=True)),
                (
                    "sell_from",
                    models.DateField(blank=True, help_text="First business date it is sold on.", null=True),
                ),
                (
                    "sell_until",
                    models.DateField(blank=True, help_text="Last business date it is sold on.", null=True),
                ),
                ("stay_from", models.DateField(blank=True, help_text="First night.", null=True)),
                ("stay_until", models.DateField(blank=True, help_text="Last night.", null=True)),
                (
                    "needs_promo",
                    models.BooleanField(default=False, help_text="Only with a promotion code of this plan."),
                ),
                (
                    "is_negotiated",
                    models.BooleanField(default=False, help_text="Only for the companies it is agreed with."),
                ),
                (
                    "day_use_hours",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Sold for day use of up to so many hours; empty for overnight stays.",
                        null=True,
                    ),
                ),
                (
                    "day_use_step_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(15, "Quarters of an hour"), (30, "Half hours"), (60, "Hours")],
                        help_text="Prices of the plan are for an hour, and such stretches count whole once started; empty for one price for the day.",
                        null=True,
                    ),
                ),
                (
                    "day_use_min_hours",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Hours that are paid at least, when priced by the hour.",
                        null=True,
                    ),
                ),
                (
                    "commission_rate",
                    models.DecimalField(
                        decimal_places=6,
                        default=0,
                        max_digits=7,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                    ),
                ),
                (
                    "cancellation_policy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rate_plans",
                        to="rates.cancellationpolicy",
                    ),
                ),
                (
                    "deposit_policy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rate_plans",
                        to="rates.depositpolicy",
                    ),
                ),
                (
                    "no_show_policy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rate_plans",
                        to="rates.noshowpolicy",
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "sort_order", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "code"), name="rate_plan_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="rate_plan_not_its_own_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("offset_amount", None), ("offset_rate", None), ("parent", None)),
                            models.Q(
                                ("parent__isnull", False),
                                models.Q(
                                    ("offset_rate__isnull", False),
                                    ("offset_amount__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="rate_plan_offset_of_derived",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("offset_rate", None), ("offset_rate__gte", -1), _connector="OR"),
                        name="rate_plan_offset_rate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rounding_step", None), ("rounding_step__gt", 0), _connector="OR"
                        ),
                        name="rate_plan_rounding_step",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("floor_amount", None), ("floor_amount__gte", 0), _connector="OR"),
                            models.Q(("ceiling_amount", None), ("ceiling_amount__gte", 0), _connector="OR"),
                            models.Q(
                                ("floor_amount", None),
                                ("ceiling_amount", None),
                                ("ceiling_amount__gte", models.F("floor_amount")),
                                _connector="OR",
                            ),
                        ),
                        name="rate_plan_floor_below_ceiling",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("max_discount_rate__range", (0, 1)), ("commission_rate__range", (0, 1))
                        ),
                        name="rate_plan_shares",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("day_use_min_hours", None), ("day_use_step_minutes", None)),
                            models.Q(
                                ("day_use_hours__isnull", False),
                                ("day_use_step_minutes__in", [15, 30, 60]),
                                models.Q(
                                    ("day_use_min_hours", None),
                                    models.Q(
                                        ("day_use_min_hours__gte", 1),
                                        ("day_use_min_hours__lte", models.F("day_use_hours")),
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="rate_plan_by_the_hour",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("sell_from", None),
                                ("sell_until", None),
                                ("sell_until__gte", models.F("sell_from")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("stay_from", None),
                                ("stay_until", None),
                                ("stay_until__gte", models.F("stay_from")),
                                _connector="OR",
                            ),
                        ),
                        name="rate_plan_dates_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RatePlanRoomType",
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
                    "rate_plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="room_types",
                        to="rates.rateplan",
                    ),
                ),
                (
                    "room_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rate_plans",
                        to="rooms.roomtype",
                    ),
                ),
            ],
            options={
                "ordering": ["rate_plan", "room_type"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "rate_plan", "room_type"), name="rate_plan_room_type_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RatePlanCompany",
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
                    "rate_plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="companies",
                        to="rates.rateplan",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rate_plans",
                        to="guests.company",
                    ),
                ),
                (
                    "discount_rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "rate plan companies",
                "ordering": ["rate_plan", "company"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "rate_plan", "company"), name="rate_plan_company_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("discount_rate", None), ("discount_rate__range", (0, 1)), _connector="OR"
                        ),
                        name="rate_plan_company_discount",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PromoCode",
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
                    "discount_rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                    ),
                ),
                (
                    "discount_amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3, null=True
                    ),
                ),
                (
                    "discount_amount",
                    djmoney.models.fields.MoneyField(
                        blank=True,
                        decimal_places=3,
                        default=None,
                        help_text="Per night.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "is_combinable",
                    models.BooleanField(default=True, help_text="May follow a company's discount."),
                ),
                (
                    "book_from",
                    models.DateField(blank=True, help_text="First business date of booking.", null=True),
                ),
                (
                    "book_until",
                    models.DateField(blank=True, help_text="Last business date of booking.", null=True),
                ),
                ("stay_from", models.DateField(blank=True, help_text="First night.", null=True)),
                ("stay_until", models.DateField(blank=True, help_text="Last night.", null=True)),
                ("max_uses", models.PositiveIntegerField(blank=True, null=True)),
                ("used_count", models.PositiveIntegerField(default=0, editable=False)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "rate_plans",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Empty for every plan.",
                        related_name="promo_codes",
                        to="rates.rateplan",
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "code"), name="promo_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("max_uses", None), ("used_count__lte", models.F("max_uses")), _connector="OR"
                        ),
                        name="promo_code_uses",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("discount_rate", None), ("discount_rate__range", (0, 1)), _connector="OR"
                            ),
                            models.Q(("discount_amount", None), ("discount_amount__gte", 0), _connector="OR"),
                            models.Q(("discount_rate", None), ("discount_amount", None), _connector="OR"),
                        ),
                        name="promo_code_one_discount",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Package",
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
                ("description", models.TextField(blank=True, help_text="For guests.")),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["property_id", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "code"), name="package_code_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PackageElement",
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
                    "package",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="elements",
                        to="rates.package",
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
                ("position", models.PositiveSmallIntegerField(default=10)),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("room", "Room"),
                            ("food", "Food"),
                            ("beverage", "Beverage"),
                            ("service", "Service"),
                            ("other", "Other"),
                            ("fee", "Cancellation or no-show fee"),
                        ],
                        default="other",
                        help_text="Decides its taxes.",
                        max_length=10,
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("once", "Once, on the first night"),
                            ("every_night", "Every night"),
                            ("every_n_nights", "Every N nights, beginning with the first"),
                            ("arrival", "On arrival"),
                            ("departure", "On departure, charged with the last night"),
                            ("weekdays", "On certain weekdays"),
                        ],
                        default="every_night",
                        max_length=16,
                    ),
                ),
                (
                    "every_nights",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)]
                    ),
                ),
                (
                    "weekdays",
                    models.PositiveSmallIntegerField(
                        default=127,
                        help_text="Sum of Monday 1, Tuesday 2, Wednesday 4 … Sunday 64; for the rhythm weekdays.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(127),
                        ],
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("flat", "Once for the party"),
                            ("per_room", "Per room"),
                            ("per_person", "Per person"),
                            ("per_adult", "Per adult"),
                            ("per_child", "Per child of an age band"),
                            ("share_of_rate", "A share of the night's rate"),
                        ],
                        default="per_person",
                        max_length=16,
                    ),
                ),
                (
                    "age_band",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.ageband",
                    ),
                ),
                (
                    "amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3, null=True
                    ),
                ),
                (
                    "amount",
                    djmoney.models.fields.MoneyField(
                        blank=True, decimal_places=3, default=None, max_digits=14, null=True
                    ),
                ),
                (
                    "share",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                    ),
                ),
                (
                    "is_allowance",
                    models.BooleanField(
                        default=False, help_text="The guest consumes up to the amount; the rest is breakage."
                    ),
                ),
                (
                    "allowance_period",
                    models.CharField(
                        choices=[
                            ("day", "On the business day of the night, such as dinner"),
                            ("next_day", "On the day after the night, such as breakfast"),
                            ("stay", "On any day of the stay"),
                        ],
                        default="day",
                        help_text="When an allowance can be consumed.",
                        max_length=8,
                    ),
                ),
                (
                    "allowance_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            max_length=32,
                            validators=[
                                django.core.validators.RegexValidator(
                                    "^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$",
                                    "Use up to 32 letters, digits, - and _.",
                                )
                            ],
                        ),
                        blank=True,
                        default=list,
                        help_text="Codes of the charges that an allowance pays; every charge of its group when empty.",
                        size=30,
                    ),
                ),
                (
                    "bears_overage",
                    models.BooleanField(
                        default=False,
                        help_text="What is consumed beyond an allowance is let off, or owed by the guest.",
                    ),
                ),
            ],
            options={
                "ordering": ["package_id", "position", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("package", "code"), name="package_element_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount", None), ("basis", "share_of_rate"), ("share__range", (0, 1))),
                            models.Q(
                                models.Q(("basis", "share_of_rate"), _negated=True),
                                ("amount__gte", 0),
                                ("share", None),
                            ),
                            _connector="OR",
                        ),
                        name="package_element_amount_or_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("age_band__isnull", False), ("basis", "per_child")),
                            models.Q(models.Q(("basis", "per_child"), _negated=True), ("age_band", None)),
                            _connector="OR",
                        ),
                        name="package_element_age_band",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("every_nights__gte", 1), ("rhythm", "every_n_nights")),
                            models.Q(
                                models.Q(("rhythm", "every_n_nights"), _negated=True), ("every_nights", None)
                            ),
                            _connector="OR",
                        ),
                        name="package_element_every_nights",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekdays__range", (1, 127))), name="package_element_weekdays"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RatePlanPackage",
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
                    "rate_plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="packages",
                        to="rates.rateplan",
                    ),
                ),
                (
                    "package",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rate_plans",
                        to="rates.package",
                    ),
                ),
                (
                    "is_included",
                    models.BooleanField(default=True, help_text="Contained in the rate, or added to it."),
                ),
            ],
            options={
                "ordering": ["rate_plan", "package"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "rate_plan", "package"), name="rate_plan_package_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Season",
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
                ("colour", models.CharField(blank=True, max_length=7)),
            ],
            options={
                "ordering": ["property_id", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "code"), name="season_code_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SeasonRange",
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
                    "season",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ranges", to="rates.season"
                    ),
                ),
                ("start_on", models.DateField(help_text="First night.")),
                ("end_on", models.DateField(help_text="First night after it.")),
            ],
            options={
                "ordering": ["season_id", "start_on"],
                "indexes": [
                    models.Index(fields=["property", "start_on", "end_on"], name="season_range_nights")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end_on__gt", models.F("start_on"))), name="season_range_order"
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("season", "="),
                            (hotel.rates.models.prices.DateRange("start_on", "end_on"), "&&"),
                        ],
                        name="season_range_apart",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RatePrice",
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
                    "rate_plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prices",
                        to="rates.rateplan",
                    ),
                ),
                (
                    "room_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prices",
                        to="rooms.roomtype",
                    ),
                ),
                (
                    "season",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prices",
                        to="rates.season",
                    ),
                ),
                ("start_on", models.DateField(blank=True, help_text="First night.", null=True)),
                ("end_on", models.DateField(blank=True, help_text="First night after it.", null=True)),
                (
                    "weekdays",
                    models.PositiveSmallIntegerField(
                        default=127,
                        help_text="Sum of Monday 1, Tuesday 2, Wednesday 4 … Sunday 64.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(127),
                        ],
                    ),
                ),
                (
                    "amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
                    ),
                ),
                (
                    "amount",
                    djmoney.models.fields.MoneyField(
                        decimal_places=3, help_text="For up to the type's standard occupancy.", max_digits=14
                    ),
                ),
                (
                    "single_amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3, null=True
                    ),
                ),
                (
                    "single_amount",
                    djmoney.models.fields.MoneyField(
                        blank=True,
                        decimal_places=3,
                        default=None,
                        help_text="For one adult; empty for the same.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "extra_adult_amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3, null=True
                    ),
                ),
                (
                    "extra_adult_amount",
                    djmoney.models.fields.MoneyField(
                        blank=True,
                        decimal_places=3,
                        default=None,
                        help_text="Per adult beyond the standard; empty for none.",
                        max_digits=14,
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["rate_plan", "room_type", "start_on", "pk"],
                "indexes": [
                    models.Index(
                        fields=["property", "rate_plan", "room_type", "end_on", "start_on"],
                        name="rate_price_nights",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_on", None), ("season", None), ("start_on", None)),
                            models.Q(("end_on", None), ("season__isnull", False), ("start_on", None)),
                            models.Q(
                                ("end_on__gt", models.F("start_on")),
                                ("season", None),
                                ("start_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="rate_price_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekdays__range", (1, 127))), name="rate_price_weekdays"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gte", 0),
                            models.Q(("single_amount", None), ("single_amount__gte", 0), _connector="OR"),
                            models.Q(
                                ("extra_adult_amount", None), ("extra_adult_amount__gte", 0), _connector="OR"
                            ),
                        ),
                        name="rate_price_not_negative",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("start_on", None)),
                        fields=("property", "rate_plan", "room_type", "season", "weekdays"),
                        name="rate_price_season_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RatePriceAdults",
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
                    "price",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="by_adults",
                        to="rates.rateprice",
                    ),
                ),
                (
                    "adults",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)]
                    ),
                ),
                (
                    "amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
                    ),
                ),
                ("amount", djmoney.models.fields.MoneyField(decimal_places=3, max_digits=14)),
            ],
            options={
                "verbose_name_plural": "rate prices by adults",
                "ordering": ["price_id", "adults"],
                "constraints": [
                    models.UniqueConstraint(fields=("price", "adults"), name="rate_price_adults_once"),
                    models.CheckConstraint(
                        condition=models.Q(("adults__gte", 1), ("amount__gte", 0)),
                        name="rate_price_adults_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RatePriceChild",
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
                    "price",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="by_child",
                        to="rates.rateprice",
                    ),
                ),
                (
                    "age_band",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="properties.ageband"
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("amount", "A fixed amount"),
                            ("share", "A share of an adult's part of the room price"),
                            ("free", "Nothing"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3, null=True
                    ),
                ),
                (
                    "amount",
                    djmoney.models.fields.MoneyField(
                        blank=True, decimal_places=3, default=None, max_digits=14, null=True
                    ),
                ),
                (
                    "share",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "rate prices by child",
                "ordering": ["price_id", "age_band"],
                "constraints": [
                    models.UniqueConstraint(fields=("price", "age_band"), name="rate_price_child_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gte", 0), ("method", "amount"), ("share", None)),
                            models.Q(("amount", None), ("method", "share"), ("share__range", (0, 1))),
                            models.Q(("amount", None), ("method", "free"), ("share", None)),
                            _connector="OR",
                        ),
                        name="rate_price_child_method",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Restriction",
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
                ("start_on", models.DateField(help_text="First night.")),
                ("end_on", models.DateField(help_text="First night no longer concerned.")),
                (
                    "weekdays",
                    models.PositiveSmallIntegerField(
                        default=127,
                        help_text="Sum of Monday 1, Tuesday 2, Wednesday 4 … Sunday 64.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(127),
                        ],
                    ),
                ),
                (
                    "room_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="restrictions",
                        to="rooms.roomtype",
                    ),
                ),
                (
                    "rate_plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="restrictions",
                        to="rates.rateplan",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("closed", "Closed: no night may be slept"),
                            ("cta", "Closed to arrival"),
                            ("ctd", "Closed to departure"),
                            ("min_los", "Minimum nights when arriving"),
                            ("max_los", "Maximum nights when arriving"),
                            ("min_stay_through", "Minimum nights of a stay that touches the night"),
                            ("max_stay_through", "Maximum nights of a stay that touches the night"),
                            ("los_pattern", "Only these lengths when arriving"),
                            ("min_advance", "Book at least so many days before arrival"),
                            ("max_advance", "Book at most so many days before arrival"),
                            ("min_occupancy", "At least so many persons"),
                            ("max_occupancy", "At most so many persons"),
                            ("min_guarantee", "At least this guarantee"),
                        ],
                        max_length=18,
                    ),
                ),
                (
                    "value",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Nights, days or persons; empty for closed, cta, ctd and patterns.",
                        null=True,
                    ),
                ),
                (
                    "pattern",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            validators=[django.core.validators.MinValueValidator(1)]
                        ),
                        blank=True,
                        default=list,
                        help_text="The lengths allowed, for los_pattern.",
                        size=None,
                    ),
                ),
                (
                    "guarantee",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hold_6pm", "Held until the evening"),
                            ("credit_card", "Credit card"),
                            ("company", "Company"),
                            ("prepayment", "Prepayment"),
                        ],
                        help_text="What is asked at least, for min_guarantee.",
                        max_length=16,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "ordering": ["property_id", "start_on", "pk"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["property", "end_on", "start_on"], name="restriction_nights")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end_on__gt", models.F("start_on"))),
                        name="restriction_nights_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekdays__range", (1, 127))), name="restriction_weekdays"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("guarantee", ""),
                                ("kind__in", ("closed", "cta", "ctd")),
                                ("pattern", []),
                                ("value", None),
                            ),
                            models.Q(
                                ("guarantee", ""),
                                ("kind", "los_pattern"),
                                ("value", None),
                                models.Q(("pattern", []), _negated=True),
                            ),
                            models.Q(
                                ("kind", "min_guarantee"),
                                ("pattern", []),
                                ("value", None),
                                models.Q(("guarantee", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(
                                    ("kind__in", ("closed", "cta", "ctd", "los_pattern", "min_guarantee")),
                                    _negated=True,
                                ),
                                ("guarantee", ""),
                                ("pattern", []),
                                ("value__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="restriction_value_of_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaxRule",
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
                (
                    "position",
                    models.PositiveSmallIntegerField(default=10, help_text="The order of computation."),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("percent", "A share of the charge's net amount"),
                            ("per_person_night", "An amount per person and night"),
                            ("per_room_night", "An amount per room and night"),
                            ("per_person_stay", "An amount per person and stay"),
                            ("per_stay", "An amount per stay"),
                        ],
                        max_length=18,
                    ),
                ),
                (
                    "rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        help_text="0.10 for ten percent.",
                        max_digits=7,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                    ),
                ),
                (
                    "amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3, null=True
                    ),
                ),
                (
                    "amount",
                    djmoney.models.fields.MoneyField(
                        blank=True,
                        decimal_places=3,
                        default=None,
                        help_text="Per person, room or stay, as the method says.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "is_inclusive",
                    models.BooleanField(default=True, help_text="Contained in prices, or added to them."),
                ),
                (
                    "groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("room", "Room"),
                                ("food", "Food"),
                                ("beverage", "Beverage"),
                                ("service", "Service"),
                                ("other", "Other"),
                                ("fee", "Cancellation or no-show fee"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        help_text="The charges it is taken on; for shares of a charge only.",
                        size=None,
                    ),
                ),
                (
                    "stacked_on",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16),
                        blank=True,
                        default=list,
                        help_text="Codes of earlier rules.",
                        size=None,
                    ),
                ),
                (
                    "max_nights",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Each person pays for at most so many nights of a stay.",
                        null=True,
                    ),
                ),
                (
                    "max_amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3, null=True
                    ),
                ),
                (
                    "max_amount",
                    djmoney.models.fields.MoneyField(
                        blank=True,
                        decimal_places=3,
                        default=None,
                        help_text="At most so much of one charge: for each thing sold and night.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                ("min_age", models.PositiveSmallIntegerField(default=0, help_text="Full years, inclusive.")),
                (
                    "max_age",
                    models.PositiveSmallIntegerField(default=199, help_text="Full years, inclusive."),
                ),
                (
                    "exempt_reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=30),
                        blank=True,
                        default=list,
                        help_text="Such as resident or business.",
                        size=None,
                    ),
                ),
                ("valid_from", models.DateField(help_text="First night.")),
                (
                    "valid_until",
                    models.DateField(blank=True, help_text="First night it no longer counts.", null=True),
                ),
            ],
            options={
                "ordering": ["property_id", "position", "code", "valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount", None), ("method", "percent"), ("rate__gte", 0)),
                            models.Q(
                                models.Q(("method", "percent"), _negated=True),
                                ("amount__gte", 0),
                                ("rate", None),
                            ),
                            _connector="OR",
                        ),
                        name="tax_rule_rate_or_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="tax_rule_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("min_age__lte", models.F("max_age"))), name="tax_rule_ages"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("method__in", ["per_person_stay", "per_stay"]), _negated=True),
                            ("is_inclusive", False),
                            _connector="OR",
                        ),
                        name="tax_rule_per_stay_is_added",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("max_amount", None), ("max_amount__gte", 0), _connector="OR"),
                        name="tax_rule_max_amount",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("property", "="),
                            ("code", "="),
                            (hotel.rates.models.prices.DateRange("valid_from", "valid_until"), "&&"),
                        ],
                        name="tax_rule_one_version_a_night",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaxExemption",
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
                ("certificate", models.CharField(help_text="The number on the paper.", max_length=60)),
                ("holder", models.CharField(max_length=120)),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        help_text="Counts for every stay of this company; without one it is named when booking.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tax_exemptions",
                        to="guests.company",
                    ),
                ),
                (
                    "reason",
                    models.SlugField(help_text="Such as diplomat, resident or business.", max_length=30),
                ),
                (
                    "tax_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16),
                        blank=True,
                        default=list,
                        help_text="Empty for every tax that allows the reason.",
                        size=None,
                    ),
                ),
                ("valid_from", models.DateField(help_text="First night.")),
                ("valid_until", models.DateField(help_text="Last night, inclusive.")),
                ("document", models.FileField(blank=True, upload_to="tax-exemptions")),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("revoked_reason", models.CharField(blank=True, editable=False, max_length=200)),
            ],
            options={
                "ordering": ["property_id", "-valid_until", "certificate"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "certificate"), name="tax_exemption_once"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                        name="tax_exemption_dates",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            SQL,
            "DROP FUNCTION rates_revision_raise; DROP TABLE rates_revision; DROP SEQUENCE rates_revision_number;",
        ),
        migrations.RunSQL("\n".join(MAKE), "\n".join(DROP)),
    ]
    operations = models_at_once(operations)
