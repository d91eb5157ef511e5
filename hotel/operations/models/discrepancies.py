"""Discrepancies between housekeeping and the front office."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hotel.operations.choices import DiscrepancyKind
from hotel.properties.scoping import PropertyScopedModel
from hotel.rooms.models import Room


class Discrepancy(PropertyScopedModel):
    """An attendant found a room otherwise than the front office has it; open until somebody says why.

    ``office_occupied`` and ``office_persons`` are what the front office had at that moment.
    """

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=6, choices=DiscrepancyKind)
    business_date = models.DateField()
    is_occupied = models.BooleanField(help_text="Whether somebody, or luggage, was found in it.")
    persons = models.PositiveSmallIntegerField(null=True, help_text="As found; empty when not counted.")
    office_occupied = models.BooleanField()
    office_persons = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    because = models.CharField(max_length=200, blank=True, help_text="What it was.")

    class Meta:
        verbose_name_plural = "discrepancies"
        ordering = ["property_id", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "room"],
                condition=Q(resolved_at=None),
                name="operations_discrepancy_open_once",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, because="")
                | (Q(resolved_at__gte=F("found_at")) & ~Q(because="")),
                name="operations_discrepancy_resolved_says_why",
            ),
        ]
        indexes = [models.Index(fields=["property", "business_date"], name="operations_discrepancy_day")]

    def __str__(self) -> str:
        return f"{self.room}: {self.get_kind_display()}"
