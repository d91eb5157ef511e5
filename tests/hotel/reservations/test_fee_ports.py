"""A higher floor posts the fees of commands in the same transaction, and is asked for nothing when nothing is due."""

import pytest
from moneyed import Money

from hotel.reservations import fee_ports
from hotel.reservations.domain.fees import Fee
from hotel.reservations.fee_ports import fees_posted, register_fee_poster
from hotel.reservations.models import Reservation
from hotel.reservations.services.cancellations import reservation_cancel, reservation_no_show
from tests.factories.reservations import house_make


@pytest.fixture
def asked(monkeypatch):
    monkeypatch.setattr(fee_ports, "_posters", [])
    found = []

    def poster(reservation, fees, actor):
        found.append((reservation, [(fee.kind, fee.amount) for fee in fees], actor))
        return [{"id": 7}]

    register_fee_poster(lambda *anything: pytest.fail("the last one installed counts"))
    register_fee_poster(poster)
    return found


def test_what_is_due_is_posted_and_named_in_the_answer(cast, asked):
    row = house_make(cast.alpha).reserve(0, 1)
    result = reservation_no_show(reservation=row, actor=cast.bo)
    assert asked == [(row, [("no_show", Money(100, "EUR"))], cast.bo)]
    assert result.postings == ({"id": 7},)


def test_nothing_due_asks_nobody(cast, asked):
    row = house_make(cast.alpha).reserve(30, 1)
    assert reservation_cancel(reservation=row, actor=None).postings == ()
    assert fees_posted(row, [Fee("no_show", Money(0, "EUR"), "")], None) == ()
    assert asked == []


def test_a_poster_that_refuses_undoes_the_command(cast, asked):
    def refuse(reservation, fees, actor):
        raise RuntimeError("the folio is closed")

    register_fee_poster(refuse)
    row = house_make(cast.alpha).reserve(0, 1)
    with pytest.raises(RuntimeError):
        reservation_no_show(reservation=row, actor=None)
    assert Reservation.objects.get(pk=row.pk).status == "confirmed"
