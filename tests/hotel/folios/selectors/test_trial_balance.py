"""The trial balance: of any day, in one query, together zero."""

from datetime import timedelta

import pytest
from moneyed import Money

from hotel.folios.choices import Ledger
from hotel.folios.selectors.trial_balance import movements, trial_balance
from hotel.folios.services.city_ledger import city_ledger_transfer
from hotel.folios.services.codes import standard_code
from hotel.folios.services.deposits import deposit_post, deposits_transfer_to_guest
from hotel.folios.services.folios import folio_open
from hotel.folios.services.ledger_days import ledger_days_freeze
from hotel.properties.services.business_days import business_day_close
from tests.cast import TODAY
from tests.contracts.queries import PEEKED, rows_read
from tests.factories.folios import charge_make, city_account_make, folio_make, money, payment_make, vat_make
from tests.factories.reservations import house_make

DAY = timedelta(days=1)


@pytest.fixture
def three_days(cast):
    """A deposit; a night of it used and something paid; the rest to the city ledger."""
    vat_make(cast.alpha)
    place, stay = cast.alpha, house_make(cast.alpha).reserve(0, 2)
    deposit_post(reservation=stay, code=standard_code(place, "card"), amount=money(place, 60))
    business_day_close(place=place)
    folio = folio_open(reservation=stay)
    deposits_transfer_to_guest(reservation=stay)
    charge_make(folio, 110, code="room")
    payment_make(folio, 20)
    business_day_close(place=place)
    city_ledger_transfer(window=folio.windows.get(), account=city_account_make(place))
    return place


def shown(place, day) -> dict[str, tuple[str, ...]]:
    found = trial_balance(place, day)
    assert found.difference == Money(0, "EUR")
    return {
        line.ledger.value: tuple(
            f"{amount.amount:.0f}" for amount in (line.opening, line.debits, line.credits, line.closing)
        )
        for line in found.lines
        if (line.opening.amount, line.debits.amount, line.credits.amount) != (0, 0, 0)
    }


DAYS = [
    {"deposit": ("0", "0", "-60", "-60"), "payment": ("0", "60", "0", "60")},
    {
        "guest": ("0", "110", "-80", "30"),
        "deposit": ("-60", "60", "0", "0"),
        "revenue": ("0", "0", "-100", "-100"),
        "tax": ("0", "0", "-10", "-10"),
        "payment": ("60", "20", "0", "80"),
    },
    {
        "guest": ("30", "0", "-30", "0"),
        "city": ("0", "30", "0", "30"),
        "revenue": ("-100", "0", "0", "-100"),
        "tax": ("-10", "0", "0", "-10"),
        "payment": ("80", "0", "0", "80"),
    },
]


@pytest.mark.parametrize("frozen", [False, True])
def test_each_day_opens_with_what_the_day_before_closed_with(three_days, frozen):
    if frozen:
        assert ledger_days_freeze(place=three_days) == 7
    assert [shown(three_days, TODAY + number * DAY) for number in range(3)] == DAYS


def test_all_ledgers_are_named_and_it_costs_one_query(three_days, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = trial_balance(three_days, TODAY)
    assert [line.ledger for line in found.lines] == list(Ledger)
    assert found.line(Ledger.DEPOSIT).closing == Money(-60, "EUR")
    assert trial_balance(three_days, TODAY - DAY).difference == Money(0, "EUR")


def test_movements_are_told_by_code(three_days, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = movements(three_days, TODAY + DAY)
    assert [(row.ledger, row.code, row.group, str(row.amount.amount), row.entries) for row in found] == [
        ("deposit", "deposit_transfer", "", "60.00", 1),
        ("guest", "cash", "", "-20.00", 1),
        ("guest", "deposit_transfer", "", "-60.00", 1),
        ("guest", "room", "room", "110.00", 1),
        ("payment", "cash", "", "20.00", 1),
        ("revenue", "room", "room", "-100.00", 1),
        ("tax", "VAT", "", "-10.00", 1),
    ]


def test_a_trial_balance_reads_the_entries_since_the_last_frozen_day_alone(cast):
    folio = folio_make(cast.alpha)
    for _ in range(6):
        charge_make(folio, 30)
        charge_make(folio, 12)
        business_day_close(place=cast.alpha)
        ledger_days_freeze(place=cast.alpha)
    charge_make(folio, 5)
    for day, entries in ((TODAY, 4), (TODAY + 5 * DAY, 4), (TODAY + 6 * DAY, 2)):
        read = rows_read("folios_ledgerentry", lambda day=day: trial_balance(cast.alpha, day))
        assert entries <= read <= entries + PEEKED
