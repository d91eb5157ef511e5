"""Folios, the ledger, payments, documents and the city ledger, with the guards that keep them as they were written."""

import uuid
from decimal import Decimal
from pathlib import Path

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import djmoney.models.fields
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock
import hotel.core.fields
import hotel.folios.models.gateways
from hotel.core.postgresql.tables import models_at_once

SQL = Path(__file__).parents[1] / "sql"
IMMUTABLE = ("journal", "posting", "postingtax", "ledgerentry", "ledgerday")
DATED = ("journal", "posting", "ledgerentry", "ledgerday")


def text(name):
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


GUARDS = [
    f"CREATE TRIGGER folios_{table}_immutable BEFORE UPDATE OR DELETE ON folios_{table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION folios_refuse_change();"
    f"CREATE TRIGGER folios_{table}_kept BEFORE TRUNCATE ON folios_{table} FOR EACH STATEMENT "
    "WHEN (current_setting('auberge.ledger_emptying', true) IS DISTINCT FROM 'on') "
    "EXECUTE FUNCTION folios_refuse_change();"
    for table in IMMUTABLE
]
GUARDS += [
    f"CREATE TRIGGER folios_{table}_day AFTER INSERT ON folios_{table} "
    "REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION folios_require_open_day();"
    for table in DATED
]
NO_DAYS = """
DROP FUNCTION folios_require_closed_day CASCADE;
DROP FUNCTION folios_days_freeze;
CREATE TRIGGER folios_ledgerday_day AFTER INSERT ON folios_ledgerday
    REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION folios_require_open_day();
"""
NO_DOCUMENTS = "DROP FUNCTION folios_require_document, folios_require_release CASCADE;"
FROZEN = [
    f"CREATE TRIGGER folios_{table}_immutable BEFORE UPDATE OR DELETE ON folios_{table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION folios_refuse_change();"
    for table in ("invoice", "invoicepdf")
]
FROZEN += [
    f"CREATE TRIGGER folios_{table}_kept BEFORE TRUNCATE ON folios_{table} FOR EACH STATEMENT "
    "WHEN (current_setting('auberge.ledger_emptying', true) IS DISTINCT FROM 'on') "
    "EXECUTE FUNCTION folios_refuse_change();"
    for table in ("invoice", "invoicedposting", "invoicepdf")
]
THAW = [
    f"DROP TRIGGER IF EXISTS folios_{table}_{what} ON folios_{table};"
    for table in ("invoice", "invoicedposting", "invoicepdf")
    for what in ("immutable", "kept")
]


class Migration(migrations.Migration):
    replaces = [
        ("folios", "0001_initial"),
        ("folios", "0002_frozen_days"),
        ("folios", "0003_payments_and_tills"),
        ("folios", "0004_documents"),
        ("folios", "0005_city_ledger"),
        ("folios", "0006_allowances"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0002_roles_and_tokens"),
        ("core", "0001_schema"),
        ("guests", "0001_schema"),
        ("messaging", "0001_schema"),
        ("properties", "0001_schema"),
        ("reservations", "0001_schema"),
    ]

    operations = [
        migrations.CreateModel(
            name="TransactionCode",
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
                        max_length=32,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$", "Use up to 32 letters, digits, - and _."
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("charge", "Charge"),
                            ("adjustment", "Adjustment of a charge"),
                            ("package", "Allowance of a package, until it is consumed"),
                            ("non_revenue", "Passed on, such as a tip or cash paid out"),
                            ("tax", "Tax"),
                            ("payment", "Payment"),
                            ("deposit", "Deposit"),
                            ("city_ledger", "Transfer to an account of the city ledger"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("room", "Room"),
                            ("food", "Food"),
                            ("beverage", "Beverage"),
                            ("service", "Service"),
                            ("other", "Other"),
                            ("fee", "Cancellation or no-show fee"),
                        ],
                        help_text="Of revenue; decides the taxes.",
                        max_length=10,
                    ),
                ),
                (
                    "department",
                    models.CharField(
                        blank=True, help_text="Who earns it, such as rooms or bar.", max_length=40
                    ),
                ),
                (
                    "is_taxed",
                    models.BooleanField(
                        default=True, help_text="By the tax rules of its group; or outside all taxes."
                    ),
                ),
                (
                    "adjustment_code",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="What adjustments of its postings are posted with; itself when empty.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="folios.transactioncode",
                    ),
                ),
                (
                    "is_standard",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="The house posts with it by itself; it cannot be retired.",
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["property_id", "kind", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "kind", "code"), name="transaction_code_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ("charge", "adjustment", "package")),
                                models.Q(("group", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("kind__in", ("charge", "adjustment", "package")), _negated=True),
                                ("group", ""),
                            ),
                            _connector="OR",
                        ),
                        name="transaction_code_group",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_standard", False), ("is_active", True), _connector="OR"),
                        name="transaction_code_standard_is_active",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Allowance",
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
                    "reservation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allowances",
                        to="reservations.reservation",
                    ),
                ),
                (
                    "code",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="folios.transactioncode",
                    ),
                ),
                ("night", models.DateField()),
                (
                    "last_on",
                    models.DateField(
                        help_text="Last business day to consume it on; empty for as long as the guest stays.",
                        null=True,
                    ),
                ),
                (
                    "settled",
                    models.DecimalField(
                        decimal_places=3,
                        default=Decimal("0"),
                        help_text="Net, in the property's currency: booked as breakage; below zero as a loss.",
                        max_digits=14,
                    ),
                ),
                (
                    "settled_on",
                    models.DateField(
                        help_text="Business day on which its rest was booked first; nothing is consumed since.",
                        null=True,
                    ),
                ),
                (
                    "is_open",
                    models.BooleanField(default=True, help_text="Its rest is to be booked, or booked anew."),
                ),
            ],
            options={
                "ordering": ["property_id", "-night", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["property", "last_on"],
                        name="allowance_to_settle",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("reservation", "night", "code"), name="allowance_once"),
                    models.CheckConstraint(
                        condition=models.Q(("is_open", True), ("settled_on__isnull", False), _connector="OR"),
                        name="allowance_settled_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Folio",
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
                ("number", models.CharField(editable=False, max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("guest", "Guest"),
                            ("house", "House account"),
                            ("master", "Master of a group"),
                            ("external", "Not staying here"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "name",
                    models.CharField(blank=True, help_text="Of accounts without a stay.", max_length=120),
                ),
                (
                    "reservation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="folios",
                        to="reservations.reservation",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed")], default="open", max_length=6
                    ),
                ),
                ("currency", models.CharField(editable=False, max_length=3)),
                ("opened_on", models.DateField(help_text="Business date.")),
                ("closed_on", models.DateField(blank=True, help_text="Business date.", null=True)),
            ],
            options={
                "ordering": ["property_id", "-id"],
                "indexes": [models.Index(fields=["property", "status", "kind"], name="folio_status")],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "number"), name="folio_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "guest"), ("status", "open")),
                        fields=("property", "reservation"),
                        name="folio_open_once_per_stay",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "guest"), ("reservation__isnull", False)),
                            models.Q(models.Q(("kind", "guest"), _negated=True), ("reservation", None)),
                            _connector="OR",
                        ),
                        name="folio_of_a_guest_has_a_stay",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on", None), ("status", "open")),
                            models.Q(("closed_on__isnull", False), ("status", "closed")),
                            _connector="OR",
                        ),
                        name="folio_closed_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FolioWindow",
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
                    "folio",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="windows",
                        to="folios.folio",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("label", models.CharField(blank=True, max_length=60)),
                (
                    "guest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="folio_windows",
                        to="guests.guest",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="folio_windows",
                        to="guests.company",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "ordering": ["folio_id", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("folio", "number"), name="folio_window_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__range", (1, 8))), name="folio_window_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("guest", None), ("company", None), _connector="OR"),
                        name="folio_window_has_one_payer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CityAccount",
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
                ("number", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=120)),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="city_accounts",
                        to="guests.company",
                    ),
                ),
                ("contact", models.CharField(blank=True, help_text="Who is written to.", max_length=120)),
                (
                    "email",
                    models.EmailField(blank=True, help_text="For statements and reminders.", max_length=254),
                ),
                (
                    "address",
                    models.TextField(blank=True, help_text="That of the company when empty.", max_length=400),
                ),
                (
                    "language",
                    models.CharField(blank=True, help_text="Of letters, such as en or de.", max_length=8),
                ),
                (
                    "credit_limit_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3, null=True
                    ),
                ),
                (
                    "credit_limit",
                    djmoney.models.fields.MoneyField(
                        blank=True,
                        decimal_places=3,
                        default=None,
                        help_text="The most it may owe; nothing new beyond it.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "payment_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="Days until an item is due.",
                        validators=[django.core.validators.MaxValueValidator(365)],
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["property_id", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "number"), name="city_account_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Journal",
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
                ("business_date", models.DateField(help_text="The open business date when it was written.")),
                (
                    "kind",
                    models.CharField(
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
                ("reference", models.CharField(blank=True, max_length=80)),
                ("reason", models.CharField(blank=True, help_text="Of corrections.", max_length=200)),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Of events that are on no folio: who wrote it.", max_length=20
                    ),
                ),
                (
                    "source_key",
                    models.CharField(blank=True, help_text="What the source wrote it for.", max_length=100),
                ),
            ],
            options={
                "ordering": ["property_id", "-id"],
                "indexes": [models.Index(fields=["property", "business_date", "id"], name="journal_day")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        fields=("property", "source", "source_key"),
                        name="journal_source_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerDay",
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
                ("business_date", models.DateField()),
                (
                    "ledger",
                    models.CharField(
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
                (
                    "currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
                    ),
                ),
                (
                    "opening",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency", decimal_places=3, max_digits=14
                    ),
                ),
                (
                    "debits",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency",
                        decimal_places=3,
                        help_text="Movements of the day, positive.",
                        max_digits=14,
                    ),
                ),
                (
                    "credits",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency",
                        decimal_places=3,
                        help_text="Movements of the day, negative.",
                        max_digits=14,
                    ),
                ),
                (
                    "closing",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency", decimal_places=3, max_digits=14
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "-business_date", "ledger"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "business_date", "ledger", "currency"), name="ledger_day_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "closing",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("opening"), "+", models.F("debits")
                                    ),
                                    "+",
                                    models.F("credits"),
                                ),
                            )
                        ),
                        name="ledger_day_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credits__lte", 0), ("debits__gte", 0)), name="ledger_day_sides"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GatewayAccount",
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
                    "provider",
                    models.CharField(
                        choices=[("simulator", "Simulator (no money moves)"), ("stripe", "Stripe")],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("api_key", hotel.core.fields.EncryptedTextField()),
                ("webhook_secret", hotel.core.fields.EncryptedTextField()),
                (
                    "slug",
                    models.CharField(
                        default=hotel.folios.models.gateways.slug_new,
                        editable=False,
                        help_text="Names it in the webhook's address.",
                        max_length=40,
                        unique=True,
                    ),
                ),
                ("is_active", models.BooleanField(default=True, help_text="Takes new payments.")),
            ],
            options={
                "ordering": ["property_id", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "name"), name="gateway_account_name_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_active", True)),
                        fields=("property",),
                        name="gateway_account_active_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GatewayNotice",
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
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="folios.gatewayaccount",
                    ),
                ),
                (
                    "event",
                    models.CharField(
                        help_text="The processor's id, the same when it is told again.", max_length=120
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("topic", models.CharField(max_length=120)),
                ("reference", models.CharField(max_length=120)),
                (
                    "currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3, null=True
                    ),
                ),
                (
                    "amount",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency",
                        decimal_places=3,
                        help_text="Of a chargeback.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                ("handled_at", models.DateTimeField(null=True)),
                ("next_attempt_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("result", models.CharField(blank=True, help_text="What was done about it.", max_length=200)),
            ],
            options={
                "ordering": ["property_id", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("handled_at", None)),
                        fields=["next_attempt_at"],
                        name="gateway_notice_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "event"), name="gateway_notice_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handled_at", None), ("next_attempt_at__isnull", False)),
                            models.Q(("handled_at__isnull", False), ("next_attempt_at", None)),
                            _connector="OR",
                        ),
                        name="gateway_notice_is_due_or_handled",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoutingRule",
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
                    "folio",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="routing_rules",
                        to="folios.folio",
                    ),
                ),
                (
                    "window",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="routing_rules",
                        to="folios.foliowindow",
                    ),
                ),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32),
                        blank=True,
                        default=list,
                        help_text="Codes of charges.",
                        size=None,
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
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        help_text="Groups of charges; without codes and groups every charge.",
                        size=None,
                    ),
                ),
                ("valid_from", models.DateField(help_text="First revenue day.")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True, help_text="First revenue day it no longer counts.", null=True
                    ),
                ),
                (
                    "priority",
                    models.PositiveSmallIntegerField(default=10, help_text="The lowest is asked first."),
                ),
                (
                    "limit_amount_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3, null=True
                    ),
                ),
                (
                    "limit_amount",
                    djmoney.models.fields.MoneyField(
                        blank=True,
                        decimal_places=3,
                        default=None,
                        help_text="At most so much, taxes inside.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "limit_per",
                    models.CharField(
                        choices=[("day", "Each revenue day"), ("total", "All days together")],
                        default="day",
                        max_length=5,
                    ),
                ),
                (
                    "limit_rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        help_text="This share of each charge: 0.50 for half.",
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
                "ordering": ["folio_id", "priority", "id"],
                "indexes": [models.Index(fields=["folio", "priority"], name="routing_rule_folio")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="routing_rule_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("limit_amount", None), ("limit_amount__gt", 0), _connector="OR"),
                        name="routing_rule_limit_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("limit_rate", None),
                            models.Q(("limit_rate__gt", 0), ("limit_rate__lte", 1)),
                            _connector="OR",
                        ),
                        name="routing_rule_limit_rate",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
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
                    "journal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="folios.journal",
                    ),
                ),
                (
                    "window",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="folios.foliowindow",
                    ),
                ),
                ("business_date", models.DateField(help_text="The open business date when it was posted.")),
                (
                    "revenue_date",
                    models.DateField(help_text="The business day it is for, such as the night."),
                ),
                (
                    "code",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="folios.transactioncode",
                    ),
                ),
                ("description", models.CharField(max_length=200)),
                ("quantity", models.DecimalField(decimal_places=3, default=Decimal("1"), max_digits=10)),
                (
                    "currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
                    ),
                ),
                (
                    "net",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency",
                        decimal_places=3,
                        help_text="Without any tax.",
                        max_digits=14,
                    ),
                ),
                (
                    "gross",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency",
                        decimal_places=3,
                        help_text="Taxes inside.",
                        max_digits=14,
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, help_text="Such as the number of a bar bill.", max_length=80
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Who posted by itself, such as night_audit.", max_length=20
                    ),
                ),
                (
                    "source_key",
                    models.CharField(blank=True, help_text="What the source posted it for.", max_length=100),
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
                    "routing_rule",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The rule that sent it to its window.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="folios.routingrule",
                    ),
                ),
                (
                    "reverses",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversals",
                        to="folios.posting",
                    ),
                ),
                (
                    "adjusts",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjustments",
                        to="folios.posting",
                    ),
                ),
                (
                    "moved_from",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The posting it takes the place of, after a transfer or split.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moved_to",
                        to="folios.posting",
                    ),
                ),
                (
                    "allowance",
                    models.ForeignKey(
                        db_index=False,
                        help_text="That it grants, or takes from.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="folios.allowance",
                    ),
                ),
                (
                    "covers",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The charge that is paid from an allowance, or let off beyond it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covered_by",
                        to="folios.posting",
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "-id"],
                "indexes": [
                    models.Index(fields=["property", "window", "id"], name="posting_window"),
                    models.Index(fields=["property", "business_date", "id"], name="posting_day"),
                    models.Index(
                        condition=models.Q(("adjusts__isnull", False)),
                        fields=["property", "adjusts"],
                        name="posting_adjusts",
                    ),
                    models.Index(
                        condition=models.Q(("moved_from__isnull", False)),
                        fields=["property", "moved_from"],
                        name="posting_moved",
                    ),
                    models.Index(
                        condition=models.Q(("routing_rule__isnull", False)),
                        fields=["property", "routing_rule", "revenue_date"],
                        name="posting_routed",
                    ),
                    models.Index(
                        condition=models.Q(("allowance__isnull", False)),
                        fields=["property", "allowance"],
                        name="posting_allowance",
                    ),
                    models.Index(
                        condition=models.Q(("covers__isnull", False)),
                        fields=["property", "covers"],
                        name="posting_covers",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        fields=("property", "source", "source_key"),
                        name="posting_source_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reverses__isnull", False)),
                        fields=("property", "reverses"),
                        name="posting_reversed_once",
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
                        name="posting_source_has_key",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostingTax",
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
                    "posting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="taxes", to="folios.posting"
                    ),
                ),
                (
                    "code",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="folios.transactioncode",
                    ),
                ),
                (
                    "currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
                    ),
                ),
                (
                    "base",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency",
                        decimal_places=3,
                        help_text="What it was computed on.",
                        max_digits=14,
                    ),
                ),
                (
                    "amount",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency", decimal_places=3, max_digits=14
                    ),
                ),
                ("is_inclusive", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name_plural": "posting taxes",
                "ordering": ["posting_id", "id"],
            },
        ),
        migrations.CreateModel(
            name="FiscalSeries",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("pro_forma", "Pro forma invoice"),
                            ("deposit_receipt", "Receipt for a deposit"),
                            ("advance", "Invoice for an advance payment"),
                            ("invoice", "Invoice"),
                            ("credit_note", "Credit note"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "fiscal_year",
                    models.PositiveSmallIntegerField(help_text="The calendar year in which it begins."),
                ),
                ("prefix", models.CharField(max_length=12)),
                ("next_number", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name_plural": "fiscal series",
                "ordering": ["property_id", "-fiscal_year", "kind"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "kind", "fiscal_year"), name="fiscal_series_once"
                    ),
                    models.UniqueConstraint(
                        fields=("property", "prefix", "fiscal_year"), name="fiscal_series_prefix_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ("invoice", "credit_note", "advance", "deposit_receipt"))
                        ),
                        name="fiscal_series_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invoice",
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
                    "series",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="folios.fiscalseries",
                    ),
                ),
                ("number", models.PositiveIntegerField(help_text="In its series, from 1 without a gap.")),
                ("number_text", models.CharField(help_text="As printed.", max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pro_forma", "Pro forma invoice"),
                            ("deposit_receipt", "Receipt for a deposit"),
                            ("advance", "Invoice for an advance payment"),
                            ("invoice", "Invoice"),
                            ("credit_note", "Credit note"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "window",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="folios.foliowindow",
                    ),
                ),
                (
                    "reservation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="reservations.reservation",
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The deposit that a receipt is for.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="folios.journal",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The document that a credit note takes back, whole or in part.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credit_notes",
                        to="folios.invoice",
                    ),
                ),
                (
                    "is_cancellation",
                    models.BooleanField(
                        default=False,
                        help_text="All that was left is taken back; what it was for can be invoiced anew.",
                    ),
                ),
                ("issued_on", models.DateField(help_text="Business date.")),
                ("language", models.CharField(max_length=8)),
                ("payee_name", models.CharField(max_length=200)),
                (
                    "currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
                    ),
                ),
                (
                    "net",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency",
                        decimal_places=3,
                        help_text="Without any tax.",
                        max_digits=14,
                    ),
                ),
                (
                    "tax",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency", decimal_places=3, max_digits=14
                    ),
                ),
                (
                    "total",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency",
                        decimal_places=3,
                        help_text="Taxes inside.",
                        max_digits=14,
                    ),
                ),
                ("content", models.TextField(help_text="What is printed, as canonical JSON.")),
                ("content_hash", models.CharField(help_text="SHA-256 of the content.", max_length=64)),
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
                "ordering": ["property_id", "-id"],
                "indexes": [
                    models.Index(fields=["property", "issued_on", "id"], name="invoice_day"),
                    models.Index(fields=["property", "window", "id"], name="invoice_window"),
                    models.Index(
                        condition=models.Q(("corrects__isnull", False)),
                        fields=["property", "corrects"],
                        name="invoice_corrects",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "series", "number"), name="invoice_number_once"
                    ),
                    models.UniqueConstraint(
                        fields=("property", "number_text"), name="invoice_number_text_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("journal__isnull", False)),
                        fields=("property", "journal"),
                        name="invoice_deposit_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "total",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("net"), "+", models.F("tax")
                                ),
                            )
                        ),
                        name="invoice_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ("invoice", "credit_note", "advance", "deposit_receipt"))
                        ),
                        name="invoice_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("corrects__isnull", False),
                                ("kind", "credit_note"),
                                models.Q(("total__lt", 0), ("is_cancellation", True), _connector="OR"),
                            ),
                            models.Q(
                                models.Q(("kind", "credit_note"), _negated=True),
                                ("corrects", None),
                                ("is_cancellation", False),
                            ),
                            _connector="OR",
                        ),
                        name="invoice_credit_note_corrects",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvoicedPosting",
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
                    "invoice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoiced",
                        to="folios.invoice",
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoiced",
                        to="folios.posting",
                    ),
                ),
                (
                    "is_payment",
                    models.BooleanField(default=False, help_text="Among the payments, not the lines."),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The credit note that took its document back.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="released",
                        to="folios.invoice",
                    ),
                ),
            ],
            options={
                "ordering": ["invoice_id", "id"],
                "indexes": [models.Index(fields=["property", "invoice"], name="invoiced_posting_invoice")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("released_by", None)),
                        fields=("property", "posting"),
                        name="posting_invoiced_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InvoicePdf",
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
                    "invoice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pdf", to="folios.invoice"
                    ),
                ),
                ("content", models.BinaryField()),
                ("content_hash", models.CharField(help_text="SHA-256 of the file.", max_length=64)),
            ],
            options={
                "verbose_name": "invoice PDF",
                "verbose_name_plural": "invoice PDFs",
                "ordering": ["property_id", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ExchangeRate",
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
                ("currency", models.CharField(max_length=3)),
                ("valid_from", models.DateField(help_text="Business date.")),
                (
                    "buy_rate",
                    models.DecimalField(decimal_places=8, help_text="Taken from guests at.", max_digits=18),
                ),
                (
                    "book_rate",
                    models.DecimalField(
                        decimal_places=8, help_text="Counted in the ledger at.", max_digits=18
                    ),
                ),
                (
                    "sell_rate",
                    models.DecimalField(
                        decimal_places=8, help_text="Handed out to guests at.", max_digits=18
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "currency", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("property", "currency", "valid_from"), name="exchange_rate_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("book_rate__gte", models.F("buy_rate")),
                            ("buy_rate__gt", 0),
                            ("sell_rate__gte", models.F("book_rate")),
                        ),
                        name="exchange_rate_spread",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CashierSession",
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
                    "cashier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cashier_sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Counted and closed")],
                        default="open",
                        max_length=6,
                    ),
                ),
                ("opened_on", models.DateField(help_text="Business date.")),
                ("opened_at", models.DateTimeField()),
                ("closed_on", models.DateField(blank=True, help_text="Business date.", null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["property_id", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "open")),
                        fields=("property", "cashier"),
                        name="cashier_session_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_on", None), ("status", "open")),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_on__isnull", False),
                                ("status", "closed"),
                            ),
                            _connector="OR",
                        ),
                        name="cashier_session_closed_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CardToken",
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
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cards",
                        to="folios.gatewayaccount",
                    ),
                ),
                (
                    "guest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cards",
                        to="guests.guest",
                    ),
                ),
                ("token", models.CharField(max_length=120)),
                ("brand", models.CharField(max_length=20)),
                ("bin", models.CharField(blank=True, max_length=6)),
                ("last4", models.CharField(max_length=4)),
                (
                    "expires",
                    models.CharField(help_text="Month, such as 2030-12; valid to its end.", max_length=7),
                ),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["property_id", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "token"), name="card_token_once"),
                    models.CheckConstraint(
                        condition=models.Q(("token__regex", "^(?!\\d{12,19}$).+$")),
                        name="card_token_is_no_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bin__regex", "^(\\d{6})?$"), ("last4__regex", "^\\d{4}$")),
                        name="card_token_digits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires__regex", "^\\d{4}-(0[1-9]|1[0-2])$")),
                        name="card_token_expiry",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
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
                ("number", models.CharField(editable=False, max_length=40)),
                (
                    "key",
                    models.CharField(
                        editable=False, help_text="One request makes one payment.", max_length=64
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("payment", "Payment"),
                            ("refund", "Refund"),
                            ("chargeback", "Chargeback by the guest's bank"),
                        ],
                        default="payment",
                        max_length=10,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Begun"),
                            ("authorised", "Reserved on the card"),
                            ("captured", "Paid"),
                            ("partially_refunded", "Paid back in part"),
                            ("refunded", "Paid back"),
                            ("voided", "Let go"),
                            ("failed", "Failed"),
                            ("unknown", "Being clarified with the processor"),
                        ],
                        default="pending",
                        max_length=18,
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back",
                        to="folios.payment",
                    ),
                ),
                (
                    "window",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="folios.foliowindow",
                    ),
                ),
                (
                    "reservation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="reservations.reservation",
                    ),
                ),
                (
                    "code",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="folios.transactioncode",
                    ),
                ),
                (
                    "currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
                    ),
                ),
                (
                    "amount",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency",
                        decimal_places=3,
                        help_text="Asked for; with top ups.",
                        max_digits=14,
                    ),
                ),
                (
                    "authorised_amount",
                    models.DecimalField(
                        decimal_places=3,
                        default=0,
                        editable=False,
                        help_text="Reserved on the card, or taken at once.",
                        max_digits=14,
                    ),
                ),
                (
                    "captured_amount",
                    models.DecimalField(
                        decimal_places=3, default=0, editable=False, help_text="Taken.", max_digits=14
                    ),
                ),
                (
                    "refunded_amount",
                    models.DecimalField(
                        decimal_places=3,
                        default=0,
                        editable=False,
                        help_text="Paid back, and being paid back.",
                        max_digits=14,
                    ),
                ),
                (
                    "charged_back_amount",
                    models.DecimalField(
                        decimal_places=3,
                        default=0,
                        editable=False,
                        help_text="Taken back by the guest's bank.",
                        max_digits=14,
                    ),
                ),
                (
                    "tendered",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Handed over in another currency.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                ("tendered_currency", models.CharField(blank=True, max_length=3)),
                (
                    "exchange_rate",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="folios.exchangerate",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="folios.gatewayaccount",
                    ),
                ),
                (
                    "card",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="folios.cardtoken",
                    ),
                ),
                (
                    "gateway_reference",
                    models.CharField(blank=True, help_text="The processor's id.", max_length=120),
                ),
                (
                    "session",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="folios.cashiersession",
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        db_index=False,
                        help_text="What it is in the ledger.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="folios.journal",
                    ),
                ),
                ("description", models.CharField(blank=True, max_length=200)),
                (
                    "reference",
                    models.CharField(blank=True, help_text="Such as the slip of a terminal.", max_length=80),
                ),
                ("reason", models.CharField(blank=True, help_text="Of a refund.", max_length=200)),
                ("failure_code", models.CharField(blank=True, max_length=40)),
                ("failure_reason", models.CharField(blank=True, max_length=400)),
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
                "ordering": ["property_id", "-id"],
                "indexes": [
                    models.Index(fields=["property", "window", "-id"], name="payment_window"),
                    models.Index(fields=["property", "status", "-id"], name="payment_status"),
                    models.Index(
                        condition=models.Q(("of__isnull", False)),
                        fields=["property", "of"],
                        name="payment_taken_back",
                    ),
                    models.Index(
                        condition=models.Q(("gateway_reference", ""), _negated=True),
                        fields=["account", "gateway_reference"],
                        name="payment_gateway_reference",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "number"), name="payment_number_once"),
                    models.UniqueConstraint(fields=("property", "key"), name="payment_key_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reservation", None), ("window__isnull", False)),
                            models.Q(("reservation__isnull", False), ("window", None)),
                            _connector="OR",
                        ),
                        name="payment_is_for_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "payment"), ("of", None)),
                            models.Q(models.Q(("kind", "payment"), _negated=True), ("of__isnull", False)),
                            _connector="OR",
                        ),
                        name="payment_taken_back_names_it",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="payment_amount"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("authorised_amount__lte", models.F("amount")),
                            ("captured_amount__lte", models.F("authorised_amount")),
                        ),
                        name="payment_captured_within_authorised",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("refunded_amount__gte", 0), ("refunded_amount__lte", models.F("captured_amount"))
                        ),
                        name="payment_refunded_within_captured",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("charged_back_amount__gte", 0)), name="payment_charged_back"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("exchange_rate", None), ("tendered", None), ("tendered_currency", "")),
                            models.Q(
                                ("exchange_rate__isnull", False),
                                ("tendered__gt", 0),
                                models.Q(("tendered_currency", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="payment_tendered_at_a_rate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("captured_amount", 0), ("journal", None)),
                            models.Q(("captured_amount__gt", 0), ("journal__isnull", False)),
                            _connector="OR",
                        ),
                        name="payment_captured_is_in_the_ledger",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentLink",
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
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "window",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="folios.foliowindow",
                    ),
                ),
                (
                    "reservation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payment_links",
                        to="reservations.reservation",
                    ),
                ),
                (
                    "currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
                    ),
                ),
                (
                    "amount",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency", decimal_places=3, max_digits=14
                    ),
                ),
                ("description", models.CharField(blank=True, max_length=200)),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("paid", "Paid"), ("cancelled", "Cancelled")],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("expires_at", models.DateTimeField()),
                (
                    "payment",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The last attempt.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="folios.payment",
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
            ],
            options={
                "ordering": ["property_id", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "public_id"), name="payment_link_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reservation", None), ("window__isnull", False)),
                            models.Q(("reservation__isnull", False), ("window", None)),
                            _connector="OR",
                        ),
                        name="payment_link_is_for_one_thing",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="payment_link_amount"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "paid"), _negated=True),
                            ("payment__isnull", False),
                            _connector="OR",
                        ),
                        name="payment_link_paid_by",
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
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="folios.cityaccount",
                    ),
                ),
                ("business_date", models.DateField()),
                ("level", models.PositiveSmallIntegerField(help_text="1 to 3.")),
                (
                    "currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
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
                    "message",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="messaging.message",
                    ),
                ),
            ],
            options={
                "ordering": ["property_id", "-id"],
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
        migrations.CreateModel(
            name="LedgerEntry",
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
                    "journal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="folios.journal",
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="folios.posting",
                    ),
                ),
                ("business_date", models.DateField()),
                (
                    "ledger",
                    models.CharField(
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
                (
                    "currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
                    ),
                ),
                (
                    "amount",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency",
                        decimal_places=3,
                        help_text="Debit positive, credit negative.",
                        max_digits=14,
                    ),
                ),
                (
                    "code",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="folios.transactioncode",
                    ),
                ),
                (
                    "window",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="folios.foliowindow",
                    ),
                ),
                (
                    "reservation",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reservations.reservation",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="folios.cityaccount",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "ledger entries",
                "ordering": ["property_id", "-id"],
                "indexes": [
                    models.Index(
                        fields=["property", "business_date", "ledger"],
                        include=("amount", "code"),
                        name="ledger_entry_day",
                    ),
                    models.Index(
                        condition=models.Q(("ledger", "guest")),
                        fields=["property", "window"],
                        include=("amount",),
                        name="ledger_entry_window",
                    ),
                    models.Index(
                        condition=models.Q(("ledger", "deposit")),
                        fields=["property", "reservation"],
                        name="ledger_entry_deposit",
                    ),
                    models.Index(
                        condition=models.Q(("ledger", "city")),
                        fields=["property", "account", "business_date"],
                        name="ledger_entry_account",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GatewayCall",
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
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="folios.payment"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("authorise", "Authorise"),
                            ("charge", "Charge"),
                            ("top_up", "Top up"),
                            ("capture", "Capture"),
                            ("void", "Void"),
                            ("refund", "Refund"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "key",
                    models.UUIDField(editable=False, help_text="The processor carries out one key once."),
                ),
                (
                    "currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
                    ),
                ),
                (
                    "amount",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency", decimal_places=3, max_digits=14
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Being sent or clarified"),
                            ("done", "Done"),
                            ("declined", "Declined by the bank"),
                            ("refused", "Not done"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("first_sent_at", models.DateTimeField(null=True)),
                ("next_attempt_at", models.DateTimeField(null=True)),
                ("claim", models.UUIDField(editable=False, null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "operation",
                    models.CharField(
                        blank=True, help_text="The processor's id of this step.", max_length=120
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True, help_text="Why it was not done, or is not known.", max_length=40
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=400)),
            ],
            options={
                "ordering": ["property_id", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "open")),
                        fields=["next_attempt_at"],
                        name="gateway_call_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "key"), name="gateway_call_key_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "open")),
                        fields=("property", "payment"),
                        name="gateway_call_open_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="gateway_call_amount"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("finished_at", None), ("next_attempt_at__isnull", False), ("status", "open")
                            ),
                            models.Q(
                                models.Q(("status", "open"), _negated=True),
                                ("claim", None),
                                ("finished_at__isnull", False),
                                ("next_attempt_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="gateway_call_is_due_or_finished",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HostedPage",
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
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="folios.gatewayaccount",
                    ),
                ),
                ("key", models.UUIDField(editable=False)),
                (
                    "payment",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pages",
                        to="folios.payment",
                    ),
                ),
                (
                    "guest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="card_pages",
                        to="guests.guest",
                    ),
                ),
                (
                    "card",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="folios.cardtoken",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Filled in"), ("expired", "Not used")],
                        default="open",
                        max_length=7,
                    ),
                ),
                (
                    "reference",
                    models.CharField(blank=True, help_text="The processor's id of it.", max_length=120),
                ),
                ("url", models.URLField(blank=True, max_length=2000)),
                ("return_url", models.URLField(max_length=500)),
                ("next_check_at", models.DateTimeField(help_text="When to ask how it stands.", null=True)),
                (
                    "opened_by",
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
                "ordering": ["property_id", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "open")),
                        fields=["next_check_at"],
                        name="hosted_page_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("property", "key"), name="hosted_page_key_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("payment__isnull", False)),
                        fields=("property", "payment"),
                        name="hosted_page_of_payment_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("account", "reference"),
                        name="hosted_page_reference_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status", "open"), ("next_check_at", None), _connector="OR"),
                        name="hosted_page_closed_rests",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CashMovement",
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
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="folios.cashiersession",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("float", "Cash to begin with"),
                            ("payment", "Payment"),
                            ("refund", "Refund"),
                            ("drop", "Dropped into the safe"),
                            ("paid_out", "Paid out"),
                            ("count", "Over or short when counted"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
                    ),
                ),
                (
                    "amount",
                    djmoney.models.fields.MoneyField(
                        currency_field_name="currency",
                        decimal_places=3,
                        help_text="Into the till positive.",
                        max_digits=14,
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="folios.payment",
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="folios.journal",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
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
                "ordering": ["property_id", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("payment__isnull", False)),
                        fields=("property", "payment"),
                        name="cash_movement_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="cash_movement_is_something"
                    ),
                ],
            },
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
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
                ),
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
                    "debit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paid_by",
                        to="folios.ledgerentry",
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
                    "currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[], default=None, editable=False, max_length=3
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
                ("undone_on", models.DateField(help_text="Business date.", null=True)),
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
                "ordering": ["property_id", "-id"],
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
        migrations.RunSQL("\n".join([text("entries"), text("guards"), *GUARDS]), reverse_sql=text("drop")),
        migrations.RunSQL(text("days"), reverse_sql=NO_DAYS),
        migrations.RunSQL(
            "\n".join([text("documents"), *FROZEN]), reverse_sql="\n".join([NO_DOCUMENTS, *THAW])
        ),
    ]
    operations = models_at_once(operations)
