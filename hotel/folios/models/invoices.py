"""Documents for payers: frozen, numbered without gaps, each posting on one of them that stands."""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hotel.folios.choices import DocumentKind
from hotel.folios.models.folios import FolioWindow
from hotel.folios.models.journal import Journal, entry_amount
from hotel.folios.models.postings import Posting
from hotel.properties.scoping import PropertyScopedModel

PREFIXES = {
    DocumentKind.INVOICE: "INV",
    DocumentKind.CREDIT_NOTE: "CRN",
    DocumentKind.ADVANCE: "ADV",
    DocumentKind.DEPOSIT_RECEIPT: "DEP",
}
STORED = tuple(PREFIXES)


class FiscalSeries(PropertyScopedModel):
    """The numbers of one kind of document in one fiscal year.

    The row is locked by whoever takes a number until his document is committed, so a number is never lost: what is
    rolled back gives it back.
    """

    kind = models.CharField(max_length=16, choices=DocumentKind)
    fiscal_year = models.PositiveSmallIntegerField(help_text="The calendar year in which it begins.")
    prefix = models.CharField(max_length=12)
    next_number = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "fiscal series"
        ordering = ["property_id", "-fiscal_year", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["property", "kind", "fiscal_year"], name="fiscal_series_once"),
            models.UniqueConstraint(
                fields=["property", "prefix", "fiscal_year"], name="fiscal_series_prefix_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=STORED), name="fiscal_series_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.fiscal_year}"


class Invoice(PropertyScopedModel):
    """An issued document: invoice, credit note, advance invoice or receipt for a deposit; never changed or deleted.

    ``content`` is all that is printed, as canonical JSON; its SHA-256 stands beside it and the database compares the
    two. Credit notes have amounts below zero, so documents of one payer add up.
    """

    series = models.ForeignKey(
        FiscalSeries, on_delete=models.PROTECT, related_name="invoices", db_index=False
    )
    number = models.PositiveIntegerField(help_text="In its series, from 1 without a gap.")
    number_text = models.CharField(max_length=40, help_text="As printed.")
    kind = models.CharField(max_length=16, choices=DocumentKind)
    window = models.ForeignKey(
        FolioWindow, on_delete=models.PROTECT, null=True, related_name="invoices", db_index=False
    )
    reservation = models.ForeignKey(
        "reservations.Reservation", on_delete=models.PROTECT, null=True, related_name="invoices"
    )
    journal = models.ForeignKey(
        Journal, on_delete=models.PROTECT, null=True, related_name="invoices", db_index=False,
        help_text="The deposit that a receipt is for.",
    )  # fmt: skip
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="credit_notes", db_index=False,
        help_text="The document that a credit note takes back, whole or in part.",
    )  # fmt: skip
    is_cancellation = models.BooleanField(
        default=False, help_text="All that was left is taken back; what it was for can be invoiced anew."
    )
    issued_on = models.DateField(help_text="Business date.")
    language = models.CharField(max_length=8)
    payee_name = models.CharField(max_length=200)
    net = entry_amount(help_text="Without any tax.")
    tax = entry_amount()
    total = entry_amount(help_text="Taxes inside.")
    content = models.TextField(help_text="What is printed, as canonical JSON.")
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of the content.")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["property", "series", "number"], name="invoice_number_once"),
            models.UniqueConstraint(fields=["property", "number_text"], name="invoice_number_text_once"),
            models.UniqueConstraint(
                fields=["property", "journal"],
                condition=Q(journal__isnull=False),
                name="invoice_deposit_once",
            ),
            models.CheckConstraint(condition=Q(total=F("net") + F("tax")), name="invoice_adds_up"),
            models.CheckConstraint(condition=Q(kind__in=STORED), name="invoice_kind"),
            models.CheckConstraint(
                condition=Q(kind=DocumentKind.CREDIT_NOTE, corrects__isnull=False)
                & (Q(total__lt=0) | Q(is_cancellation=True))
                | ~Q(kind=DocumentKind.CREDIT_NOTE) & Q(corrects=None, is_cancellation=False),
                name="invoice_credit_note_corrects",
            ),
        ]
        indexes = [
            models.Index(fields=["property", "issued_on", "id"], name="invoice_day"),
            models.Index(fields=["property", "window", "id"], name="invoice_window"),
            models.Index(
                fields=["property", "corrects"], condition=Q(corrects__isnull=False), name="invoice_corrects"
            ),
        ]

    def __str__(self) -> str:
        return self.number_text

    @property
    def document(self) -> dict[str, Any]:
        """The content as plain values; amounts are texts on the currency's minor unit."""
        return dict(json.loads(self.content))


class InvoicedPosting(PropertyScopedModel):
    """A posting is on a document; on one that stands at most. Only its release is ever written to it, once."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="invoiced", db_index=False)
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="invoiced", db_index=False)
    is_payment = models.BooleanField(default=False, help_text="Among the payments, not the lines.")
    released_by = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, null=True, related_name="released", db_index=False,
        help_text="The credit note that took its document back.",
    )  # fmt: skip

    class Meta:
        ordering = ["invoice_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "posting"], condition=Q(released_by=None), name="posting_invoiced_once"
            ),
        ]
        indexes = [models.Index(fields=["property", "invoice"], name="invoiced_posting_invoice")]

    def __str__(self) -> str:
        return f"{self.invoice}: {self.posting}"


class InvoicePdf(PropertyScopedModel):
    """The printed form of a document, made once by a worker; never changed or deleted."""

    invoice = models.OneToOneField(Invoice, on_delete=models.PROTECT, related_name="pdf")
    content = models.BinaryField()
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of the file.")

    class Meta:
        verbose_name = "invoice PDF"
        verbose_name_plural = "invoice PDFs"
        ordering = ["property_id", "-id"]

    def __str__(self) -> str:
        return f"{self.invoice}.pdf"
