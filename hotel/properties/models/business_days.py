"""The business days of a property."""

from django.db import models

from hotel.core.clock import now
from hotel.properties.scoping import PropertyScopedModel


class BusinessDay(PropertyScopedModel):
    """A business day: opened by the audit before, closed once, never opened again."""

    business_date = models.DateField()
    opened_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["property_id", "-business_date"]
        constraints = [
            models.UniqueConstraint(fields=["property", "business_date"], name="business_day_once"),
            models.UniqueConstraint(
                fields=["property"], condition=models.Q(closed_at=None), name="one_open_business_day"
            ),
        ]

    def __str__(self) -> str:
        return str(self.business_date)
