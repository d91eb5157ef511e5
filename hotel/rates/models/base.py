"""Shapes that several tables of rates share."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from djmoney.models.fields import MoneyField

from hotel.rates.choices import PenaltyKind

ALL_WEEK = 127
SHARE = [MinValueValidator(0), MaxValueValidator(1)]


def amount_field(**over: Any) -> MoneyField:
    """A money column in the property's currency; empty when null."""
    return MoneyField(max_digits=14, decimal_places=3, **{"default_currency": None, **over})


def optional_amount_field(**over: Any) -> MoneyField:
    """A money column that may be empty."""
    return amount_field(null=True, blank=True, default=None, **over)


def share_field(**over: Any) -> models.DecimalField:
    """A share between 0 and 1."""
    return models.DecimalField(max_digits=7, decimal_places=6, **{"validators": SHARE, **over})


class OnNights(models.Model):
    """Counts on the nights [``start_on``, ``end_on``) that fall on the marked weekdays."""

    start_on = models.DateField(help_text="First night.")
    end_on = models.DateField(help_text="First night no longer concerned.")
    weekdays = models.PositiveSmallIntegerField(
        default=ALL_WEEK,
        validators=[MinValueValidator(1), MaxValueValidator(ALL_WEEK)],
        help_text="Sum of Monday 1, Tuesday 2, Wednesday 4 … Sunday 64.",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(end_on__gt=F("start_on")), name="%(class)s_nights_order"),
            models.CheckConstraint(condition=Q(weekdays__range=(1, ALL_WEEK)), name="%(class)s_weekdays"),
        ]


class Owed(models.Model):
    """A penalty: first nights, a share of the total, or an amount; exactly what its kind says."""

    penalty = models.CharField(max_length=8, choices=PenaltyKind)
    nights = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    share = share_field(null=True, blank=True)
    amount = optional_amount_field()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(penalty=PenaltyKind.NIGHTS, nights__gte=1, share=None, amount=None)
                | Q(penalty=PenaltyKind.PERCENT, nights=None, share__range=(0, 1), amount=None)
                | Q(penalty=PenaltyKind.FLAT, nights=None, share=None, amount__gte=0),
                name="%(class)s_owes_one_thing",
            )
        ]
