"""Rounds of attendants."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from hotel.core.models_base import Versioned
from hotel.properties.scoping import PropertyScopedModel


class HousekeepingRound(PropertyScopedModel, Versioned):
    """That somebody works on a business date, and how many credits are a full round for him.

    What is in it are the tasks of the day that are assigned to him.
    """

    attendant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    business_date = models.DateField()
    credit_target = models.DecimalField(
        max_digits=5, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )

    class Meta:
        ordering = ["property_id", "-business_date", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "business_date", "attendant"], name="operations_round_once"
            ),
            models.CheckConstraint(condition=Q(credit_target__gt=0), name="operations_round_target"),
        ]

    def __str__(self) -> str:
        return f"{self.attendant}, {self.business_date}"
