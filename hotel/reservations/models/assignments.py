"""Room assignments: which room a stay has, from when to when."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from hotel.properties.scoping import PropertyScopedModel

DAYS = Func(F("arrival"), F("departure"), Value("[)"), function="daterange", output_field=DateRangeField())


class RoomAssignment(PropertyScopedModel):
    """A stay's room for a part ``[arrival, departure)`` of its dates; released ones stay as history.

    The parts of one stay never overlap; nights without a part are still to be given a room. Two parts that meet are a
    move that was planned, or was done.

    The physical claim is ``occupancy`` of the rooms floor, whose exclusion constraint keeps two stays
    out of one room.
    """

    reservation = models.ForeignKey(
        "reservations.Reservation", on_delete=models.CASCADE, related_name="assignments"
    )
    room = models.ForeignKey("rooms.Room", on_delete=models.PROTECT, related_name="assignments")
    arrival = models.DateField(help_text="First night in this room, business date.")
    departure = models.DateField(help_text="The day this room is left; equal to the arrival for day use.")
    occupancy = models.OneToOneField(
        "rooms.RoomOccupancy", on_delete=models.SET_NULL, null=True, blank=True, related_name="assignment"
    )
    is_locked = models.BooleanField(default=False)
    released_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(
        null=True, blank=True, help_text="When the guest moved to the room of his next nights."
    )

    class Meta:
        ordering = ["reservation_id", "arrival", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(departure__gte=F("arrival")), name="room_assignment_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(occupancy=None),
                name="room_assignment_released_has_no_claim",
            ),
            ExclusionConstraint(
                name="room_assignment_one_a_night",
                expressions=[("reservation", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
                condition=Q(released_at=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["property", "departure", "arrival"],
                name="room_assignment_active",
                condition=Q(released_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.arrival}–{self.departure}"
