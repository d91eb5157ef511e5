"""Packs: a closed day to the cent, and three days for a desk without power."""

import pytest
from moneyed import Money

from hotel.core.exceptions import NotFound
from hotel.folios.services.folios import folio_open
from hotel.papers.domain.words import words
from hotel.papers.selectors.packs import audit_content, downtime_content, open_balances_table
from hotel.reservations.models import Reservation
from hotel.stays.services.check_in import check_in
from hotel.stays.services.night_audit import night_audit_run
from tests.cast import TODAY
from tests.contracts.queries import queries_of
from tests.factories.folios import charge_make, payment_make
from tests.factories.guests import guest_make


def euros(text: str) -> Money:
    return Money(text, "EUR")


def table(content, word: str):
    return next(one for one in content.tables if one.word == word)


@pytest.fixture
def closed(house):
    """Ana slept here at 100, Zoe did not come at 100; ten euros were paid in cash."""
    ana = house.reserve(0, 2, primary_guest=guest_make(house.place, first_name="Ana", last_name="Gruber"))
    check_in(reservation=ana, actor=None, room=house.rooms[0])
    payment_make(folio_open(reservation=ana), 10)
    zoe = house.reserve(0, 1, primary_guest=guest_make(house.place, first_name="Zoe", last_name="Late"))
    night_audit_run(place=house.place)
    house.ana, house.zoe = ana, zoe
    return house


def test_a_closed_day_is_told_to_the_cent(closed, w):
    content = audit_content(closed.place, TODAY, w, "en")

    figures = dict(table(content, "statistics").rows)
    assert figures["Occupancy"] == "7.7 %"
    assert (figures["Rooms sold"], figures["Rooms available"], figures["No-shows"]) == (1, 13, 1)
    assert (figures["Room revenue"], figures["All revenue"]) == (euros("200.00"), euros("200.00"))
    revenue = table(content, "revenue_by_code")
    assert [row[0] for row in revenue.rows] == ["no_show_fee", "room"]
    assert revenue.totals == (None, "Total", 2, euros("200.00"))
    payments = table(content, "payments_by_method")
    assert payments.rows == [("cash", "Cash", 1, euros("10.00"))]
    balance = {row[0]: row[1:] for row in table(content, "trial_balance").rows}
    assert balance["Guests"] == (euros("0.00"), euros("200.00"), euros("-10.00"), euros("190.00"))
    assert table(content, "trial_balance").totals[-1] == euros("0.00")
    assert [row[:2] + row[-1:] for row in table(content, "no_shows").rows] == [
        (closed.zoe.number, "Late, Zoe", euros("100.00"))
    ]
    owing = table(content, "open_balances")
    assert [(row[1], row[3], row[-1]) for row in owing.rows] == [
        ("Late, Zoe", "", euros("100.00")),
        ("Gruber, Ana", closed.rooms[0].number, euros("90.00")),
    ]
    assert owing.totals[-1] == euros("190.00")
    assert content.guests == {closed.ana.primary_guest_id, closed.zoe.primary_guest_id}


def test_a_day_that_is_open_has_no_pack(house, w):
    with pytest.raises(NotFound):
        audit_content(house.place, TODAY, w, "en")


def test_the_downtime_pack_has_three_days(full, w):
    tomorrow = full.reserve(1, 1, primary_guest=guest_make(full.place, last_name="Morgen"))
    full.reserve(3, 1, primary_guest=guest_make(full.place, last_name="Later"))

    content = downtime_content(full.place, w, "en")

    def numbers(word: str) -> list[list[str]]:
        return [[row[2] for row in one.rows] for one in content.tables if one.word == word]

    assert [one.says["day"] for one in content.tables if one.word == "arrivals_on"] == [
        "Mar 14, 2027", "Mar 15, 2027", "Mar 16, 2027",
    ]  # fmt: skip
    assert numbers("arrivals_on") == [[full.cleo.number], [tomorrow.number], []]
    leaving = numbers("departures_on")
    assert leaving[:2] == [[full.ben.number], []]
    assert sorted(leaving[2]) == sorted([full.ana.number, tomorrow.number])
    assert len(table(content, "rooms").rows) == 13
    assert content.facts == (("in_house", 2), ("arrivals", 2), ("departures", 3))


def test_the_packs_need_a_constant_number_of_queries(closed, w):
    closed.place.refresh_from_db()
    for n in range(3):
        closed.reserve(n, 1, primary_guest=guest_make(closed.place, last_name="First"))
    few = (
        len(queries_of(lambda: downtime_content(closed.place, w, "en"))),
        len(queries_of(lambda: audit_content(closed.place, TODAY, w, "en"))),
    )
    for n in range(3):
        stay = closed.reserve(0, 1, primary_guest=guest_make(closed.place, last_name=f"Guest{n}"))
        charge_make(folio_open(reservation=stay), 5)

    assert few == (
        len(queries_of(lambda: downtime_content(closed.place, w, "en"))),
        len(queries_of(lambda: audit_content(closed.place, TODAY, w, "en"))),
    )
    assert (few[0] <= 36, few[1] <= 9) == (True, True)


def test_folios_at_zero_are_not_open_balances(closed, w):
    Reservation.objects.filter(pk=closed.zoe.pk).update(is_confidential=True)

    rows, guests = open_balances_table(closed.place, words("de"))

    assert [row[1] for row in rows.rows] == ["Vertraulich", "Gruber, Ana"]
    assert guests == {closed.ana.primary_guest_id}
