"""Stays as a programme sees them: who earns, and what was slept and spent."""

from datetime import timedelta
from decimal import Decimal

import pytest

from hotel.stays.services.check_out import check_out_reinstate
from loyalty.domain.accrual import StayEarned
from loyalty.models import ProgramProperty, StayAccrual
from loyalty.selectors.stays import house_on, member_of, stay_earned
from loyalty.services.enrolment import member_enrol, member_set_status
from loyalty.services.programs import program_change
from tests.cast import TODAY
from tests.factories.folios import charge_make, vat_make
from tests.factories.guests import guest_make
from tests.factories.loyalty import Visit, program_property_make
from tests.factories.reservations import house_of


@pytest.fixture
def house(cast, member):
    return program_property_make(cast.alpha)


@pytest.fixture
def visit(cast, house, member):
    """Two nights at Alpha, left and paid: 110 for the room, 22 for food, 5 for service."""
    vat_make(cast.alpha)
    visit = Visit(cast.alpha, member.guest)
    charge_make(visit.folio, "110.00", code="room")
    charge_make(visit.folio, "22.00", code="food")
    charge_make(visit.folio, "5.00", code="service")
    visit.nights_pass()
    visit.leave()
    return visit


def accrual(visit, member, **over):
    """Not saved: what it freezes is read, nothing else."""
    values = {
        "departure": visit.reservation.departure,
        "tier_code": "",
        "stay_number": 4,
        "currency_rate": Decimal(1),
    }
    return StayAccrual(member=member, reservation=visit.reservation, **values | over)


def fresh(visit):
    parts = type(visit.reservation).objects.select_related("property", "booking", "rate_plan", "room_type")
    return parts.get(pk=visit.reservation.pk)


def test_a_stay_is_its_nights_and_what_its_folios_have_without_taxes_by_group(
    visit, member, django_assert_num_queries
):
    row = fresh(visit)
    with django_assert_num_queries(2):
        found = stay_earned(row, accrual(visit, member, tier_code="gold"))
    assert found == StayEarned(
        departure=TODAY + timedelta(days=2),
        nights=2,
        spend={"room": Decimal("100.00"), "food": Decimal("20.00"), "service": Decimal("5.00")},
        traits={
            "property": "ALPHA",
            "channel": "direct",
            "rate_plan": "BAR",
            "room_type": "DBL",
            "tier": "gold",
        },
        number=4,
    )


def test_spend_is_in_the_programmes_currency_each_group_rounded_once(visit, member):
    found = stay_earned(fresh(visit), accrual(visit, member, currency_rate=Decimal("0.33345")))
    assert found.spend == {"room": Decimal("33.35"), "food": Decimal("6.67"), "service": Decimal("1.67")}


def test_a_programme_without_minor_units_counts_whole_ones(visit, member):
    member.program.currency = "JPY"
    found = stay_earned(fresh(visit), accrual(visit, member, currency_rate=Decimal("160.255")))
    assert found.spend == {"room": Decimal(16026), "food": Decimal(3205), "service": Decimal(801)}


def test_a_stay_that_is_not_over_is_nothing(visit, member):
    check_out_reinstate(reservation=visit.reservation, actor=None)
    found = stay_earned(fresh(visit), accrual(visit, member))
    assert found == StayEarned(departure=visit.reservation.departure, nights=0, spend={}, number=4)


def test_the_house_is_that_of_the_day_of_departure(visit, house, member):
    row = fresh(visit)
    assert house_on(row) == house
    for values in ({"joined_on": row.departure + timedelta(days=1)}, {"left_on": row.departure}):
        ProgramProperty.objects.update(**values)
        assert house_on(row) is None
        ProgramProperty.objects.update(joined_on=house.joined_on, left_on=None)
    program_change(program=member.program, changes={"is_active": False})
    assert house_on(row) is None


def test_the_primary_guest_earns_when_he_is_a_member_by_the_departure(visit, house, member):
    row = fresh(visit)
    assert member_of(row, house) == member
    member.enrolled_on = row.departure + timedelta(days=1)
    member.save()
    assert member_of(row, house) is None
    member.enrolled_on = row.departure
    member.save()
    assert member_of(row, house) == member


@pytest.mark.parametrize("status", ["suspended", "closed"])
def test_a_membership_that_rests_or_ended_earns_nothing(visit, house, member, status):
    member_set_status(member=member, status=status)
    assert member_of(fresh(visit), house) is None


def test_who_joined_anew_earns_for_the_new_membership(visit, house, member, cast):
    member_set_status(member=member, status="closed")
    again = member_enrol(place=cast.alpha, guest=member.guest)
    assert member_of(fresh(visit), house) == again


def test_a_stay_without_a_guest_and_one_of_a_stranger_earn_for_nobody(cast, house):
    rooms = house_of(cast.alpha)
    assert member_of(rooms.reserve(), house) is None
    assert member_of(rooms.reserve(primary_guest=guest_make(cast.alpha)), house) is None


@pytest.mark.parametrize("flag", ["is_complimentary", "is_house_use"])
def test_a_stay_for_nothing_earns_for_nobody(cast, house, member, flag):
    row = house_of(cast.alpha).reserve(primary_guest=member.guest)
    assert member_of(row, house) == member
    setattr(row, flag, True)
    assert member_of(row, house) is None


@pytest.mark.parametrize("rooms", [0, 1, 3])
def test_so_many_rooms_of_a_booking_earn_in_the_order_of_their_numbers(cast, house, member, rooms):
    house.program = program_change(program=member.program, changes={"rooms_earning": rooms})
    sells = house_of(cast.alpha)
    stays = [sells.stay(primary_guest=member.guest) for _ in range(4)]
    rows = sells.book(*stays).reservations
    assert [member_of(row, house) for row in rows] == [member] * rooms + [None] * (4 - rooms)
