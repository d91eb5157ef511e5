"""Physical occupancy: which room is taken when, by exclusion constraint never twice."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.fields.ranges import RangeEndsWith, RangeStartsWith
from django.db import models
from django.db.models import Deferrable, F, Q
from django.db.models.functions import Coalesce

from hotel.properties.scoping import PropertyScopedModel
from hotel.rooms.choices import OccupancyKind
from hotel.rooms.models.rooms import Room
from hotel.rooms.querysets import OccupancyQuerySet


class RoomOccupancy(PropertyScopedModel):
    """A room is taken from one instant to another, half-open.

    Only claims of one party, of guests who share the room, may overlap. A suite's claim has one row for the suite and
    one, with ``part_of``, for each of its parts.
    """

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="occupancies", db_index=False)
    during = DateTimeRangeField(help_text="UTC instants, end excluded.")
    starts_at = models.GeneratedField(
        expression=RangeStartsWith("during"), output_field=models.DateTimeField(), db_persist=True
    )
    ends_at = models.GeneratedField(
        expression=RangeEndsWith("during"), output_field=models.DateTimeField(), db_persist=True
    )
    kind = models.CharField(max_length=8, choices=OccupancyKind)
    party = models.BigIntegerField(
        null=True, blank=True, help_text="Claims of one party may overlap: its guests share the room."
    )
    part_of = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="part_rows"
    )

    objects = OccupancyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "room occupancies"
        ordering = ["property_id", "room_id", "during"]
        constraints = [
            ExclusionConstraint(
                name="room_taken_once",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                    (Coalesce("party", -F("id")), RangeOperators.NOT_EQUAL),
                ],
                # At the end of each statement: claims of one party become those of another together.
                deferrable=Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
                name="room_occupancy_bounded",
            ),
        ]
        indexes = [
            models.Index(fields=["property", "ends_at", "starts_at"], name="room_occupancy_by_property"),
            models.Index(fields=["room", "ends_at", "starts_at"], name="room_occupancy_by_room"),
        ]

    def __str__(self) -> str:
        return f"{self.room} {self.during}"
