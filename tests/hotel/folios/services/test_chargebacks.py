"""Chargebacks and won disputes: the money moves once each way, whatever is told, how often and in which order."""

from decimal import Decimal

import pytest
from moneyed import Money

from hotel.core.exceptions import Conflict, PmsError
from hotel.core.models import OutboxMessage
from hotel.folios.models import Journal, LedgerEntry, Payment
from hotel.folios.selectors.balances import window_balances
from hotel.folios.selectors.deposits import deposits_held
from hotel.folios.services.chargebacks import (
    Dispute,
    chargeback_enter,
    chargeback_record,
    chargeback_reinstate,
    chargeback_win,
)
from hotel.folios.services.deposits import deposits_transfer_to_guest
from hotel.folios.services.folios import folio_close, folio_open
from hotel.folios.services.gateway_notices import notice_receive
from hotel.folios.services.refunds import payment_refund
from hotel.folios.tasks import payments_reconcile
from tests.factories.accounts import user_make
from tests.factories.folios import charge_make
from tests.factories.payments import payment_make
from tests.factories.reservations import reservation_make
from tests.hotel.folios.books import payments_broken
from tests.hotel.folios.desk import make_desk
from tests.together import together


@pytest.fixture(autouse=True)
def sound(db):
    """At the end of each test the books of payments are sound."""
    yield
    assert payments_broken() == {}


def dispute(desk, amount=80, fee=None, **over):
    kept = None if fee is None else desk.money(fee)
    return Dispute(**{"reference": "dp_1", "amount": desk.money(amount), "fee": kept, **over})


def owed(desk) -> Decimal:
    return window_balances(desk.place.pk, [desk.window.pk])[desk.window.pk].amount


def fees(desk) -> Decimal:
    rows = LedgerEntry.objects.filter(property=desk.place, ledger="fee")
    return sum((row.amount.amount for row in rows), Decimal(0))


def state(desk):
    return owed(desk), desk.booked(), fees(desk), Payment.objects.count()


def test_what_the_bank_takes_back_the_guest_owes_again(desk):
    payment = desk.charged(80)
    taken = chargeback_record(payment=payment, dispute=dispute(desk, reason="fraud"))
    assert (taken.kind, taken.status, taken.of, taken.reason) == ("chargeback", "refunded", payment, "fraud")
    assert state(desk) == (0, 0, 0, 2)
    assert chargeback_record(payment=payment, dispute=dispute(desk)).pk == taken.pk
    payment.refresh_from_db()
    assert (payment.status, payment.charged_back_amount, state(desk)) == ("captured", 80, (0, 0, 0, 2))
    with pytest.raises(Conflict) as caught:
        payment_refund(payment=payment, amount=desk.money(1), key="r1")
    assert caught.value.code == "nothing_to_refund"


def test_what_is_won_the_guest_has_paid_again(desk):
    payment = desk.charged(80)
    taken = chargeback_record(payment=payment, dispute=dispute(desk))
    given = chargeback_win(payment=payment, dispute=dispute(desk))
    assert (given.kind, given.status, given.of, given.captured_amount) == (
        "reinstated",
        "captured",
        taken,
        80,
    )
    taken.refresh_from_db()
    payment.refresh_from_db()
    assert (taken.status, payment.charged_back_amount, state(desk)) == ("reinstated", 0, (-80, 80, 0, 3))
    topics = list(OutboxMessage.objects.order_by("pk").values_list("topic", flat=True))
    assert topics[-3:] == ["PaymentReceived", "PaymentStatusChanged", "PaymentStatusChanged"]
    # What was won can be paid back, once.
    assert payment_refund(payment=payment, amount=desk.money(80), key="r1").status == "refunded"
    with pytest.raises(PmsError):
        payment_refund(payment=payment, amount=desk.money(1), key="r2")


@pytest.fixture
def clerk(desk):
    return user_make(desk.place)


def test_a_letter_of_the_bank_is_booked_by_hand_and_so_is_that_it_was_won(desk, clerk):
    payment = payment_make(desk.place, target=desk.window, code="card_terminal")
    told = dispute(desk, 50, fee=15, reference="Letter 7", reason="Not there")

    taken = chargeback_enter(payment=payment, dispute=told, actor=clerk)
    assert (taken.kind, taken.of, taken.actor, taken.gateway_reference) == (
        "chargeback", payment, clerk, "Letter 7",
    )  # fmt: skip
    assert state(desk) == (-30, 15, 15, 2)
    assert chargeback_enter(payment=payment, dispute=told, actor=clerk).pk == taken.pk

    given = chargeback_reinstate(chargeback=taken, actor=clerk, fee=desk.money(15), reason="Won")
    assert (given.kind, given.of, given.actor, given.reason) == ("reinstated", taken, clerk, "Won")
    assert state(desk) == (-80, 80, 0, 3)
    with pytest.raises(Conflict) as caught:
        chargeback_reinstate(chargeback=taken, actor=clerk)
    assert (caught.value.code, state(desk)) == ("payment_status", (-80, 80, 0, 3))


def test_what_is_booked_by_hand_is_not_booked_again_when_the_processor_tells_it(desk, clerk):
    payment = desk.charged(80)
    taken = chargeback_enter(payment=payment, dispute=dispute(desk), actor=clerk)
    assert chargeback_record(payment=payment, dispute=dispute(desk)) == taken
    assert state(desk) == (0, 0, 0, 2)


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (Money("80.01", "EUR"), "chargeback_exceeds_captured"),
        (Money(0, "EUR"), "amount_invalid"),
        (Money(1, "USD"), "amount_invalid"),
    ],
    ids=str,
)
def test_no_more_is_booked_by_hand_than_was_taken(desk, clerk, amount, code):
    payment = desk.charged(80)
    with pytest.raises(PmsError) as caught:
        chargeback_enter(payment=payment, dispute=Dispute(reference="L", amount=amount), actor=clerk)
    assert (caught.value.code, state(desk)) == (code, (-80, 80, 0, 1))


def test_nothing_is_taken_back_by_hand_of_cash_or_of_what_was_taken_back(desk, clerk):
    cash = payment_make(desk.place, target=desk.window, amount=10, code="cash")
    gone = desk.charged(80)
    chargeback_record(payment=gone, dispute=dispute(desk))
    before, told = state(desk), dispute(desk, 1, reference="Another")
    for payment, code in ((cash, "cash_is_final"), (gone, "chargeback_exceeds_captured")):
        with pytest.raises(PmsError) as caught:
            chargeback_enter(payment=payment, dispute=told, actor=clerk)
        assert (caught.value.code, state(desk)) == (code, before)


def test_the_fee_is_the_houses_until_it_is_given_back(desk):
    payment = desk.charged(80)
    for _ in range(2):
        chargeback_record(payment=payment, dispute=dispute(desk, fee=15))
    assert state(desk) == (0, -15, 15, 2)
    for _ in range(2):
        chargeback_win(payment=payment, dispute=dispute(desk, fee=15))
    assert state(desk) == (-80, 80, 0, 3)


def test_a_fee_that_is_not_given_back_stays(desk):
    payment = desk.charged(80)
    chargeback_record(payment=payment, dispute=dispute(desk, fee=15))
    chargeback_win(payment=payment, dispute=dispute(desk))
    assert state(desk) == (-80, 65, 15, 3)


@pytest.mark.parametrize("fee", [Money(-1, "EUR"), Money(1, "JPY")], ids=str)
def test_what_is_no_fee_is_refused_and_nothing_is_booked(desk, fee):
    payment, before = desk.charged(80), Journal.objects.count()
    bad = Dispute(reference="dp_1", amount=desk.money(80), fee=fee)
    with pytest.raises(PmsError) as caught:
        chargeback_record(payment=payment, dispute=bad)
    assert (caught.value.code, Journal.objects.count()) == ("amount_invalid", before)
    assert state(desk) == (-80, 80, 0, 1)


def test_a_dispute_is_told_of_one_amount(desk):
    payment = desk.charged(80)
    chargeback_record(payment=payment, dispute=dispute(desk))
    before = state(desk)
    for book in (chargeback_record, chargeback_win):
        with pytest.raises(PmsError) as caught:
            book(payment=payment, dispute=dispute(desk, 79))
        assert caught.value.code == "payment_key_reused"
    assert state(desk) == before


def test_two_disputes_of_one_payment_are_told_apart(desk):
    payment = desk.charged(80)
    chargeback_record(payment=payment, dispute=dispute(desk, 30))
    chargeback_record(payment=payment, dispute=dispute(desk, 20, reference="dp_2"))
    chargeback_win(payment=payment, dispute=dispute(desk, 20, reference="dp_2"))
    payment.refresh_from_db()
    assert (payment.charged_back_amount, owed(desk)) == (30, -50)


def test_a_chargeback_of_a_closed_folio_is_won_on_the_new_one(desk):
    payment = desk.charged(80)
    charge_make(desk.window.folio, 80)
    folio_close(folio=desk.window.folio)
    for _ in range(2):
        taken = chargeback_record(payment=payment, dispute=dispute(desk))
        given = chargeback_win(payment=payment, dispute=dispute(desk))
    assert (taken.window, given.window.folio.status) == (given.window, "open")
    assert window_balances(desk.place.pk, [given.window_id])[given.window_id].amount == 0


def test_a_deposit_comes_back_to_where_it_was_taken_from(desk):
    stay = reservation_make(desk.place)
    held, used = payment_make(desk.place, 80, target=stay), payment_make(desk.place, 50, target=stay)
    for of, name in ((held, "a"), (used, "b")):
        if of is used:
            folio = folio_open(reservation=stay)
            deposits_transfer_to_guest(reservation=stay)
        chargeback_record(payment=of, dispute=dispute(desk, of.amount.amount, reference=name))
        chargeback_win(payment=of, dispute=dispute(desk, of.amount.amount, reference=name))
    assert not deposits_held(desk.place, [stay.pk])[stay.pk].amount.amount
    window = folio.windows.get(number=1)
    assert window_balances(desk.place.pk, [window.pk])[window.pk].amount == -130


ORDERS = [
    ["taken", "won"],
    ["taken", "taken", "won", "won"],
    ["won", "taken"],
    ["won", "won", "taken", "won", "taken"],
    ["taken", "won", "taken"],
]


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_events_in_any_order_have_one_effect(desk, order):
    payment = desk.charged(80)
    first = desk.simulator.chargeback(payment.gateway_reference, fee="15.00")
    (known,) = desk.simulator.book.disputes.values()
    for event in order:
        # Each is told again as an event of its own, as processors do that tell one thing by several topics.
        told = desk.simulator._dispute_told("chargeback" if event == "taken" else "chargeback_won", known, "")
        notice_receive(slug=desk.account.slug, body=told.body, headers=told.headers)
        payments_reconcile()
    assert state(desk) == (-80, 80, 0, 3)
    assert sorted(Payment.objects.values_list("kind", "status")) == [
        ("chargeback", "reinstated"), ("payment", "captured"), ("reinstated", "captured"),
    ]  # fmt: skip
    assert b"chargeback" in first.body


def test_the_simulator_tells_that_a_dispute_was_won(desk):
    payment = desk.charged(80)
    told = [desk.simulator.chargeback(payment.gateway_reference)]
    told += [desk.simulator.chargeback_won(*desk.simulator.book.disputes)]
    for event in told:
        notice_receive(slug=desk.account.slug, body=event.body, headers=event.headers)
    assert payments_reconcile() == 2
    assert state(desk) == (-80, 80, 0, 3)


@pytest.mark.django_db(transaction=True)
def test_a_win_told_twice_at_once_is_booked_once(simulator, stage):
    desk = make_desk(stage.alpha, simulator)
    payment = desk.charged(80)
    win = lambda: chargeback_win(payment=payment, dispute=dispute(desk))  # noqa: E731
    results = together(win, win)
    assert {getattr(r, "code", "done") for r in results if isinstance(r, Exception)} <= {"lock_refused"}
    assert state(desk) == (-80, 80, 0, 3)
