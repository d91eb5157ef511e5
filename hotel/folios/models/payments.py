"""Payments, the cards they are made with, and links by which guests pay."""

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from moneyed import Money

from hotel.core.models_base import Versioned
from hotel.folios.choices import LinkStatus, PaymentKind, PaymentStatus
from hotel.folios.domain.payments import Standing
from hotel.folios.models.codes import TransactionCode
from hotel.folios.models.folios import FolioWindow
from hotel.folios.models.gateways import GatewayAccount
from hotel.folios.models.journal import Journal, entry_amount
from hotel.folios.models.tills import CashierSession, ExchangeRate
from hotel.properties.scoping import PropertyScopedModel

# Neither a number nor anything that looks like one may take the place of a token.
_NO_CARD_NUMBER = r"^(?!\d{12,19}$).+$"


def _part(help_text: str) -> models.DecimalField:
    """An amount in the payment's currency."""
    return models.DecimalField(
        max_digits=14, decimal_places=3, default=0, editable=False, help_text=help_text
    )


class CardToken(PropertyScopedModel):
    """A card kept at the processor. We know the first six and last four digits, and never the number or code."""

    account = models.ForeignKey(
        GatewayAccount, on_delete=models.PROTECT, related_name="cards", db_index=False
    )
    guest = models.ForeignKey(
        "guests.Guest", on_delete=models.PROTECT, null=True, blank=True, related_name="cards"
    )
    token = models.CharField(max_length=120)
    brand = models.CharField(max_length=20)
    bin = models.CharField(max_length=6, blank=True)
    last4 = models.CharField(max_length=4)
    expires = models.CharField(max_length=7, help_text="Month, such as 2030-12; valid to its end.")
    is_active = models.BooleanField(default=True)
    forget_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="When to let the processor forget it; its guest was erased, or it was removed.",
    )

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["account", "token"], name="card_token_once"),
            models.CheckConstraint(
                condition=Q(forget_at=None) | Q(is_active=False), name="card_token_forgotten_is_not_used"
            ),
            models.CheckConstraint(condition=Q(token__regex=_NO_CARD_NUMBER), name="card_token_is_no_number"),
            models.CheckConstraint(
                condition=Q(bin__regex=r"^(\d{6})?$", last4__regex=r"^\d{4}$"), name="card_token_digits"
            ),
            models.CheckConstraint(
                condition=Q(expires__regex=r"^\d{4}-(0[1-9]|1[0-2])$"), name="card_token_expiry"
            ),
        ]
        indexes = [
            models.Index(fields=["forget_at"], condition=~Q(forget_at=None), name="card_token_to_forget")
        ]

    def __str__(self) -> str:
        return f"{self.brand} …{self.last4}"


class Payment(PropertyScopedModel, Versioned):
    """Money that a guest pays or gets back, for a window or, before he stays, as a deposit for his stay.

    A refund or chargeback is a payment of its own, ``of`` the one it takes back; so is what a bank gives back when a
    dispute is won, ``of`` the chargeback. Amounts are in the property's
    currency; ``tendered`` is what was handed over in another one, of which ``change_…`` was given back at once.
    """

    number = models.CharField(max_length=40, editable=False)
    key = models.CharField(max_length=64, editable=False, help_text="One request makes one payment.")
    kind = models.CharField(max_length=10, choices=PaymentKind, default=PaymentKind.PAYMENT)
    status = models.CharField(max_length=18, choices=PaymentStatus, default=PaymentStatus.PENDING)
    of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="taken_back", db_index=False
    )
    window = models.ForeignKey(
        FolioWindow, on_delete=models.PROTECT, null=True, blank=True, related_name="payments", db_index=False
    )
    reservation = models.ForeignKey(
        "reservations.Reservation", on_delete=models.PROTECT, null=True, blank=True, related_name="payments"
    )
    code = models.ForeignKey(TransactionCode, on_delete=models.PROTECT, related_name="+", db_index=False)
    amount = entry_amount(help_text="Asked for; with top ups.")
    currency: str  # the column of the amounts
    authorised_amount = _part("Reserved on the card, or taken at once.")
    captured_amount = _part("Taken.")
    refunded_amount = _part("Paid back, and being paid back.")
    charged_back_amount = _part("Taken back by the guest's bank.")
    tendered = models.DecimalField(
        max_digits=14, decimal_places=3, null=True, blank=True, help_text="Handed over in another currency."
    )
    tendered_currency = models.CharField(max_length=3, blank=True)
    change_foreign = models.DecimalField(
        max_digits=14, decimal_places=3, default=0, editable=False, help_text="Change, as tendered."
    )
    change_home = _part("Change in the property's currency.")
    exchange_rate = models.ForeignKey(
        ExchangeRate, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    account = models.ForeignKey(
        GatewayAccount, on_delete=models.PROTECT, null=True, related_name="payments", db_index=False
    )
    card = models.ForeignKey(
        CardToken, on_delete=models.PROTECT, null=True, related_name="payments", db_index=False
    )
    gateway_reference = models.CharField(
        max_length=120, blank=True, help_text="The processor's id; of a chargeback that of the dispute."
    )
    session = models.ForeignKey(
        CashierSession, on_delete=models.PROTECT, null=True, related_name="payments", db_index=False
    )
    journal = models.ForeignKey(
        Journal, on_delete=models.PROTECT, null=True, related_name="+", db_index=False,
        help_text="What it is in the ledger.",
    )  # fmt: skip
    description = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=80, blank=True, help_text="Such as the slip of a terminal.")
    reason = models.CharField(max_length=200, blank=True, help_text="Of a refund.")
    failure_code = models.CharField(max_length=40, blank=True)
    failure_reason = models.CharField(max_length=400, blank=True)
    actor = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["property", "number"], name="payment_number_once"),
            models.UniqueConstraint(fields=["property", "key"], name="payment_key_once"),
            models.CheckConstraint(
                condition=Q(window__isnull=False, reservation=None)
                | Q(window=None, reservation__isnull=False),
                name="payment_is_for_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(kind=PaymentKind.PAYMENT, of=None)
                | ~Q(kind=PaymentKind.PAYMENT) & Q(of__isnull=False),
                name="payment_taken_back_names_it",
            ),
            models.UniqueConstraint(
                fields=["property", "of"],
                condition=Q(kind=PaymentKind.REINSTATED),
                name="payment_reinstated_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount"),
            models.CheckConstraint(
                condition=Q(captured_amount__lte=F("authorised_amount"), authorised_amount__lte=F("amount")),
                name="payment_captured_within_authorised",
            ),
            models.CheckConstraint(
                condition=Q(refunded_amount__gte=0, refunded_amount__lte=F("captured_amount")),
                name="payment_refunded_within_captured",
            ),
            models.CheckConstraint(condition=Q(charged_back_amount__gte=0), name="payment_charged_back"),
            models.CheckConstraint(
                condition=Q(tendered=None, tendered_currency="", exchange_rate=None)
                | Q(tendered__gt=0, exchange_rate__isnull=False) & ~Q(tendered_currency=""),
                name="payment_tendered_at_a_rate",
            ),
            models.CheckConstraint(
                condition=Q(change_foreign=0, change_home=0)
                | Q(change_foreign__gte=0, change_home__gte=0, tendered__gt=F("change_foreign"))
                & Q(tendered__isnull=False),
                name="payment_change_of_what_was_tendered",
            ),
            models.CheckConstraint(
                condition=Q(captured_amount=0, journal=None)
                | Q(captured_amount__gt=0, journal__isnull=False),
                name="payment_captured_is_in_the_ledger",
            ),
        ]
        indexes = [
            models.Index(fields=["property", "window", "-id"], name="payment_window"),
            models.Index(fields=["property", "status", "-id"], name="payment_status"),
            models.Index(fields=["property", "of"], condition=Q(of__isnull=False), name="payment_taken_back"),
            models.Index(
                fields=["account", "gateway_reference"],
                condition=~Q(gateway_reference=""),
                name="payment_gateway_reference",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def money(self, part: Decimal) -> Money:
        """One of the amounts as money."""
        return Money(part, self.currency)

    @property
    def tendered_money(self) -> Money | None:
        """What was handed over in another currency."""
        return None if self.tendered is None else Money(self.tendered, self.tendered_currency)

    @property
    def change(self) -> list[Money]:
        """What the guest got back at once of what he handed over, the foreign currency first; no zeros."""
        parts = [
            Money(self.change_foreign, self.tendered_currency or self.currency),
            self.money(self.change_home),
        ]
        return [part for part in parts if part.amount]

    @property
    def standing(self) -> Standing:
        """What the table of commands needs to know, but whether an order is open."""
        return Standing(
            kind=self.kind,
            status=self.status,
            is_card=self.account_id is not None,
            captured=self.captured_amount,
            taken_back=self.refunded_amount + self.charged_back_amount,
            is_cash=self.code.is_cash,
        )


class PaymentLink(PropertyScopedModel):
    """An address that a guest is sent to pay an amount at the processor's page, once."""

    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    window = models.ForeignKey(
        FolioWindow, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reservation = models.ForeignKey(
        "reservations.Reservation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="payment_links",
    )
    amount = entry_amount()
    description = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=9, choices=LinkStatus, default=LinkStatus.OPEN)
    expires_at = models.DateTimeField()
    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, null=True, related_name="links", db_index=False,
        help_text="The last attempt.",
    )  # fmt: skip
    actor = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["property", "public_id"], name="payment_link_once"),
            models.CheckConstraint(
                condition=Q(window__isnull=False, reservation=None)
                | Q(window=None, reservation__isnull=False),
                name="payment_link_is_for_one_thing",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_link_amount"),
            models.CheckConstraint(
                condition=~Q(status=LinkStatus.PAID) | Q(payment__isnull=False), name="payment_link_paid_by"
            ),
        ]
        indexes = [
            # Asked whenever an open page is looked at.
            models.Index(
                fields=["property", "payment"],
                condition=Q(payment__isnull=False),
                name="payment_link_payment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.amount} ({self.get_status_display()})"
