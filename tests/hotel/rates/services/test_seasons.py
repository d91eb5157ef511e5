"""Seasons: ranges are replaced whole; plans with prices of the season are told."""

from datetime import date

import pytest
from django.db.models import ProtectedError

from hotel.core.models import OutboxMessage
from hotel.rates.models import Season
from hotel.rates.services.seasons import season_change, season_create, season_delete
from tests.factories.rates import price_make, rate_plan_make, season_make
from tests.factories.rooms import room_type_make

JULY, AUGUST = (date(2027, 7, 1), date(2027, 8, 1)), (date(2027, 8, 1), date(2027, 9, 1))


def told() -> list[tuple]:
    rows = OutboxMessage.objects.filter(topic="RateChanged")
    names = ("rate_plan_id", "first_night", "last_night")
    return [tuple(row.payload[name] for name in names) for row in rows]


def ranges(season) -> list[tuple]:
    return list(season.ranges.order_by("start_on").values_list("start_on", "end_on"))


def test_a_season_is_made_with_its_ranges(cast):
    season = season_create(place=cast.alpha, values={"code": "HIGH", "name": "High"}, ranges=[JULY, AUGUST])
    assert ranges(season) == [JULY, AUGUST]
    assert told() == []


def test_moved_ranges_are_told_for_all_nights_before_and_after(cast):
    season, plan = season_make(cast.alpha, JULY), rate_plan_make(cast.alpha)
    price_make(plan, room_type_make(cast.alpha), 100, season=season)
    season_change(season=season, values={"name": "Top"}, ranges=[AUGUST])
    assert (ranges(season), Season.objects.get().name) == ([AUGUST], "Top")
    assert told() == [(plan.pk, "2027-07-01", "2027-08-31")]


def test_a_new_name_changes_no_price(cast):
    season = season_make(cast.alpha, JULY)
    price_make(rate_plan_make(cast.alpha), room_type_make(cast.alpha), 100, season=season)
    season_change(season=season, values={"name": "Top"})
    assert (ranges(season), told()) == ([JULY], [])


def test_a_season_without_prices_concerns_no_plan(cast):
    season = season_make(cast.alpha, JULY)
    season_change(season=season, values={}, ranges=[])
    assert (ranges(season), told()) == ([], [])


def test_only_a_season_that_no_price_uses_is_deleted(cast):
    used, free = season_make(cast.alpha, JULY), season_make(cast.alpha, code="LOW")
    price_make(rate_plan_make(cast.alpha), room_type_make(cast.alpha), 100, season=used)
    season_delete(season=free)
    with pytest.raises(ProtectedError):
        season_delete(season=used)
    assert Season.objects.get() == used
