"""Foreign cash with change, and paid back: what the guest gets, what the till holds, what the ledger says."""

from decimal import Decimal

import pytest
from moneyed import Money

from hotel.accounts.models import User
from hotel.core.exceptions import PmsError
from hotel.folios.domain.exchange import Rates
from hotel.folios.models import CashMovement, Journal, LedgerEntry, Payment
from hotel.folios.selectors.balances import window_balances
from hotel.folios.selectors.tills import tills_expected
from hotel.folios.services.codes import standard_code
from hotel.folios.services.payments import payment_take
from hotel.folios.services.refunds import payment_refund
from tests.factories.folios import charge_make, folio_window_make
from tests.factories.payments import cashier_session_make, exactly, exchange_rate_make, payment_data
from tests.hotel.folios.books import payments_broken
from tests.together import together

RATES = (Decimal("0.90"), Decimal("0.92"), Decimal("0.95"))


@pytest.fixture
def bo(stage):
    """A cashier without limits, with 50 euros and 20 dollars."""
    exchange_rate_make(stage.alpha)
    person = stage.person(())
    User.objects.filter(pk=person.pk).update(is_superuser=True)
    person.refresh_from_db()
    cashier_session_make(stage.alpha, person, floats={"EUR": Decimal(50), "USD": Decimal(20)})
    return person


@pytest.fixture
def window(stage):
    """Of a guest who owes 80 euros."""
    found = folio_window_make(stage.alpha)
    charge_make(found.folio, 80)
    return found


def taken(bo, window, amount="100.00", settles="80.00", **over):
    data = payment_data(
        window.property, Money(amount, "USD"), target=window, actor=bo,
        settles=Money(settles, "EUR") if settles else None, **over,
    )  # fmt: skip
    return payment_take(data=data, code=standard_code(window.property, "cash"))


def back(payment, amount, currency="USD", key="r1", **over):
    return payment_refund(payment=payment, amount=Money(amount, currency), key=key, reason="left", **over)


def till(bo):
    session = bo.cashier_sessions.get()
    return {code: str(money.amount) for code, money in tills_expected([session.pk])[session.pk].items()}


def ledgers():
    """Sum of each ledger but revenue and tax."""
    found: dict[str, Decimal] = {}
    for row in LedgerEntry.objects.filter(ledger__in=("guest", "payment", "fx")):
        found[row.ledger] = found.get(row.ledger, Decimal(0)) + row.amount.amount
    return {name: str(amount) for name, amount in found.items()}


@pytest.fixture
def sound(db):
    """Nothing is broken at the end of the test."""
    yield
    assert payments_broken() == {}


def test_the_change_is_given_in_the_houses_currency(bo, window, sound):
    payment = taken(bo, window)
    assert (payment.amount, payment.tendered_money) == (Money("80.00", "EUR"), Money("100.00", "USD"))
    assert payment.change == [Money("10.00", "EUR")]
    assert window_balances(window.property_id, [window.pk])[window.pk] == exactly(window.property, "0")
    # 100 dollars are worth 92 euros; 10 went out: 82 for a debt of 80.
    assert ledgers() == {"guest": "0.000", "payment": "82.000", "fx": "-2.000"}
    assert till(bo) == {"EUR": "40.000", "USD": "120.000"}


def test_the_change_is_given_in_the_currency_handed_over(bo, window, sound):
    payment = taken(bo, window, is_change_foreign=True)
    assert payment.change == [Money("11.11", "USD")]
    assert ledgers() == {"guest": "0.000", "payment": "81.780", "fx": "-1.780"}
    assert till(bo) == {"EUR": "50.000", "USD": "108.890"}


def test_what_the_smallest_note_leaves_is_given_in_the_houses_currency(bo, window, sound):
    exchange_rate_make(window.property, rates=Rates(*RATES, step=Decimal(5)))
    payment = taken(bo, window, is_change_foreign=True)
    assert payment.change == [Money("10.00", "USD"), Money("1.00", "EUR")]
    assert ledgers() == {"guest": "0.000", "payment": "81.800", "fx": "-1.800"}
    kinds = [(row.kind, str(row.amount.amount)) for row in CashMovement.objects.filter(payment=payment)]
    assert kinds == [("change", "-10.000"), ("change", "-1.000"), ("payment", "100.000")]


def test_money_that_is_just_enough_gets_no_change(bo, window, sound):
    payment = taken(bo, window, settles="90.00")
    assert (payment.change, till(bo)) == ([], {"EUR": "50.000", "USD": "120.000"})


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"settles": "90.01"}, "tendered_too_little"),
        ({"settles": "0.00"}, "amount_invalid"),
        ({"settles": "80.001"}, "amount_invalid"),
        ({"settles": "30.00"}, "not_in_till"),  # 60 euros of change, 50 in the till
        ({"amount": "200.00", "is_change_foreign": True}, "not_in_till"),  # the note is no change for itself
    ],
)
def test_change_that_cannot_be_given_is_refused_and_nothing_moves(bo, window, over, code):
    before = (Journal.objects.count(), till(bo), ledgers())
    with pytest.raises(PmsError) as caught:
        taken(bo, window, **over)
    assert caught.value.code == code
    assert (Journal.objects.count(), till(bo), ledgers(), Payment.objects.count()) == (*before, 0)


@pytest.mark.parametrize("way", ["cash", "voucher"])
def test_change_is_for_foreign_cash_only(bo, window, way):
    data = payment_data(
        window.property, "100", target=window, actor=bo, settles=exactly(window.property, "80")
    )
    with pytest.raises(PmsError) as caught:
        payment_take(data=data, code=standard_code(window.property, way))
    assert (caught.value.code, Payment.objects.count()) == ("change_invalid", 0)


def test_a_repeated_key_gives_change_once_even_after_the_rate_changed(bo, window, sound):
    first = taken(bo, window, key="k1")
    exchange_rate_make(window.property, rates=Rates(Decimal("0.85"), Decimal("0.90"), Decimal("0.95")))
    assert taken(bo, window, key="k1").pk == first.pk
    for over in ({"amount": "101.00"}, {"settles": "79.00"}):
        with pytest.raises(PmsError) as caught:
            taken(bo, window, key="k1", **over)
        assert caught.value.code == "payment_key_reused"
    assert (till(bo), Payment.objects.count()) == ({"EUR": "40.000", "USD": "120.000"}, 1)


def test_foreign_cash_is_paid_back_in_the_houses_currency(bo, window, sound):
    payment = taken(bo, window)
    refund = back(payment, "40.00", "EUR", actor=bo)
    assert (refund.amount, refund.tendered_money) == (Money("40.00", "EUR"), None)
    assert ledgers() == {"guest": "40.000", "payment": "42.000", "fx": "-2.000"}
    assert till(bo) == {"EUR": "0.000", "USD": "120.000"}


def test_foreign_cash_is_paid_back_in_its_own_currency_at_the_sell_rate(bo, window, sound):
    payment = taken(bo, window)
    refund = back(payment, "40.00", actor=bo)
    assert (refund.amount, refund.tendered_money) == (Money("38.00", "EUR"), Money("40.00", "USD"))
    # 40 dollars were worth 36.80 and cost the guest 38.
    assert ledgers() == {"guest": "38.000", "payment": "45.200", "fx": "-3.200"}
    assert till(bo) == {"EUR": "40.000", "USD": "80.000"}
    payment.refresh_from_db()
    assert (payment.status, payment.refunded_amount) == ("partially_refunded", 38)


def test_more_than_was_credited_is_not_paid_back_in_any_currency(bo, window, sound):
    payment = taken(bo, window)
    back(payment, "40.00", actor=bo)
    before = (ledgers(), till(bo))
    for amount, currency in (("42.01", "EUR"), ("44.23", "USD")):
        with pytest.raises(PmsError) as caught:
            back(payment, amount, currency, key="r2", actor=bo)
        assert caught.value.code == "refund_exceeds_captured"
    assert (ledgers(), till(bo), Payment.objects.count()) == (*before, 2)


def test_more_than_was_handed_over_is_not_paid_back_when_the_rate_has_fallen(bo, window, sound):
    payment = taken(bo, window, is_change_foreign=True)  # 88.89 dollars stayed
    exchange_rate_make(window.property, rates=Rates(Decimal("0.5"), Decimal("0.5"), Decimal("0.5")))
    assert back(payment, "80.00", actor=bo).amount == Money("40.00", "EUR")
    with pytest.raises(PmsError) as caught:
        back(payment, "8.90", key="r2", actor=bo)
    assert (caught.value.code, Payment.objects.count()) == ("refund_exceeds_captured", 2)
    assert back(payment, "8.89", key="r3", actor=bo).amount == Money("4.45", "EUR")


@pytest.mark.parametrize(
    ("amount", "currency", "code"),
    [
        ("10.00", "GBP", "amount_invalid"),
        ("3.00", "USD", "amount_invalid"),
        ("0.00", "USD", "amount_invalid"),
    ],
)
def test_what_cannot_be_handed_out_is_not_paid_back(bo, window, amount, currency, code):
    payment = taken(bo, window)
    exchange_rate_make(window.property, rates=Rates(*RATES, step=Decimal(5)))
    before = (ledgers(), till(bo))
    with pytest.raises(PmsError) as caught:
        back(payment, amount, currency, actor=bo)
    assert caught.value.code == code
    assert (ledgers(), till(bo), Payment.objects.count()) == (*before, 1)


def test_what_was_paid_in_the_houses_currency_is_not_paid_back_in_another(bo, window):
    data = payment_data(window.property, "40", target=window, actor=bo)
    payment = payment_take(data=data, code=standard_code(window.property, "cash"))
    with pytest.raises(PmsError) as caught:
        back(payment, "10.00", actor=bo)
    assert (caught.value.code, Payment.objects.count()) == ("amount_invalid", 1)


def test_a_repeated_refund_in_foreign_cash_goes_out_once(bo, window, sound):
    payment = taken(bo, window)
    first = back(payment, "40.00", actor=bo)
    assert back(payment, "40.00", actor=bo).pk == first.pk
    assert till(bo)["USD"] == "80.000"


@pytest.mark.django_db(transaction=True)
def test_refunds_in_two_currencies_that_race_never_exceed_what_was_credited(bo, window):
    payment = taken(bo, window)
    results = together(
        lambda: back(payment, "60.00", actor=bo),  # 57 euros
        lambda: back(payment, "30.00", "EUR", key="r2", actor=bo),
    )
    codes = [error.code for error in results if isinstance(error, Exception)]
    assert len(codes) == 1
    assert set(codes) <= {"refund_exceeds_captured", "lock_refused"}
    payment.refresh_from_db()
    assert payment.refunded_amount in (30, 57)
