"""Accounts at card processors, what we asked them, the pages they host for us, and what they told us."""

import secrets

from django.db import models
from django.db.models import Q

from hotel.core.fields import EncryptedTextField
from hotel.core.models_base import SealedRow
from hotel.folios.choices import CallKind, CallStatus, PageStatus, Provider
from hotel.folios.models.journal import entry_amount
from hotel.properties.scoping import PropertyScopedModel


def slug_new() -> str:
    """32 characters that nobody guesses."""
    return secrets.token_urlsafe(24)


class GatewayAccount(SealedRow, PropertyScopedModel):
    """The property's account at a card processor. One takes new payments; others stay for refunds of theirs."""

    provider = models.CharField(max_length=12, choices=Provider)
    name = models.CharField(max_length=80)
    api_key = EncryptedTextField()
    webhook_secret = EncryptedTextField()
    slug = models.CharField(
        max_length=40,
        unique=True,
        default=slug_new,
        editable=False,
        help_text="Names it in the webhook's address.",
    )
    is_active = models.BooleanField(default=True, help_text="Takes new payments.")

    class Meta:
        ordering = ["property_id", "name"]
        constraints = [
            models.UniqueConstraint(fields=["property", "name"], name="gateway_account_name_once"),
            models.UniqueConstraint(
                fields=["property"], condition=Q(is_active=True), name="gateway_account_active_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GatewayCall(PropertyScopedModel):
    """One order to a processor: written down before it is sent, until its outcome is certain.

    While it is open nothing else is done with the payment. ``claim`` and ``next_attempt_at`` are a lease while
    somebody is sending it, and a pause afterwards.
    """

    payment = models.ForeignKey("folios.Payment", on_delete=models.PROTECT, related_name="calls")
    kind = models.CharField(max_length=10, choices=CallKind)
    key = models.UUIDField(editable=False, help_text="The processor carries out one key once.")
    amount = entry_amount()
    status = models.CharField(max_length=8, choices=CallStatus, default=CallStatus.OPEN)
    attempts = models.PositiveSmallIntegerField(default=0)
    first_sent_at = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(null=True)
    claim = models.UUIDField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True)
    operation = models.CharField(max_length=120, blank=True, help_text="The processor's id of this step.")
    code = models.CharField(max_length=40, blank=True, help_text="Why it was not done, or is not known.")
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["property", "key"], name="gateway_call_key_once"),
            models.UniqueConstraint(
                fields=["property", "payment"],
                condition=Q(status=CallStatus.OPEN),
                name="gateway_call_open_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="gateway_call_amount"),
            models.CheckConstraint(
                condition=Q(status=CallStatus.OPEN, next_attempt_at__isnull=False, finished_at=None)
                | ~Q(status=CallStatus.OPEN) & Q(next_attempt_at=None, finished_at__isnull=False, claim=None),
                name="gateway_call_is_due_or_finished",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(status=CallStatus.OPEN), name="gateway_call_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"


class HostedPage(PropertyScopedModel):
    """A page at the processor where a guest gives a card, and pays when it is for a payment."""

    account = models.ForeignKey(GatewayAccount, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.UUIDField(editable=False)
    payment = models.ForeignKey(
        "folios.Payment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pages",
        db_index=False,
    )
    guest = models.ForeignKey(
        "guests.Guest", on_delete=models.PROTECT, null=True, blank=True, related_name="card_pages"
    )
    card = models.ForeignKey(
        "folios.CardToken", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    status = models.CharField(max_length=7, choices=PageStatus, default=PageStatus.OPEN)
    reference = models.CharField(max_length=120, blank=True, help_text="The processor's id of it.")
    url = models.URLField(max_length=2000, blank=True)
    return_url = models.URLField(max_length=500)
    next_check_at = models.DateTimeField(null=True, help_text="When to ask how it stands.")
    opened_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["property", "key"], name="hosted_page_key_once"),
            models.UniqueConstraint(
                fields=["property", "payment"],
                condition=Q(payment__isnull=False),
                name="hosted_page_of_payment_once",
            ),
            models.UniqueConstraint(
                fields=["account", "reference"], condition=~Q(reference=""), name="hosted_page_reference_once"
            ),
            models.CheckConstraint(
                condition=Q(status=PageStatus.OPEN) | Q(next_check_at=None), name="hosted_page_closed_rests"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_check_at"], condition=Q(status=PageStatus.OPEN), name="hosted_page_due"
            )
        ]

    def __str__(self) -> str:
        return self.reference or str(self.key)


class GatewayNotice(PropertyScopedModel):
    """The inbox of webhooks: genuine ones, each event once. What they say is asked for before it is believed."""

    account = models.ForeignKey(
        GatewayAccount, on_delete=models.PROTECT, related_name="notices", db_index=False
    )
    event = models.CharField(max_length=120, help_text="The processor's id, the same when it is told again.")
    kind = models.CharField(max_length=14)
    topic = models.CharField(max_length=120)
    reference = models.CharField(max_length=120)
    amount = entry_amount(null=True, help_text="Of a chargeback.")
    dispute = models.CharField(max_length=120, blank=True, help_text="The processor's id of it.")
    fee = models.DecimalField(
        max_digits=14, decimal_places=3, default=0,
        help_text="Of a dispute, in the currency of the amount: kept by the processor, or given back when it is won.",
    )  # fmt: skip
    handled_at = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=200, blank=True, help_text="What was done about it.")

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["account", "event"], name="gateway_notice_once"),
            models.CheckConstraint(
                condition=Q(handled_at=None, next_attempt_at__isnull=False)
                | Q(handled_at__isnull=False, next_attempt_at=None),
                name="gateway_notice_is_due_or_handled",
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(handled_at=None), name="gateway_notice_due")
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.reference}"
