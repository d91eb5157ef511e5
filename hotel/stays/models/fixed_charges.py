"""Charges that come back by themselves while a guest is in house."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from djmoney.models.fields import MoneyField

from hotel.properties.scoping import PropertyScopedModel


class FixedCharge(PropertyScopedModel):
    """A charge for every n-th night of a stay, such as a parking space; ended by a date, never deleted once posted.

    The night audit posts it for nights that the guest is in house, once for each.
    """

    reservation = models.ForeignKey(
        "reservations.Reservation", on_delete=models.PROTECT, related_name="fixed_charges", db_index=False
    )
    code = models.ForeignKey(
        "folios.TransactionCode", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    description = models.CharField(
        max_length=120, blank=True, help_text="For the guest; the code's name when empty."
    )
    amount: MoneyField = MoneyField(
        max_digits=14,
        decimal_places=3,
        default_currency=None,
        currency_field_name="currency",
        help_text="For one time, contained taxes inside.",
    )
    every_nights = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1)], help_text="1 each night, 7 once a week."
    )
    first_night = models.DateField(help_text="Business date.")
    until = models.DateField(
        null=True, blank=True, help_text="First night it is no longer due; empty until he leaves."
    )

    class Meta:
        ordering = ["property_id", "reservation_id", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="fixed_charge_positive"),
            models.CheckConstraint(condition=Q(every_nights__gte=1), name="fixed_charge_rhythm"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("first_night")), name="fixed_charge_dates_in_order"
            ),
        ]
        indexes = [models.Index(fields=["property", "reservation"], name="fixed_charge_of_stay")]

    def __str__(self) -> str:
        return f"{self.description or self.code} {self.amount}"
