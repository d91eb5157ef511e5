"""The double-entry journal, the accounts of the city ledger, and the daily trial balance."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from djmoney.models.fields import MoneyField
from moneyed import Money

from hotel.core.fields import SealedEmailField, SealedTextField
from hotel.core.models_base import SealedRow
from hotel.folios.choices import JournalKind, Ledger
from hotel.properties.scoping import PropertyScopedModel
from hotel.rates.models.base import optional_amount_field


def entry_amount(**options: Any) -> MoneyField:
    """Money of the ledgers; amounts of one row share the column ``currency``."""
    return MoneyField(
        max_digits=14, decimal_places=3, default_currency=None, currency_field_name="currency", **options
    )


class CityAccount(SealedRow, PropertyScopedModel):
    """A debtor of the city ledger, such as a company that is sent its guests' bills."""

    number = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    company = models.ForeignKey(
        "guests.Company", on_delete=models.PROTECT, null=True, blank=True, related_name="city_accounts"
    )
    contact = models.CharField(max_length=120, blank=True, help_text="Who is written to.")
    email = SealedEmailField(blank=True, help_text="For statements and reminders.")
    address = SealedTextField(max_length=400, blank=True, help_text="That of the company when empty.")
    language = models.CharField(max_length=8, blank=True, help_text="Of letters, such as en or de.")
    credit_limit = optional_amount_field(help_text="The most it may owe; nothing new beyond it.")
    payment_days = models.PositiveSmallIntegerField(
        default=30, validators=[MaxValueValidator(365)], help_text="Days until an item is due."
    )
    is_active = models.BooleanField(default=True)

    balance: Money  # as shown: see selectors.folios

    class Meta:
        ordering = ["property_id", "number"]
        constraints = [models.UniqueConstraint(fields=["property", "number"], name="city_account_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Journal(PropertyScopedModel):
    """One business event. Its entries add up to zero in each currency; the database proves it at the commit.

    Never changed or deleted: the database refuses it.
    """

    business_date = models.DateField(help_text="The open business date when it was written.")
    kind = models.CharField(max_length=16, choices=JournalKind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    reference = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200, blank=True, help_text="Of corrections.")
    source = models.CharField(
        max_length=20, blank=True, help_text="Of events that are on no folio: who wrote it."
    )
    source_key = models.CharField(max_length=100, blank=True, help_text="What the source wrote it for.")

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "source", "source_key"],
                condition=~Q(source=""),
                name="journal_source_once",
            )
        ]
        indexes = [models.Index(fields=["property", "business_date", "id"], name="journal_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.business_date}"


class LedgerEntry(PropertyScopedModel):
    """One amount on one ledger, debit positive; never changed or deleted."""

    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, related_name="entries")
    posting = models.ForeignKey(
        "folios.Posting", on_delete=models.PROTECT, null=True, related_name="entries", db_index=False
    )
    business_date = models.DateField()
    ledger = models.CharField(max_length=11, choices=Ledger)
    amount = entry_amount(help_text="Debit positive, credit negative.")
    code = models.ForeignKey(
        "folios.TransactionCode", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    window = models.ForeignKey(
        "folios.FolioWindow", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    reservation = models.ForeignKey(
        "reservations.Reservation", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    account = models.ForeignKey(
        CityAccount, on_delete=models.PROTECT, null=True, related_name="entries", db_index=False
    )

    class Meta:
        verbose_name_plural = "ledger entries"
        ordering = ["property_id", "-id"]
        indexes = [
            models.Index(
                fields=["property", "business_date", "ledger"],
                include=["amount", "code"],
                name="ledger_entry_day",
            ),
            models.Index(
                fields=["property", "window"],
                include=["amount"],
                condition=Q(ledger=Ledger.GUEST),
                name="ledger_entry_window",
            ),
            models.Index(
                fields=["property", "reservation"],
                condition=Q(ledger=Ledger.DEPOSIT),
                name="ledger_entry_deposit",
            ),
            models.Index(
                fields=["property", "account", "business_date"],
                condition=Q(ledger=Ledger.CITY),
                name="ledger_entry_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ledger_display()} {self.amount}"


class LedgerDay(PropertyScopedModel):
    """What a ledger stood at when a business day began and ended; frozen when the day is closed."""

    business_date = models.DateField()
    ledger = models.CharField(max_length=11, choices=Ledger)
    opening = entry_amount()
    debits = entry_amount(help_text="Movements of the day, positive.")
    credits = entry_amount(help_text="Movements of the day, negative.")
    closing = entry_amount()

    class Meta:
        ordering = ["property_id", "-business_date", "ledger"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "business_date", "ledger", "currency"], name="ledger_day_once"
            ),
            models.CheckConstraint(
                condition=Q(closing=F("opening") + F("debits") + F("credits")), name="ledger_day_adds_up"
            ),
            models.CheckConstraint(condition=Q(debits__gte=0, credits__lte=0), name="ledger_day_sides"),
        ]

    def __str__(self) -> str:
        return f"{self.get_ledger_display()} {self.business_date}"
