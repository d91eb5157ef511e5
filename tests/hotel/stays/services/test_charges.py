"""Nights at the frozen price, and fees by the frozen policies, on the folio of the stay."""

from datetime import timedelta
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.core.invariants import invariants_verify
from hotel.folios.models import Folio, LedgerEntry, Posting, PostingTax
from hotel.folios.selectors.balances import folio_balances
from hotel.folios.services.invoices import invoice_issue
from hotel.properties.services.business_days import business_day_close
from hotel.reservations.domain.fees import Fee
from hotel.reservations.models import Reservation
from hotel.reservations.services.cancellations import booking_cancel, reservation_cancel, reservation_no_show
from hotel.reservations.services.imports import stays_import
from hotel.reservations.services.reinstatements import booking_reinstate, reservation_reinstate
from hotel.stays.models import DailyStatistic
from hotel.stays.services.charges import fees_post, nights_charge
from hotel.stays.services.check_in import check_in
from hotel.stays.services.night_audit import night_audit_run
from tests.cast import TODAY
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.imports import imported_stay
from tests.factories.rates import city_tax_make, tax_rule_make
from tests.factories.reservations import house_make

DAY = timedelta(days=1)


def charge(house, *rows, night=TODAY):
    return nights_charge(place=house.place, night=night, reservations=[row.pk for row in rows], actor=None)


def balances(place):
    return folio_balances(place.pk, Folio.objects.at(place.pk).values_list("pk", flat=True))


def test_a_night_is_posted_once_at_the_price_it_was_sold_for(cast):
    tax_rule_make(cast.alpha, "VAT")
    house = house_make(cast.alpha)
    row = house.reserve(0, 2)
    Reservation.objects.filter(pk=row.pk).update(status="in_house")

    (posting,) = charge(house, row)

    assert (posting.gross, posting.net, posting.revenue_date) == (
        Money(100, "EUR"),
        Money("90.91", "EUR"),
        TODAY,
    )
    assert [(t.code.code, str(t.amount.amount)) for t in PostingTax.objects.all()] == [("VAT", "9.090")]
    assert charge(house, row) == []
    assert charge(house, row, night=TODAY + 5 * DAY) == []
    assert list(balances(house.place).values()) == [Money(100, "EUR")]


def test_a_night_of_an_imported_stay_is_posted_counted_and_invoiced_with_the_taxes_in_its_price(cast):
    tax_rule_make(cast.alpha, "VAT10")
    city_tax_make(cast.alpha)
    house = house_make(cast.alpha)
    stays_import(place=house.place, stays=[imported_stay(arrival=0, rate_per_night=Decimal("135.15"))])
    row = Reservation.objects.with_parts().get()
    check_in(reservation=row, actor=None, room=house.rooms[0])

    night_audit_run(place=house.place)

    posting = Posting.objects.get()
    assert (posting.net, posting.gross) == (Money("122.86", "EUR"), Money("135.15", "EUR"))
    assert DailyStatistic.objects.get().room_revenue == Money("122.86", "EUR")
    invoice = invoice_issue(window=posting.window)
    assert (invoice.net, invoice.tax, invoice.total) == tuple(
        Money(amount, "EUR") for amount in ("122.86", "12.29", "135.15")
    )
    assert invoice.document["taxes"] == [
        {"code": "VAT10", "name": "Vat10", "rate": "0.1", "base": "122.86", "amount": "12.29"}
    ]
    assert [f.invariant.name for f in invariants_verify() if f.violations] == []


def test_taxes_of_the_stay_come_with_the_first_night_and_together_it_is_the_offer(cast):
    tax_rule_make(cast.alpha, "CITY", is_inclusive=False, method="per_stay", amount=Money(3, "EUR"))
    house = house_make(cast.alpha)
    row = house.reserve(0, 2)
    assert row.total_amount == Money(203, "EUR")

    first = charge(house, row)
    business_day_close(place=house.place)
    second = charge(house, row, night=TODAY + DAY)

    assert [(p.code.code, p.gross) for p in first] == [("room", Money(100, "EUR")), ("CITY", Money(3, "EUR"))]
    assert [(p.code.code, p.gross) for p in second] == [("room", Money(100, "EUR"))]
    assert list(balances(house.place).values()) == [row.total_amount]


def test_a_missed_stay_owes_its_fee_and_a_reinstated_one_does_not(cast):
    house = house_make(cast.alpha)
    row = house.reserve(0, 1)

    result = reservation_no_show(reservation=row, actor=cast.bo)

    (posted,) = result.postings
    assert (posted["code"], posted["amount"]) == ("no_show_fee", {"amount": "100.00", "currency": "EUR"})
    assert Posting.objects.get().actor == cast.bo
    back = reservation_reinstate(reservation=row, actor=cast.bo)  # who may let off 50.00 alone
    assert [p["amount"]["amount"] for p in back.postings] == ["-100.00"]
    assert list(balances(house.place).values()) == [Money(0, "EUR")]
    reservation_no_show(reservation=row, actor=None)
    assert list(balances(house.place).values()) == [Money(100, "EUR")]
    assert sum(LedgerEntry.objects.values_list("amount", flat=True)) == 0
    assert [f.invariant.name for f in invariants_verify() if f.violations] == []


def test_a_booking_is_charged_stay_by_stay(cast, noon):
    house = house_make(cast.alpha)
    booking = house.book(house.stay(0), house.stay(0)).booking
    results = booking_cancel(booking=booking, actor=None)
    assert [[p["code"] for p in one.postings] for one in results] == [
        ["cancellation_fee"],
        ["cancellation_fee"],
    ]
    results = booking_reinstate(booking=booking, actor=None)
    assert [len(one.postings) for one in results] == [1, 1]
    assert set(balances(house.place).values()) == {Money(0, "EUR")}


def test_a_free_cancellation_opens_no_folio(cast):
    house = house_make(cast.alpha)
    assert reservation_cancel(reservation=house.reserve(30, 1), actor=None).postings == ()
    assert not Folio.objects.exists()


def test_a_fee_is_posted_once_for_the_same_version_of_a_stay(cast):
    row = house_make(cast.alpha).reserve(0, 1)
    fee = Fee("early_departure", Money(40, "EUR"), "")
    first, again = fees_post(row, [fee], None), fees_post(row, [fee], None)
    assert first == again
    assert Posting.objects.count() == 1


@pytest.mark.parametrize("kind", ["cancellation", "no_show", "early_departure", "late_check_out"])
def test_every_fee_has_its_code(cast, kind):
    row = house_make(cast.alpha).reserve(0, 1)
    (posted,) = fees_post(row, [Fee(kind, Money(40, "EUR"), "")], None)
    assert posted["code"].startswith(kind)


def test_ten_nights_cost_the_statements_of_three(cast):
    house = house_make(cast.alpha, doubles=14)
    rows = [house.reserve(0, 2) for _ in range(14)]
    charge(house, rows[0])
    few, many = queries_of(lambda: charge(house, *rows[1:4])), queries_of(lambda: charge(house, *rows[4:]))
    assert_constant(few, many)
