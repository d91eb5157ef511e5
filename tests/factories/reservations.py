"""A small hotel that can sell: types, rooms, a plan with a price, opened nights; and bookings in it."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from moneyed import Money

from hotel.properties.models import Property
from hotel.rates.domain.quotes import Occupancy
from hotel.rates.models import RatePlan
from hotel.reservations.choices import BlockStatus, LinkKind, ReservationStatus, TurnawayReason
from hotel.reservations.models import (
    BlockNight,
    Booking,
    GroupBlock,
    PriceHold,
    Reservation,
    ReservationChange,
    ReservationGuest,
    ReservationLink,
    ReservationNight,
    ReservationNote,
    RoomAssignment,
    Turnaway,
    WaitlistOffer,
)
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.blocks import BlockData, GridRow, block_create
from hotel.reservations.services.booking_data import BookingData, ReservationData
from hotel.reservations.services.bookings import BookingResult, booking_create
from hotel.reservations.services.details import note_add
from hotel.reservations.services.holds import hold_create
from hotel.reservations.services.links import reservations_link
from hotel.reservations.services.turnaways import TurnawayData, turnaway_record
from hotel.reservations.services.waitlist import waitlist_offer
from hotel.rooms.models import InventoryNight, Room, RoomType
from tests.cast import TODAY
from tests.factories.guests import guest_make
from tests.factories.rates import cancellation_policy_make, no_show_policy_make, price_make, rate_plan_make
from tests.factories.rooms import inventory_ready, room_type_make, rooms_make
from tests.kept import KeptBeside

OPEN_DAYS = 60
_kept = KeptBeside()


@dataclass
class House:
    """A property that sells: ``double`` (two rooms unless told) at 100 a night, ``suite`` (one) at 250."""

    place: Property
    double: RoomType
    suite: RoomType
    plan: RatePlan
    rooms: list[Room] = field(default_factory=list)

    def stay(self, arrival: int = 1, nights: int = 2, **over) -> ReservationData:
        """A stay that begins so many days after the business date."""
        start = self.place.business_date + timedelta(days=arrival)
        values = {
            "room_type": self.double,
            "rate_plan": self.plan,
            "arrival": start,
            "departure": start + timedelta(days=nights),
            "occupancy": Occupancy(adults=2),
        }
        return ReservationData(**{**values, **over})

    def book(self, *stays: ReservationData, actor=None, **over) -> BookingResult:
        """A booking of these stays; one stay of two nights from tomorrow unless told."""
        data = BookingData(reservations=stays or (self.stay(),), **over)
        return booking_create(place=self.place, data=data, actor=actor)

    def reserve(self, arrival: int = 1, nights: int = 2, actor=None, **over) -> Reservation:
        """One reservation, read fresh."""
        result = self.book(self.stay(arrival, nights, **over), actor=actor)
        return Reservation.objects.with_parts().get(pk=result.reservations[0].pk)

    def counted(self, bucket: str, room_type: RoomType | None = None, days: int = 8) -> list[int]:
        """A counter of a type (the double unless told) on the first nights from the business date."""
        wanted = (room_type or self.double).pk
        return counted(self.place, wanted, bucket, days)

    def house_counted(self, bucket: str, days: int = 8) -> list[int]:
        """A counter of the whole house."""
        return counted(self.place, None, bucket, days)


def counted(place: Property, room_type_id: int | None, bucket: str, days: int) -> list[int]:
    """A counter on the first nights from the business date."""
    end = place.business_date + timedelta(days=days)
    rows = InventoryNight.objects.filter(
        property=place, room_type_id=room_type_id, night__gte=place.business_date, night__lt=end
    )
    return list(rows.order_by("night").values_list(bucket, flat=True))


def plan_make(place: Property, code: str, prices: dict[RoomType, str]) -> RatePlan:
    """A plan with a price per type; free until 18:00 the day before arrival, then the first night; a no-show all."""
    policy = cancellation_policy_make(place, code)
    policy.steps.update(days_before=1)
    missed = no_show_policy_make(place, code, penalty="percent", nights=None, share=1)
    plan = rate_plan_make(place, code, cancellation_policy=policy, no_show_policy=missed)
    for room_type, price in prices.items():
        price_make(plan, room_type, price)
    return plan


def house_of(place: Property) -> House:
    """The house of a property, built when it is asked for first."""
    double = RoomType.objects.filter(property=place, code="DBL").first()
    if double is None:
        return house_make(place, doubles=20)
    suite = RoomType.objects.get(property=place, code="SUI")
    rooms = list(Room.objects.filter(property=place).order_by("number"))
    return House(place, double, suite, RatePlan.objects.get(property=place, code="BAR"), rooms)


def reservation_make(place: Property, **over) -> Reservation:
    """Two nights from tomorrow in a double."""
    return house_of(place).reserve(**over)


def booking_make(place: Property, **over) -> Booking:
    """A booking of one such stay."""
    return house_of(place).book(**over).booking


def reservation_night_make(place: Property) -> ReservationNight:
    """The first night of a new stay."""
    return ReservationNight.objects.filter(reservation=reservation_make(place)).order_by("night")[0]


def reservation_guest_make(place: Property) -> ReservationGuest:
    """The primary guest of a new stay."""
    return ReservationGuest.objects.get(reservation=reservation_make(place, primary_guest=guest_make(place)))


def reservation_change_make(place: Property) -> ReservationChange:
    """The log entry of a new stay."""
    return ReservationChange.objects.get(reservation=reservation_make(place))


def note_make(place: Property, **over) -> ReservationNote:
    """A note on a new stay."""
    return note_add(reservation=reservation_make(place), actor=None, **{"text": "Late.", **over})


def room_assignment_make(place: Property, n: int = 0) -> RoomAssignment:
    """A new stay in the n-th double."""
    house = house_of(place)
    row = house.reserve()
    room_assign(reservation=row, room=house.rooms[n], actor=None)
    return RoomAssignment.objects.get(reservation=row)


def price_hold_make(place: Property, **over) -> PriceHold:
    """A double held for two nights from tomorrow."""
    return hold_create(place=place, stay=house_of(place).stay(), actor=None, **over)


def waitlist_offer_make(place: Property) -> WaitlistOffer:
    """A room held for a waiting stay."""
    return waitlist_offer(reservation=reservation_make(place, status=ReservationStatus.WAITLISTED))


def reservation_link_make(place: Property, **over) -> ReservationLink:
    """Two stays that travel together."""
    house = house_of(place)
    reservation, other = house.reserve(), house.reserve()
    values = {"kind": LinkKind.TOGETHER, **over}
    reservations_link(reservation=reservation, others=[other], actor=None, **values)
    return ReservationLink.objects.get(reservations=reservation)


def turnaway_make(place: Property, **over) -> Turnaway:
    """A denial: sold out tomorrow."""
    start = place.business_date + timedelta(days=1)
    values = {"arrival": start, "departure": start + timedelta(days=1), "reason": TurnawayReason.SOLD_OUT}
    return turnaway_record(place=place, data=TurnawayData(**{**values, **over}))


def group_block_make(place: Property, code: str = "WED27", rooms: int = 3, **over) -> GroupBlock:
    """So many doubles on two nights from tomorrow, definite and not elastic, at 80 a night."""
    house = house_of(place)
    stay = house.stay()
    row = GridRow(
        room_type=house.double,
        start=stay.arrival,
        end=stay.departure,
        rooms=rooms,
        price=Money(80, place.currency),
    )
    values = {
        "name": "Wedding",
        "arrival": stay.arrival,
        "departure": stay.departure,
        "rate_plan": house.plan,
        "rows": (row,),
        "status": BlockStatus.DEFINITE,
    }
    return block_create(place=place, data=BlockData(code=code, **{**values, **over}))


def block_night_make(place: Property) -> BlockNight:
    """The first cell of a new block."""
    return BlockNight.objects.filter(block=group_block_make(place)).order_by("night")[0]


def house_make(
    place: Property, *, doubles: int = 2, price: str = "100", since: date = TODAY, **over
) -> House:
    """Build the house; nights are open from ``since`` for ``OPEN_DAYS``."""

    def build():
        return _built(place, doubles, price, since, over)

    if RoomType.objects.filter(property=place).exists():  # which the house would not be the same without
        return build()
    key = (place.pk, place.business_date, place.currency, doubles, price, since, repr(sorted(over.items())))
    return _kept.make(key, place, build)


def _built(place: Property, doubles: int, price: str, since: date, over: dict) -> House:
    double = room_type_make(place, "DBL", max_occupancy=4, max_adults=3, max_children=2, **over)
    suite = room_type_make(place, "SUI", max_occupancy=4, max_adults=4, max_children=2)
    rooms = [*rooms_make(place, double, doubles), *rooms_make(place, suite, 1, first=901)]
    plan = plan_make(place, "BAR", {double: price, suite: "250"})
    inventory_ready(place, since, since + timedelta(days=OPEN_DAYS))
    return House(place, double, suite, plan, rooms)
