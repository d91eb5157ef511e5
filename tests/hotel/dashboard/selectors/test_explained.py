"""A stay explained: what it costs, what closes it, and the rooms left on each night."""

from datetime import timedelta

from moneyed import Money

from hotel.dashboard.selectors.explained import question_of_stay, stay_explained
from hotel.rates.domain.quotes import Occupancy
from hotel.rates.models import RatePlan, RatePlanRoomType
from tests.cast import TODAY
from tests.factories.rates import restriction_make

DAY = timedelta(days=1)


def explained(house, first=1, nights=2, **over):
    values = {
        "place": house.place,
        "room_type": house.double,
        "rate_plan": house.plan,
        "arrival": TODAY + first * DAY,
        "departure": TODAY + (first + nights) * DAY,
        "occupancy": Occupancy(adults=2),
    }
    return stay_explained(**{**values, **over})


def test_an_open_stay_has_a_price_and_rooms_on_each_night(house):
    house.reserve(2, 1)

    found = explained(house)

    assert (found.is_bookable, found.left, found.full) == (True, 1, [])
    assert found.quote.total == Money(200, "EUR")
    assert [(rooms.night, rooms.sellable, price.total) for rooms, price in found.nights] == [
        (TODAY + DAY, 2, Money(100, "EUR")),
        (TODAY + 2 * DAY, 1, Money(100, "EUR")),
    ]


def test_a_full_night_and_a_rule_close_it(house):
    for _ in "12":
        house.reserve(2, 1)
    restriction_make(house.place, "closed", TODAY, TODAY + 2 * DAY, room_type=house.double)

    found = explained(house)

    assert (found.is_bookable, found.left) == (False, 0)
    assert [rooms.night for rooms in found.full] == [TODAY + 2 * DAY]
    assert [(rule.code, rule.night) for rule in found.quote.broken] == [("closed", TODAY + DAY)]


def test_a_plan_that_does_not_sell_the_type_has_no_quote(house):
    plan = RatePlan.objects.create(property=house.place, code="SUITES", name="Suites")
    RatePlanRoomType.objects.create(property=house.place, rate_plan=plan, room_type=house.suite)

    found = explained(house, rate_plan=plan)

    assert (found.quote, found.is_bookable, found.left) == (None, False, 2)
    assert [price for _rooms, price in found.nights] == [None, None]


def test_a_stay_asks_for_the_same_today_and_day_use_for_nothing(house):
    stay = house.reserve(1, 2, occupancy=Occupancy(adults=2, children=(("child", 1),)))

    assert question_of_stay(stay) == (
        f"room_type={house.double.pk}&rate_plan={house.plan.pk}&arrival=2027-03-15&departure=2027-03-17"
        "&adults=2&band_child=1&promo_code=&company="
    )
    stay.is_day_use = True
    assert question_of_stay(stay) == ""
