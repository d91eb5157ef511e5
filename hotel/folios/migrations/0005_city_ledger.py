"""The terms of debtors, which payment pays which item, and reminders."""

import django.core.validators
import django.db.models.deletion
import djmoney.models.fields
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("folios", "0004_documents"),
        ("messaging", "0001_initial"),
        ("properties", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="cityaccount",
            name="address",
            field=models.TextField(blank=True, help_text="That of the company when empty.", max_length=400),
        ),
        migrations.AddField(
            model_name="cityaccount",
            name="contact",
            field=models.CharField(blank=True, help_text="Who is written to.", max_length=120),
        ),
        migrations.AddField(
            model_name="cityaccount",
            name="credit_limit",
            field=djmoney.models.fields.MoneyField(
                blank=True,
                decimal_places=3,
                default=None,
                help_text="The most it may owe; nothing new beyond it.",
                max_digits=14,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="cityaccount",
            name="credit_limit_currency",
            field=djmoney.models.fields.CurrencyField(
                choices=[],
                default=None,
                editable=False,
                max_length=3,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="cityaccount",
            name="email",
            field=models.EmailField(blank=True, help_text="For statements and reminders.", max_length=254),
        ),
        migrations.AddField(
            model_name="cityaccount",
            name="language",
            field=models.CharField(blank=True, help_text="Of letters, such as en or de.", max_length=8),
        ),
        migrations.AddField(
            model_name="cityaccount",
            name="payment_days",
            field=models.PositiveSmallIntegerField(
                default=30,
                help_text="Days until an item is due.",
                validators=[django.core.validators.MaxValueValidator(365)],
            ),
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
                ],
                max_length=11,
            ),
        ),
        migrations.CreateModel(
            name="CityAllocation",
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
                    "currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[],
                        default=None,
                        editable=False,
                        max_length=3,
                    ),
                ),
                (
                    "amount",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency",
                        decimal_places=3,
                        help_text="Above zero.",
                        max_digits=14,
                    ),
                ),
                ("allocated_on", models.DateField(help_text="Business date.")),
                ("undone_on", models.DateField(help_text="Business date.", null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="folios.cityaccount",
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
                    "credit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pays",
                        to="folios.ledgerentry",
                    ),
                ),
                (
                    "debit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paid_by",
                        to="folios.ledgerentry",
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
                    "undone_by",
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
                "ordering": ["property", "-id"],
                "indexes": [
                    models.Index(fields=["property", "account", "id"], name="city_allocation_account"),
                    models.Index(
                        condition=models.Q(("undone_on", None)),
                        fields=["property", "debit"],
                        name="city_allocation_debit",
                    ),
                    models.Index(
                        condition=models.Q(("undone_on", None)),
                        fields=["property", "credit"],
                        name="city_allocation_credit",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="city_allocation_amount"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("undone_on", None), ("undone_on__gte", models.F("allocated_on")), _connector="OR"
                        ),
                        name="city_allocation_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CityReminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(default=hotel.core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("business_date", models.DateField()),
                ("level", models.PositiveSmallIntegerField(help_text="1 to 3.")),
                (
                    "currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[],
                        default=None,
                        editable=False,
                        max_length=3,
                    ),
                ),
                (
                    "overdue",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency",
                        decimal_places=3,
                        help_text="What was past its due day.",
                        max_digits=14,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="folios.cityaccount",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="messaging.message",
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
                "ordering": ["property", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "account", "business_date"), name="city_reminder_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__range", (1, 3))), name="city_reminder_level"
                    ),
                ],
            },
        ),
    ]
