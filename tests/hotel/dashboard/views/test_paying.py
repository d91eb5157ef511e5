"""Money at the desk: every form moves it once, and never more than is there."""

import uuid
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.folios.models import CashierSession, FolioWindow, LedgerEntry, Payment, PaymentLink, Posting
from hotel.folios.selectors.deposits import deposits_held
from hotel.folios.services.folios import folio_close, window_open
from hotel.folios.services.tills import session_open
from tests.factories.folios import charge_make, city_account_make
from tests.factories.payments import card_token_make, gateway_account_make
from tests.hotel.folios.desk import BAD, GOOD


@pytest.fixture
def owing(folio):
    """A folio that owes 110."""
    charge_make(folio, 110, code="food")
    return folio


@pytest.fixture
def till(house, cast):
    """Bo's open till."""
    return session_open(place=house.place, cashier=cast.bo)


def page_of(folio) -> str:
    return f"/dashboard/folios/{folio.pk}/pay"


def deposit_of(folio) -> str:
    return f"/dashboard/reservations/{folio.reservation_id}/deposit"


def text_of(response) -> str:
    return response.content.decode()


def test_cash_settles_the_window_and_is_in_the_till(desk, owing, code, send, till):
    page = text_of(desk.get(page_of(owing)))
    assert 'name="take-amount" value="110.00"' in page

    answer = send(
        desk, page_of(owing), "take", window=owing.windows.get().pk, code=code("cash"), amount="110.00"
    )

    payment = Payment.objects.get()
    assert f"{payment.number}: Paid, EUR 110.00." in text_of(answer)
    assert answer.context["folio"].balance == Money(0, "EUR")
    assert till.movements.get().amount == Money(110, "EUR")


def test_a_double_click_takes_the_money_once(desk, owing, code, send, till):
    key, window = uuid.uuid4(), owing.windows.get().pk
    for _ in range(2):
        send(desk, page_of(owing), "take", key, window=window, code=code("cash"), amount="110.00")

    assert [payment.status for payment in Payment.objects.all()] == ["captured"]
    assert Posting.objects.filter(code__code="cash").count() == 1


def test_the_key_of_a_payment_takes_no_other_amount(desk, owing, code, send, till):
    key, window = uuid.uuid4(), owing.windows.get().pk
    for amount in ("10.00", "20.00"):
        answer = send(desk, page_of(owing), "take", key, window=window, code=code("cash"), amount=amount)

    assert [payment.amount for payment in Payment.objects.all()] == [Money(10, "EUR")]
    assert "This form was sent before with other values." in text_of(answer)


def test_without_a_till_no_cash_is_taken_and_the_form_says_so(desk, owing, code, send):
    assert "You have no open till" in text_of(desk.get(page_of(owing)))

    answer = send(
        desk, page_of(owing), "take", window=owing.windows.get().pk, code=code("cash"), amount="110.00"
    )

    assert "Open your till before you take or give cash." in text_of(answer)
    assert not Payment.objects.exists()


def test_the_window_asked_for_is_chosen(desk, owing):
    window_open(folio=owing, label="Firm")

    form = desk.get(f"{page_of(owing)}?window=2").context["forms"]["take"]

    assert form["window"].value() == owing.windows.get(number=2).pk
    assert form["amount"].value() is None


def test_a_card_on_file_is_charged_once(desk, owing, house, send, simulator):
    card = card_of(house, owing, simulator, GOOD)
    key, values = uuid.uuid4(), {"window": owing.windows.get().pk, "card": card.pk, "amount": "110.00"}
    for _ in range(2):
        answer = send(desk, page_of(owing), "card", key, is_capture="yes", **values)

    assert Payment.objects.get().status == "captured"
    assert "Paid, EUR 110.00." in text_of(answer)
    assert [Decimal(p["captured"]) for p in simulator.book.payments.values()] == [110]


def test_a_declined_card_is_told_and_nothing_is_posted(desk, owing, house, send, simulator):
    card = card_of(house, owing, simulator, BAD)

    answer = send(
        desk,
        page_of(owing),
        "card",
        window=owing.windows.get().pk,
        card=card.pk,
        amount="110.00",
        is_capture="yes",
    )

    assert 'class="notice error"' in text_of(answer)
    assert "Failed, EUR 110.00." in text_of(answer)
    assert not Posting.objects.filter(code__code="card").exists()


def test_a_reserved_amount_is_taken_and_the_rest_paid_back(
    desk, owing, house, send, simulator, cast, signed_in
):
    card = card_of(house, owing, simulator, GOOD)
    send(
        desk,
        page_of(owing),
        "card",
        window=owing.windows.get().pk,
        card=card.pk,
        amount="110.00",
        is_capture="no",
    )
    payment = Payment.objects.get()
    page, key = f"/dashboard/payments/{payment.pk}", uuid.uuid4()
    assert payment.status == "authorised"
    assert "Pay back</button>" not in text_of(desk.get(page))

    for _ in range(2):
        send(desk, page, "capture", key, amount="100.00")
    payment.refresh_from_db()
    assert (payment.status, payment.captured_amount) == ("captured", 100)

    cast.ada.set_password("a long enough password")
    cast.ada.save()
    manager, key = signed_in(cast.ada), uuid.uuid4()
    for _ in range(2):
        send(manager, page, "refund", key, amount="30.00", reason="Minibar")
    payment.refresh_from_db()
    assert (payment.status, payment.refunded_amount) == ("partially_refunded", 30)
    refused = send(manager, page, "refund", amount="80.00", reason="More")
    assert "At most" in text_of(refused)
    assert Payment.objects.count() == 2

    session = manager.session
    session["sign_in"] = {**session["sign_in"], "confirmed": 0}  # the password was named long ago
    session.save()
    assert "Your password" in text_of(manager.get(page))
    for given in ({}, {"confirm": "wrong"}):
        refused = send(manager, page, "refund", amount="10.00", reason="Noise", **given)
        assert "Your password" in text_of(refused)
    assert Payment.objects.count() == 2
    send(manager, page, "refund", amount="10.00", reason="Noise", confirm="a long enough password")
    payment.refresh_from_db()
    assert payment.refunded_amount == 40
    assert "Your password" not in text_of(manager.get(page))


def test_a_reservation_on_a_card_is_let_go(desk, owing, house, send, simulator):
    card = card_of(house, owing, simulator, GOOD)
    send(
        desk,
        page_of(owing),
        "card",
        window=owing.windows.get().pk,
        card=card.pk,
        amount="50.00",
        is_capture="no",
    )

    send(desk, f"/dashboard/payments/{Payment.objects.get().pk}", "void")

    assert Payment.objects.get().status == "voided"


def card_of(house, folio, simulator, number):
    account = gateway_account_make(
        house.place, api_key=simulator.api_key, webhook_secret=simulator.webhook_secret, name="Simulator"
    )
    token = simulator.book.card_add(number, "12/30")
    return card_token_make(house.place, account=account, token=token, guest=folio.reservation.primary_guest)


def test_a_refund_above_ones_limit_is_refused_in_words(desk, owing, code, send, till):
    send(desk, page_of(owing), "take", window=owing.windows.get().pk, code=code("cash"), amount="110.00")

    answer = send(
        desk, f"/dashboard/payments/{Payment.objects.get().pk}", "refund", amount="110.00", reason="Left"
    )

    assert "You may pay back at most" in text_of(answer)
    assert Payment.objects.count() == 1


def test_a_link_is_made_once_and_shown(desk, owing, house, send):
    assert "Payment link" not in text_of(desk.get(page_of(owing)))
    gateway_account_make(house.place)
    key = uuid.uuid4()
    for _ in range(2):
        answer = send(
            desk, page_of(owing), "link", key, window=owing.windows.get().pk, amount="110.00", days="2"
        )

    link = PaymentLink.objects.get()
    assert link.amount == Money(110, "EUR")
    assert "/pay/" in text_of(answer)


def test_a_debtor_owes_it_from_now_on(desk, owing, house, send):
    account, key = city_account_make(house.place, name="Firm"), uuid.uuid4()
    for _ in range(2):
        answer = send(
            desk,
            page_of(owing),
            "city",
            key,
            window=owing.windows.get().pk,
            account=account.pk,
            amount="110.00",
        )

    assert answer.context["folio"].balance == Money(0, "EUR")
    entry = LedgerEntry.objects.get(ledger="city")
    assert (entry.account, entry.amount) == (account, Money(110, "EUR"))


def test_more_than_is_owed_does_not_go_to_the_city_ledger(desk, owing, house, send):
    account = city_account_make(house.place)

    answer = send(
        desk, page_of(owing), "city", window=owing.windows.get().pk, account=account.pk, amount="111.00"
    )

    assert "The window owes 110.00 EUR only." in text_of(answer)
    assert not LedgerEntry.objects.filter(ledger="city").exists()


def test_nothing_is_paid_on_a_closed_folio(desk, folio, code, send, till):
    window = folio.windows.get()
    folio_close(folio=folio)
    assert "The folio is closed. Reopen it first." in text_of(desk.get(page_of(folio)))

    send(desk, page_of(folio), "take", window=window.pk, code=code("cash"), amount="10")

    assert not Payment.objects.exists()


def test_a_deposit_is_taken_for_a_stay_once(desk, folio, house, code, send):
    key = uuid.uuid4()
    for _ in range(2):
        answer = send(desk, deposit_of(folio), "take", key, code=code("card_terminal"), amount="80.00")

    assert "EUR 80.00 is held for this stay already." in text_of(answer)
    held = deposits_held(house.place, [folio.reservation_id])[folio.reservation_id]
    assert held.amount == Money(80, "EUR")
    assert not Posting.objects.exists()


def test_paying_needs_the_right_and_stays_within_the_property(owing, code, cast, signed_in, send, till):
    values = {"window": owing.windows.get().pk, "code": code("cash"), "amount": "10"}

    for path in (page_of(owing), deposit_of(owing)):
        assert signed_in(cast.rae).get(path).status_code == 403
        assert signed_in(cast.eve).get(path).status_code == 404
    assert send(signed_in(cast.rae), page_of(owing), "take", **values).status_code == 403
    assert send(signed_in(cast.eve), page_of(owing), "take", **values).status_code == 404
    assert not Payment.objects.exists()


def test_a_window_of_another_folio_is_no_choice(desk, owing, code, send, till, house):
    stranger = FolioWindow.objects.exclude(folio=owing).first() or window_of_another(house)

    answer = send(desk, page_of(owing), "take", window=stranger.pk, code=code("cash"), amount="10")

    assert "Select a valid choice." in text_of(answer)
    assert not Payment.objects.exists()


def window_of_another(house):
    from tests.factories.folios import folio_window_make

    return folio_window_make(house.place)


def test_a_letter_of_the_bank_is_booked_once_and_so_is_that_it_was_won(
    desk, owing, code, send, cast, signed_in
):
    send(
        desk, page_of(owing), "take", window=owing.windows.get().pk, code=code("card_terminal"), amount="110"
    )
    payment = Payment.objects.get()
    page, manager = f"/dashboard/payments/{payment.pk}", signed_in(cast.ada)
    assert "took it back" in text_of(manager.get(page))
    letter = {"amount": "100.00", "reference": "Letter 7", "fee": "15.00", "reason": "Not there"}

    key = uuid.uuid4()
    for _ in "12":
        send(manager, page, "chargeback", key, **letter)
    taken = Payment.objects.get(kind="chargeback")
    assert (taken.amount.amount, taken.reason, taken.actor) == (100, "Not there", cast.ada)
    refused = send(manager, page, "chargeback", **{**letter, "reference": "Letter 8"})
    assert "At most €\xa010.00 can have been taken back." in text_of(refused)

    key = uuid.uuid4()
    for _ in "12":
        answer = send(manager, f"/dashboard/payments/{taken.pk}", "reinstate", key, fee="15.00", reason="")
    assert "This was done already; the second time did nothing." in text_of(answer)
    payment.refresh_from_db()
    assert (payment.charged_back_amount, Payment.objects.count()) == (0, 3)


def test_a_payment_is_of_its_property_only(desk, owing, code, send, till, cast, signed_in):
    send(desk, page_of(owing), "take", window=owing.windows.get().pk, code=code("cash"), amount="10")
    page = f"/dashboard/payments/{Payment.objects.get().pk}"

    assert desk.get(page).status_code == 200
    assert signed_in(cast.eve).get(page).status_code == 404
    assert signed_in(cast.di).get(page).status_code == 403
    assert send(signed_in(cast.rae), page, "refund", amount="1", reason="x").status_code == 403
    assert CashierSession.objects.get().movements.count() == 1
