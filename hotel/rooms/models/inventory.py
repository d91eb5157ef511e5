"""The counters of each night: the only truth about what can still be sold."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from hotel.properties.scoping import PropertyScopedModel
from hotel.rooms.models.room_types import RoomType


class InventoryNight(PropertyScopedModel):
    """One night of one room type, or of the whole house when ``room_type`` is None.

    Free to sell = ``capacity`` + ``overbooking`` − ``out_of_order`` − ``sold`` − ``blocked`` − ``held``; it is
    never negative. Written only by the functions in ``hotel/rooms/sql``: a trigger refuses everyone else.
    """

    room_type = models.ForeignKey(
        RoomType, on_delete=models.PROTECT, null=True, blank=True, related_name="nights", db_index=False
    )
    night = models.DateField()
    capacity = models.PositiveIntegerField(default=0)
    out_of_order = models.PositiveIntegerField(default=0)
    overbooking = models.PositiveIntegerField(default=0)
    sold = models.PositiveIntegerField(default=0)
    blocked = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    day_sold = models.PositiveIntegerField(default=0)
    day_limit = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["property_id", "night", F("room_type").asc(nulls_first=True)]
        constraints = [
            # The house is counter 0. One index answers "these nights, all types" and "this night of this type".
            models.UniqueConstraint(
                F("property"), F("night"), Coalesce(F("room_type"), Value(0)), name="inventory_night_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    sold__lte=F("capacity") + F("overbooking") - F("out_of_order") - F("blocked") - F("held")
                ),
                name="inventory_night_not_oversold",
            ),
            models.CheckConstraint(condition=Q(day_sold__lte=F("day_limit")), name="inventory_day_use_limit"),
        ]

    def __str__(self) -> str:
        return f"{self.room_type or 'House'} {self.night}"
