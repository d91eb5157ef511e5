"""Vocabulary of reservations: chainable, returns querysets."""

from datetime import date
from typing import Self

from django.apps import apps
from django.db.models import Prefetch, Q

from hotel.properties.scoping import PropertyScopedQuerySet
from hotel.reservations.choices import TAKES_INVENTORY, Guarantee, ReservationStatus


class ReservationQuerySet(PropertyScopedQuerySet):
    """Vocabulary of reservations.

    Plain comparisons on purpose: range operators are not leakproof, so row-level security would keep them from
    using an index.
    """

    def with_parts(self) -> Self:
        """Everything a list of reservations shows, in a constant number of queries."""
        return self.select_related("booking", "room_type", "rate_plan", "primary_guest", "property")

    def with_rooms(self) -> Self:
        """The rooms assigned now, in one more query, as ``rooms_now``."""
        rows = apps.get_model("reservations", "RoomAssignment").objects.filter(released_at=None)
        return self.prefetch_related(
            Prefetch(
                "assignments", rows.select_related("room").order_by("arrival", "pk"), to_attr="rooms_now"
            )
        )

    def whole(self) -> Self:
        """Everything the page of one reservation shows: parts, rooms, nights, guests."""
        return (
            self.with_parts().with_rooms().prefetch_related("nights", "guests__guest", "links__reservations")
        )

    def taking_inventory(self) -> Self:
        """Those whose nights count as sold."""
        return self.filter(status__in=TAKES_INVENTORY)

    def held_until_evening(self) -> Self:
        """Arrivals that nothing guarantees: their room is held until the release hour of the arrival day."""
        return self.filter(status=ReservationStatus.CONFIRMED, guarantee=Guarantee.HOLD_6PM)

    def touching(self, start: date, end: date) -> Self:
        """Those with a night, or a day use, in ``[start, end)``."""
        nightly = Q(arrival__lt=end, departure__gt=start)
        return self.filter(nightly | Q(is_day_use=True, arrival__gte=start, arrival__lt=end))

    def arriving_on(self, day: date) -> Self:
        """Confirmed arrivals of a business date and those already here who came on it."""
        return self.filter(arrival=day, status__in=(ReservationStatus.CONFIRMED, ReservationStatus.IN_HOUSE))

    def departing_on(self, day: date) -> Self:
        """Guests in house who leave on a business date, and those who have left on it."""
        return self.filter(
            departure=day, status__in=(ReservationStatus.IN_HOUSE, ReservationStatus.CHECKED_OUT)
        )

    def in_house(self) -> Self:
        """Guests in house now."""
        return self.filter(status=ReservationStatus.IN_HOUSE)
