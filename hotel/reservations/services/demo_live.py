"""Today's business of the demo, done as people do it: sales, options, a group, waiting list, notes, a locked room."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta
from decimal import Decimal

from django.db import transaction
from moneyed import Money

from hotel.accounts.models import User
from hotel.core.exceptions import PmsError
from hotel.core.locks import LockSpace, advisory_lock
from hotel.guests.models import Company, Guest
from hotel.properties.models import Property
from hotel.rates.domain.quotes import Occupancy
from hotel.rates.models import RatePlan
from hotel.reservations.choices import (
    BlockControl,
    BlockStatus,
    Guarantee,
    NoteKind,
    ReservationStatus,
    TurnawayReason,
)
from hotel.reservations.models import Booking, GroupBlock, Reservation
from hotel.reservations.services.assignment import room_lock, rooms_assign_due
from hotel.reservations.services.blocks import BlockData, GridRow, block_create
from hotel.reservations.services.booking_data import BookingData, ReservationData
from hotel.reservations.services.bookings import booking_create
from hotel.reservations.services.cancellations import Waiver, reservation_cancel
from hotel.reservations.services.details import note_add, reservation_describe
from hotel.reservations.services.pick_up import RoomingRow, rooming_list_pick_up
from hotel.reservations.services.turnaways import TurnawayData, turnaway_record
from hotel.rooms.models import RoomType

SALES = 60
BLOCK_CODE = "DEMO-MEETING"
# What each of the first sales is besides an ordinary confirmed stay.
SPECIAL = {
    3: ReservationStatus.OPTION,
    8: ReservationStatus.OPTION,
    14: ReservationStatus.OPTION,
    5: ReservationStatus.WAITLISTED,
    11: ReservationStatus.WAITLISTED,
    6: ReservationStatus.INQUIRY,
    9: ReservationStatus.REQUESTED,
}
WISHES = (
    "Quiet room, please.",
    "Celebrating a birthday.",
    "Arriving by night train.",
    "Feather-free pillows.",
)
TEAM = (
    ("Petra", "Lindner"),
    ("Roman", "Haas"),
    ("Ivana", "Kovač"),
    ("Tobias", "Brandt"),
    ("Akiko", "Mori"),
    ("Sergio", "Vidal"),
)


@dataclass(frozen=True)
class Desk:
    """Who sells what at one property."""

    place: Property
    clerk: User
    types: Sequence[RoomType]
    plans: dict[str, RatePlan]
    guests: Sequence[Guest]
    dice: random.Random


@transaction.atomic
def live_seed(*, place: Property, sales: int = SALES) -> int:
    """Do one day's business at a property. Repeatable: a property with the demo's block is left alone.

    Returns:
        How many bookings were made; what is sold out or restricted is not.
    """
    advisory_lock(LockSpace.DEMO, f"reservations:{place.pk}")
    if GroupBlock.objects.at(place.pk).filter(code=BLOCK_CODE).exists():
        return 0
    desk = _desk(place)
    _group(desk)
    made = [booking for number in range(sales) if (booking := _sale(desk, number))]
    made += [booking for booking in (_company(desk), _day_use(desk, 0), _day_use(desk, 1)) if booking]
    _afterwards(desk, made)
    return len(made)


def _desk(place: Property) -> Desk:
    clerk = User.objects.filter(role_assignments__role__code="reservations", is_machine=False).earliest("pk")
    types = RoomType.objects.at(place.pk).filter(is_active=True).exclude(kind="pseudo").order_by("sort_order")
    guests = Guest.objects.filter(profiles__property=place, is_do_not_rent=False, merged_into=None)
    return Desk(
        place=place,
        clerk=clerk,
        types=list(types),
        plans={plan.code: plan for plan in RatePlan.objects.at(place.pk)},
        # The first are those of the profiles with documents and consents.
        guests=list(guests.order_by("pk")[:50]),
        dice=random.Random(f"live:{place.code}"),  # noqa: S311  (believable, not secret)
    )


def _sale(desk: Desk, number: int) -> Booking | None:
    dice, guest = desk.dice, desk.guests[number % len(desk.guests)]
    room_type = dice.choices(desk.types, [8, 30, 25, 18, 10, 4][: len(desk.types)])[0]
    ahead = 0 if number % 15 == 0 else min(int(dice.expovariate(1 / 30)), 180)
    arrival = desk.place.business_date + timedelta(days=ahead)
    status = SPECIAL.get(number, ReservationStatus.CONFIRMED)
    children = min(room_type.max_children, number % 3) if number % 6 == 1 else 0
    stay = ReservationData(
        room_type=room_type,
        rate_plan=desk.plans[dice.choice(("BAR", "BAR", "BB", "SEMI", "NRF"))],
        arrival=arrival,
        departure=arrival + timedelta(days=dice.choice((1, 2, 2, 3, 3, 4, 7))),
        occupancy=Occupancy(
            adults=dice.choice((1, 2, 2, 2)), children=(("child", children),) if children else ()
        ),
        status=status,
        guarantee=dice.choice((Guarantee.CREDIT_CARD, Guarantee.CREDIT_CARD, Guarantee.HOLD_6PM)),
        eta=time(dice.randrange(14, 22)) if number % 3 == 0 else None,
        note=dice.choice(WISHES) if number % 4 == 0 else "",
        waitlist_priority=number if status == ReservationStatus.WAITLISTED else None,
    )
    data = BookingData(
        reservations=(stay,),
        booker=guest,
        channel_code=dice.choice(("direct", "web")),
        market="leisure",
        source=dice.choice(("phone", "email", "website")),
    )
    return _sold(lambda: booking_create(place=desk.place, data=data, actor=desk.clerk).booking)


def _sold(sell: Callable[[], Booking]) -> Booking | None:
    """What a sale made, or None when the house could not sell it."""
    try:
        with transaction.atomic():
            return sell()
    except PmsError:
        return None


def _group(desk: Desk) -> None:
    """A definite group with some of its rooms picked up by a rooming list, and a wedding that is not sure yet."""
    today, company = desk.place.business_date, Company.objects.get(code="DONAU")
    standard, better = desk.types[1], desk.types[2]
    price = Money(24_000 if desk.place.currency == "JPY" else 142, desk.place.currency)
    start, end = today + timedelta(days=24), today + timedelta(days=27)
    data = BlockData(
        code=BLOCK_CODE,
        name="Donau Maschinenbau: sales meeting",
        arrival=start,
        departure=end,
        rate_plan=desk.plans["BAR"],
        rows=(GridRow(room_type=standard, start=start, end=end, rooms=8, price=price),),
        status=BlockStatus.DEFINITE,
        control=BlockControl.ELASTIC,
        shoulder_days=1,
        cutoff_on=today + timedelta(days=14),
        company=company,
        attrition_rate=Decimal("0.2"),
    )
    block = _block_made(desk, data)
    wedding = replace(
        data,
        code="DEMO-WEDDING",
        name="Wedding Hofer and Moreau",
        arrival=start + timedelta(days=30),
        departure=end + timedelta(days=30),
        rows=(
            GridRow(
                room_type=better, start=start + timedelta(days=30), end=end + timedelta(days=30), rooms=4
            ),
        ),
        status=BlockStatus.TENTATIVE,
        company=None,
        cutoff_on=None,
    )
    _block_made(desk, wedding)
    rooms = min(block.nights.values_list("current", flat=True))
    rows = [
        RoomingRow(line, first, last, standard.code, start, end)
        for line, (first, last) in enumerate(TEAM[:rooms], 1)
    ]
    if block.status == BlockStatus.DEFINITE:
        rooming_list_pick_up(block=block, rows=rows, actor=desk.clerk)


def _block_made(desk: Desk, data: BlockData) -> GroupBlock:
    """The block with as many rooms as the house still has."""
    [row] = data.rows
    for rooms in range(row.rooms, 0, -1):
        try:
            with transaction.atomic():
                return block_create(place=desk.place, data=replace(data, rows=(replace(row, rooms=rooms),)))
        except PmsError:
            continue
    return block_create(place=desk.place, data=replace(data, status=BlockStatus.INQUIRY))


def _company(desk: Desk) -> Booking | None:
    """Three rooms for one company at its own rate."""
    arrival = desk.place.business_date + timedelta(days=9)
    company = Company.objects.filter(rate_plans__rate_plan=desk.plans["CORP"]).first()
    stay = ReservationData(
        room_type=desk.types[1],
        rate_plan=desk.plans["CORP"],
        arrival=arrival,
        departure=arrival + timedelta(days=2),
        occupancy=Occupancy(adults=1),
        guarantee=Guarantee.COMPANY,
    )
    data = BookingData(
        reservations=(stay,) * 3,
        booker=desk.guests[2],
        company=company,
        market="corporate",
        source="email",
        group_name="Fitters",
    )
    return _sold(lambda: booking_create(place=desk.place, data=data, actor=desk.clerk).booking)


def _day_use(desk: Desk, ahead: int) -> Booking | None:
    day = desk.place.business_date + timedelta(days=ahead)
    stay = ReservationData(
        room_type=desk.types[1],
        rate_plan=desk.plans["DAY"],
        arrival=day,
        departure=day,
        occupancy=Occupancy(adults=2),
        day_use=(time(9), time(16)),
    )
    data = BookingData(reservations=(stay,), booker=desk.guests[7 + ahead], source="phone")
    return _sold(lambda: booking_create(place=desk.place, data=data, actor=desk.clerk).booking)


def _afterwards(desk: Desk, made: Sequence[Booking]) -> None:
    """Second thoughts: cancellations, details, notes, traces, alerts, turned-away business, a locked room."""
    today, clerk = desk.place.business_date, desk.clerk
    stays = list(
        Reservation.objects.at(desk.place.pk)
        .filter(booking__in=made, status=ReservationStatus.CONFIRMED, arrival__gt=today, is_day_use=False)
        .order_by("pk")
    )
    for stay in stays[4::12]:
        reservation_cancel(reservation=stay, actor=clerk, waiver=Waiver(reason="Change of plans"))
    for stay in stays[1::12]:
        reservation_describe(reservation=stay, changes={"eta": time(19, 30)}, actor=clerk)
    for stay in stays[2::8]:
        note_add(
            reservation=stay,
            text="Baby cot and bottle warmer",
            actor=clerk,
            kind=NoteKind.TRACE,
            department="housekeeping",
            due_on=stay.arrival,
        )
        note_add(
            reservation=stay,
            text="Ask for the passport.",
            actor=clerk,
            kind=NoteKind.ALERT,
            screen="check_in",
        )
    for stay in stays[3::10]:
        note_add(reservation=stay, text="Prefers a high floor; stayed in 501 last time.", actor=clerk)
    for reason, room_type in (
        (TurnawayReason.SOLD_OUT, desk.types[-1]),
        (TurnawayReason.PRICE, desk.types[1]),
        (TurnawayReason.RESTRICTED, None),
    ):
        data = TurnawayData(
            arrival=today + timedelta(days=5),
            departure=today + timedelta(days=7),
            reason=reason,
            room_type=room_type,
            market="leisure",
            channel_code="direct",
        )
        turnaway_record(place=desk.place, data=data)
    plan = rooms_assign_due(place=desk.place, days=1, actor=clerk)
    for move in plan.moves[:2]:
        room_lock(reservation=move.reservation, actor=clerk)
