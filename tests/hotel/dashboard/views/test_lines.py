"""One line of a folio is corrected by further lines, once."""

import uuid

import pytest

from hotel.folios.models import Posting
from hotel.folios.services.folios import window_open
from tests.factories.folios import charge_make, payment_make


@pytest.fixture
def drink(folio):
    """11 euro, 1 of it tax."""
    return charge_make(folio, 11)


def page_of(line) -> str:
    return f"/dashboard/folios/{line.window.folio_id}/lines/{line.pk}"


def text_of(response) -> str:
    return response.content.decode()


def posted() -> list[int]:
    return [int(line.gross.amount) for line in Posting.objects.order_by("pk")]


def test_a_line_shows_its_taxes_and_who_posted_it(desk, drink):
    page = text_of(desk.get(page_of(drink)))

    assert "EUR 10.00" in page
    assert "EUR 1.00" in page
    assert "the house itself" in page


def test_a_line_is_taken_back_once_though_clicked_twice(desk, drink, send, cast):
    key = uuid.uuid4()
    for _ in range(2):
        answer = send(desk, page_of(drink), "reverse", key, reason="Wrong room")

    assert posted() == [11, -11]
    assert "This was done already; the second time did nothing." in text_of(answer)
    assert Posting.objects.get(reverses=drink).journal.reason == "Wrong room"
    page = text_of(desk.get(page_of(drink)))
    assert "taken back" in page
    assert "Take line back</button>" not in page


def test_a_part_is_let_off_within_the_limit_of_the_person(desk, folio, send):
    dinner = charge_make(folio, 110, code="food")

    refused = send(desk, page_of(dinner), "adjust", amount="60.00", reason="Cold")
    assert "This is more than you may let off." in text_of(refused)
    assert 'value="60.00"' in text_of(refused)
    assert posted() == [110]

    answer = send(desk, page_of(dinner), "adjust", amount="20.00", reason="Cold")
    assert "Let off: EUR 20.00." in text_of(answer)
    assert posted() == [110, -20]


@pytest.mark.parametrize(
    ("case", "values", "made"),
    [
        ("equal parts", {"parts": 2}, [11, -11, 5, 5]),
        ("one part and the rest", {"amount": "4.00"}, [11, -11, 4, 7]),
    ],
)
def test_a_line_is_split(desk, drink, send, case, values, made):
    send(desk, page_of(drink), "split", **values)

    assert posted() == made
    assert sum(line.gross.amount for line in Posting.objects.all()) == 11


@pytest.mark.parametrize(
    ("case", "values", "told"),
    [
        ("both ways", {"parts": 2, "amount": "4.00"}, "Say in how many parts, or give the amount of one."),
        ("neither", {}, "Say in how many parts, or give the amount of one."),
        ("all of it", {"amount": "11.00"}, "It must be less than the line."),
        ("one part", {"parts": 1}, "greater than or equal to 2"),
    ],
)
def test_a_split_that_makes_no_sense_is_told(desk, drink, send, case, values, told):
    assert told in text_of(send(desk, page_of(drink), "split", **values))
    assert posted() == [11]


def test_a_line_is_moved_when_there_is_another_window(desk, drink, send, folio):
    assert "Move line</button>" not in text_of(desk.get(page_of(drink)))
    other = window_open(folio=folio)

    answer = send(desk, page_of(drink), "move", window=other.pk)

    assert "Moved to window 2." in text_of(answer)
    assert Posting.objects.get(moved_from=drink).window == other


def test_money_is_not_taken_back_here(desk, folio, send):
    cash = payment_make(folio, 11)
    assert "Take line back</button>" not in text_of(desk.get(page_of(cash)))

    answer = send(desk, page_of(cash), "reverse")

    assert posted() == [-11]
    assert answer.status_code == 200


def test_lines_need_their_right_and_stay_on_their_folio(drink, house, cast, signed_in, send):
    assert signed_in(cast.eve).get(page_of(drink)).status_code == 404
    assert send(signed_in(cast.rae), page_of(drink), "reverse").status_code == 403
    desk = signed_in(cast.bo)
    assert desk.get(f"/dashboard/folios/{drink.window.folio_id}/lines/{drink.pk + 99}").status_code == 404
    assert posted() == [11]
