"""Tills: opened, filled, emptied, counted; what is over or short is in the ledger."""

from decimal import Decimal

import pytest
from moneyed import Money

from hotel.core.exceptions import Conflict, InvalidInput, PmsError, RuleBroken
from hotel.folios.models import CashierSession, CashMovement, Journal, LedgerEntry
from hotel.folios.selectors.balances import window_balances
from hotel.folios.selectors.tills import session_of, tills_expected
from hotel.folios.services.folios import folio_close
from hotel.folios.services.tills import cash_drop, cash_paid_out, session_close, session_open
from tests.factories.folios import folio_window_make
from tests.factories.payments import cashier_session_make, exactly, exchange_rate_make, payment_make
from tests.together import together


@pytest.fixture
def bo(stage):
    return stage.person({"post_folios_area"})


@pytest.fixture
def session(stage, bo):
    return cashier_session_make(stage.alpha, bo, floats={"EUR": Decimal("100.00"), "USD": Decimal("20.00")})


def expected(session):
    return {code: str(money.amount) for code, money in tills_expected([session.pk])[session.pk].items()}


def entries():
    rows = LedgerEntry.objects.order_by("pk").select_related("code")
    return [(row.ledger, row.code.code, str(row.amount.amount)) for row in rows]


def test_a_till_begins_with_its_floats_which_are_in_no_ledger(stage, bo, session):
    assert (session.cashier, session.status, session.opened_on) == (bo, "open", stage.alpha.business_date)
    assert expected(session) == {"EUR": "100.000", "USD": "20.000"}
    assert (session_of(stage.alpha.pk, bo), Journal.objects.count()) == (session, 0)


def test_a_person_has_one_open_till_at_a_property(stage, bo, session):
    with pytest.raises(Conflict) as caught:
        session_open(place=stage.alpha, cashier=bo)
    assert (caught.value.code, CashierSession.objects.count()) == ("cashier_session_open", 1)
    session_open(place=stage.beta, cashier=bo)


@pytest.mark.parametrize("amount", ["-1", "0.001"])
def test_a_float_is_an_amount(stage, bo, amount):
    with pytest.raises(InvalidInput):
        session_open(place=stage.alpha, cashier=bo, floats={"EUR": Decimal(amount)})
    assert CashierSession.objects.count() == 0


def test_a_drop_takes_cash_out_of_the_till_and_leaves_the_ledger_alone(stage, bo, session):
    payment_make(stage.alpha, 80, "cash", actor=bo)
    booked = entries()
    movement = cash_drop(session=session, amount=exactly(stage.alpha, "150"), actor=bo, note="safe")
    assert (movement.kind, movement.note, expected(session)["EUR"]) == ("drop", "safe", "30.000")
    assert entries() == booked


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (Money(101, "EUR"), "not_in_till"),
        (Money(1, "GBP"), "not_in_till"),
        (Money(0, "EUR"), "amount_invalid"),
    ],
)
def test_what_is_not_in_the_till_does_not_come_out(bo, session, amount, code):
    with pytest.raises(PmsError) as caught:
        cash_drop(session=session, amount=amount, actor=bo)
    assert (caught.value.code, CashMovement.objects.count()) == (code, 2)


def test_cash_is_paid_out_for_a_guest_who_owes_it_then(stage, bo, session):
    window = folio_window_make(stage.alpha)
    movement = cash_paid_out(
        session=session, amount=exactly(stage.alpha, "25"), actor=bo, note="Taxi", window=window
    )
    assert (movement.kind, movement.amount, movement.note) == (
        "paid_out",
        exactly(stage.alpha, "-25"),
        "Taxi",
    )
    assert window_balances(stage.alpha.pk, [window.pk])[window.pk] == exactly(stage.alpha, "25")
    assert entries() == [
        ("guest", "paid_out", "25.000"), ("non_revenue", "paid_out", "-25.000"),
        ("payment", "cash", "-25.000"), ("non_revenue", "paid_out", "25.000"),
    ]  # fmt: skip


def test_cash_is_paid_out_for_the_house(stage, bo, session):
    cash_paid_out(session=session, amount=exactly(stage.alpha, "5"), actor=bo, note="Stamps")
    assert entries() == [("payment", "cash", "-5.000"), ("non_revenue", "paid_out", "5.000")]
    assert expected(session)["EUR"] == "95.000"


def test_a_closed_window_owes_nothing_more(stage, bo, session):
    window = folio_window_make(stage.alpha)
    folio_close(folio=window.folio)
    with pytest.raises(Conflict):
        cash_paid_out(session=session, amount=exactly(stage.alpha, "5"), actor=bo, note="x", window=window)
    assert (entries(), CashMovement.objects.count()) == ([], 2)


@pytest.mark.parametrize(
    ("counted", "booked"),
    [
        ({"EUR": "100.00", "USD": "20.00"}, []),
        ({"EUR": "99.50", "USD": "20.00"}, [("payment", "cash", "-0.500"), ("over_short", "cash", "0.500")]),
        ({"EUR": "100.20", "USD": "20.00"}, [("payment", "cash", "0.200"), ("over_short", "cash", "-0.200")]),
        ({"EUR": "100.00", "USD": "30.00"}, [("payment", "cash", "9.200"), ("over_short", "cash", "-9.200")]),
        ({"EUR": "100.00"}, [("payment", "cash", "-18.400"), ("over_short", "cash", "18.400")]),
    ],
)
def test_a_till_is_counted_and_what_is_over_or_short_is_booked(stage, bo, session, counted, booked):
    exchange_rate_make(stage.alpha)
    closed = session_close(
        session=session, counted={code: Decimal(text) for code, text in counted.items()}, actor=bo
    )
    assert (closed.status, closed.closed_on) == ("closed", stage.alpha.business_date)
    assert entries() == booked
    left = {code: Decimal(amount) for code, amount in expected(session).items()}
    assert left == {"EUR": Decimal(counted["EUR"]), "USD": Decimal(counted.get("USD", "0"))}


def test_foreign_cash_that_is_missing_needs_a_rate(bo, session):
    with pytest.raises(RuleBroken) as caught:
        session_close(session=session, counted={"EUR": Decimal(100)}, actor=bo)
    session.refresh_from_db()
    assert (caught.value.code, session.status, CashMovement.objects.count()) == (
        "no_exchange_rate",
        "open",
        2,
    )


def test_a_closed_till_stays_closed(stage, bo, session):
    session_close(session=session, counted={"EUR": Decimal(100), "USD": Decimal(20)}, actor=bo)
    commands = [
        lambda: session_close(session=session, counted={}, actor=bo),
        lambda: cash_drop(session=session, amount=exactly(stage.alpha, "1"), actor=bo),
        lambda: cash_paid_out(session=session, amount=exactly(stage.alpha, "1"), actor=bo, note="x"),
    ]
    for command in commands:
        with pytest.raises(Conflict) as caught:
            command()
        assert caught.value.code == "cashier_session_closed"
    assert (CashMovement.objects.count(), entries()) == (2, [])


@pytest.mark.django_db(transaction=True)
def test_two_drops_at_once_never_take_more_than_is_there(stage, bo, session):
    drops = [lambda: cash_drop(session=session, amount=exactly(stage.alpha, "60"), actor=bo)] * 2
    results = together(*drops)
    assert [getattr(r, "code", "done") for r in results if isinstance(r, Exception)] in (
        ["not_in_till"],
        ["lock_refused"],
    )
    assert expected(session)["EUR"] == "40.000"
