"""Which arrivals may be let go, by the clock of each property."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hotel.properties.services.settings import setting_set
from hotel.reservations.choices import Guarantee
from hotel.reservations.selectors.releases import release_days
from tests.cast import TODAY
from tests.factories.reservations import house_make
from tests.pages import worked_table

MINUTE = timedelta(minutes=1)


def held(place, offset=0):
    return house_make(place).reserve(offset, 1, guarantee=Guarantee.HOLD_6PM)


@pytest.mark.parametrize(
    "line", worked_table("cancellation", "Hours"), ids=lambda line: f"{line['Zone']} {line['Hour']}"
)
def test_the_hour_strikes_on_the_propertys_clock(cast, line):
    place = next(place for place in (cast.alpha, cast.beta) if place.zone == ZoneInfo(line["Zone"]))
    arrival = date.fromisoformat(line["Arrival"])
    row = held(place, (arrival - place.business_date).days)
    setting_set(
        place=place, key="reservations.release_hour", value=int(line["Hour"]), valid_from=place.business_date
    )
    struck = datetime.fromisoformat(line["Struck (UTC)"]).replace(tzinfo=UTC)

    assert release_days(place, struck - MINUTE) == []
    assert release_days(place, struck) == [(row.arrival, struck)]
    assert release_days(place, struck + timedelta(days=2)) == [(row.arrival, struck)]


def test_the_hour_of_the_arrival_day_counts_and_by_hand_is_never_due(cast):
    held(cast.alpha)
    key = "reservations.release_hour"
    setting_set(place=cast.alpha, key=key, value=-1, valid_from=TODAY)
    evening = datetime(2027, 3, 14, 20, tzinfo=UTC)
    assert release_days(cast.alpha, evening) == []
    setting_set(place=cast.alpha, key=key, value=20, valid_from=TODAY)
    setting_set(place=cast.alpha, key=key, value=-1, valid_from=TODAY + timedelta(days=1))
    assert [day for day, _ in release_days(cast.alpha, evening)] == [TODAY]


@pytest.mark.parametrize(
    "over", [{"guarantee": Guarantee.CREDIT_CARD}, {"guarantee": Guarantee.HOLD_6PM, "status": "option"}]
)
def test_others_are_never_due(cast, over):
    house_make(cast.alpha).reserve(0, 1, **over)
    assert release_days(cast.alpha, datetime(2027, 3, 15, tzinfo=UTC)) == []
