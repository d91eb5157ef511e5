"""Vouchers: the code that a redeemed reward may be used by."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hotel.core.fields import EncryptedTextField
from hotel.core.models_base import SealedRow, TimeStamped
from loyalty.models.rewards import RewardRedemption
from loyalty.querysets import VoucherQuerySet


class RewardVoucher(SealedRow, TimeStamped):
    """The code of a redemption. Whoever has it uses it, once; the database keeps its words sealed.

    It stands as its redemption does: confirmed it is good, fulfilled it is redeemed, else it is void.
    """

    redemption = models.OneToOneField(
        RewardRedemption, on_delete=models.PROTECT, related_name="voucher", editable=False
    )
    code = EncryptedTextField(editable=False)
    fingerprint = models.CharField(max_length=64, editable=False, help_text="What a code is found by.")
    ending = models.CharField(max_length=4, editable=False, help_text="The last symbols of the code.")
    hotels = ArrayField(
        models.CharField(max_length=12), default=list, blank=True,
        help_text="Codes of the hotels that take it; empty for all that take part.",
    )  # fmt: skip
    valid_from = models.DateField(help_text="First business date that a hotel takes it on.")
    valid_until = models.DateField(null=True, blank=True, help_text="Last one; none without end.")
    redeemed_at = models.DateTimeField(null=True, editable=False)
    redeemed_place = models.ForeignKey(
        "properties.Property", on_delete=models.PROTECT, null=True, related_name="+", editable=False, db_index=False,
        help_text="The hotel that took it.",
    )  # fmt: skip
    redeemed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False, db_index=False
    )  # fmt: skip
    uses = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="How often it was redeemed, with those that were taken back."
    )

    objects = VoucherQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["fingerprint"], name="loyalty_voucher_code_once"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="loyalty_voucher_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(redeemed_at=None, redeemed_place=None)
                | Q(redeemed_at__isnull=False, redeemed_place__isnull=False, uses__gt=0),
                name="loyalty_voucher_redeemed_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"…{self.ending}"
