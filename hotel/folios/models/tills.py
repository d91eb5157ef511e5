"""Tills: who holds which cash from when to when; and the rates foreign cash is taken at."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hotel.folios.choices import CashKind, SessionStatus
from hotel.folios.models.journal import Journal, entry_amount
from hotel.properties.scoping import PropertyScopedModel


class ExchangeRate(PropertyScopedModel):
    """What one unit of a foreign currency is worth in the property's, from a business day until the next row.

    ``book_rate`` is what it is counted at; we give less when we take it in and ask more when we hand it out.
    """

    currency = models.CharField(max_length=3)
    valid_from = models.DateField(help_text="Business date.")
    buy_rate = models.DecimalField(max_digits=18, decimal_places=8, help_text="Taken from guests at.")
    book_rate = models.DecimalField(max_digits=18, decimal_places=8, help_text="Counted in the ledger at.")
    sell_rate = models.DecimalField(max_digits=18, decimal_places=8, help_text="Handed out to guests at.")
    cash_step = models.DecimalField(
        max_digits=14, decimal_places=3, default=0,
        help_text="Smallest note or coin handed out; zero: the currency's minor unit.",
    )  # fmt: skip

    class Meta:
        ordering = ["property_id", "currency", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["property", "currency", "valid_from"], name="exchange_rate_once"),
            models.CheckConstraint(
                condition=Q(buy_rate__gt=0, book_rate__gte=F("buy_rate"), sell_rate__gte=F("book_rate")),
                name="exchange_rate_spread",
            ),
            models.CheckConstraint(condition=Q(cash_step__gte=0), name="exchange_rate_step"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.valid_from}"


class CashierSession(PropertyScopedModel):
    """One person's till from its opening to its count. What should be in it is the sum of its movements."""

    cashier = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cashier_sessions"
    )
    status = models.CharField(max_length=6, choices=SessionStatus, default=SessionStatus.OPEN)
    opened_on = models.DateField(help_text="Business date.")
    opened_at = models.DateTimeField()
    closed_on = models.DateField(null=True, blank=True, help_text="Business date.")
    closed_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "cashier"],
                condition=Q(status=SessionStatus.OPEN),
                name="cashier_session_open_once",
            ),
            models.CheckConstraint(
                condition=Q(status=SessionStatus.OPEN, closed_on=None, closed_at=None)
                | Q(status=SessionStatus.CLOSED, closed_on__isnull=False, closed_at__isnull=False),
                name="cashier_session_closed_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cashier} {self.opened_on}"


class CashMovement(PropertyScopedModel):
    """Cash that went into a till (positive) or out of it, in one currency."""

    session = models.ForeignKey(CashierSession, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=10, choices=CashKind)
    amount = entry_amount(help_text="Into the till positive.")
    payment = models.ForeignKey(
        "folios.Payment", on_delete=models.PROTECT, null=True, related_name="movements", db_index=False
    )
    journal = models.ForeignKey(
        Journal, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    note = models.CharField(max_length=200, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["property_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "payment", "kind", "currency"],
                condition=Q(payment__isnull=False),
                name="cash_movement_once",
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="cash_movement_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
