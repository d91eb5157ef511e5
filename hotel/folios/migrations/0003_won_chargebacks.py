"""Disputes by their id, with fees; what a bank gives back when one is won."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("folios", "0002_foreign_cash_with_change"),
        ("properties", "0001_schema"),
        ("reservations", "0001_schema"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="gatewaynotice",
            name="dispute",
            field=models.CharField(blank=True, help_text="The processor's id of it.", max_length=120),
        ),
        migrations.AddField(
            model_name="gatewaynotice",
            name="fee",
            field=models.DecimalField(
                decimal_places=3,
                default=0,
                help_text="Of a dispute, in the currency of the amount: kept by the processor, or given back when it is won.",
                max_digits=14,
            ),
        ),
        migrations.AlterField(
            model_name="gatewaynotice",
            name="kind",
            field=models.CharField(max_length=14),
        ),
        migrations.AlterField(
            model_name="journal",
            name="kind",
            field=models.CharField(
                choices=[
                    ("charge", "Charges posted"),
                    ("payment", "Payment or refund"),
                    ("deposit", "Deposit received or paid back"),
                    ("deposit_transfer", "Deposits moved to the guest's folio"),
                    ("city_transfer", "Balance moved to the city ledger"),
                    ("city_payment", "Payment of a city-ledger account"),
                    ("reversal", "Posting reversed"),
                    ("adjustment", "Posting adjusted"),
                    ("transfer", "Postings moved"),
                    ("split", "Posting split"),
                    ("package", "Allowance consumed or left over"),
                    ("till", "Till counted, dropped or paid out"),
                    ("exchange", "Currency exchanged"),
                    ("write_off", "Item of a city-ledger account given up"),
                    ("fee", "Fee of a card processor, or its return"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="ledgerday",
            name="ledger",
            field=models.CharField(
                choices=[
                    ("guest", "Guest"),
                    ("deposit", "Deposits"),
                    ("city", "City ledger"),
                    ("package", "Package allowances"),
                    ("revenue", "Revenue"),
                    ("non_revenue", "Passed on"),
                    ("tax", "Taxes"),
                    ("payment", "Payments"),
                    ("fx", "Exchange differences"),
                    ("over_short", "Over and short of tills"),
                    ("write_off", "Written off"),
                    ("fee", "Fees of card processors"),
                ],
                max_length=11,
            ),
        ),
        migrations.AlterField(
            model_name="ledgerentry",
            name="ledger",
            field=models.CharField(
                choices=[
                    ("guest", "Guest"),
                    ("deposit", "Deposits"),
                    ("city", "City ledger"),
                    ("package", "Package allowances"),
                    ("revenue", "Revenue"),
                    ("non_revenue", "Passed on"),
                    ("tax", "Taxes"),
                    ("payment", "Payments"),
                    ("fx", "Exchange differences"),
                    ("over_short", "Over and short of tills"),
                    ("write_off", "Written off"),
                    ("fee", "Fees of card processors"),
                ],
                max_length=11,
            ),
        ),
        migrations.AlterField(
            model_name="payment",
            name="gateway_reference",
            field=models.CharField(
                blank=True,
                help_text="The processor's id; of a chargeback that of the dispute.",
                max_length=120,
            ),
        ),
        migrations.AlterField(
            model_name="payment",
            name="kind",
            field=models.CharField(
                choices=[
                    ("payment", "Payment"),
                    ("refund", "Refund"),
                    ("chargeback", "Chargeback by the guest's bank"),
                    ("reinstated", "Chargeback given back: the dispute is won"),
                ],
                default="payment",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="payment",
            name="status",
            field=models.CharField(
                choices=[
                    ("pending", "Begun"),
                    ("authorised", "Reserved on the card"),
                    ("captured", "Paid"),
                    ("partially_refunded", "Paid back in part"),
                    ("refunded", "Paid back"),
                    ("reinstated", "Taken back, and given back again"),
                    ("voided", "Let go"),
                    ("failed", "Failed"),
                    ("unknown", "Being clarified with the processor"),
                ],
                default="pending",
                max_length=18,
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "reinstated")),
                fields=("property", "of"),
                name="payment_reinstated_once",
            ),
        ),
    ]
