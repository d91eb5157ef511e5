"""Stays earn, and what changes afterwards corrects it."""

import random
from datetime import time, timedelta
from decimal import Decimal

import pytest

from hotel.contracts.loyalty import PointsAwarded
from hotel.folios.services.corrections import posting_adjust
from hotel.folios.services.folios import folio_reopen
from hotel.properties.services.business_days import business_day_close
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.stays.services.check_out import check_out_reinstate
from loyalty.domain.lots import Balance
from loyalty.models import LoyaltyMember, PointTransaction, StayAccrual, TierCredit
from loyalty.selectors.balances import member_balance
from loyalty.services.accrual import stay_settle
from loyalty.services.enrolment import member_set_status
from loyalty.services.points import points_spend
from loyalty.services.programs import house_join, house_leave, program_change, program_create, rule_change
from tests.cast import TODAY
from tests.factories.folios import charge_make, money, vat_make
from tests.factories.guests import guest_make
from tests.factories.loyalty import (
    Visit,
    earning_rule_make,
    loyalty_member_make,
    loyalty_tier_make,
    program_property_make,
)
from tests.factories.rates import price_make, rate_plan_make
from tests.factories.reservations import house_make, house_of
from tests.loyalty.services.test_points import DAY, event
from tests.loyalty.services.unchanged import told
from tests.together import together


@pytest.fixture
def rules(cast):
    """Ten for each euro, and 500 a night that do not qualify."""
    return (
        earning_rule_make(cast.alpha),
        earning_rule_make(
            cast.alpha, code="night", name="Nights", basis="night", rate=500, is_qualifying=False
        ),
    )


@pytest.fixture
def visit(cast, member, rules):
    """Two nights, with a dinner of 50; the room is posted by hand."""
    visit = Visit(cast.alpha, member.guest)
    charge_make(visit.folio, "100.00", code="room")
    charge_make(visit.folio, "50.00", code="food")
    visit.nights_pass()
    visit.leave()
    return visit


def settle(visit):
    return stay_settle(reservation_id=visit.reservation.pk)


def total(member):
    return member_balance(LoyaltyMember.objects.get(pk=member.pk), TODAY).total


def booked():
    return list(PointTransaction.objects.order_by("pk").values_list("rule__code", "points", "because"))


def credit(member):
    rows = TierCredit.objects.filter(member=member).order_by("pk")
    return list(rows.values_list("nights", "stays", "points", "spend"))


def test_a_stay_earns_by_each_rule_once_however_often_it_is_told(visit, member):
    number = visit.reservation.number
    accrual = settle(visit)
    wanted = [
        ("spend", 1500, f"{number}: 150.00 spent × 10"),
        ("night", 1000, f"{number}: 2 nights × 500"),
    ]
    assert sorted(booked()) == sorted(wanted)
    assert (accrual.stay_number, accrual.tier_code, accrual.departure) == (
        1,
        "member",
        visit.place.business_date,
    )
    settle(visit)
    assert len(booked()) == 2
    assert total(member) == 2500
    assert credit(member) == [(2, 1, 1500, Decimal("150.000"))]


def test_a_late_correction_moves_each_rule_by_its_difference(visit, member):
    settle(visit)
    folio_reopen(folio=visit.folio)
    dinner = visit.folio.windows.get().postings.get(code__code="food")
    posting_adjust(posting=dinner, amount=money(visit.place, 20), reason="Cold")
    settle(visit)
    assert [points for _, points, _ in booked()][2:] == [-200]
    assert total(member) == 2300
    assert credit(member)[1:] == [(0, 0, -200, Decimal("-20.000"))]


def test_who_is_back_in_house_has_earned_nothing_also_when_he_has_spent_it(visit, member):
    settle(visit)
    points_spend(event(member), 2400, on=visit.place.business_date)
    check_out_reinstate(reservation=visit.reservation, actor=None)
    settle(visit)
    member.refresh_from_db()
    assert (total(member), member.debt) == (-2400, 2400)
    assert credit(member)[-1] == (-2, -1, -1500, Decimal("-150.000"))


def test_earlier_stays_keep_their_rules_and_their_tier(visit, member, cast):
    settle(visit)
    rule = PointTransaction.objects.filter(rule__code="spend").get().rule
    rule_change(rule=rule, changes={"rate": 20}, valid_from=visit.place.business_date + timedelta(days=1))
    settle(visit)
    assert total(member) == 2500


def test_a_stranger_and_a_house_guest_earn_nothing(cast, rules, member):
    visit = Visit(cast.alpha, member.guest, flags=frozenset({"is_house_use"}))
    visit.nights_pass()
    visit.leave()
    assert settle(visit) is None
    assert StayAccrual.objects.count() == 0


def test_a_stay_in_house_earns_nothing_yet(cast, rules, member):
    assert settle(Visit(cast.alpha, member.guest)) is None


def test_a_member_rises_with_the_stay_that_reaches_it(cast, visit, member):
    silver = loyalty_tier_make(cast.alpha, min_nights=2)
    settle(visit)
    member.refresh_from_db()
    assert (member.tier, member.tier_until.isoformat()) == (silver, "2028-12-31")
    change = member.tier_changes.get()
    assert (change.before.code, change.after.code, change.reason) == ("member", "silver", "earned")


def test_facts_in_any_order_and_twice_give_the_same(cast, rules, member):
    visits = []
    for amount in ("100.00", "40.00", "60.00"):
        visit = Visit(cast.alpha, member.guest, nights=1)
        charge_make(visit.folio, amount, code="room")
        visits.append(visit)
    visits[0].nights_pass()
    for visit in visits:
        visit.leave()
    told = visits * 3
    random.Random(7).shuffle(told)
    for visit in told:
        settle(visit)
    assert total(member) == 2000 + 3 * 500
    assert TierCredit.objects.filter(member=member).count() == 3


def beside(place, *guests, nights=1):
    """Stays of one booking, in the order of their numbers, all in house."""
    house = house_of(place)
    stays = [house.stay(0, nights, primary_guest=guest) for guest in guests]
    found = [Visit.of(row) for row in house.book(*stays).reservations]
    for visit, room in zip(found, house.rooms, strict=False):
        visit.come(room)
    return found


def test_of_the_rooms_of_one_booking_three_earn_for_the_same_member(cast, rules, member):
    visits = beside(cast.alpha, *[member.guest] * 4)
    visits[0].nights_pass()
    for visit in reversed(visits):
        visit.leave()
    assert [bool(settle(visit)) for visit in reversed(visits)] == [False, True, True, True]
    assert (total(member), StayAccrual.objects.count()) == (1500, 3)
    assert [settle(visit).stay_number for visit in visits[:3]] == [3, 2, 1]


def test_a_room_that_was_cancelled_takes_no_place_of_those_that_earn(cast, rules, member):
    program_change(program=member.program, changes={"rooms_earning": 1})
    house = house_of(cast.alpha)
    first, second, third = (
        Visit.of(row) for row in house.book(*[house.stay(0, 1, primary_guest=member.guest)] * 3).reservations
    )
    reservation_cancel(reservation=first.reservation, actor=None)
    for visit, room in zip((second, third), house.rooms, strict=False):
        visit.come(room)
    second.nights_pass()
    for visit in (second, third):
        visit.leave()
    assert [bool(settle(visit)) for visit in (first, second, third)] == [False, True, False]


def test_two_members_of_one_booking_earn_each_by_his_room(cast, rules, member):
    other = loyalty_member_make(cast.alpha)
    first, second = beside(cast.alpha, member.guest, other.guest)
    charge_make(second.folio, "30.00", code="food")
    first.nights_pass()
    for visit in (first, second):
        visit.leave()
        settle(visit)
    assert (total(member), total(other)) == (500, 800)


def test_spend_of_another_currency_counts_by_the_rate_of_the_check_out(cast, rules, member):
    house = house_join(
        program=member.program, place=cast.beta, joined_on=TODAY, currency_rate=Decimal("0.0062")
    )
    visit = Visit(cast.beta, member.guest, nights=1)
    charge_make(visit.folio, "12345", code="room")
    visit.nights_pass()
    visit.leave()
    accrual = settle(visit)
    assert (accrual.currency_rate, accrual.property) == (Decimal("0.006200000"), cast.beta)
    wanted = [("spend", 765), ("night", 500)]
    assert sorted(row[:2] for row in booked()) == sorted(wanted)
    assert credit(member) == [(1, 1, 765, Decimal("76.540"))]
    house.currency_rate = Decimal(1)
    house.save()
    settle(visit)
    assert len(booked()) == 2


def test_points_wait_for_the_days_the_programme_says(cast, rules, member):
    program_change(program=member.program, changes={"pending_days": 3})
    visit = Visit(cast.alpha, member.guest, nights=1)
    visit.nights_pass()
    visit.leave()
    settle(visit)
    fresh, left_on = LoyaltyMember.objects.get(pk=member.pk), visit.place.business_date
    assert member_balance(fresh, left_on + 2 * DAY) == Balance(0, 500)
    assert member_balance(fresh, left_on + 3 * DAY) == Balance(500, 0)


@pytest.mark.parametrize("late", [0, 1])
def test_who_enrols_on_the_day_of_departure_earns_and_later_not(cast, rules, late):
    guest = guest_make(cast.alpha)
    visit = Visit(cast.alpha, guest, nights=1)
    visit.nights_pass()
    visit.leave()
    for _ in range(late):
        business_day_close(place=visit.place)
    member = loyalty_member_make(visit.place, guest)
    assert bool(settle(visit)) is not bool(late)
    assert total(member) == (0 if late else 500)


def test_a_membership_that_rests_earns_by_no_new_stay_but_is_corrected(cast, visit, rules, member):
    settle(visit)
    member_set_status(member=member, status="suspended")
    later = Visit(visit.place, member.guest, nights=1)
    later.nights_pass()
    later.leave()
    assert settle(later) is None
    folio_reopen(folio=visit.folio)
    charge_make(visit.folio, "10.00", code="food")
    settle(visit)
    assert total(member) == 2600


@pytest.mark.parametrize("flag", ["is_complimentary", "is_house_use"])
def test_who_pays_nothing_earns_nothing(cast, rules, member, flag):
    visit = Visit(cast.alpha, member.guest, nights=1, flags=frozenset({flag}))
    visit.nights_pass()
    visit.leave()
    assert settle(visit) is None
    assert (StayAccrual.objects.count(), booked()) == (0, [])


def test_a_hotel_that_takes_part_later_or_no_more_gives_nothing(cast, rules, member):
    first = Visit(cast.alpha, member.guest, nights=1)
    first.nights_pass()
    first.leave()
    house = first.reservation.property
    taking_part = program_property_make(house)
    house_leave(house=taking_part, left_on=house.business_date)
    assert settle(first) is None
    stars = program_create(
        chain=cast.chain,
        values={"code": "STARS", "name": "Stars", "currency": "EUR", "time_zone": "Europe/Vienna"},
    )
    house_join(program=stars, place=house, joined_on=house.business_date + DAY)
    assert settle(first) is None
    assert booked() == []


def test_a_programme_at_rest_gives_nothing(visit, member):
    program_change(program=member.program, changes={"is_active": False})
    assert settle(visit) is None
    assert booked() == []


def test_taxes_earn_nothing(cast, rules, member):
    vat_make(cast.alpha)
    visit = Visit(cast.alpha, member.guest, nights=1)
    charge_make(visit.folio, "110.00", code="room")
    visit.nights_pass()
    visit.leave()
    settle(visit)
    assert credit(member) == [(1, 1, 1000, Decimal("100.000"))]


def test_a_welcome_is_for_the_first_stay_and_goes_with_it(cast, rules, member):
    earning_rule_make(cast.alpha, code="hello", name="Welcome", basis="stay", rate=300, to_stay=1)
    first, second = beside(cast.alpha, member.guest, member.guest)
    first.nights_pass()
    for visit in (first, second):
        visit.leave()
        settle(visit)
    assert [row[:2] for row in booked() if row[0] == "hello"] == [("hello", 300)]
    assert total(member) == 1300
    check_out_reinstate(reservation=first.reservation, actor=None)
    settle(first)
    assert [row[:2] for row in booked() if row[0] == "hello"] == [("hello", 300), ("hello", -300)]
    assert total(member) == 500


def test_the_tier_of_the_check_out_counts_also_for_a_later_correction(cast, rules, member, visit):
    silver = loyalty_tier_make(cast.alpha, min_nights=2)
    earning_rule_make(
        cast.alpha,
        code="silver",
        name="Silver: 50 % more",
        basis="percent",
        rate=50,
        only={"tier": ["silver"]},
        is_qualifying=False,
    )
    settle(visit)
    assert LoyaltyMember.objects.get(pk=member.pk).tier == silver
    settle(visit)
    assert total(member) == 2500
    later = Visit(visit.place, member.guest, nights=1)
    later.nights_pass()
    later.leave()
    assert settle(later).tier_code == "silver"
    assert total(member) == 2500 + 500 + 250
    assert credit(member)[-1] == (1, 1, 0, Decimal(0))


def test_a_stay_is_an_activity_on_the_day_of_departure(visit, member):
    settle(visit)
    assert LoyaltyMember.objects.get(pk=member.pk).active_on == visit.place.business_date


def test_a_day_room_earns_by_what_was_spent_and_is_no_stay_for_the_tier(cast, rules, member):
    house = house_make(cast.alpha, day_use_limit=1)
    day_plan = rate_plan_make(cast.alpha, "DAY", day_use_hours=8)
    price_make(day_plan, house.double, "60")
    visit = Visit.of(
        house.reserve(1, 0, primary_guest=member.guest, day_use=(time(13), time(18)), rate_plan=day_plan)
    )
    business_day_close(place=visit.place)
    visit.come(house.rooms[0])
    charge_make(visit.folio, "40.00", code="food")
    visit.leave()
    settle(visit)
    assert [row[:2] for row in booked()] == [("spend", 1000)]
    assert credit(member) == [(0, 0, 1000, Decimal("100.000"))]


@pytest.mark.django_db(transaction=True)
def test_two_who_settle_one_stay_at_once_give_once(visit, member):
    results = together(*[lambda: settle(visit)] * 4)
    assert results == [StayAccrual.objects.get()] * 4
    assert (len(booked()), total(member)) == (2, 2500)
    assert credit(member) == [(2, 1, 1500, Decimal("150.000"))]
    assert [fact["points"] for fact in told(PointsAwarded)] == [2500]


@pytest.mark.django_db(transaction=True)
def test_a_late_charge_that_four_tell_of_at_once_is_given_once(visit, member):
    settle(visit)
    folio_reopen(folio=visit.folio)
    charge_make(visit.folio, "10.00", code="food")
    results = together(*[lambda: settle(visit)] * 4)
    assert results == [StayAccrual.objects.get()] * 4
    assert [points for _, points, _ in booked()][2:] == [100]
    assert total(member) == 2600
    assert credit(member)[1:] == [(0, 0, 100, Decimal("10.000"))]
