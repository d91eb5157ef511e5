"""Nights are posted at the frozen price, once for each reservation, night and code."""

from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from moneyed import Money

from hotel.core.money import total
from hotel.folios.models import LedgerEntry, Posting
from hotel.folios.services.folios import folio_open
from hotel.folios.services.nights import Night, nights_post
from hotel.rates.domain.quotes import night_price_load
from hotel.reservations.models import ReservationNight
from tests.factories.rates import package_make, tax_rule_make
from tests.factories.reservations import house_make


def taxed_house(place):
    """Two guests at 110, breakfast at 11 a head contained, parking at 10 added, a city tax of 2 a head."""
    house = house_make(place, doubles=12, price="110")
    tax_rule_make(place, groups=["room", "food"])
    tax_rule_make(place, "CITY", method="per_person_night", amount=2, is_inclusive=False)
    tax_rule_make(place, "CLEAN", method="per_stay", amount=20, is_inclusive=False)
    package_make(house.plan, 11, group="food")
    package_make(house.plan, 10, "CAR", basis="flat", is_included=False)
    return house


def night_of(stay, number: int = 0) -> Night:
    nights = ReservationNight.objects.filter(reservation=stay).order_by("night")
    folio = folio_open(reservation=stay)
    taxes = night_taxes(stay) if number == 0 else ()
    return Night(folio.pk, stay.pk, night_price_load(nights[number].price_detail), taxes)


def night_taxes(stay):
    from hotel.rates.domain.quotes import TaxLine

    return tuple(
        TaxLine(
            line["code"],
            line["name"],
            Money(line["base"]["amount"], line["base"]["currency"]),
            Money(line["amount"]["amount"], line["amount"]["currency"]),
            line["is_inclusive"],
            line["charge"],
        )
        for line in stay.stay_taxes
    )


def test_a_night_becomes_the_lines_of_the_page_on_pricing(cast):
    """docs/algorithms/pricing.md, "From the quote to the folio"."""
    stay = taxed_house(cast.alpha).reserve(0, 1)

    made = nights_post(place=cast.alpha, nights=[night_of(stay)])

    assert [(line.code.code, str(line.net.amount), str(line.gross.amount)) for line in made] == [
        ("room", "80.00", "92.00"),
        ("BF", "20.00", "22.00"),
        ("CAR", "10.00", "10.00"),
        ("CLEAN", "0.00", "20.00"),
    ]
    assert total((line.gross for line in made), "EUR") == stay.total_amount == Money(144, "EUR")
    assert {line.code.kind for line in made} == {"charge", "tax"}
    taxes = LedgerEntry.objects.filter(ledger="tax").values_list("code__code", "amount").order_by("pk")
    assert list(taxes) == [
        ("CITY", Decimal(-4)),
        ("VAT", Decimal(-8)),
        ("VAT", Decimal(-2)),
        ("CLEAN", Decimal(-20)),
    ]


def test_posting_a_night_again_changes_nothing(cast):
    stay = taxed_house(cast.alpha).reserve(0, 1)
    nights_post(place=cast.alpha, nights=[night_of(stay)])
    assert nights_post(place=cast.alpha, nights=[night_of(stay)]) == []
    assert Posting.objects.count() == 4


def test_many_stays_cost_as_many_statements_as_a_few(cast):
    house = taxed_house(cast.alpha)
    nights = [night_of(house.reserve(0, 1)) for _ in range(12)]
    nights_post(place=cast.alpha, nights=nights[:1])  # makes the codes

    def statements(chosen) -> int:
        with CaptureQueriesContext(connection) as captured:
            nights_post(place=cast.alpha, nights=chosen)
        return len([q for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]])

    assert statements(nights[1:3]) == statements(nights[3:]) == 10
    assert Posting.objects.count() == 48
