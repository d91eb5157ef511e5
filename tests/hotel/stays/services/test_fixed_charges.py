"""Fixed charges are agreed, posted once a night, and ended."""

from dataclasses import replace
from datetime import timedelta

import pytest
from moneyed import Money

from hotel.core.exceptions import Conflict, InvalidInput
from hotel.folios.models import Posting
from hotel.folios.services.codes import standard_code
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.stays.models import FixedCharge
from hotel.stays.services.check_in import check_in
from hotel.stays.services.fixed_charges import (
    FixedChargeData,
    fixed_charge_add,
    fixed_charge_end,
    fixed_charges_post,
)
from tests.cast import TODAY
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.rates import tax_rule_make
from tests.factories.reservations import house_make

DAY = timedelta(days=1)


@pytest.fixture
def parking(house):
    return FixedChargeData(
        code=standard_code(house.place, "service"), amount=Money(11, "EUR"), description="Parking"
    )


def post(house, day, *rows):
    return fixed_charges_post(place=house.place, day=day, reservations=[row.pk for row in rows], actor=None)


def test_a_charge_is_posted_once_for_each_night_it_is_due(house, arrival, parking):
    tax_rule_make(house.place, "VAT", groups=["service"])
    charge = fixed_charge_add(reservation=arrival, data=replace(parking, until=TODAY + DAY))
    check_in(reservation=arrival, actor=None)

    (posting,) = post(house, TODAY, arrival)

    assert (posting.code.code, posting.description, posting.gross) == ("service", "Parking", Money(11, "EUR"))
    assert (posting.net, posting.source_key) == (Money(10, "EUR"), f"{charge.pk}:2027-03-14")
    assert post(house, TODAY, arrival) == post(house, TODAY + DAY, arrival) == []
    assert Posting.objects.count() == 1


def test_it_begins_tonight_or_with_the_arrival_unless_told(house, arrival, parking):
    later = house.reserve(3, 2)
    assert fixed_charge_add(reservation=arrival, data=parking).first_night == TODAY
    assert fixed_charge_add(reservation=later, data=parking).first_night == TODAY + 3 * DAY
    told = replace(parking, first_night=TODAY + DAY, every_nights=7)
    assert fixed_charge_add(reservation=arrival, data=told).first_night == TODAY + DAY


def test_an_ended_charge_is_due_no_more(house, arrival, parking):
    charge = fixed_charge_add(reservation=arrival, data=parking)
    check_in(reservation=arrival, actor=None)
    assert fixed_charge_end(charge=charge).until == TODAY
    assert post(house, TODAY, arrival) == []
    with pytest.raises(InvalidInput):
        fixed_charge_end(charge=charge, until=TODAY - DAY)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount": Money(0, "EUR")}, "amount_invalid"),
        ({"amount": Money(5, "JPY")}, "amount_invalid"),
        ({"first_night": TODAY - DAY}, "dates_invalid"),
        ({"until": TODAY - DAY}, "dates_invalid"),
        ({"every_nights": 0}, "dates_invalid"),
        ({"code": "cash"}, "code_invalid"),
    ],
)
def test_what_is_no_charge_is_refused(house, arrival, parking, changes, code):
    if "code" in changes:
        changes = {"code": standard_code(house.place, changes["code"])}
    with pytest.raises(InvalidInput) as refused:
        fixed_charge_add(reservation=arrival, data=replace(parking, **changes))
    assert refused.value.code == code
    assert not FixedCharge.objects.exists()


def test_a_stay_that_is_over_agrees_to_nothing(arrival, parking):
    reservation_cancel(reservation=arrival, actor=None)
    with pytest.raises(Conflict):
        fixed_charge_add(reservation=arrival, data=parking)


def test_ten_charges_cost_the_statements_of_three(cast, house, parking):
    place = cast.beta
    big = house_make(place, doubles=14)
    wanted = FixedChargeData(code=standard_code(place, "service"), amount=Money(500, "JPY"))
    rows = [big.reserve(0, 2) for _ in range(13)]
    for row in rows:
        fixed_charge_add(reservation=row, data=wanted)
    few = queries_of(lambda: post(big, TODAY, *rows[:3]))
    many = queries_of(lambda: post(big, TODAY, *rows[3:]))
    assert_constant(few, many)
