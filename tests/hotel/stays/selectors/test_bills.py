"""What the bill of a stay says to those who let its guest come and go."""

from datetime import timedelta

from moneyed import Money

from hotel.folios.models import Folio
from hotel.folios.services.codes import standard_code
from hotel.folios.services.corrections import posting_reverse
from hotel.folios.services.folios import window_open
from hotel.folios.services.postings import charge_post
from hotel.stays.selectors.bills import Bill, bill_of
from hotel.stays.services.charges import nights_charge
from hotel.stays.services.check_in import check_in
from tests.cast import TODAY
from tests.contracts.queries import queries_of
from tests.factories.stays import bill_pay


def bill(row):
    return bill_of(row, TODAY)


def test_a_stay_without_a_folio_owes_nothing(arrival):
    assert bill(arrival) == Bill(is_settled=True, has_charges=False, is_tonight_charged=False)
    assert len(queries_of(lambda: bill(arrival))) == 1


def test_charges_stand_until_they_are_reversed_and_paid(house, arrival):
    check_in(reservation=arrival, actor=None)
    bar = standard_code(house.place, "beverage")
    (posting,) = charge_post(folio=Folio.objects.get(), code=bar, amount=Money(7, "EUR"))
    assert bill(arrival) == Bill(is_settled=False, has_charges=True, is_tonight_charged=False)
    bill_pay(arrival)
    assert bill(arrival) == Bill(is_settled=True, has_charges=True, is_tonight_charged=False)
    posting_reverse(posting=posting)
    assert bill(arrival) == Bill(is_settled=False, has_charges=False, is_tonight_charged=False)
    assert len(queries_of(lambda: bill(arrival))) == 4


def test_two_windows_that_cancel_out_are_not_settled(house, arrival):
    check_in(reservation=arrival, actor=None)
    folio, bar = Folio.objects.get(), standard_code(house.place, "beverage")
    charge_post(folio=folio, code=bar, amount=Money(7, "EUR"))
    second = window_open(folio=folio)
    (posting,) = charge_post(folio=folio, code=bar, amount=Money(7, "EUR"), window=second)
    bill_pay(arrival)
    posting_reverse(posting=posting)
    charge_post(folio=folio, code=bar, amount=Money(7, "EUR"))
    assert bill(arrival).is_settled is False


def test_a_night_that_was_posted_counts_as_charged_even_when_it_was_taken_back(house, arrival):
    check_in(reservation=arrival, actor=None)
    (posting,) = nights_charge(place=house.place, night=TODAY, reservations=[arrival.pk], actor=None)
    assert bill(arrival) == Bill(is_settled=False, has_charges=True, is_tonight_charged=True)
    posting_reverse(posting=posting)
    assert bill(arrival) == Bill(is_settled=True, has_charges=True, is_tonight_charged=True)


def test_who_came_earlier_has_had_his_nights_so_only_the_balance_is_asked(house, arrival):
    check_in(reservation=arrival, actor=None)
    nights_charge(place=house.place, night=TODAY, reservations=[arrival.pk], actor=None)
    tomorrow = TODAY + timedelta(days=1)
    assert bill_of(arrival, tomorrow) == Bill(is_settled=False, has_charges=True, is_tonight_charged=False)
    bill_pay(arrival)
    assert bill_of(arrival, tomorrow) == Bill(is_settled=True, has_charges=True, is_tonight_charged=False)
    assert len(queries_of(lambda: bill_of(arrival, tomorrow))) == 2
