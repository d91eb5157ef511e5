"""Ready is what can be booked tonight, and each step tells what it lacks."""

from datetime import timedelta

import pytest

from hotel.dashboard.selectors.readiness import Readiness
from hotel.properties.models import Property
from tests.cast import TODAY
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.rates import price_make, rate_plan_make, restriction_make, tax_rule_make
from tests.factories.reservations import house_make
from tests.factories.rooms import inventory_ready, room_make, room_type_make


def states(place) -> dict[str, str]:
    return {step.name: step.state for step in Readiness(place).steps}


def test_an_empty_hotel_lacks_rooms_and_prices(cast):
    found = Readiness(cast.beta)
    assert states(cast.beta) == {
        "setup": "done",
        "setup_rooms": "missing",
        "setup_rates": "missing",
        "setup_taxes": "advice",
        "people": "done",
    }
    assert (found.is_ready, found.rooms_tonight, found.people) == (False, 0, 2)


def test_each_step_is_done_in_its_turn_and_only_an_offer_makes_it_ready(cast):
    place = cast.beta
    double = room_type_make(place)
    room_make(place, double, "101")
    assert states(place)["setup_rooms"] == "done"
    plan = rate_plan_make(place)
    price_make(plan, double, 9000)
    assert (states(place)["setup_rates"], Readiness(place).is_ready) == ("done", False)
    inventory_ready(place, TODAY, TODAY + timedelta(days=3))
    found = Readiness(place)
    assert (found.is_ready, found.rooms_tonight) == (True, 1)
    tax_rule_make(place)
    assert states(place)["setup_taxes"] == "done"


def test_a_type_without_a_room_or_a_price_is_told(cast):
    place = house_make(cast.alpha).place
    room_type_make(place, "SUITE")
    told = {step.name: (step.state, step.told) for step in Readiness(place).steps}
    assert told["setup_rooms"][0] == told["setup_rates"][0] == "advice"
    assert "SUITE" in told["setup_rooms"][1]
    assert "SUITE" in told["setup_rates"][1]


def test_a_room_that_is_sold_and_a_night_that_is_closed_are_not_for_tonight(cast):
    house = house_make(cast.alpha, doubles=3)
    before = Readiness(house.place).rooms_tonight
    house.reserve(0, 1)
    assert Readiness(house.place).rooms_tonight == before - 1
    restriction_make(house.place, "closed", TODAY, TODAY + timedelta(days=1))
    found = Readiness(house.place)
    assert (found.is_ready, found.rooms_tonight) == (False, 0)


def test_rooms_under_a_second_name_count_once(cast):
    house = house_make(cast.alpha, doubles=3)
    before = Readiness(house.place).rooms_tonight
    saver = room_type_make(house.place, "SAVER", kind="virtual", base_type=house.double)
    price_make(house.plan, saver, 80)
    inventory_ready(house.place, TODAY, TODAY + timedelta(days=3))
    found = Readiness(house.place)
    assert {offer.quote.room_type_id for offer in found.tonight} >= {house.double.pk, saver.pk}
    assert found.rooms_tonight == before


def test_a_letterhead_that_is_complete_is_not_spoken_of(cast):
    assert "Invoices and letters lack: address" in Readiness(cast.alpha).later[0].told
    Property.objects.filter(pk=cast.alpha.pk).update(
        address="Street 1", email="a@example.com", phone="1", tax_number="X"
    )
    rows = Readiness(Property.objects.get(pk=cast.alpha.pk)).later
    assert [row.name for row in rows] == ["admin:folios_gatewayaccount_changelist"]


@pytest.mark.parametrize("more", [3])
def test_it_costs_the_same_for_many_types(cast, more):
    place = house_make(cast.alpha).place

    def ask():
        found = Readiness(place)
        return found.steps, found.later, found.tonight

    ask()
    few = queries_of(ask)
    for n in range(more):
        room_make(place, room_type_make(place, f"T{n}"), f"9{n}")
    ask()
    assert_constant(few, queries_of(ask))
