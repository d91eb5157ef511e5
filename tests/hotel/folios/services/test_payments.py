"""Cash, terminal, bank transfer and voucher: taken once, in the till, in the ledger; foreign cash at its rate."""

from decimal import Decimal

import pytest
from moneyed import Money

from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.core.models import OutboxMessage
from hotel.folios.models import CashMovement, Journal, LedgerEntry, Payment, Posting
from hotel.folios.selectors.balances import window_balances
from hotel.folios.services.codes import standard_code
from hotel.folios.services.corrections import posting_reverse
from hotel.folios.services.folios import folio_close
from hotel.folios.services.payments import payment_take
from tests.factories.folios import folio_window_make
from tests.factories.payments import (
    cashier_session_make,
    exactly,
    exchange_rate_make,
    payment_data,
)
from tests.factories.reservations import reservation_make


def entries_of(payment):
    rows = LedgerEntry.objects.filter(journal__reference=payment.number).order_by("pk")
    return [(row.ledger, str(row.amount.amount), row.amount.currency.code) for row in rows]


def test_a_voucher_settles_a_window(stage):
    data = payment_data(stage.alpha, "80.50", reference="")
    payment = payment_take(data=data, code=standard_code(stage.alpha, "voucher"))
    assert (payment.status, payment.captured_amount, payment.number[:7]) == (
        "captured",
        Decimal("80.50"),
        "ALPHA-P",
    )
    assert entries_of(payment) == [("guest", "-80.500", "EUR"), ("payment", "80.500", "EUR")]
    assert window_balances(stage.alpha.pk, [data.target.pk]) == {
        data.target.pk: exactly(stage.alpha, "-80.50")
    }
    topics = list(OutboxMessage.objects.order_by("pk").values_list("topic", flat=True))
    assert topics[-2:] == ["PaymentReceived", "PaymentStatusChanged"]


def test_a_payment_before_the_stay_is_a_deposit(stage):
    stay = reservation_make(stage.alpha)
    data = payment_data(stage.alpha, 80, target=stay)
    payment = payment_take(data=data, code=standard_code(stage.alpha, "bank"))
    assert (payment.reservation, payment.window, payment.status) == (stay, None, "captured")
    rows = LedgerEntry.objects.filter(journal=payment.journal).order_by("ledger")
    assert [(row.ledger, row.amount.amount, row.reservation) for row in rows] == [
        ("deposit", -80, stay),
        ("payment", 80, rows[1].reservation),
    ]


def test_a_repeated_key_takes_once(stage):
    data, code = payment_data(stage.alpha), standard_code(stage.alpha, "voucher")
    first = payment_take(data=data, code=code)
    assert payment_take(data=data, code=code).pk == first.pk
    assert (Payment.objects.count(), Posting.objects.count()) == (1, 1)


def test_a_key_is_for_one_payment(stage):
    data, code = payment_data(stage.alpha), standard_code(stage.alpha, "voucher")
    payment_take(data=data, code=code)
    others = [
        (payment_data(stage.alpha, 81, key=data.key, target=data.target), code),
        (payment_data(stage.alpha, 80, key=data.key), code),
        (data, standard_code(stage.alpha, "bank")),
    ]
    for other, way in others:
        with pytest.raises(RuleBroken) as caught:
            payment_take(data=other, code=way)
        assert caught.value.code == "payment_key_reused"
    assert (Payment.objects.count(), Posting.objects.count()) == (1, 1)


@pytest.mark.parametrize("amount", ["0", "-1", "0.001"])
def test_what_is_no_amount_is_refused(stage, amount):
    with pytest.raises(InvalidInput) as caught:
        payment_take(data=payment_data(stage.alpha, amount), code=standard_code(stage.alpha, "voucher"))
    assert (caught.value.code, Payment.objects.count(), Journal.objects.count()) == ("amount_invalid", 0, 0)


@pytest.mark.parametrize("code", ["room", "card", "tip"])
def test_only_ways_of_payment_without_a_processor_are_taken(stage, code):
    with pytest.raises(InvalidInput) as caught:
        payment_take(data=payment_data(stage.alpha), code=standard_code(stage.alpha, code))
    assert (caught.value.code, Payment.objects.count()) == ("code_invalid", 0)


def test_another_propertys_code_is_refused(stage):
    with pytest.raises(InvalidInput):
        payment_take(data=payment_data(stage.alpha), code=standard_code(stage.beta, "voucher"))
    assert Payment.objects.count() == 0


def test_a_closed_window_takes_nothing(stage):
    window = folio_window_make(stage.alpha)
    folio_close(folio=window.folio)
    window.refresh_from_db()
    with pytest.raises(Conflict) as caught:
        payment_take(
            data=payment_data(stage.alpha, target=window), code=standard_code(stage.alpha, "voucher")
        )
    assert (caught.value.code, Payment.objects.count()) == ("window_closed", 0)


def test_cash_goes_into_the_till_of_whoever_takes_it(stage):
    bo = stage.person({"post_folios_area"})
    session = cashier_session_make(stage.alpha, bo)
    data = payment_data(stage.alpha, 80, actor=bo)
    payment = payment_take(data=data, code=standard_code(stage.alpha, "cash"))
    movement = session.movements.get()
    assert (movement.kind, movement.amount, movement.payment) == (
        "payment",
        exactly(stage.alpha, "80"),
        payment,
    )
    payment_take(data=data, code=standard_code(stage.alpha, "cash"))
    assert session.movements.count() == 1


def test_cash_needs_an_open_till(stage):
    bo = stage.person({"post_folios_area"})
    cashier_session_make(stage.alpha)  # somebody else's
    with pytest.raises(RuleBroken) as caught:
        payment_take(data=payment_data(stage.alpha, actor=bo), code=standard_code(stage.alpha, "cash"))
    assert (caught.value.code, Payment.objects.count(), CashMovement.objects.count()) == (
        "no_cashier_session",
        0,
        0,
    )


def test_foreign_cash_is_credited_at_the_buy_rate_and_the_gain_is_booked(stage):
    exchange_rate_make(stage.alpha)
    bo = stage.person({"post_folios_area"})
    session = cashier_session_make(stage.alpha, bo)
    data = payment_data(stage.alpha, Money("100.00", "USD"), actor=bo)
    payment = payment_take(data=data, code=standard_code(stage.alpha, "cash"))
    assert (payment.amount, payment.tendered_money) == (exactly(stage.alpha, "90.00"), Money("100.00", "USD"))
    assert sorted(entries_of(payment)) == [
        ("fx", "-2.000", "EUR"), ("guest", "-90.000", "EUR"), ("payment", "2.000", "EUR"), ("payment", "90.000", "EUR"),
    ]  # fmt: skip
    assert session.movements.get().amount == Money("100.00", "USD")


def test_the_rate_of_the_business_day_counts(stage):
    exchange_rate_make(stage.alpha)
    data = payment_data(stage.alpha, Money("100.00", "GBP"))
    with pytest.raises(RuleBroken) as caught:
        payment_take(data=data, code=standard_code(stage.alpha, "cash"))
    assert (caught.value.code, Payment.objects.count()) == ("no_exchange_rate", 0)


def test_only_cash_is_taken_in_another_currency(stage):
    exchange_rate_make(stage.alpha)
    data = payment_data(stage.alpha, Money("100.00", "USD"))
    with pytest.raises(InvalidInput):
        payment_take(data=data, code=standard_code(stage.alpha, "voucher"))
    assert (Payment.objects.count(), Journal.objects.count()) == (0, 0)


def test_what_moved_is_paid_back_not_reversed(stage):
    data = payment_data(stage.alpha)
    payment_take(data=data, code=standard_code(stage.alpha, "voucher"))
    with pytest.raises(Conflict) as caught:
        posting_reverse(posting=Posting.objects.get())
    assert (caught.value.code, Posting.objects.count()) == ("posting_of_a_payment", 1)
