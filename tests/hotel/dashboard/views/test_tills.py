"""A till: opened, emptied and counted, each once."""

import uuid
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.folios.models import CashierSession, CashMovement, LedgerEntry
from hotel.folios.services.tills import session_open
from tests.factories.payments import exchange_rate_make

PAGE = "/dashboard/till"


@pytest.fixture
def till(house, cast):
    """Bo's open till with 100 in it."""
    return session_open(place=house.place, cashier=cast.bo, floats={"EUR": Decimal(100)})


def text_of(response) -> str:
    return response.content.decode()


def moved() -> list[tuple[str, int]]:
    return [(row.kind, int(row.amount.amount)) for row in CashMovement.objects.order_by("pk")]


def test_a_till_is_opened_once_with_its_float(desk, house, send, cast):
    assert "You have no open till." in text_of(desk.get(PAGE))
    key = uuid.uuid4()

    for _ in range(2):
        answer = send(desk, PAGE, "open", key, float="100.00", note="Morning")

    till = CashierSession.objects.get()
    assert (till.cashier, till.note, moved()) == (cast.bo, "Morning", [("float", 100)])
    assert "<span>Should be in it</span><b>EUR 100.00</b>" in text_of(answer)


def test_cash_is_dropped_and_paid_out_once(desk, till, send):
    for act, values in (("drop", {}), ("paid_out", {"note": "Stamps"})):
        key = uuid.uuid4()
        for _ in range(2):
            send(desk, PAGE, act, key, amount="30.00", **values)

    assert moved() == [("float", 100), ("drop", -30), ("paid_out", -30)]
    assert "<b>EUR 40.00</b>" in text_of(desk.get(PAGE))


@pytest.mark.parametrize(
    ("case", "act", "values", "told"),
    [
        ("more than there is", "drop", {"amount": "100.01"}, "There is not that much EUR in the till."),
        ("no word what for", "paid_out", {"amount": "5"}, "This field is required."),
        ("nothing", "drop", {"amount": "0"}, "greater than or equal to 0.01"),
    ],
)
def test_what_cannot_be_is_told_on_the_form(desk, till, send, case, act, values, told):
    assert told in text_of(send(desk, PAGE, act, **values))
    assert moved() == [("float", 100)]


def test_a_till_is_counted_in_every_currency_and_closed_once(desk, till, send, house):
    exchange_rate_make(house.place, "USD")
    CashMovement.objects.create(property=house.place, session=till, kind="payment", amount=Money(20, "USD"))
    key = uuid.uuid4()

    for _ in range(2):
        send(desk, PAGE, "close", key, EUR="98.00", USD="20.00", note="Two short")

    till.refresh_from_db()
    assert (till.status, till.note) == ("closed", "Two short")
    assert moved() == [("float", 100), ("payment", 20), ("count", -2)]
    assert LedgerEntry.objects.get(ledger="over_short").amount == Money(2, "EUR")
    assert "Close till</button>" not in text_of(desk.get(f"{PAGE}/{till.pk}"))


def test_a_count_needs_every_currency(desk, till, send):
    assert "This field is required." in text_of(send(desk, PAGE, "close", EUR=""))
    till.refresh_from_db()
    assert till.status == "open"


def test_ones_own_till_is_ones_own_unless_one_manages(till, house, cast, signed_in, send):
    reader, manager, stranger = signed_in(cast.rae), signed_in(cast.ada), signed_in(cast.eve)
    other = session_open(place=house.place, cashier=cast.cy)
    page = f"{PAGE}/{till.pk}"

    assert reader.get(PAGE).status_code == 403
    assert stranger.get(page).status_code == 404
    assert f"{PAGE}/{other.pk}" in text_of(manager.get(PAGE))
    send(manager, page, "close", EUR="100.00")
    till.refresh_from_db()
    assert till.status == "closed"


def test_without_the_right_to_manage_the_tills_of_others_do_not_exist(till, stage_poster, send):
    page = f"{PAGE}/{till.pk}"

    assert stage_poster.get(page).status_code == 404
    assert page not in text_of(stage_poster.get(PAGE))
    assert send(stage_poster, page, "drop", amount="5").status_code == 404
    assert send(stage_poster, PAGE, "drop", amount="5").status_code == 404
    assert moved() == [("float", 100)]


@pytest.fixture
def stage_poster(cast, signed_in):
    """Somebody who may post, and nothing else."""
    from guardian.shortcuts import assign_perm

    for verb in ("view", "post"):
        assign_perm(f"{verb}_folios_area", cast.ida, cast.alpha)
    return signed_in(cast.ida)
