"""The worked tables of docs/algorithms/folios.md."""

from decimal import Decimal

import pytest
from moneyed import Money

from hotel.folios.domain.amounts import Amounts, TaxPart, cut
from hotel.folios.models import Journal, LedgerEntry
from hotel.folios.selectors.trial_balance import trial_balance
from hotel.folios.services.breakage import allowances_settle
from hotel.folios.services.city_ledger import city_ledger_transfer
from hotel.folios.services.codes import standard_code
from hotel.folios.services.corrections import posting_adjust
from hotel.folios.services.deposits import deposit_post, deposits_transfer_to_guest
from hotel.folios.services.folios import window_open
from hotel.folios.services.nights import Night, nights_post
from hotel.folios.services.postings import charge_post
from hotel.rates.domain.quotes import night_price_load
from hotel.reservations.models import ReservationNight
from tests.factories.folios import (
    charge_make,
    city_account_make,
    folio_make,
    guest_folio_make,
    money,
    payment_make,
    routing_rule_make,
    vat_make,
)
from tests.factories.rates import package_make
from tests.factories.reservations import house_make
from tests.pages import worked_table


def test_the_worked_day(cast):
    vat_make(cast.alpha)
    place, folio = cast.alpha, guest_folio_make(cast.alpha)
    stay, window = folio.reservation, folio.windows.get()
    drink = []
    events = {
        "deposit": lambda: deposit_post(
            reservation=stay, code=standard_code(place, "card"), amount=money(place, 60)
        ),
        "deposit used": lambda: deposits_transfer_to_guest(reservation=stay),
        "room": lambda: charge_make(folio, 110, code="room"),
        "drink": lambda: drink.append(charge_make(folio, 11)),
        "rebate": lambda: posting_adjust(posting=drink[0], amount=money(place, "5.50"), reason="Cold"),
        "cash": lambda: payment_make(folio, 20),
        "city ledger": lambda: city_ledger_transfer(window=window, account=city_account_make(place)),
    }
    *rows, closing = worked_table("folios", "Worked day")
    ledgers = [name for name in closing if name != "Event"]
    assert [row["Event"] for row in rows] == list(events)
    seen = 0
    for row in rows:
        events[row["Event"]]()
        made = LedgerEntry.objects.filter(pk__gt=seen).order_by("pk")
        sums = dict.fromkeys(ledgers, Decimal(0))
        for entry in made:
            sums[entry.ledger] += entry.amount.amount
        assert {name: f"{amount:.2f}" for name, amount in sums.items()} == {
            name: row[name] for name in ledgers
        }
        seen = LedgerEntry.objects.order_by("pk").last().pk
    found = {
        line.ledger.value: f"{line.closing.amount:.2f}"
        for line in trial_balance(place, place.business_date).lines
    }
    assert {name: found[name] for name in ledgers} == {name: closing[name] for name in ledgers}


def test_the_worked_allowance(cast):
    vat_make(cast.alpha)
    place, house = cast.alpha, house_make(cast.alpha, price="110")
    package_make(house.plan, 44, "HB", group="food", is_included=False, is_allowance=True)
    stay = house.reserve(0, 1)
    folio = guest_folio_make(place, stay)
    price = night_price_load(ReservationNight.objects.get(reservation=stay).price_detail)
    charge_post(folio=folio, code=standard_code(place, "food"), amount=money(place, 66))
    eaten = list(Journal.objects.order_by("pk"))
    nights_post(place=place, nights=[Night(folio.pk, stay.pk, price)])
    assert allowances_settle(place=place, day=place.business_date) == {
        "breakage": Decimal(20),
        "loss": Decimal(0),
    }
    *rows, closing = worked_table("folios", "Worked allowance")
    ledgers = [name for name in closing if name != "Event"]
    journals = list(Journal.objects.order_by("pk"))
    assert len(eaten) == 2
    for row, journal in zip(rows, journals, strict=True):
        sums = dict.fromkeys(ledgers, Decimal(0))
        for entry in journal.entries.all():
            sums[entry.ledger] += entry.amount.amount
        assert {name: f"{sums[name]:.2f}" for name in ledgers} == {name: row[name] for name in ledgers}
    found = {
        line.ledger.value: f"{line.closing.amount:.2f}"
        for line in trial_balance(place, place.business_date).lines
    }
    assert {name: found.get(name, "0.00") for name in ledgers} == {name: closing[name] for name in ledgers}


def test_limits(cast):
    place, folio = cast.alpha, folio_make(cast.alpha)
    two, three = window_open(folio=folio), window_open(folio=folio)
    routing_rule_make(place, folio=folio, window=two, groups=["room"], limit_amount=money(place, 150))
    routing_rule_make(place, folio=folio, window=three, groups=["food"], limit_rate=Decimal("0.5"))
    for row in worked_table("folios", "Limits"):
        code = standard_code(place, row["Charge"])
        assert code.group == row["Group"]
        made = charge_post(folio=folio, code=code, amount=money(place, row["Gross"]))
        sent = {posting.window.number: f"{posting.gross.amount:.2f}" for posting in made}
        assert {n: sent.get(n, "0.00") for n in (1, 2, 3)} == {n: row[f"Window {n}"] for n in (1, 2, 3)}


@pytest.mark.parametrize("row", worked_table("folios", "Parts"), ids=lambda row: row["Whole"])
def test_parts(row):
    gross, tax = (Money(row[name], "EUR") for name in ("Whole", "Tax"))
    net = gross - tax
    parts = cut(Amounts(net, (TaxPart(net, tax),)), [int(weight) for weight in row["Weights"].split(",")])
    shown = {
        "Gross of the parts": [part.gross for part in parts],
        "Taxes of the parts": [part.taxes[0].amount for part in parts],
        "Net of the parts": [part.net for part in parts],
    }
    assert {name: ", ".join(str(m.amount) for m in some) for name, some in shown.items()} == {
        name: row[name] for name in shown
    }
