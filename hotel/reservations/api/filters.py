"""Filters of the reservation lists."""

from collections.abc import Collection
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet

from hotel.core.plugs import area_of
from hotel.guests.selectors.profiles import MAX_FOUND, guests_search
from hotel.properties.scoping import grants_of
from hotel.reservations.choices import (
    BlockStatus,
    HoldStatus,
    NoteKind,
    OfferStatus,
    ReservationStatus,
    TurnawayReason,
)
from hotel.reservations.domain.numbers import normalised
from hotel.reservations.models import (
    Booking,
    GroupBlock,
    PriceHold,
    Reservation,
    ReservationNote,
    RoomAssignment,
    Turnaway,
    WaitlistOffer,
)

BIGINT_MAX = 2**63 - 1


class IdFilter(filters.NumberFilter):
    """A whole number that fits a bigint; others are refused with 400."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=0, max_value=BIGINT_MAX, decimal_places=0, **kwargs)


class ReservationFilter(filters.FilterSet):
    """Of reservations. Dates are business dates."""

    property = IdFilter(field_name="property_id")
    booking = IdFilter(field_name="booking_id")
    guest = IdFilter(field_name="primary_guest_id")
    room_type = IdFilter(field_name="room_type_id")
    rate_plan = IdFilter(field_name="rate_plan_id")
    status = filters.MultipleChoiceFilter(choices=ReservationStatus.choices, distinct=False)
    arrival = filters.DateFilter()
    arrival_from = filters.DateFilter(field_name="arrival", lookup_expr="gte")
    arrival_to = filters.DateFilter(field_name="arrival", lookup_expr="lte")
    departure = filters.DateFilter()
    departure_from = filters.DateFilter(field_name="departure", lookup_expr="gte")
    departure_to = filters.DateFilter(field_name="departure", lookup_expr="lte")
    stays_on = filters.DateFilter(method="filter_stays_on", label="Sleeps this night.")
    booked_on = filters.DateFilter()
    in_house = filters.BooleanFilter(method="filter_in_house", label="Only guests who are here now.")
    has_room = filters.BooleanFilter(method="filter_has_room", label="Whether a room is assigned.")
    moves_on = filters.DateFilter(method="filter_moves_on", label="Changes its room on this day.")
    external_id = filters.CharFilter(field_name="booking__external_id", max_length=120)
    number = filters.CharFilter(
        method="filter_number", max_length=60, label="Reservation or confirmation number."
    )
    search = filters.CharFilter(
        method="filter_search", max_length=120, label="Start of a number, channel number, or a guest's name."
    )

    class Meta:
        model = Reservation
        fields: list[str] = []

    def filter_stays_on(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        """The night counts from the arrival to before the departure."""
        return rows.filter(arrival__lte=value, departure__gt=value)

    def filter_in_house(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """By the stored status."""
        here = Q(status=ReservationStatus.IN_HOUSE)
        return rows.filter(here if value else ~here)

    def filter_has_room(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        """By assignments that are not released."""
        with_room = Q(
            pk__in=rows.model.objects.filter(assignments__released_at=None, assignments__isnull=False).values(
                "pk"
            )
        )
        return rows.filter(with_room if value else ~with_room)

    def filter_moves_on(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        """Its nights in a room end on the day, before the stay does."""
        ending = Q(assignments__released_at=None, assignments__departure=value, departure__gt=value)
        return rows.filter(pk__in=rows.model.objects.filter(ending).values("pk"))

    def filter_number(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Exactly this number, typed as people type."""
        number = normalised(value)
        return rows.filter(
            Q(number=number) | Q(booking__confirmation_number=number) | Q(cancellation_number=number)
        )

    def filter_search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Numbers by their beginning; guests by the search text of their profiles where the caller may view guests."""
        seen = grants_of(self.request.user).property_ids("view", area_of("guests"))
        return rows.filter(search_condition(value, seen))


def search_condition(text: str, property_ids: Collection[int]) -> Q:
    """What ``search`` looks for in a reservation; each part can use an index.

    A confidential stay is not found by its guest's name.
    """
    number = normalised(text)
    guests = guests_search(property_ids, text, limit=MAX_FOUND)
    return (
        Q(number__startswith=number)
        | Q(booking__external_id=text.strip())
        | Q(primary_guest__in=guests, is_confidential=False)
    )


class BookingFilter(filters.FilterSet):
    """Of bookings."""

    property = IdFilter(field_name="property_id")
    booker = IdFilter(field_name="booker_id")
    company = IdFilter(field_name="company_id")
    agent = IdFilter(field_name="agent_id")
    channel_code = filters.CharFilter(max_length=40)
    external_id = filters.CharFilter(max_length=120)
    booked_on = filters.DateFilter()
    booked_from = filters.DateFilter(field_name="booked_on", lookup_expr="gte")
    booked_to = filters.DateFilter(field_name="booked_on", lookup_expr="lte")
    number = filters.CharFilter(method="filter_number", max_length=60, label="Confirmation number.")

    class Meta:
        model = Booking
        fields: list[str] = []

    def filter_number(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Typed as people type."""
        return rows.filter(confirmation_number=normalised(value))


class HoldFilter(filters.FilterSet):
    """Of price holds."""

    property = IdFilter(field_name="property_id")
    status = filters.MultipleChoiceFilter(choices=HoldStatus.choices)
    room_type = IdFilter(field_name="room_type_id")

    class Meta:
        model = PriceHold
        fields: list[str] = []


class NoteFilter(filters.FilterSet):
    """Of notes; traces by department and day."""

    property = IdFilter(field_name="property_id")
    reservation = IdFilter(field_name="reservation_id")
    kind = filters.MultipleChoiceFilter(choices=NoteKind.choices)
    department = filters.CharFilter(max_length=40)
    due_on = filters.DateFilter()
    due_to = filters.DateFilter(field_name="due_on", lookup_expr="lte")
    is_done = filters.BooleanFilter(field_name="done_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = ReservationNote
        fields: list[str] = []


class RoomAssignmentFilter(filters.FilterSet):
    """Of room assignments."""

    property = IdFilter(field_name="property_id")
    reservation = IdFilter(field_name="reservation_id")
    room = IdFilter(field_name="room_id")
    is_active = filters.BooleanFilter(field_name="released_at", lookup_expr="isnull")
    arrival_to = filters.DateFilter(field_name="arrival", lookup_expr="lte")
    departure_from = filters.DateFilter(field_name="departure", lookup_expr="gte")

    class Meta:
        model = RoomAssignment
        fields: list[str] = []


class BlockFilter(filters.FilterSet):
    """Of group blocks. Dates are business dates."""

    property = IdFilter(field_name="property_id")
    status = filters.MultipleChoiceFilter(choices=BlockStatus.choices)
    company = IdFilter(field_name="company_id")
    arrival_to = filters.DateFilter(field_name="arrival", lookup_expr="lte")
    departure_from = filters.DateFilter(field_name="departure", lookup_expr="gte")

    class Meta:
        model = GroupBlock
        fields: list[str] = []


class WaitlistFilter(filters.FilterSet):
    """Of waiting stays."""

    property = IdFilter(field_name="property_id")
    room_type = IdFilter(field_name="room_type_id")
    arrival_from = filters.DateFilter(field_name="arrival", lookup_expr="gte")
    arrival_to = filters.DateFilter(field_name="arrival", lookup_expr="lte")

    class Meta:
        model = Reservation
        fields: list[str] = []


class WaitlistOfferFilter(filters.FilterSet):
    """Of offers to waiting guests."""

    property = IdFilter(field_name="property_id")
    reservation = IdFilter(field_name="reservation_id")
    status = filters.MultipleChoiceFilter(choices=OfferStatus.choices)

    class Meta:
        model = WaitlistOffer
        fields: list[str] = []


class TurnawayFilter(filters.FilterSet):
    """Of turned-away business."""

    property = IdFilter(field_name="property_id")
    reason = filters.MultipleChoiceFilter(choices=TurnawayReason.choices)
    arrival_from = filters.DateFilter(field_name="arrival", lookup_expr="gte")
    arrival_to = filters.DateFilter(field_name="arrival", lookup_expr="lte")
    business_date = filters.DateFilter()
    room_type = IdFilter(field_name="room_type_id")
    channel_code = filters.CharFilter()

    class Meta:
        model = Turnaway
        fields: list[str] = []
