"""A business day as the night audit looks at it."""

from datetime import time, timedelta

from moneyed import Money

from hotel.folios.models import Folio
from hotel.folios.services.codes import standard_code
from hotel.folios.services.postings import charge_post
from hotel.folios.services.tills import session_close, session_open
from hotel.properties.services.business_days import business_day_close
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.models import Reservation
from hotel.reservations.services.cancellations import reservation_cancel, reservation_no_show
from hotel.rooms.choices import BlockKind
from hotel.stays.models import DailyStatistic
from hotel.stays.selectors.days import (
    checklist,
    claims_of,
    day_before,
    day_counts,
    day_revenue,
    guests_tonight,
    missing_arrivals,
)
from hotel.stays.services.charges import nights_charge
from hotel.stays.services.check_in import check_in
from hotel.stays.services.check_out import check_out
from hotel.stays.services.walk_ins import walk_in
from tests.cast import TODAY
from tests.factories.rates import price_make, rate_plan_make, tax_rule_make
from tests.factories.reservations import house_make
from tests.factories.rooms import inventory_ready, room_block_make, room_make, room_type_make
from tests.factories.stays import bill_pay
from tests.hotel.stays.services.test_walk_ins import wanted

DAY = timedelta(days=1)


def arrive(house, n, nights=1, **over):
    row = house.reserve(0, nights, **over)
    check_in(reservation=row, actor=None, room=house.rooms[n])
    return row


def test_every_kind_of_stay_is_counted_where_it_belongs(cast):
    house = house_make(cast.alpha, doubles=8, day_use_limit=2)
    room_block_make(cast.alpha, room=house.rooms[7], kind=BlockKind.OUT_OF_ORDER)
    arrive(house, 0, occupancy=Occupancy(adults=2, children=(("child", 1),)))
    arrive(house, 1, flags=frozenset({"is_complimentary"}))
    arrive(house, 2, flags=frozenset({"is_house_use"}), occupancy=Occupancy(adults=1))
    walk_in(place=cast.alpha, data=wanted(house), room=house.rooms[3], actor=None)
    plan = rate_plan_make(cast.alpha, "DAY", day_use_hours=8)
    price_make(plan, house.double, "60")
    day_guest = house.reserve(0, 0, day_use=(time(10), time(18)), rate_plan=plan)
    check_in(reservation=day_guest, actor=None, room=house.rooms[4])
    bill_pay(day_guest)
    check_out(reservation=day_guest, actor=None)
    reservation_no_show(reservation=house.reserve(0, 1), actor=None)
    for arrival in (0, 5):
        reservation_cancel(reservation=house.reserve(arrival, 1), actor=None)
    house.reserve(0, 1)

    counts = day_counts(cast.alpha, TODAY)

    assert vars(counts) == {
        "rooms_available": 9, "rooms_out_of_order": 1, "rooms_sold": 2, "rooms_complimentary": 1,
        "rooms_house_use": 1, "rooms_day_use": 1, "arrivals": 5, "departures": 1, "walk_ins": 1, "no_shows": 1,
        "cancellations": 2, "persons": {"adult": 6, "child": 1},
    }  # fmt: skip


def test_a_room_out_of_inventory_leaves_the_supply(cast):
    house = house_make(cast.alpha, doubles=3)
    room_block_make(cast.alpha, room=house.rooms[0], kind=BlockKind.OUT_OF_INVENTORY)
    assert day_counts(cast.alpha, TODAY).rooms_available == 3


def test_a_suite_counts_as_the_rooms_it_is_made_of(cast):
    house = house_make(cast.alpha, doubles=2)
    suite_type = room_type_make(
        cast.alpha, "FAM", kind="component", parts={house.double: 2}, max_adults=4, max_occupancy=4
    )
    suite = room_make(cast.alpha, suite_type, "190", parts=(house.rooms[0], house.rooms[1]))
    inventory_ready(cast.alpha, TODAY, TODAY + 9 * DAY)
    price_make(house.plan, suite_type, "300")
    check_in(reservation=house.reserve(0, 1, room_type=suite_type), actor=None, room=suite)
    counts = day_counts(cast.alpha, TODAY)
    assert (counts.rooms_available, counts.rooms_sold) == (3, 2)


def test_revenue_comes_from_the_postings_by_group(house):
    tax_rule_make(house.place, "VAT", groups=["beverage"])
    row = arrive(house, 0)
    nights_charge(place=house.place, night=TODAY, reservations=[row.pk], actor=None)
    reservation_no_show(reservation=house.reserve(0, 1), actor=None)
    folio = Folio.objects.get(reservation=row)
    charge_post(folio=folio, code=standard_code(house.place, "beverage"), amount=Money(11, "EUR"))

    found = day_revenue(house.place, TODAY)

    assert (found.room, found.no_show, found.other, found.tax) == (
        Money(200, "EUR"), Money(100, "EUR"), Money(10, "EUR"), Money(1, "EUR"),
    )  # fmt: skip
    assert day_revenue(house.place, TODAY + DAY).revenue == Money(0, "EUR")


def test_the_pre_check_sees_who_should_have_left(house):
    row = arrive(house, 0)
    assert day_before(house.place).staying_over == ()
    business_day_close(place=house.place)
    found = day_before(house.place)
    assert (found.staying_over, found.business_date, found.local_day) == ((row.pk,), TODAY + DAY, TODAY)


def test_the_pre_check_sees_who_has_a_till_open_here(house, cast):
    session = session_open(place=house.place, cashier=cast.bo)
    assert (day_before(house.place).open_cashiers, day_before(cast.beta).open_cashiers) == (("bo",), ())
    assert [blocker.code for blocker in checklist(house.place).blockers] == ["cashiers_open"]
    session_close(session=session, counted={}, actor=cast.bo)
    assert checklist(house.place).blockers == []


def test_who_is_expected_and_who_sleeps_here(house):
    here, missing = arrive(house, 0, nights=2), house.reserve(0, 1)
    house.reserve(1, 1)
    assert (guests_tonight(house.place), missing_arrivals(house.place)) == ([here.pk], [missing])
    business_day_close(place=house.place)
    assert guests_tonight(house.place) == [here.pk]
    Reservation.objects.filter(pk=here.pk).update(status="checked_out")
    assert guests_tonight(house.place) == []


def test_the_claims_compare_what_was_sold_with_what_was_posted(house):
    row = arrive(house, 0)
    none = Money(0, "EUR")
    DailyStatistic.objects.create(
        property=house.place, business_date=TODAY, rooms_available=4, room_revenue=none, no_show_revenue=none,
        other_revenue=none, tax=none,
    )  # fmt: skip
    before = {claim.name: (int(claim.expected), int(claim.found)) for claim in claims_of(house.place, TODAY)}
    nights_charge(place=house.place, night=TODAY, reservations=[row.pk], actor=None)
    after = {claim.name: (int(claim.expected), int(claim.found)) for claim in claims_of(house.place, TODAY)}
    assert before == {
        "nights": (1, 0), "nights_amount": (100, 0), "revenue": (0, 0), "tax": (0, 0), "trial_balance": (0, 0),
    }  # fmt: skip
    assert after == {
        "nights": (1, 1), "nights_amount": (100, 100), "revenue": (0, 100), "tax": (0, 0), "trial_balance": (0, 0),
    }  # fmt: skip
