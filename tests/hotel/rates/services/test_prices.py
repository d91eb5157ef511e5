"""Prices: the newest word counts, and nothing else changes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.rates.models import RatePrice, RatePriceChild
from hotel.rates.services.prices import ChildPrice, PriceChange, price_delete, prices_set
from tests.factories.properties import age_band_make
from tests.factories.rates import price_make, rate_plan_make
from tests.factories.rooms import room_type_make
from tests.together import together

FIRST, LAST = date(2027, 4, 1), date(2027, 5, 1)


def eur(amount) -> Money:
    return Money(amount, "EUR")


def by_night(plan) -> dict[date, list]:
    """Dated amounts of each night, to see overlaps as lists of two."""
    found: dict[date, list] = {}
    for price in RatePrice.objects.filter(rate_plan=plan).exclude(start_on=None).order_by("pk"):
        night = price.start_on
        while night < price.end_on:
            if price.weekdays & 1 << night.weekday():
                found.setdefault(night, []).append(price.amount.amount)
            night += timedelta(days=1)
    return found


def test_a_newer_price_cuts_its_nights_out_of_older_ones(cast):
    plan, double = rate_plan_make(cast.alpha), room_type_make(cast.alpha)
    prices_set(plan=plan, changes=[PriceChange(room_types=[double], start=FIRST, end=LAST, amount=eur(100))])
    weekend = PriceChange(
        room_types=[double], start=date(2027, 4, 5), end=date(2027, 4, 19), weekdays=48, amount=eur(150)
    )
    prices_set(plan=plan, changes=[weekend])
    found = by_night(plan)
    assert len(found) == 30
    assert all(len(amounts) == 1 for amounts in found.values())
    dear = sorted(night for night, amounts in found.items() if amounts == [150])
    assert dear == [date(2027, 4, 9), date(2027, 4, 10), date(2027, 4, 16), date(2027, 4, 17)]


def test_parts_go_along_when_a_price_is_split(cast):
    plan, double, infant = rate_plan_make(cast.alpha), room_type_make(cast.alpha), age_band_make(cast.alpha)
    whole = PriceChange(
        room_types=[double],
        start=FIRST,
        end=LAST,
        amount=eur(100),
        by_adults={3: eur(130)},
        by_child=[ChildPrice(age_band=infant, method="share", share=Decimal("0.5"))],
    )
    prices_set(plan=plan, changes=[whole])
    prices_set(
        plan=plan, changes=[PriceChange(room_types=[double], start=date(2027, 4, 10), end=date(2027, 4, 11))]
    )
    rows = list(RatePrice.objects.order_by("start_on"))
    assert [(row.start_on, row.end_on) for row in rows] == [
        (FIRST, date(2027, 4, 10)),
        (date(2027, 4, 11), LAST),
    ]
    assert [row.by_adults.get().amount for row in rows] == [eur(130), eur(130)]
    assert RatePriceChild.objects.count() == 2


def test_a_standing_price_replaces_the_standing_price_only(cast):
    plan, double = rate_plan_make(cast.alpha), room_type_make(cast.alpha)
    prices_set(plan=plan, changes=[PriceChange(room_types=[double], start=FIRST, end=LAST, amount=eur(150))])
    for amount in (100, 110):
        prices_set(plan=plan, changes=[PriceChange(room_types=[double], amount=eur(amount))])
    assert [p.amount for p in RatePrice.objects.order_by("amount")] == [eur(110), eur(150)]


def test_a_deleted_price_is_gone(cast):
    price = price_make(rate_plan_make(cast.alpha), room_type_make(cast.alpha), 100)
    price_delete(price=price)
    assert not RatePrice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_set_the_same_nights_leave_one_price(cast):
    plan, double = rate_plan_make(cast.alpha), room_type_make(cast.alpha)

    def put(amount):
        change = PriceChange(room_types=[double], start=FIRST, end=LAST, amount=eur(amount))
        return lambda: prices_set(plan=plan, changes=[change])

    together(put(100), put(110))
    assert all(len(amounts) == 1 for amounts in by_night(plan).values())
    assert RatePrice.objects.count() == 1
