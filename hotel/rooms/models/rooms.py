"""Rooms: dated, numbered, never deleted once they have a history."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value

from hotel.core.models_base import Versioned
from hotel.properties.models import Building, Floor, Section
from hotel.properties.scoping import PropertyScopedModel
from hotel.rooms.choices import BedKind, HousekeepingStatus
from hotel.rooms.models.room_types import RoomFeature, RoomType

OPEN_DAYS = Func(
    F("opened_on"), F("closed_on"), Value("[)"), function="daterange", output_field=DateRangeField()
)


class Room(PropertyScopedModel, Versioned):
    """A physical room, or a suite made of other rooms, of one type between two dates.

    It counts on the nights [``opened_on``, ``closed_on``). When a room changes its type it is closed and opened
    anew under the same number, so that the past keeps its counts.
    """

    number = models.CharField(max_length=16)
    room_type = models.ForeignKey(RoomType, on_delete=models.PROTECT, related_name="rooms")
    building = models.ForeignKey(Building, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    floor = models.ForeignKey(Floor, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    features = models.ManyToManyField(RoomFeature, related_name="rooms", blank=True)
    connects_to = models.ManyToManyField("self", blank=True)
    opened_on = models.DateField(help_text="First night it counts, business date.")
    closed_on = models.DateField(
        null=True, blank=True, help_text="First night it no longer counts; empty while open."
    )
    is_accessible = models.BooleanField(default=False)
    is_smoking = models.BooleanField(default=False)
    notes = models.TextField(blank=True)
    housekeeping_status = models.CharField(
        max_length=10, choices=HousekeepingStatus, default=HousekeepingStatus.CLEAN
    )

    class Meta:
        ordering = ["property_id", "number", "opened_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="room_open_days_order"
            ),
            ExclusionConstraint(
                name="room_number_once_a_day",
                expressions=[
                    ("property", RangeOperators.EQUAL),
                    ("number", RangeOperators.EQUAL),
                    (OPEN_DAYS, RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["property", "room_type", "number"], name="room_by_type")]

    def __str__(self) -> str:
        return self.number

    @property
    def housekeeping_letter(self) -> str:
        """The mark of its state, the same in every language."""
        return HousekeepingStatus(self.housekeeping_status).letter


class RoomBed(PropertyScopedModel):
    """Beds of one kind in a room."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="beds")
    kind = models.CharField(max_length=10, choices=BedKind)
    quantity = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["property_id", "room_id", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["property", "room", "kind"], name="room_bed_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="room_bed_quantity"),
        ]

    def __str__(self) -> str:
        return f"{self.room}: {self.quantity} {self.kind}"


class RoomPart(PropertyScopedModel):
    """A room that is part of a suite; claiming the suite claims it too."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="parts")
    part = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="part_of")

    class Meta:
        ordering = ["property_id", "room_id", "part"]
        constraints = [
            models.UniqueConstraint(fields=["property", "room", "part"], name="room_part_once"),
            models.CheckConstraint(condition=~Q(room=F("part")), name="room_part_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.part} in {self.room}"
