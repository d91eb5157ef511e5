"""What referrals give, and what became of them."""

import django.db.models.deletion
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once


class Migration(migrations.Migration):
    dependencies = [
        ("loyalty", "0007_stay_claims"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReferralRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveSmallIntegerField(default=1, editable=False)),
                (
                    "referrer_points",
                    models.PositiveIntegerField(default=0, help_text="For who brought somebody."),
                ),
                ("referred_points", models.PositiveIntegerField(default=0, help_text="For who was brought.")),
                (
                    "min_nights",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="Of the first stay that qualifies."
                    ),
                ),
                (
                    "yearly_limit",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Rewarded referrals of one member in a calendar year.",
                        null=True,
                    ),
                ),
                ("valid_from", models.DateField(help_text="First departure it holds for.")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True, editable=False, help_text="Last departure; open when empty.", null=True
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referral_rules",
                        to="loyalty.loyaltyprogram",
                    ),
                ),
            ],
            options={
                "ordering": ["program_id", "-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("program", "version"), name="loyalty_referral_version_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_until", None)),
                        fields=("program",),
                        name="loyalty_referral_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("referrer_points__gt", 0), ("referred_points__gt", 0), _connector="OR"
                        ),
                        name="loyalty_referral_gives",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="loyalty_referral_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Referral",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("rewarded", "Rewarded"),
                            ("taken_back", "Taken back with the stay"),
                            ("refused", "Refused"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "because",
                    models.CharField(blank=True, help_text="Why it was refused, in words.", max_length=200),
                ),
                ("year", models.PositiveSmallIntegerField(help_text="Of the departure; its limit counts.")),
                (
                    "accrual",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The stay it is for.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.stayaccrual",
                    ),
                ),
                (
                    "member",
                    models.OneToOneField(
                        help_text="Who was brought.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referral",
                        to="loyalty.loyaltymember",
                    ),
                ),
                (
                    "referrer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.loyaltymember",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.referralrule",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["referrer", "year"], name="loyalty_referral_year")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("member", models.F("referrer")), _negated=True),
                        name="loyalty_referral_not_of_himself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status", "refused"), ("because", ""), _connector="XOR"),
                        name="loyalty_referral_says_why",
                    ),
                ],
            },
        ),
    ]
    operations = models_at_once(operations)
