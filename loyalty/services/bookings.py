"""Stays booked with points: the reservation and its free nights come together, or neither does."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.exceptions import InvalidInput, PmsError
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation
from hotel.reservations.services.booking_data import BookingData, ReservationData
from hotel.reservations.services.bookings import booking_create
from loyalty.choices import RewardKind
from loyalty.models import LoyaltyMember, Reward, RewardRedemption
from loyalty.services.redemptions import RedemptionAsked, redemption_redeem


@dataclass(frozen=True, kw_only=True)
class StayAsked:
    """What a member wants to book with his points.

    Attributes:
        reward: free nights.
        stay: room type, plan, dates and party, as any booking; the member is its guest.
        past_day: the day after the last free night, from the arrival on; None for all nights.
        points: how many he gives for the free nights, the rest is money; None for all.
        channel_code: where the booking comes from.
    """

    member: LoyaltyMember
    reward: Reward
    place: Property
    stay: ReservationData
    past_day: date | None = None
    points: int | None = None
    channel_code: str = "direct"


@dataclass(frozen=True)
class StayBooked:
    """A stay and what was redeemed for it.

    Attributes:
        to_pay: for the nights that are not free, as they are booked, and the part of the free ones that is money.
    """

    reservation: Reservation
    redemption: RewardRedemption
    to_pay: Decimal


@transaction.atomic
def stay_book(*, asked: StayAsked, actor: User | None) -> StayBooked:
    """Make a booking as any other, and redeem its free nights: both or neither.

    Cancelled later, the redemption goes with it by the rules of its reward.

    Raises:
        InvalidInput: the reward is none of nights (``reward_invalid``), or the stay is not to be confirmed
            (``stay_invalid``).
        PmsError: as ``booking_create`` and ``redemption_redeem``.

    Publishes: ReservationCreated, RewardRedeemed.

    Locks: as ``booking_create``, then as ``redemption_redeem``.
    """
    if asked.reward.kind != RewardKind.FREE_NIGHT:
        raise InvalidInput(_("Nights are booked with a reward of free nights."), code="reward_invalid")
    if asked.stay.status != ReservationStatus.CONFIRMED or asked.stay.is_day_use:
        raise InvalidInput(_("Free nights are nights of a confirmed stay."), code="stay_invalid")
    guest = asked.member.guest
    data = BookingData(
        booker=guest,
        reservations=(replace(asked.stay, primary_guest=guest),),
        channel_code=asked.channel_code,
    )
    (reservation,) = booking_create(place=asked.place, data=data, actor=actor).reservations
    redemption = redemption_redeem(
        asked=RedemptionAsked(
            member=asked.member,
            reward=asked.reward,
            place=asked.place,
            points=asked.points,
            reservation=reservation,
            past_day=asked.past_day,
        ),
        actor=actor,
    )
    nights = reservation.nights.filter(night__gte=redemption.past_day).values_list("total", flat=True)
    return StayBooked(reservation, redemption, sum(nights, Decimal(0)) + redemption.cash)


def stay_quote(*, asked: StayAsked, actor: User | None) -> StayBooked:
    """What ``stay_book`` would make of it now: it is booked and taken back, and turns nobody away.

    Raises, Locks: as ``stay_book``.
    """
    try:
        with transaction.atomic():
            found = stay_book(asked=asked, actor=actor)
            transaction.set_rollback(True)
    except PmsError as refusal:
        refusal.aftermath = None
        raise
    return found
