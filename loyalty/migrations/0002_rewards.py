"""Rewards, redemptions, and what guards them."""

from decimal import Decimal
from pathlib import Path

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once

FOLDER = Path(__file__).resolve().parent.parent / "sql"
SQL = [(FOLDER / name).read_text(encoding="utf-8") for name in ("redemption_guard.sql", "rewards.sql")]
UNDO = """
DROP FUNCTION loyalty_redemption_guard CASCADE;
DROP FUNCTION loyalty_stock_guard CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("folios", "0005_encrypted_contact_data"),
        ("loyalty", "0001_schema"),
        ("properties", "0003_restraints"),
        ("reservations", "0002_shared_rooms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reward",
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
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("free_night", "Free night"),
                            ("upgrade", "Upgrade"),
                            ("folio_credit", "Credit on the bill"),
                            ("voucher", "Voucher"),
                            ("service", "Service of the house"),
                            ("partner", "Good of a partner"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "base",
                    models.PositiveIntegerField(help_text="Points for one, before anything moves them."),
                ),
                ("floor", models.PositiveIntegerField(help_text="Points at least; the last word.")),
                ("ceiling", models.PositiveIntegerField(help_text="Points at most; the last word.")),
                (
                    "step",
                    models.PositiveIntegerField(
                        default=1, help_text="The price is a multiple of so many points."
                    ),
                ),
                (
                    "demand_steps",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="From a share of rooms sold on, times a factor; see the guide.",
                    ),
                ),
                (
                    "stock_steps",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="From a share of the stock that is gone on, times a factor.",
                    ),
                ),
                (
                    "seasons",
                    models.JSONField(
                        blank=True, default=list, help_text="Days of the year and their factor."
                    ),
                ),
                (
                    "tier_factors",
                    models.JSONField(blank=True, default=dict, help_text="Code of a tier to its factor."),
                ),
                (
                    "hotels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        blank=True,
                        default=list,
                        help_text="Codes of the hotels that have it; empty for all that take part.",
                        size=None,
                    ),
                ),
                (
                    "stock",
                    models.PositiveIntegerField(
                        blank=True, help_text="How many there are altogether; empty without end.", null=True
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        blank=True, help_text="First business date it is offered on.", null=True
                    ),
                ),
                ("valid_until", models.DateField(blank=True, help_text="Last one.", null=True)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "settlement_rate",
                    models.DecimalField(
                        decimal_places=3,
                        default=Decimal("0"),
                        help_text="What the hotel that serves one gets for it, in the programme's currency.",
                        max_digits=12,
                    ),
                ),
                (
                    "hold_minutes",
                    models.PositiveIntegerField(default=60, help_text="How long it is held until confirmed."),
                ),
                (
                    "penalty_percent",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        help_text="Share of the points that is kept when a confirmed one is cancelled.",
                        max_digits=5,
                    ),
                ),
                (
                    "free_cancel_days",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="More than so many days before its first day cancelling costs nothing.",
                    ),
                ),
                (
                    "cash_percent",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Share of the price that may be paid with money at most."
                    ),
                ),
                (
                    "cash_per_point",
                    models.DecimalField(
                        decimal_places=6,
                        default=Decimal("0"),
                        help_text="Money for one point not given, in the programme's currency.",
                        max_digits=12,
                    ),
                ),
                (
                    "min_tier",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="For members of this tier and above.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.loyaltytier",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rewards",
                        to="loyalty.loyaltyprogram",
                    ),
                ),
            ],
            options={
                "ordering": ["program_id", "code"],
            },
        ),
        migrations.CreateModel(
            name="RewardRedemption",
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
                            ("free_night", "Free night"),
                            ("upgrade", "Upgrade"),
                            ("folio_credit", "Credit on the bill"),
                            ("voucher", "Voucher"),
                            ("service", "Service of the house"),
                            ("partner", "Good of a partner"),
                        ],
                        help_text="Of the reward, frozen.",
                        max_length=12,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("held", "Held"),
                            ("confirmed", "Confirmed"),
                            ("fulfilled", "Used"),
                            ("cancelled", "Cancelled"),
                            ("released", "Released, not confirmed in time"),
                            ("refunded", "Given back by the house"),
                        ],
                        default="held",
                        editable=False,
                        max_length=9,
                    ),
                ),
                (
                    "quantity",
                    models.PositiveSmallIntegerField(default=1, help_text="Of free nights their number."),
                ),
                (
                    "first_day",
                    models.DateField(
                        blank=True, help_text="First day, such as the first free night.", null=True
                    ),
                ),
                (
                    "past_day",
                    models.DateField(blank=True, help_text="The day after the last one.", null=True),
                ),
                ("price", models.PositiveIntegerField(help_text="Points for one, frozen.")),
                (
                    "because",
                    models.JSONField(
                        default=list, help_text="The way to the price: reasons, and points after each."
                    ),
                ),
                ("points", models.PositiveIntegerField(help_text="Taken.")),
                (
                    "cash",
                    models.DecimalField(
                        decimal_places=3,
                        default=Decimal("0"),
                        help_text="Paid with money instead of points, in the hotel's currency.",
                        max_digits=14,
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        decimal_places=3,
                        default=Decimal("0"),
                        help_text="What the hotel gets for it, in the programme's currency, frozen.",
                        max_digits=14,
                    ),
                ),
                ("held_until", models.DateTimeField(editable=False)),
                (
                    "closed_at",
                    models.DateTimeField(
                        editable=False, help_text="Cancelled, released or given back.", null=True
                    ),
                ),
                (
                    "returned",
                    models.PositiveIntegerField(
                        default=0, editable=False, help_text="Points that went back."
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="Why it was cancelled or given back.", max_length=200
                    ),
                ),
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
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redemptions",
                        to="loyalty.loyaltymember",
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        help_text="That serves it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                (
                    "reservation",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The stay it is for.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loyalty_redemptions",
                        to="reservations.reservation",
                    ),
                ),
                (
                    "reward",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redemptions",
                        to="loyalty.reward",
                    ),
                ),
                (
                    "settlement",
                    models.OneToOneField(
                        editable=False,
                        help_text="What paid it on the bill.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="folios.posting",
                    ),
                ),
                (
                    "spent",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redemption",
                        to="loyalty.pointtransaction",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.UniqueConstraint(fields=("program", "code"), name="loyalty_reward_code_once"),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True), models.Q(("code", ""), _negated=True)
                ),
                name="loyalty_reward_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("base__gte", models.F("floor")), ("base__lte", models.F("ceiling")), ("floor__gt", 0)
                ),
                name="loyalty_reward_price_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(("hold_minutes__gt", 0), ("step__gt", 0)),
                name="loyalty_reward_steps_and_holds",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cash_percent__lt", 100), ("penalty_percent__gte", 0), ("penalty_percent__lte", 100)
                ),
                name="loyalty_reward_shares",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settlement_rate__gte", 0),
                    models.Q(("cash_percent", 0), ("cash_per_point__gt", 0), _connector="OR"),
                ),
                name="loyalty_reward_money",
            ),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from", None),
                    ("valid_until", None),
                    ("valid_until__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="loyalty_reward_days_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="rewardredemption",
            index=models.Index(fields=["member", "id"], name="loyalty_redemption_member"),
        ),
        migrations.AddIndex(
            model_name="rewardredemption",
            index=models.Index(fields=["property", "id"], name="loyalty_redemption_place"),
        ),
        migrations.AddIndex(
            model_name="rewardredemption",
            index=models.Index(
                condition=models.Q(("status__in", ("held", "confirmed", "fulfilled"))),
                fields=["reward"],
                name="loyalty_redemption_takes",
            ),
        ),
        migrations.AddIndex(
            model_name="rewardredemption",
            index=models.Index(
                condition=models.Q(("reservation__isnull", False)),
                fields=["reservation"],
                name="loyalty_redemption_stay",
            ),
        ),
        migrations.AddIndex(
            model_name="rewardredemption",
            index=models.Index(
                condition=models.Q(("status", "held")), fields=["held_until"], name="loyalty_redemption_held"
            ),
        ),
        migrations.AddConstraint(
            model_name="rewardredemption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cash__gte", 0),
                    ("points__gt", 0),
                    ("price__gt", 0),
                    ("quantity__gt", 0),
                    ("value__gte", 0),
                ),
                name="loyalty_redemption_amounts",
            ),
        ),
        migrations.AddConstraint(
            model_name="rewardredemption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned__lte", models.F("points")),
                    models.Q(("returned", 0), ("closed_at__isnull", False), _connector="OR"),
                ),
                name="loyalty_redemption_returned",
            ),
        ),
        migrations.AddConstraint(
            model_name="rewardredemption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("status__in", ("held", "confirmed", "fulfilled"))),
                    models.Q(
                        models.Q(("status__in", ("held", "confirmed", "fulfilled")), _negated=True),
                        ("closed_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="loyalty_redemption_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="rewardredemption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first_day", None), ("past_day", None)),
                    models.Q(
                        ("first_day__isnull", False),
                        ("past_day__gt", models.F("first_day")),
                        ("past_day__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="loyalty_redemption_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="rewardredemption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("free_night", "folio_credit")), _negated=True),
                    ("reservation__isnull", False),
                    _connector="OR",
                ),
                name="loyalty_redemption_of_a_stay",
            ),
        ),
        migrations.AddConstraint(
            model_name="rewardredemption",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("kind", "free_night"), ("status__in", ("held", "confirmed", "fulfilled"))
                ),
                expressions=[
                    ("reservation", "="),
                    (
                        models.Func(
                            models.F("first_day"),
                            models.F("past_day"),
                            models.Value("[)"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="loyalty_night_free_once",
            ),
        ),
        migrations.RunSQL("".join(SQL), reverse_sql=UNDO),
    ]
    operations = models_at_once(operations)
