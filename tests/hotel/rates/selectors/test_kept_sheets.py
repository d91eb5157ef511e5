"""Kept rate sheets: one query when nothing changed, never a stale price, whoever changed it."""

import re
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from moneyed import Money

from hotel.rates.domain.quotes import Occupancy
from hotel.rates.models import RatePrice, RatePriceAdults
from hotel.rates.selectors.kept_sheets import kept_rate_sheet, months_around, revision_of
from hotel.rates.selectors.quotes import QuoteRequest, quote_stay
from hotel.rates.selectors.sheets import SheetQuery, rate_sheet
from tests.cast import TODAY
from tests.factories.guests import company_make
from tests.factories.rates import price_make, promo_make, rate_plan_make
from tests.factories.rooms import room_type_make

ARRIVAL, DEPARTURE = date(2027, 4, 1), date(2027, 4, 3)


@pytest.fixture
def double(cast):
    return room_type_make(cast.alpha)


@pytest.fixture
def plan(cast, double):
    plan = rate_plan_make(cast.alpha)
    price_make(plan, double, "110")
    return plan


def total(cast, plan, double) -> Money:
    asked = QuoteRequest(
        place=cast.alpha, rate_plan=plan, room_type=double, arrival=ARRIVAL, departure=DEPARTURE,
        occupancy=Occupancy(2), booked_on=TODAY,
    )  # fmt: skip
    return quote_stay(asked).total


def test_a_second_quote_asks_only_whether_something_changed(cast, plan, double, django_assert_num_queries):
    total(cast, plan, double)
    with django_assert_num_queries(1):
        assert total(cast, plan, double) == Money(220, "EUR")


def test_another_month_is_asked_only_for_what_is_said_for_dates(cast, plan):
    kept_rate_sheet(SheetQuery(place=cast.alpha, first=ARRIVAL, last=DEPARTURE))
    later = SheetQuery(place=cast.alpha, first=date(2027, 6, 1), last=date(2027, 6, 3))
    with CaptureQueriesContext(connection) as captured:
        sheet = kept_rate_sheet(later)
    read = [re.search(r'FROM "?(\w+)', query["sql"]).group(1) for query in captured]
    assert read == [
        "rates_revision", "rates_seasonrange", "rates_rateprice", "rates_ratepriceadults", "rates_ratepricechild",
        "rates_restriction", "rates_taxrule",
    ]  # fmt: skip
    asked = rate_sheet(SheetQuery(place=cast.alpha, first=date(2027, 6, 1), last=date(2027, 7, 1)))
    assert sheet == asked


def test_a_price_that_no_service_wrote_counts_at_once(cast, plan, double):
    assert total(cast, plan, double) == Money(220, "EUR")
    RatePrice.objects.filter(rate_plan=plan).update(amount=Money(120, "EUR"))
    assert total(cast, plan, double) == Money(240, "EUR")
    price = RatePrice.objects.get(rate_plan=plan)
    row = RatePriceAdults.objects.create(property=cast.alpha, price=price, adults=2, amount=Money(130, "EUR"))
    assert total(cast, plan, double) == Money(260, "EUR")
    row.delete()
    assert total(cast, plan, double) == Money(240, "EUR")


def test_a_change_that_is_rolled_back_leaves_the_price(cast, plan, double):
    with transaction.atomic():
        RatePrice.objects.filter(rate_plan=plan).update(amount=Money(120, "EUR"))
        assert total(cast, plan, double) == Money(240, "EUR")
        transaction.set_rollback(True)
    assert total(cast, plan, double) == Money(220, "EUR")
    RatePrice.objects.filter(rate_plan=plan).update(amount=Money(130, "EUR"))
    assert total(cast, plan, double) == Money(260, "EUR")


def test_a_change_concerns_its_property_only(cast, plan, double):
    before = revision_of(cast.beta.pk)
    RatePrice.objects.filter(rate_plan=plan).update(amount=Money(120, "EUR"))
    assert revision_of(cast.beta.pk) == before


def test_each_table_that_a_sheet_is_read_from_raises_the_revision(cast, plan):
    with CaptureQueriesContext(connection) as captured:
        rate_sheet(SheetQuery(place=cast.alpha, first=ARRIVAL, last=DEPARTURE))
    read = set(re.findall(r'(?:FROM|JOIN) "(\w+)"', " ".join(query["sql"] for query in captured)))
    read -= {"properties_property"}  # only to sort by
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger WHERE tgname LIKE 'rates\\_revision\\_%'"
            " GROUP BY 1"
        )
        raising = dict(cursor.fetchall())
    assert len(read) >= 14
    assert {table: raising.get(table) for table in read} == dict.fromkeys(read, 3)


def test_what_depends_on_the_caller_is_never_kept(cast, plan):
    company = company_make(cast.alpha)
    promo = promo_make(cast.alpha)
    plain = SheetQuery(place=cast.alpha, first=ARRIVAL, last=DEPARTURE)
    asked = SheetQuery(
        place=cast.alpha, first=ARRIVAL, last=DEPARTURE, company_id=company.pk, promo_code=promo.code
    )
    assert kept_rate_sheet(asked).promo.code == promo.code
    assert kept_rate_sheet(plain).promo is None


@pytest.mark.parametrize(
    ("first", "last", "run"),
    [
        (date(2027, 4, 1), date(2027, 4, 3), (date(2027, 4, 1), date(2027, 5, 1))),
        (date(2027, 4, 30), date(2027, 5, 1), (date(2027, 4, 1), date(2027, 6, 1))),
        (date(2027, 12, 31), date(2027, 12, 31), (date(2027, 12, 1), date(2028, 1, 1))),
        (date(2028, 1, 31), date(2028, 2, 29), (date(2028, 1, 1), date(2028, 3, 1))),
        (date(9999, 12, 1), date.max, (date(9999, 12, 1), date.max)),
    ],
)
def test_the_run_of_months_around_some_dates(first, last, run):
    assert months_around(first, last) == run
