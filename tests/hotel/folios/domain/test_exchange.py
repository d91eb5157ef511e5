"""Foreign cash: the table of the page, and its law."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moneyed import Money

from hotel.core.money import rounded
from hotel.folios.domain.exchange import Rates, handed_out, taken_in, taken_with_change
from tests.pages import worked_table

_rate = st.decimals("0.0001", "300", places=4)
_amount = st.decimals("0.01", "99999", places=2)


@pytest.mark.parametrize("row", worked_table("payments", "Cash taken in"), ids=lambda row: row["Tendered"])
def test_cash_taken_in_comes_to_what_the_page_says(row):
    currency, amount = row["Tendered"].split()
    rates = Rates(*(Decimal(row[name]) for name in ("Buy", "Book", "Sell")))
    found = taken_in(Money(Decimal(amount), currency), rates, row["Property"])
    told = tuple(str(part.amount) for part in (found.amount, found.value, found.gain))
    assert told == (row["Amount"], row["Value"], row["Gain"])


def test_cash_handed_out_costs_the_sell_rate():
    rates = Rates(Decimal("0.90"), Decimal("0.92"), Decimal("0.95"))
    found = handed_out(Money("37.55", "USD"), rates, "EUR")
    told = tuple(str(part.amount) for part in (found.amount, found.value, found.gain))
    assert told == ("35.67", "34.55", "1.12")


@given(st.tuples(_rate, _rate, _rate).map(sorted), _amount)
def test_the_house_never_loses_by_an_exchange_at_ordered_rates(rates, amount):
    bought = taken_in(Money(amount, "USD"), Rates(*rates), "EUR")
    sold = handed_out(Money(amount, "USD"), Rates(*rates), "EUR")
    assert bought.amount + bought.gain == bought.value
    assert sold.amount - sold.gain == sold.value
    assert min(bought.gain.amount, sold.gain.amount) >= 0


@pytest.mark.parametrize("row", worked_table("payments", "Change"), ids=lambda row: row["Tendered"])
def test_change_is_what_the_page_says(row):
    currency, amount = row["Tendered"].split()
    rates = Rates(*(Decimal(row[name]) for name in ("Buy", "Book", "Sell", "Step")))
    due = Money(row["Due"], row["Property"])
    found, change = taken_with_change(
        Money(Decimal(amount), currency), due, rates, is_foreign=row["In"] == currency
    )
    told = tuple(str(part.amount) for part in (change.foreign, change.home, found.value, found.gain))
    assert (found.amount, told) == (due, (row["Foreign"], row["Home"], row["Value"], row["Gain"]))


@given(
    st.tuples(_rate, _rate, _rate).map(sorted),
    _amount,
    st.integers(1, 100),
    st.sampled_from(["0", "0.05", "1", "5"]),
    st.booleans(),
)
def test_what_is_credited_and_what_is_given_back_is_what_was_handed_over(
    rates, amount, percent, step, is_foreign
):
    tendered, all_rates = Money(amount, "USD"), Rates(*rates, step=Decimal(step))
    taken = taken_in(tendered, all_rates, "EUR")
    due = rounded(Money(taken.amount.amount * percent / 100, "EUR"))
    found, change = taken_with_change(tendered, due, all_rates, is_foreign=is_foreign)
    assert found.amount == due
    assert min(change.foreign.amount, change.home.amount) >= 0
    assert change.foreign.amount % (Decimal(step) or Decimal("0.01")) == 0
    assert due + change.home + rounded(Money(change.foreign.amount * rates[0], "EUR")) == taken.amount
    # Of the foreign currency less than a step is left over, and rounding costs the house a cent at most.
    rest = change.home.amount / rates[0]
    assert not is_foreign or rest < (Decimal(step) or Decimal("0.01")) + Decimal("0.005") / rates[0]
    assert found.gain.amount >= Decimal("-0.01")
