"""The history of housekeeping statuses."""

from django.conf import settings
from django.db import models

from hotel.core.clock import now
from hotel.properties.scoping import PropertyScopedModel
from hotel.rooms.choices import HousekeepingStatus, StatusSource
from hotel.rooms.models.rooms import Room


class RoomStatusChange(PropertyScopedModel):
    """Who changed a room's housekeeping status when, from what to what; what proves turnaround times."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="status_changes")
    from_status = models.CharField(max_length=10, choices=HousekeepingStatus)
    to_status = models.CharField(max_length=10, choices=HousekeepingStatus)
    source = models.CharField(max_length=12, choices=StatusSource)
    changed_at = models.DateTimeField(default=now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["property_id", "-changed_at"]
        indexes = [models.Index(fields=["property", "room", "-changed_at"], name="room_status_history")]

    def __str__(self) -> str:
        return f"{self.room}: {self.from_status} → {self.to_status}"
