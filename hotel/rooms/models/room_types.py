"""Room types: what is sold, what it is made of and what a sale of it consumes."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from hotel.core.models_base import Versioned
from hotel.properties.models import AgeBand
from hotel.properties.models.properties import CODE
from hotel.properties.scoping import PropertyScopedModel
from hotel.rooms.choices import RoomTypeKind


class RoomFeature(PropertyScopedModel):
    """Something a room or a type has and guests ask for: balcony, bath tub, lake view."""

    code = models.CharField(max_length=16, validators=[CODE])
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["property_id", "code"]
        constraints = [models.UniqueConstraint(fields=["property", "code"], name="room_feature_code_once")]

    def __str__(self) -> str:
        return self.name


class RoomType(PropertyScopedModel, Versioned):
    """A kind of room that is sold; rooms are assigned later.

    ``base_type`` is given for virtual types only: a standard type whose rooms they are sold from.
    ``day_use_limit`` is how many day-use stays a day may have; 0 means none are sold.
    """

    code = models.CharField(max_length=16, validators=[CODE])
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=RoomTypeKind, default=RoomTypeKind.STANDARD)
    room_class = models.CharField(max_length=40, blank=True, help_text="A group of types, such as Deluxe.")
    description = models.TextField(blank=True)
    standard_occupancy = models.PositiveSmallIntegerField(default=2)
    max_occupancy = models.PositiveSmallIntegerField(default=2)
    max_adults = models.PositiveSmallIntegerField(default=2)
    max_children = models.PositiveSmallIntegerField(default=0)
    base_type = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="virtual_types"
    )
    housekeeping_credits = models.DecimalField(
        max_digits=5, decimal_places=2, default=1, validators=[MinValueValidator(0)]
    )
    sort_order = models.PositiveSmallIntegerField(default=100)
    is_active = models.BooleanField(default=True)
    day_use_limit = models.PositiveSmallIntegerField(default=0)
    features = models.ManyToManyField(RoomFeature, related_name="room_types", blank=True)

    class Meta:
        ordering = ["property_id", "sort_order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["property", "code"], name="room_type_code_once"),
            models.CheckConstraint(
                condition=Q(kind=RoomTypeKind.VIRTUAL, base_type__isnull=False)
                | (~Q(kind=RoomTypeKind.VIRTUAL) & Q(base_type__isnull=True)),
                name="room_type_base_of_virtual",
            ),
            models.CheckConstraint(
                condition=Q(standard_occupancy__lte=F("max_occupancy"))
                & Q(max_adults__lte=F("max_occupancy"))
                & Q(max_children__lte=F("max_occupancy")),
                name="room_type_occupancy_order",
            ),
            models.CheckConstraint(
                condition=Q(housekeeping_credits__gte=0), name="room_type_credits_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class RoomTypeOccupancy(PropertyScopedModel):
    """How many guests of an age band the type takes at most, within its maximum occupancy."""

    room_type = models.ForeignKey(RoomType, on_delete=models.CASCADE, related_name="occupancies")
    age_band = models.ForeignKey(AgeBand, on_delete=models.PROTECT, related_name="+")
    max_count = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "room type occupancies"
        ordering = ["property_id", "room_type_id", "age_band"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "room_type", "age_band"], name="room_type_occupancy_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.room_type}: {self.max_count} {self.age_band}"


class RoomTypePart(PropertyScopedModel):
    """What a component type is made of: so many rooms of a standard type."""

    room_type = models.ForeignKey(RoomType, on_delete=models.CASCADE, related_name="parts")
    part_type = models.ForeignKey(RoomType, on_delete=models.PROTECT, related_name="part_of")
    quantity = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["property_id", "room_type_id", "part_type"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "room_type", "part_type"], name="room_type_part_once"
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="room_type_part_quantity"),
            models.CheckConstraint(condition=~Q(room_type=F("part_type")), name="room_type_part_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.room_type}: {self.quantity} × {self.part_type}"


class RoomTypeConsumption(PropertyScopedModel):
    """One entry of a type's consumption vector, derived from its structure by ``structure_refresh``.

    ``counter_type`` None is the house. A pseudo type has one entry with quantity 0: known, and free of charge.
    """

    room_type = models.ForeignKey(RoomType, on_delete=models.CASCADE, related_name="consumption")
    counter_type = models.ForeignKey(RoomType, on_delete=models.CASCADE, null=True, related_name="+")
    quantity = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["property_id", "room_type_id", F("counter_type").asc(nulls_first=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "room_type", "counter_type"],
                name="room_type_consumption_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.room_type} takes {self.quantity} of {self.counter_type or 'the house'}"
