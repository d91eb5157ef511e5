"""Foreign cash is given change for, in notes and coins of a step."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("folios", "0001_schema"),
        ("properties", "0001_schema"),
        ("reservations", "0001_schema"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="cashmovement",
            name="cash_movement_once",
        ),
        migrations.AddField(
            model_name="exchangerate",
            name="cash_step",
            field=models.DecimalField(
                decimal_places=3,
                default=0,
                help_text="Smallest note or coin handed out; zero: the currency's minor unit.",
                max_digits=14,
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="change_foreign",
            field=models.DecimalField(
                decimal_places=3, default=0, editable=False, help_text="Change, as tendered.", max_digits=14
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="change_home",
            field=models.DecimalField(
                decimal_places=3,
                default=0,
                editable=False,
                help_text="Change in the property's currency.",
                max_digits=14,
            ),
        ),
        migrations.AlterField(
            model_name="cashmovement",
            name="kind",
            field=models.CharField(
                choices=[
                    ("float", "Cash to begin with"),
                    ("payment", "Payment"),
                    ("change", "Change given"),
                    ("refund", "Refund"),
                    ("drop", "Dropped into the safe"),
                    ("paid_out", "Paid out"),
                    ("count", "Over or short when counted"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="cashmovement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("payment__isnull", False)),
                fields=("property", "payment", "kind", "currency"),
                name="cash_movement_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangerate",
            constraint=models.CheckConstraint(
                condition=models.Q(("cash_step__gte", 0)), name="exchange_rate_step"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("change_foreign", 0), ("change_home", 0)),
                    models.Q(
                        ("change_foreign__gte", 0),
                        ("change_home__gte", 0),
                        ("tendered__gt", models.F("change_foreign")),
                        ("tendered__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="payment_change_of_what_was_tendered",
            ),
        ),
    ]
