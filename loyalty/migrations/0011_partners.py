"""Partners whose customers earn, what they posted and what they owe."""

from decimal import Decimal
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once

SQL = Path(__file__).resolve().parent.parent / "sql" / "partners.sql"
UNDO = """
DROP TRIGGER loyalty_partner_statement_immutable ON loyalty_partnerstatement;
DROP FUNCTION loyalty_partner_accrual_guard CASCADE
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("loyalty", "0010_status_matches"),
        ("properties", "0003_restraints"),
    ]

    operations = [
        migrations.CreateModel(
            name="LoyaltyPartner",
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
                        related_name="partners",
                        to="loyalty.loyaltyprogram",
                    ),
                ),
                (
                    "property",
                    models.ForeignKey(
                        help_text="Has the contract: it stands for the points, and the partner pays it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("airline", "Airline"),
                            ("car_hire", "Car hire"),
                            ("card_issuer", "Card issuer"),
                            ("restaurant", "Restaurant"),
                            ("other", "Other"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        help_text="What his amounts count, in the singular, such as EUR, mile or day.",
                        max_length=20,
                    ),
                ),
                (
                    "rate",
                    models.DecimalField(decimal_places=4, help_text="Points for one unit.", max_digits=12),
                ),
                (
                    "point_price",
                    models.DecimalField(
                        decimal_places=6,
                        default=Decimal("0"),
                        help_text="What he pays for a point, in the programme's currency.",
                        max_digits=12,
                    ),
                ),
                ("valid_from", models.DateField(help_text="First day that earns.")),
                ("valid_until", models.DateField(blank=True, help_text="Last day that earns.", null=True)),
                (
                    "month_cap",
                    models.PositiveIntegerField(
                        blank=True, help_text="Points of one member in a calendar month at most.", null=True
                    ),
                ),
                (
                    "year_cap",
                    models.PositiveIntegerField(
                        blank=True, help_text="Points of one member in a calendar year at most.", null=True
                    ),
                ),
                ("is_active", models.BooleanField(default=True, help_text="He may post.")),
            ],
            options={
                "ordering": ["program_id", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("program", "code"), name="loyalty_partner_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("code", ""), _negated=True),
                            models.Q(("unit", ""), _negated=True),
                        ),
                        name="loyalty_partner_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("point_price__gte", 0), ("rate__gt", 0)),
                        name="loyalty_partner_prices",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="loyalty_partner_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnerAccrual",
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
                    "partner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accruals",
                        to="loyalty.loyaltypartner",
                    ),
                ),
                ("reference", models.CharField(help_text="The partner's own.", max_length=60)),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.loyaltymember",
                    ),
                ),
                ("earned_on", models.DateField(help_text="When the member bought, flew or drove.")),
                (
                    "amount",
                    models.DecimalField(decimal_places=3, help_text="In the partner's unit.", max_digits=14),
                ),
                ("points", models.PositiveIntegerField()),
                (
                    "value",
                    models.DecimalField(
                        decimal_places=6,
                        help_text="What he owes for them by the price of that day.",
                        max_digits=16,
                    ),
                ),
                (
                    "transaction",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.pointtransaction",
                    ),
                ),
                (
                    "reversal",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.pointtransaction",
                    ),
                ),
                (
                    "posted_by",
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
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["member", "partner", "earned_on"], name="loyalty_partner_member")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partner", "reference"), name="loyalty_partner_reference_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("reference", ""), _negated=True), ("points__gt", 0)),
                        name="loyalty_partner_accrual_gives",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnerStatement",
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
                    "partner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="loyalty.loyaltypartner",
                    ),
                ),
                ("month", models.DateField(help_text="Its first day, of the hotel's business dates.")),
                ("given", models.PositiveBigIntegerField(help_text="Points posted in the month.")),
                (
                    "taken_back",
                    models.PositiveBigIntegerField(
                        help_text="Points reversed in the month, whenever posted."
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("amount", models.DecimalField(decimal_places=3, max_digits=16)),
            ],
            options={
                "ordering": ["property_id", "-month"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "partner", "month"), name="loyalty_partner_month_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="loyalty_partner_month_begins"
                    ),
                ],
            },
        ),
        migrations.AlterField(
            model_name="pointtransaction",
            name="kind",
            field=models.CharField(
                choices=[
                    ("stay", "Earned by a stay"),
                    ("bonus", "Bonus"),
                    ("redemption", "Spent on a reward"),
                    ("given_back", "Given back from a reward"),
                    ("expiry", "Ended"),
                    ("adjustment", "Adjusted by hand"),
                    ("reversal", "Reversed"),
                    ("merge", "Came or went with a merged membership"),
                    ("transfer", "Transferred"),
                    ("claim", "Claimed stay"),
                    ("partner", "Earned with a partner"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=UNDO),
    ]
    operations = models_at_once(operations)
