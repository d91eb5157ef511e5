"""When a stay occupies its room, as instants."""

from datetime import time, timedelta

from hotel.properties.choices import SettingKey
from hotel.properties.services.settings import setting_set
from hotel.reservations.domain.occupancy import HouseTimes
from hotel.reservations.selectors.occupancies import house_times, instants_of
from tests.factories.rates import price_make, rate_plan_make
from tests.factories.reservations import house_make

DAY = timedelta(days=1)


def told(span) -> list[str]:
    return [moment.isoformat() for moment in span]


def test_the_turn_time_that_counts_today_is_part_of_the_house_times(cast):
    assert house_times(cast.alpha) == HouseTimes(time(15), time(11), 60)
    today = cast.alpha.business_date
    setting_set(place=cast.alpha, key=SettingKey.TURN_MINUTES, value=30, valid_from=today)
    assert house_times(cast.alpha).turn_minutes == 30


def test_a_promised_arrival_counts_for_the_first_part_of_a_stay_only(cast):
    stay = house_make(cast.alpha).reserve(1, 2, eta=time(18))
    second = stay.arrival + DAY

    assert told(instants_of(stay, stay.arrival, second)) == [
        "2027-03-15T17:00:00+00:00",
        "2027-03-16T10:00:00+00:00",
    ]
    assert told(instants_of(stay, second, stay.departure)) == [
        "2027-03-16T14:00:00+00:00",
        "2027-03-17T10:00:00+00:00",
    ]


def test_day_use_takes_its_hours_and_the_turn(cast):
    house = house_make(cast.alpha, day_use_limit=1)
    plan = rate_plan_make(house.place, "DAY", day_use_hours=8)
    price_make(plan, house.double, "60")
    stay = house.reserve(1, 0, rate_plan=plan, day_use=(time(10), time(16)))

    expected = ["2027-03-15T09:00:00+00:00", "2027-03-15T16:00:00+00:00"]
    assert told(instants_of(stay, stay.arrival, stay.departure)) == expected
    short = instants_of(stay, stay.arrival, stay.departure, HouseTimes(time(15), time(11), 0))
    assert told(short) == [expected[0], "2027-03-15T15:00:00+00:00"]
