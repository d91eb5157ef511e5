"""Documents: numbered without gaps, frozen, each posting on one that stands; and their printed form."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.expressions
import djmoney.models.fields
from django.conf import settings
from django.db import migrations, models

import hotel.core.clock

SQL = (Path(__file__).parents[1] / "sql" / "documents.sql").read_text(encoding="utf-8")
BACK = "DROP FUNCTION folios_require_document, folios_require_release CASCADE;"
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
    dependencies = [
        ("folios", "0003_payments_and_tills"),
        ("properties", "0001_initial"),
        ("reservations", "0005_hotel_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                "verbose_name_plural": "fiscal series",
                "ordering": ["property", "-fiscal_year", "kind"],
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
                        choices=[],
                        default=None,
                        editable=False,
                        max_length=3,
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="reservations.reservation",
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
            ],
            options={
                "ordering": ["property", "-id"],
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
                    "is_payment",
                    models.BooleanField(default=False, help_text="Among the payments, not the lines."),
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
                    "property",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="properties.property",
                    ),
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
                "ordering": ["invoice", "id"],
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
                ("content", models.BinaryField()),
                ("content_hash", models.CharField(help_text="SHA-256 of the file.", max_length=64)),
                (
                    "invoice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pdf", to="folios.invoice"
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
                "verbose_name": "invoice PDF",
                "verbose_name_plural": "invoice PDFs",
                "ordering": ["property", "-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="fiscalseries",
            constraint=models.UniqueConstraint(
                fields=("property", "kind", "fiscal_year"), name="fiscal_series_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="fiscalseries",
            constraint=models.UniqueConstraint(
                fields=("property", "prefix", "fiscal_year"), name="fiscal_series_prefix_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="fiscalseries",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("invoice", "credit_note", "advance", "deposit_receipt"))),
                name="fiscal_series_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(fields=["property", "issued_on", "id"], name="invoice_day"),
        ),
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(fields=["property", "window", "id"], name="invoice_window"),
        ),
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(
                condition=models.Q(("corrects__isnull", False)),
                fields=["property", "corrects"],
                name="invoice_corrects",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.UniqueConstraint(
                fields=("property", "series", "number"), name="invoice_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.UniqueConstraint(
                fields=("property", "number_text"), name="invoice_number_text_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("journal__isnull", False)),
                fields=("property", "journal"),
                name="invoice_deposit_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("invoice", "credit_note", "advance", "deposit_receipt"))),
                name="invoice_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddIndex(
            model_name="invoicedposting",
            index=models.Index(fields=["property", "invoice"], name="invoiced_posting_invoice"),
        ),
        migrations.AddConstraint(
            model_name="invoicedposting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("released_by", None)),
                fields=("property", "posting"),
                name="posting_invoiced_once",
            ),
        ),
        migrations.RunSQL("\n".join([SQL, *FROZEN]), reverse_sql="\n".join([BACK, *THAW])),
    ]
