"""Offers: what a stay costs in each plan and type, and whether it can be sold now."""

import pytest
from moneyed import Money

from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.selectors.offers import OfferQuestion, offers
from tests.factories.guests import company_make
from tests.factories.rates import agreement_make, promo_make, restriction_make
from tests.factories.reservations import house_make, plan_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


def asked(house, **over):
    stay = house.stay()
    values = {"place": house.place, "arrival": stay.arrival, "departure": stay.departure}
    return offers(OfferQuestion(**{**values, "occupancy": Occupancy(adults=2), **over}))


def shown(found):
    return [
        (o.quote.rate_plan_id, o.quote.room_type_id, o.quote.total.amount, o.sellable, o.is_bookable)
        for o in found
    ]


def test_the_cheapest_comes_first_and_what_cannot_be_booked_last(house):
    cheap = plan_make(house.place, "NREF", {house.suite: "50"})
    stay = house.stay()
    restriction_make(house.place, "closed", stay.arrival, stay.departure, rate_plan=cheap)

    assert shown(asked(house)) == [
        (house.plan.pk, house.double.pk, 200, 2, True),
        (house.plan.pk, house.suite.pk, 500, 1, True),
    ]
    assert shown(asked(house, include_closed=True))[-1] == (cheap.pk, house.suite.pk, 100, 1, False)


def test_rooms_narrow_types_and_plans(house):
    assert [row[1] for row in shown(asked(house, rooms=2))] == [house.double.pk]
    assert [row[1] for row in shown(asked(house, room_type_ids=[house.suite.pk]))] == [house.suite.pk]
    assert asked(house, rate_plan_ids=[]) == []
    assert asked(house, occupancy=Occupancy(adults=9)) == []


def test_a_promotion_and_an_agreement_open_their_prices(house):
    promo_make(house.place)
    company = company_make(house.place)
    agreed = plan_make(house.place, "ACME", {house.double: "70"})
    type(agreed).objects.filter(pk=agreed.pk).update(is_negotiated=True)
    agreement_make(agreed, company)

    assert min(offer.quote.total for offer in asked(house, promo_code="SPRING")) == Money(180, "EUR")
    assert shown(asked(house, company_id=company.pk))[0][0] == agreed.pk
    assert agreed.pk not in [row[0] for row in shown(asked(house))]
