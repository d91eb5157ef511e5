"""Programmes, members, and the ledger of points with its guards."""

from decimal import Decimal
from pathlib import Path

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once

SQL = Path(__file__).resolve().parent.parent / "sql" / "ledger.sql"
UNDO = """
DROP FUNCTION loyalty_refuse_change CASCADE;
DROP FUNCTION loyalty_lot_guard CASCADE;
DROP FUNCTION loyalty_lot_begin CASCADE;
DROP FUNCTION loyalty_move CASCADE;
DROP FUNCTION loyalty_require_sum CASCADE;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("guests", "0004_search_past_the_wall"),
        ("properties", "0003_restraints"),
        ("reservations", "0002_shared_rooms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LoyaltyProgram",
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
                    "chain",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.chain",
                    ),
                ),
                ("code", models.CharField(help_text="Begins the members' numbers.", max_length=12)),
                ("name", models.CharField(max_length=80)),
                (
                    "currency",
                    models.CharField(
                        help_text="ISO 4217; spend counts in it, points are valued in it.", max_length=3
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(help_text="IANA name; points end with its days.", max_length=40),
                ),
                ("is_active", models.BooleanField(default=True)),
                (
                    "pending_days",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Days after departure until points may be spent."
                    ),
                ),
                (
                    "expiry",
                    models.CharField(
                        choices=[
                            ("never", "Never"),
                            ("term", "So many months after they were earned"),
                            ("activity", "So many months after the member's last activity"),
                        ],
                        default="never",
                        max_length=8,
                    ),
                ),
                ("expiry_months", models.PositiveSmallIntegerField(default=0)),
                (
                    "expiry_end",
                    models.CharField(
                        choices=[
                            ("day", "The day itself"),
                            ("month", "The end of its month"),
                            ("year", "The end of its year"),
                        ],
                        default="day",
                        max_length=5,
                    ),
                ),
                (
                    "point_cost",
                    models.DecimalField(
                        decimal_places=6,
                        default=Decimal("0"),
                        help_text="What one point costs the house when spent.",
                        max_digits=12,
                    ),
                ),
                (
                    "window",
                    models.CharField(
                        choices=[
                            ("calendar", "Calendar year"),
                            ("anniversary", "The member's own year"),
                            ("rolling", "The last months"),
                        ],
                        default="calendar",
                        max_length=11,
                    ),
                ),
                (
                    "window_months",
                    models.PositiveSmallIntegerField(default=12, help_text="Of a rolling window."),
                ),
                (
                    "grace_months",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="How long a tier outlives its end."
                    ),
                ),
                (
                    "landing",
                    models.CharField(
                        choices=[("one_level", "One level at a time"), ("as_earned", "To what was earned")],
                        default="one_level",
                        max_length=9,
                    ),
                ),
                (
                    "rolls_over",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("nights", "nights"),
                                ("stays", "stays"),
                                ("points", "points"),
                                ("spend", "spend"),
                            ],
                            max_length=6,
                        ),
                        blank=True,
                        default=list,
                        help_text="What was above the reached tier counts in the next window.",
                        size=None,
                    ),
                ),
                (
                    "rooms_earning",
                    models.PositiveSmallIntegerField(
                        default=3, help_text="Rooms of one booking that earn for the same member."
                    ),
                ),
                (
                    "adjustment_limit",
                    models.PositiveIntegerField(
                        default=5000,
                        help_text="Points that one person may adjust by hand; above, a second one approves.",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("chain", "code"), name="loyalty_program_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("code", ""), _negated=True)
                        ),
                        name="loyalty_program_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expiry", "never"), ("expiry_months__gt", 0), _connector="OR"),
                        name="loyalty_expiry_has_months",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("window_months__gt", 0)), name="loyalty_window_has_months"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("point_cost__gte", 0)), name="loyalty_point_cost_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgramProperty",
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
                    "program",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="houses",
                        to="loyalty.loyaltyprogram",
                    ),
                ),
                ("joined_on", models.DateField(help_text="First business date that departures earn on.")),
                (
                    "left_on",
                    models.DateField(
                        blank=True, help_text="From this day on departures earn no more.", null=True
                    ),
                ),
                (
                    "currency_rate",
                    models.DecimalField(
                        decimal_places=9,
                        default=Decimal("1"),
                        help_text="Units of the programme's currency for one of the hotel's.",
                        max_digits=18,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "program properties",
                "ordering": ["property_id", "joined_on"],
                "indexes": [models.Index(fields=["property", "program"], name="loyalty_house_program")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_on", None)),
                        fields=("property",),
                        name="loyalty_house_in_one_program",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency_rate__gt", 0)), name="loyalty_house_rate_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_on", None), ("left_on__gte", models.F("joined_on")), _connector="OR"
                        ),
                        name="loyalty_house_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LoyaltyTier",
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
                    "program",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tiers",
                        to="loyalty.loyaltyprogram",
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(help_text="0 is where everybody begins.")),
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=40)),
                (
                    "colour",
                    models.CharField(
                        default="#6b7280",
                        help_text="Of the card.",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-f]{6}$", "Use a colour such as #2f5d50."
                            )
                        ],
                    ),
                ),
                (
                    "needs",
                    models.CharField(
                        choices=[("any", "Any of them"), ("all", "All of them")], default="any", max_length=3
                    ),
                ),
                ("min_nights", models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                ("min_stays", models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                ("min_points", models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                ("min_spend", models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                (
                    "lifetime_nights",
                    models.PositiveIntegerField(
                        blank=True, help_text="Nights that keep it for life.", null=True
                    ),
                ),
                (
                    "benefits",
                    models.JSONField(
                        blank=True, default=dict, help_text="What the house honours, see the guide."
                    ),
                ),
            ],
            options={
                "ordering": ["program_id", "level"],
                "constraints": [
                    models.UniqueConstraint(fields=("program", "level"), name="loyalty_tier_level_once"),
                    models.UniqueConstraint(fields=("program", "code"), name="loyalty_tier_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("code", ""), _negated=True)
                        ),
                        name="loyalty_tier_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__gt", 0),
                            models.Q(
                                ("min_nights", None),
                                ("min_points", None),
                                ("min_spend", None),
                                ("min_stays", None),
                            ),
                            _connector="OR",
                        ),
                        name="loyalty_first_tier_asks_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("min_nights", None), ("min_nights__gt", 0), _connector="OR"),
                        name="loyalty_tier_min_nights",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("min_stays", None), ("min_stays__gt", 0), _connector="OR"),
                        name="loyalty_tier_min_stays",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("min_points", None), ("min_points__gt", 0), _connector="OR"),
                        name="loyalty_tier_min_points",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("min_spend", None), ("min_spend__gt", 0), _connector="OR"),
                        name="loyalty_tier_min_spend",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EarningRule",
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
                    "program",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rules",
                        to="loyalty.loyaltyprogram",
                    ),
                ),
                ("code", models.CharField(help_text="The same for all versions.", max_length=20)),
                ("version", models.PositiveSmallIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=80)),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("spend", "Each unit spent"),
                            ("night", "Each night"),
                            ("stay", "The stay"),
                            ("percent", "A share of the other points"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "rate",
                    models.DecimalField(
                        decimal_places=4, help_text="Points for one; of a share hundredths.", max_digits=12
                    ),
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
                            max_length=9,
                        ),
                        blank=True,
                        default=list,
                        help_text="Revenue groups that spend counts; empty for all.",
                        size=None,
                    ),
                ),
                (
                    "only",
                    models.JSONField(
                        blank=True, default=dict, help_text="Trait to the codes one of which must fit."
                    ),
                ),
                (
                    "never",
                    models.JSONField(
                        blank=True, default=dict, help_text="Trait to the codes none of which may fit."
                    ),
                ),
                ("min_nights", models.PositiveSmallIntegerField(default=0)),
                ("max_nights", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "from_stay",
                    models.PositiveIntegerField(
                        default=1, help_text="From the member's how-manieth stay on."
                    ),
                ),
                (
                    "to_stay",
                    models.PositiveIntegerField(blank=True, help_text="1 and 1: a welcome.", null=True),
                ),
                (
                    "with_awards",
                    models.BooleanField(default=False, help_text="Stays paid with points earn, too."),
                ),
                (
                    "is_qualifying",
                    models.BooleanField(default=True, help_text="Its points count for the tier."),
                ),
                (
                    "most",
                    models.PositiveIntegerField(
                        blank=True, help_text="Points at most for one stay.", null=True
                    ),
                ),
                (
                    "rounding",
                    models.CharField(
                        choices=[("down", "Down"), ("nearest", "To the nearest"), ("up", "Up")],
                        default="down",
                        max_length=7,
                    ),
                ),
                ("valid_from", models.DateField(help_text="First departure it holds for.")),
                (
                    "valid_until",
                    models.DateField(blank=True, help_text="Last departure; open when empty.", null=True),
                ),
            ],
            options={
                "ordering": ["program_id", "code", "version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("program", "code", "version"), name="loyalty_rule_version_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_until", None)),
                        fields=("program", "code"),
                        name="loyalty_rule_open_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("rate__gt", 0)), name="loyalty_rule_gives"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="loyalty_rule_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("max_nights", None), ("max_nights__gte", models.F("min_nights")), _connector="OR"
                        ),
                        name="loyalty_rule_nights_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_stay", None), ("to_stay__gte", models.F("from_stay")), _connector="OR"
                        ),
                        name="loyalty_rule_stays_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LoyaltyMember",
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
                    "program",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="loyalty.loyaltyprogram",
                    ),
                ),
                (
                    "guest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loyalty_members",
                        to="guests.guest",
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        editable=False, help_text="On the card; its last digit is a check.", max_length=24
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "Active"), ("suspended", "Suspended"), ("closed", "Closed")],
                        default="active",
                        max_length=9,
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        help_text="Where he enrolled.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("desk", "At the desk"),
                            ("api", "Through the API"),
                            ("import", "Imported"),
                            ("referral", "Brought by a member"),
                        ],
                        max_length=8,
                    ),
                ),
                ("enrolled_on", models.DateField(help_text="Business date; begins his own years.")),
                (
                    "tier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="loyalty.loyaltytier",
                    ),
                ),
                ("tier_since", models.DateField()),
                (
                    "tier_until",
                    models.DateField(
                        blank=True, help_text="Last day; none for the first tier and for life.", null=True
                    ),
                ),
                (
                    "floor",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.loyaltytier",
                    ),
                ),
                ("floor_until", models.DateField(blank=True, null=True)),
                (
                    "debt",
                    models.PositiveIntegerField(
                        default=0, editable=False, help_text="Points owed; new ones pay it first."
                    ),
                ),
                (
                    "active_on",
                    models.DateField(
                        editable=False, help_text="Business date of the last stay or redemption.", null=True
                    ),
                ),
                (
                    "referred_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="loyalty.loyaltymember",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tombstones",
                        to="loyalty.loyaltymember",
                    ),
                ),
            ],
            options={
                "ordering": ["program_id", "number"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("tier_until__isnull", False)),
                        fields=["program", "tier_until"],
                        name="loyalty_tier_ends",
                    ),
                    models.Index(fields=["program", "tier"], name="loyalty_member_tier"),
                    models.Index(
                        condition=models.Q(("referred_by__isnull", False)),
                        fields=["referred_by"],
                        name="loyalty_member_referrer",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("program", "number"), name="loyalty_member_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("merged_into", None), models.Q(("status", "closed"), _negated=True)
                        ),
                        fields=("program", "guest"),
                        name="loyalty_guest_member_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("referred_by", models.F("id")), _negated=True),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                        ),
                        name="loyalty_member_not_himself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("floor_until", None), ("floor__isnull", False), _connector="OR"),
                        name="loyalty_floor_has_tier",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TierChange",
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
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tier_changes",
                        to="loyalty.loyaltymember",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.loyaltytier",
                    ),
                ),
                (
                    "after",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.loyaltytier",
                    ),
                ),
                ("on", models.DateField(help_text="In the programme's zone.")),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "reason",
                    models.CharField(
                        choices=[("earned", "Earned"), ("ended", "Not kept"), ("granted", "Granted")],
                        max_length=8,
                    ),
                ),
                ("because", models.CharField(help_text="In words.", max_length=200)),
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
            ],
            options={
                "ordering": ["member_id", "-id"],
                "indexes": [models.Index(fields=["member", "id"], name="loyalty_tier_history")],
            },
        ),
        migrations.CreateModel(
            name="StayAccrual",
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
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accruals",
                        to="loyalty.loyaltymember",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reservations.reservation",
                    ),
                ),
                ("departure", models.DateField(help_text="Business date; its rules count.")),
                ("tier_code", models.CharField(help_text="The member's tier at check-out.", max_length=20)),
                (
                    "stay_number",
                    models.PositiveIntegerField(help_text="The member's how-manieth stay, from 1."),
                ),
                ("currency_rate", models.DecimalField(decimal_places=9, max_digits=18)),
            ],
            options={
                "ordering": ["member_id", "-departure", "-id"],
                "indexes": [models.Index(fields=["member", "departure"], name="loyalty_accrual_member")],
                "constraints": [
                    models.UniqueConstraint(fields=("reservation",), name="loyalty_stay_earns_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TierCredit",
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
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credits",
                        to="loyalty.loyaltymember",
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
                    "accrual",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credits",
                        to="loyalty.stayaccrual",
                    ),
                ),
                ("day", models.DateField(help_text="Business date of the departure.")),
                ("nights", models.IntegerField(default=0)),
                ("stays", models.IntegerField(default=0)),
                ("points", models.IntegerField(default=0, help_text="Qualifying ones.")),
                (
                    "spend",
                    models.DecimalField(
                        decimal_places=3, default=0, help_text="In the programme's currency.", max_digits=14
                    ),
                ),
            ],
            options={
                "ordering": ["member_id", "-day", "-id"],
                "indexes": [
                    models.Index(fields=["member", "day"], name="loyalty_credit_day"),
                    models.Index(
                        condition=models.Q(("accrual__isnull", False)),
                        fields=["accrual"],
                        name="loyalty_credit_accrual",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PointTransaction",
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
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transactions",
                        to="loyalty.loyaltymember",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("stay", "Earned by a stay"),
                            ("bonus", "Bonus"),
                            ("redemption", "Spent on a reward"),
                            ("given_back", "Given back from a reward"),
                            ("expiry", "Ended"),
                            ("adjustment", "Adjusted by hand"),
                            ("reversal", "Reversed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("points", models.IntegerField(help_text="Above zero came, below zero went.")),
                ("business_date", models.DateField(help_text="Of the property.")),
                ("because", models.CharField(help_text="How it came to this, in words.", max_length=200)),
                (
                    "accrual",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transactions",
                        to="loyalty.stayaccrual",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.earningrule",
                    ),
                ),
                (
                    "reverses",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversals",
                        to="loyalty.pointtransaction",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=20)),
                ("source_key", models.CharField(blank=True, max_length=60)),
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
            ],
            options={
                "ordering": ["member_id", "-id"],
                "indexes": [
                    models.Index(fields=["member", "id"], name="loyalty_points_member"),
                    models.Index(fields=["property", "business_date"], name="loyalty_points_day"),
                    models.Index(
                        condition=models.Q(("accrual__isnull", False)),
                        fields=["accrual"],
                        name="loyalty_points_accrual",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        fields=("member", "source", "source_key"),
                        name="loyalty_points_source_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reverses__isnull", False)),
                        fields=("reverses",),
                        name="loyalty_points_reversed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("points", 0), _negated=True), name="loyalty_points_not_zero"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source", ""), ("source_key", "")),
                            models.Q(
                                models.Q(("source", ""), _negated=True),
                                models.Q(("source_key", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="loyalty_points_source_has_key",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PointLot",
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
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="loyalty.loyaltymember",
                    ),
                ),
                (
                    "transaction",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="loyalty.pointtransaction",
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        help_text="That gave them.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                ("points", models.PositiveIntegerField()),
                ("left", models.PositiveIntegerField(default=0, editable=False)),
                ("earned_on", models.DateField(help_text="Business date.")),
                ("usable_from", models.DateField(help_text="First day, in the programme's zone.")),
                (
                    "expires_on",
                    models.DateField(blank=True, help_text="Last day, in the programme's zone.", null=True),
                ),
            ],
            options={
                "ordering": [
                    "member_id",
                    models.OrderBy(models.F("expires_on"), nulls_last=True),
                    "earned_on",
                    "id",
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("left__gt", 0)), fields=["member"], name="loyalty_lot_left"
                    ),
                    models.Index(fields=["transaction"], name="loyalty_lot_transaction"),
                    models.Index(
                        condition=models.Q(("expires_on__isnull", False), ("left__gt", 0)),
                        fields=["expires_on", "member"],
                        name="loyalty_lot_ends",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("points__gt", 0)), name="loyalty_lot_has_points"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("left__gte", 0), ("left__lte", models.F("points"))),
                        name="loyalty_lot_left_within_points",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PointMovement",
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
                    "transaction",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="loyalty.pointtransaction",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.loyaltymember",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="loyalty.pointlot",
                    ),
                ),
                ("points", models.IntegerField()),
            ],
            options={
                "ordering": ["transaction_id", "id"],
                "indexes": [
                    models.Index(fields=["transaction"], name="loyalty_movement_of"),
                    models.Index(
                        condition=models.Q(("lot__isnull", False)),
                        fields=["lot"],
                        name="loyalty_movement_lot",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("points", 0), _negated=True), name="loyalty_movement_not_zero"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PointAdjustment",
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
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjustments",
                        to="loyalty.loyaltymember",
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
                ("points", models.IntegerField(help_text="Above zero given, below zero taken.")),
                ("reason", models.CharField(max_length=200)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for a second person"),
                            ("posted", "Posted"),
                            ("refused", "Refused"),
                        ],
                        editable=False,
                        max_length=7,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True)),
                (
                    "transaction",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjustment",
                        to="loyalty.pointtransaction",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["member", "id"], name="loyalty_adjustment_member"),
                    models.Index(
                        condition=models.Q(("status", "waiting")),
                        fields=["property", "id"],
                        name="loyalty_adjustment_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("points", 0), _negated=True), models.Q(("reason", ""), _negated=True)
                        ),
                        name="loyalty_adjustment_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "posted"), ("transaction__isnull", False)),
                            models.Q(models.Q(("status", "posted"), _negated=True), ("transaction", None)),
                            _connector="OR",
                        ),
                        name="loyalty_adjustment_posted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="loyalty_adjustment_four_eyes",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=UNDO),
    ]
    operations = models_at_once(operations)
