"""What points are worth and who owes whom for them, and that it is never changed."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import hotel.core.clock
from hotel.core.postgresql.tables import models_at_once

SQL = Path(__file__).resolve().parent.parent / "sql" / "liability.sql"
UNDO = """
DROP TRIGGER loyalty_liability_immutable ON loyalty_liabilitysnapshot;
DROP TRIGGER loyalty_settlement_immutable ON loyalty_propertysettlement;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("loyalty", "0004_bonus_campaigns"),
        ("properties", "0003_restraints"),
    ]

    operations = [
        migrations.CreateModel(
            name="LiabilitySnapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("day", models.DateField(help_text="In the programme's zone; as its first hour found it.")),
                ("usable", models.PositiveBigIntegerField(help_text="May be spent.")),
                ("pending", models.PositiveBigIntegerField(help_text="Earned, not to be spent yet.")),
                ("currency", models.CharField(max_length=3)),
                (
                    "point_cost",
                    models.DecimalField(decimal_places=6, help_text="Of one point then.", max_digits=12),
                ),
                (
                    "breakage_rate",
                    models.DecimalField(
                        decimal_places=4, help_text="Share that is never spent, 0 to 1.", max_digits=5
                    ),
                ),
                ("gross", models.DecimalField(decimal_places=3, max_digits=16)),
                ("breakage", models.DecimalField(decimal_places=3, max_digits=16)),
                ("net", models.DecimalField(decimal_places=3, max_digits=16)),
                ("moved", models.DecimalField(decimal_places=3, max_digits=16)),
                (
                    "program",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="loyalty.loyaltyprogram",
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
                "ordering": ["property_id", "-day"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "program", "day"), name="loyalty_liability_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "net",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("gross"), "-", models.F("breakage")
                                ),
                            )
                        ),
                        name="loyalty_liability_net",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("breakage_rate__range", (0, 1))),
                        name="loyalty_liability_breakage_is_a_share",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PropertySettlement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("month", models.DateField(help_text="Its first day, of business dates.")),
                (
                    "given",
                    models.BigIntegerField(help_text="Points of this hotel that the other one served."),
                ),
                (
                    "served",
                    models.BigIntegerField(help_text="Points of the other one that this hotel served."),
                ),
                ("currency", models.CharField(max_length=3)),
                ("point_cost", models.DecimalField(decimal_places=6, max_digits=12)),
                ("amount", models.DecimalField(decimal_places=3, max_digits=16)),
                (
                    "program",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlements",
                        to="loyalty.loyaltyprogram",
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
                    "counterpart",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "-month"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "program", "month", "counterpart"), name="loyalty_settlement_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("property", models.F("counterpart")), _negated=True),
                        name="loyalty_settlement_of_two",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="loyaltyprogram",
            name="breakage_rate",
            field=models.DecimalField(
                blank=True,
                decimal_places=4,
                help_text="Share of points that is never spent, 0 to 1; what the past says when empty.",
                max_digits=5,
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="loyaltyprogram",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("breakage_rate", None), ("breakage_rate__range", (0, 1)), _connector="OR"
                ),
                name="loyalty_breakage_is_a_share",
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=UNDO),
    ]
    operations = models_at_once(operations)
