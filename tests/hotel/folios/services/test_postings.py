"""Charges: taxed by the rules of their group, entered twice, posted once for each source key."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from moneyed import Money

from hotel.contracts.folios import ChargePosted
from hotel.core.exceptions import InvalidInput, NotFound
from hotel.core.models import OutboxMessage
from hotel.folios.models import Folio, FolioWindow, Journal, LedgerEntry, Posting
from hotel.folios.services.codes import standard_code
from hotel.folios.services.folios import folio_close
from hotel.folios.services.journal import WindowClosed
from hotel.folios.services.posting_data import Memo, PostingData
from hotel.folios.services.postings import RevenueDateRefused, charge_post, postings_post
from hotel.properties.models import Property
from hotel.rates.models import TaxExemption
from tests.cast import TODAY
from tests.factories.folios import (
    charge_make,
    folio_make,
    guest_folio_make,
    money,
    transaction_code_make,
    vat_make,
)
from tests.factories.rates import tax_exemption_make, tax_rule_make
from tests.factories.reservations import house_make

DAY = timedelta(days=1)


def nothing_written() -> bool:
    return not (Journal.objects.exists() or Posting.objects.exists() or LedgerEntry.objects.exists())


def test_a_charge_contains_its_taxes_and_is_entered_on_both_sides(cast, entries):
    vat_make(cast.alpha)
    tax_rule_make(
        cast.alpha, "SVC", position=20, rate=Decimal("0.05"), is_inclusive=False, groups=["beverage"]
    )

    posting = charge_make(folio_make(cast.alpha), 11, actor=cast.bo, quantity=Decimal(2))

    assert (posting.net, posting.gross) == (Money(10, "EUR"), Money("11.50", "EUR"))
    assert [
        (tax.code.code, tax.code.kind, str(tax.base.amount), str(tax.amount.amount), tax.is_inclusive)
        for tax in posting.taxes.order_by("pk")
    ] == [("VAT", "tax", "10.000", "1.000", True), ("SVC", "tax", "10.000", "0.500", False)]
    assert entries(posting) == [
        ("guest", "beverage", "11.500"),
        ("revenue", "beverage", "-10.000"),
        ("tax", "VAT", "-1.000"),
        ("tax", "SVC", "-0.500"),
    ]
    assert (posting.business_date, posting.revenue_date, posting.actor) == (TODAY, TODAY, cast.bo)
    assert (posting.description, posting.quantity) == ("Beverage", Decimal(2))


def test_amounts_per_person_and_room_are_not_taken_on_charges(cast, entries):
    tax_rule_make(cast.alpha, "CITY", method="per_person_night", amount=2, is_inclusive=False)

    assert entries(charge_make(folio_make(cast.alpha), 11, code="room")) == [
        ("guest", "room", "11.000"),
        ("revenue", "room", "-11.000"),
    ]


def test_a_code_outside_taxes_is_not_taxed(cast, entries):
    vat_make(cast.alpha)
    code = transaction_code_make(cast.alpha, "deposit_bottle", is_taxed=False)

    assert entries(charge_make(folio_make(cast.alpha), 11, row=code)) == [
        ("guest", "deposit_bottle", "11.000"),
        ("revenue", "deposit_bottle", "-11.000"),
    ]


@pytest.mark.parametrize(("stated", "gross"), [(["C-1"], "10"), (["C-1:1"], "11"), ([], "11")])
def test_a_certificate_of_the_whole_party_frees_its_charges(cast, stated, gross):
    vat_make(cast.alpha)
    tax_exemption_make(cast.alpha, tax_codes=["VAT"])
    stay = house_make(cast.alpha).reserve(exemptions=tuple(stated))

    posting = charge_make(guest_folio_make(cast.alpha, stay), 11)

    assert (posting.net, posting.gross) == (Money(10, "EUR"), Money(gross, "EUR"))
    assert TaxExemption.objects.count() == 1


def test_a_charge_is_told_once_for_the_folio(cast):
    folio = folio_make(cast.alpha)
    charge_make(folio, 11)

    (message,) = OutboxMessage.objects.filter(topic=ChargePosted.__name__)
    told = {name: message.payload[name] for name in ("folio_id", "kind", "postings", "amount", "currency")}
    assert told == {
        "folio_id": folio.pk,
        "kind": "charge",
        "postings": 1,
        "amount": "11.00",
        "currency": "EUR",
    }
    assert message.aggregate == f"folio:{folio.pk}"


def test_the_same_source_key_posts_once(cast):
    folio, code = folio_make(cast.alpha), standard_code(cast.alpha, "food")
    memo = Memo(source="pos", source_key="bill 7", reference="Bill 7")

    first, again = (
        charge_post(folio=folio, code=code, amount=money(cast.alpha, 20), memo=memo) for _ in range(2)
    )

    assert [posting.pk for posting in first] == [posting.pk for posting in again]
    assert Posting.objects.count() == Journal.objects.count() == 1
    assert (again[0].reference, again[0].source, again[0].source_key) == ("Bill 7", "pos", "bill 7")


@pytest.mark.parametrize("amount", ["0", "-1", "1.005"])
def test_amounts_that_cannot_be_owed_are_refused(cast, amount):
    with pytest.raises(InvalidInput) as refused:
        charge_make(folio_make(cast.alpha), amount)
    assert refused.value.code == "amount_invalid"
    assert nothing_written()


def test_another_currency_is_refused(cast):
    folio, code = folio_make(cast.alpha), standard_code(cast.alpha, "food")
    with pytest.raises(InvalidInput) as refused:
        charge_post(folio=folio, code=code, amount=Money(10, "USD"))
    assert refused.value.code == "amount_invalid"
    assert nothing_written()


def test_codes_that_charge_nothing_are_refused(cast):
    folio = folio_make(cast.alpha)
    retired = transaction_code_make(cast.alpha, is_active=False)
    for code in (
        standard_code(cast.alpha, "cash"),
        standard_code(cast.alpha, "room_rebate"),
        retired,
        standard_code(cast.beta, "food"),
    ):
        with pytest.raises(InvalidInput) as refused:
            charge_post(folio=folio, code=code, amount=money(cast.alpha, 10))
        assert refused.value.code == "code_invalid"
    assert nothing_written()


def test_a_late_charge_is_posted_today_for_its_own_day(cast):
    posting = charge_make(folio_make(cast.alpha), revenue_date=TODAY - 30 * DAY)

    assert (posting.business_date, posting.revenue_date) == (TODAY, TODAY - 30 * DAY)
    assert posting.entries.filter(business_date=TODAY).count() == 2


@pytest.mark.parametrize("days", [-31, 1])
def test_days_that_are_long_over_or_have_not_come_are_refused(cast, days):
    with pytest.raises(RevenueDateRefused) as refused:
        charge_make(folio_make(cast.alpha), revenue_date=TODAY + days * DAY)
    assert refused.value.extra == {"first": "2027-02-12", "last": "2027-03-14"}
    assert nothing_written()


def test_nothing_is_posted_on_a_closed_folio(cast):
    folio = folio_make(cast.alpha)
    folio_close(folio=folio)
    with pytest.raises(WindowClosed) as refused:
        charge_make(Folio.objects.get(pk=folio.pk))
    assert refused.value.extra == {"folio": folio.pk, "window": 1}
    assert nothing_written()


def line(folio, amount=10, **over) -> PostingData:
    place = folio.property
    return PostingData(folio_id=folio.pk, code=standard_code(place, "room"), net=money(place, amount), **over)


def test_many_lines_cost_hardly_more_statements_than_a_few(cast):
    folios = [folio_make(cast.alpha, name=str(number)) for number in range(60)]
    lines = [line(folio, source_key=f"a{folio.pk}") for folio in folios]

    def statements(chosen) -> int:
        with CaptureQueriesContext(connection) as captured:
            postings_post(place=cast.alpha, lines=chosen, memo=Memo(source="test"))
        return len([q for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]])

    few, many = statements(lines[:2]), statements(lines[2:])

    assert (few, many) == (8, 10)  # for more than fifty rows of a table the keys are drawn first
    assert Posting.objects.count() == 60
    assert LedgerEntry.objects.count() == 120


def test_lines_posted_before_are_left_out(cast):
    folio = folio_make(cast.alpha)
    memo = Memo(source="night")
    postings_post(place=cast.alpha, lines=[line(folio, source_key="1")], memo=memo)

    made = postings_post(
        place=cast.alpha, lines=[line(folio, source_key="1"), line(folio, source_key="2")], memo=memo
    )

    assert [posting.source_key for posting in made] == ["2"]
    assert postings_post(place=cast.alpha, lines=[line(folio, source_key="2")], memo=memo) == []
    assert (Posting.objects.count(), Journal.objects.count()) == (2, 2)


def test_folios_of_another_property_are_not_found(cast):
    foreign = folio_make(cast.beta)
    wanted = PostingData(
        folio_id=foreign.pk, code=standard_code(cast.alpha, "room"), net=money(cast.alpha, 1)
    )
    with pytest.raises(NotFound):
        postings_post(place=cast.alpha, lines=[wanted])
    assert nothing_written()


def test_a_window_that_is_named_takes_the_line(cast):
    folio = folio_make(cast.alpha)
    second = FolioWindow.objects.create(property=cast.alpha, folio=folio, number=2)

    assert charge_make(folio, window=second).window == second


def test_a_window_of_another_folio_is_refused(cast):
    other = folio_make(cast.alpha, name="Other").windows.get()
    with pytest.raises(InvalidInput) as refused:
        charge_make(folio_make(cast.alpha), window=other)
    assert refused.value.code == "window_invalid"
    assert nothing_written()


def test_yen_have_no_cents(cast, entries):
    tax_rule_make(cast.beta, groups=["food"])
    posting = charge_make(folio_make(cast.beta), 1000, code="food")
    assert entries(posting) == [
        ("guest", "food", "1000.000"),
        ("revenue", "food", "-909.000"),
        ("tax", "VAT", "-91.000"),
    ]
    assert Property.objects.get(pk=cast.beta.pk).currency == "JPY"
