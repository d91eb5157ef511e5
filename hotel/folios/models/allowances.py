"""Allowances of packages: what a guest may consume, and what became of the rest."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from hotel.folios.models.codes import TransactionCode
from hotel.properties.scoping import PropertyScopedModel


class Allowance(PropertyScopedModel):
    """One element of a package on one night of a stay, up to whose amount the guest consumes.

    It has no amount of its own: the night's line gives it, the lines that are set against charges take from it, and
    corrections of either move it; what stands is the sum of its postings. At the end of its period the audit books the
    rest, and once more when a correction comes later.
    """

    reservation = models.ForeignKey(
        "reservations.Reservation", on_delete=models.PROTECT, related_name="allowances", db_index=False
    )
    code = models.ForeignKey(TransactionCode, on_delete=models.PROTECT, related_name="+", db_index=False)
    night = models.DateField()
    last_on = models.DateField(
        null=True, help_text="Last business day to consume it on; empty for as long as the guest stays."
    )
    settled = models.DecimalField(
        max_digits=14, decimal_places=3, default=Decimal(0),
        help_text="Net, in the property's currency: booked as breakage; below zero as a loss.",
    )  # fmt: skip
    settled_on = models.DateField(
        null=True, help_text="Business day on which its rest was booked first; nothing is consumed since."
    )
    is_open = models.BooleanField(default=True, help_text="Its rest is to be booked, or booked anew.")

    class Meta:
        ordering = ["property_id", "-night", "id"]
        constraints = [
            models.UniqueConstraint(fields=["reservation", "night", "code"], name="allowance_once"),
            models.CheckConstraint(
                condition=Q(is_open=True) | Q(settled_on__isnull=False), name="allowance_settled_says_when"
            ),
        ]
        indexes = [
            models.Index(
                fields=["property", "last_on"], condition=Q(is_open=True), name="allowance_to_settle"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code.code} {self.night}"
