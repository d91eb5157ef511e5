"""A stay booked with points: a booking as any other with its free nights, or neither."""

from datetime import timedelta
from decimal import Decimal

import pytest

from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.core.invariants import invariants_verify
from hotel.core.locks import LockRefused
from hotel.core.models import OutboxMessage
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation, Turnaway
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.rooms.services.inventory import RoomTypeSoldOut
from loyalty.domain.lots import Balance
from loyalty.models import PointTransaction, RewardRedemption
from loyalty.selectors.balances import member_balance
from loyalty.services.bookings import StayAsked, StayBooked, stay_book, stay_quote
from loyalty.services.points import PointsMissing
from tests.cast import TODAY, make_cast
from tests.factories.loyalty import loyalty_member_make, points_make, reward_make
from tests.factories.rates import restriction_make
from tests.factories.reservations import house_make
from tests.loyalty.services.unchanged import refused
from tests.together import together

DAY = timedelta(days=1)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


@pytest.fixture
def night(cast):
    return reward_make(cast.alpha, code="night", name="Free night", kind="free_night", penalty_percent=25)


def asked(member, reward, house, *, arrival=1, nights=2, stay=None, **over):
    wanted = house.stay(arrival, nights, **(stay or {}))
    return StayAsked(member=member, reward=reward, place=house.place, stay=wanted, **over)


def total(member):
    member.refresh_from_db()
    return member_balance(member, TODAY)


def nothing_left(code, call, error):
    """It is refused, and neither a booking nor points nor a counter has moved."""
    before = (Reservation.objects.count(), OutboxMessage.objects.count())
    found = refused(code, call, error)
    assert (Reservation.objects.count(), OutboxMessage.objects.count()) == before
    return found


def violations():
    return [finding.invariant.name for finding in invariants_verify() if finding.violations]


def test_a_stay_is_booked_and_its_nights_are_free(cast, member, house, night):
    points_make(member, 2500)
    booked = stay_book(asked=asked(member, night, house), actor=cast.bo)
    stay, free = booked.reservation, booked.redemption
    assert (stay.status, stay.primary_guest, stay.arrival, stay.departure) == (
        "confirmed", member.guest, TODAY + DAY, TODAY + 3 * DAY,
    )  # fmt: skip
    assert (free.status, free.reservation, free.first_day, free.past_day, free.points, free.actor) == (
        "confirmed", stay, TODAY + DAY, TODAY + 3 * DAY, 2000, cast.bo,
    )  # fmt: skip
    assert (booked.to_pay, total(member), house.counted("sold", days=4)) == (0, Balance(500, 0), [0, 1, 1, 0])
    assert violations() == []


def test_the_other_nights_and_a_part_are_money(member, house, cast):
    points_make(member, 2500)
    reward = reward_make(cast.alpha, kind="free_night", cash_percent=50, cash_per_point=Decimal("0.01"))
    wanted = asked(member, reward, house, nights=3, past_day=TODAY + 3 * DAY, points=1500)
    booked = stay_book(asked=wanted, actor=None)
    assert (booked.redemption.quantity, booked.redemption.points, booked.redemption.cash) == (2, 1500, 5)
    assert (booked.to_pay, total(member).usable) == (105, 1000)


def test_a_quote_tells_the_same_and_leaves_nothing(member, house, night):
    points_make(member, 2500)
    wanted = asked(member, night, house, nights=3, past_day=TODAY + 3 * DAY)
    before = (Reservation.objects.count(), OutboxMessage.objects.count(), PointTransaction.objects.count())
    found = stay_quote(asked=wanted, actor=None)
    assert (found.redemption.points, found.redemption.because, found.to_pay) == (2000, [["base", 1000]], 100)
    after = (Reservation.objects.count(), OutboxMessage.objects.count(), PointTransaction.objects.count())
    assert (after, total(member), house.counted("sold", days=4)) == (before, Balance(2500, 0), [0, 0, 0, 0])
    booked = stay_book(asked=wanted, actor=None)
    assert (booked.redemption.points, booked.to_pay) == (2000, 100)


def test_who_has_too_few_points_has_no_room(member, house, night):
    points_make(member, 1999)
    found = nothing_left(
        "points_missing", lambda: stay_book(asked=asked(member, night, house), actor=None), PointsMissing
    )
    assert (found.extra, house.counted("sold", days=4)) == ({"missing": 1}, [0, 0, 0, 0])


@pytest.mark.parametrize("call", [stay_book, stay_quote])
def test_without_a_room_no_points_go(member, house, night, call):
    points_make(member, 5000)
    for _ in range(2):
        house.reserve(1, 2)
    found = nothing_left(
        "room_type_sold_out", lambda: call(asked=asked(member, night, house), actor=None), RoomTypeSoldOut
    )
    assert (total(member), (found.aftermath is None)) == (Balance(5000, 0), call is stay_quote)
    assert Turnaway.objects.count() == 0  # the door writes it, of what was to be booked


def test_a_day_closed_to_arrival_is_closed_for_points_too(cast, member, house, night):
    points_make(member, 5000)
    restriction_make(cast.alpha, "cta", TODAY + DAY, TODAY + 2 * DAY)
    nothing_left(
        "rate_restrictions_violated",
        lambda: stay_book(asked=asked(member, night, house), actor=None),
        RuleBroken,
    )


def test_only_free_nights_of_a_confirmed_stay(cast, member, house, night):
    points_make(member, 5000)
    other = reward_make(cast.alpha, code="tea")
    nothing_left(
        "reward_invalid", lambda: stay_book(asked=asked(member, other, house), actor=None), InvalidInput
    )
    option = asked(member, night, house, stay={"status": ReservationStatus.OPTION})
    nothing_left("stay_invalid", lambda: stay_book(asked=option, actor=None), InvalidInput)


def test_a_stay_that_is_cancelled_gives_the_points_back_less_the_penalty(member, house, night, drain):
    points_make(member, 2000)
    booked = stay_book(asked=asked(member, night, house, arrival=0), actor=None)
    reservation_cancel(reservation=booked.reservation, actor=None)
    drain()
    booked.redemption.refresh_from_db()
    assert (booked.redemption.status, booked.redemption.returned, total(member)) == (
        "cancelled", 1500, Balance(1500, 0),
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_of_two_members_one_gets_the_last_room_and_the_other_keeps_his_points():
    alpha = make_cast().alpha
    house = house_make(alpha, doubles=1)
    reward = reward_make(alpha, kind="free_night")
    members = [loyalty_member_make(alpha) for _ in range(2)]
    for member in members:
        points_make(member, 2000)

    def patiently(member):
        while True:
            try:
                return stay_book(asked=asked(member, reward, house), actor=None)
            except LockRefused:
                continue

    found = together(*[lambda member=member: patiently(member) for member in members])

    won = [one for one in found if isinstance(one, StayBooked)]
    assert [type(one) for one in found if one not in won] == [RoomTypeSoldOut]
    assert (len(won), Reservation.objects.count(), RewardRedemption.objects.count()) == (1, 1, 1)
    assert sorted(total(member).usable for member in members) == [0, 2000]
    assert violations() == []
