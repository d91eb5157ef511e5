"""The figures of each closed business day, frozen."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from djmoney.models.fields import MoneyField

from hotel.properties.scoping import PropertyScopedModel
from hotel.stays.domain.statistics import DayCounts, DayFigures, DayRevenue


def amount_field(**options: Any) -> MoneyField:
    """Money of a day, up to 15 digits before the point; amounts of one row share the column ``currency``."""
    return MoneyField(
        max_digits=18, decimal_places=3, default_currency=None, currency_field_name="currency", **options
    )


class DailyStatistic(PropertyScopedModel):
    """What the night audit counted of a business date; see ``docs/algorithms/statistics.md`` for each figure.

    Written for the open business date only; once it is closed a trigger refuses any change, so that a correction
    made later is a figure of the later day.
    """

    business_date = models.DateField()
    rooms_available = models.PositiveIntegerField(help_text="Supply, rooms out of order included.")
    rooms_out_of_order = models.PositiveIntegerField(default=0)
    rooms_sold = models.PositiveIntegerField(default=0, help_text="Slept in and paid for.")
    rooms_complimentary = models.PositiveIntegerField(default=0)
    rooms_house_use = models.PositiveIntegerField(default=0)
    rooms_day_use = models.PositiveIntegerField(default=0)
    arrivals = models.PositiveIntegerField(default=0)
    departures = models.PositiveIntegerField(default=0)
    walk_ins = models.PositiveIntegerField(default=0, help_text="Of the arrivals.")
    no_shows = models.PositiveIntegerField(default=0)
    cancellations = models.PositiveIntegerField(default=0)
    persons = models.JSONField(default=dict, help_text="Guests who slept here: age band code to count.")
    room_revenue = amount_field(help_text="Without taxes; fees of no-shows included.")
    no_show_revenue = amount_field(help_text="The part of the room revenue that no-shows paid.")
    other_revenue = amount_field(help_text="Without taxes.")
    tax = amount_field(help_text="Taxes that became due.")

    class Meta:
        ordering = ["property_id", "-business_date"]
        constraints = [
            models.UniqueConstraint(fields=["property", "business_date"], name="daily_statistic_once"),
            models.CheckConstraint(
                condition=Q(rooms_out_of_order__lte=F("rooms_available")), name="daily_statistic_supply"
            ),
            models.CheckConstraint(
                condition=Q(walk_ins__lte=F("arrivals")), name="daily_statistic_walk_ins_arrive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business_date}: {self.rooms_sold} of {self.rooms_available}"

    @property
    def figures(self) -> DayFigures:
        """The day as figures that can be summed up."""
        counts = {name: getattr(self, name) for name in DayCounts.__dataclass_fields__}
        revenue = DayRevenue(
            room=self.room_revenue, no_show=self.no_show_revenue, other=self.other_revenue, tax=self.tax
        )
        return DayFigures(DayCounts(**counts), revenue)
