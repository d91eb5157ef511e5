"""Maintenance holds."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hotel.properties.scoping import PropertyScopedModel
from hotel.rooms.choices import BlockKind, HousekeepingStatus
from hotel.rooms.models.occupancy import RoomOccupancy
from hotel.rooms.models.rooms import Room


class RoomBlock(PropertyScopedModel):
    """A room is held for maintenance on the nights [``start_on``, ``end_on``).

    Out of order and out of inventory also claim the room from check-in time of the first day to check-out time of
    the last, like a stay. A released hold keeps the nights it really took; released before its first, it took none.
    """

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="blocks")
    kind = models.CharField(max_length=16, choices=BlockKind)
    start_on = models.DateField(help_text="First night held, business date.")
    end_on = models.DateField(help_text="First night no longer held, business date.")
    reason = models.CharField(max_length=200)
    return_status = models.CharField(
        max_length=10,
        choices=HousekeepingStatus,
        default=HousekeepingStatus.DIRTY,
        help_text="Housekeeping status the room gets when the hold ends.",
    )
    occupancy = models.OneToOneField(
        RoomOccupancy, on_delete=models.SET_NULL, null=True, blank=True, related_name="block"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    released_at = models.DateTimeField(
        null=True, blank=True, help_text="When the room came back, early or at the end."
    )

    class Meta:
        ordering = ["property_id", "-start_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_on__gt=F("start_on")) | Q(end_on=F("start_on"), released_at__isnull=False),
                name="room_block_nights_order",
            )
        ]
        indexes = [
            models.Index(fields=["property", "end_on", "start_on"], name="room_block_nights"),
            models.Index(
                fields=["property", "room"], name="room_block_active", condition=Q(released_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.room} {self.kind} {self.start_on}–{self.end_on}"
