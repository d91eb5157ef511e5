"""Points taken back by hand, and points from one member to another."""

from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("loyalty", "0005_liability"),
        ("properties", "0003_restraints"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="loyaltyprogram",
            name="transfer_fee_percent",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal("0"),
                help_text="Of the points given, on top of them.",
                max_digits=5,
            ),
        ),
        migrations.AddField(
            model_name="loyaltyprogram",
            name="transfer_limit",
            field=models.PositiveIntegerField(
                default=0,
                help_text="Points that a member may give to others in a calendar year; 0: none at all.",
            ),
        ),
        migrations.AddField(
            model_name="pointadjustment",
            name="reverses",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                help_text="What it takes back.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="loyalty.pointtransaction",
            ),
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
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="loyaltyprogram",
            constraint=models.CheckConstraint(
                condition=models.Q(("transfer_fee_percent__gte", 0), ("transfer_fee_percent__lte", 100)),
                name="loyalty_transfer_fee",
            ),
        ),
        migrations.AddConstraint(
            model_name="pointadjustment",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("reverses__isnull", False), models.Q(("status", "refused"), _negated=True)
                ),
                fields=("reverses",),
                name="loyalty_reversal_asked_once",
            ),
        ),
    ]
