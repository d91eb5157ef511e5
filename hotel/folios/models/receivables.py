"""The city ledger beside its entries: which payment pays which item, and reminders."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hotel.folios.models.journal import CityAccount, LedgerEntry, entry_amount
from hotel.properties.scoping import PropertyScopedModel


class CityAllocation(PropertyScopedModel):
    """So much of a payment pays an item of the same account. Undone, never deleted.

    Items are debits of the account, payments its credits: payments, reversals and what was written off.
    """

    account = models.ForeignKey(
        CityAccount, on_delete=models.PROTECT, related_name="allocations", db_index=False
    )
    debit = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="paid_by", db_index=False)
    credit = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="pays", db_index=False)
    amount = entry_amount(help_text="Above zero.")
    allocated_on = models.DateField(help_text="Business date.")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    undone_on = models.DateField(null=True, help_text="Business date.")
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="city_allocation_amount"),
            models.CheckConstraint(
                condition=Q(undone_on=None) | Q(undone_on__gte=F("allocated_on")),
                name="city_allocation_dates",
            ),
        ]
        indexes = [
            models.Index(fields=["property", "account", "id"], name="city_allocation_account"),
            models.Index(
                fields=["property", "debit"], condition=Q(undone_on=None), name="city_allocation_debit"
            ),
            models.Index(
                fields=["property", "credit"], condition=Q(undone_on=None), name="city_allocation_credit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.amount}"


class CityReminder(PropertyScopedModel):
    """A reminder that went to a debtor; at most one on a business day."""

    account = models.ForeignKey(
        CityAccount, on_delete=models.PROTECT, related_name="reminders", db_index=False
    )
    business_date = models.DateField()
    level = models.PositiveSmallIntegerField(help_text="1 to 3.")
    overdue = entry_amount(help_text="What was past its due day.")
    message = models.ForeignKey(
        "messaging.Message", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "account", "business_date"], name="city_reminder_once_a_day"
            ),
            models.CheckConstraint(condition=Q(level__range=(1, 3)), name="city_reminder_level"),
        ]

    def __str__(self) -> str:
        return f"{self.account}, level {self.level}"
