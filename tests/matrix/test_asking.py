"""What counts as a price or a card in an answer."""

import pytest
from django.http import HttpResponse, JsonResponse

from tests.matrix.asking import told_prices


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<td>EUR 1,290.00</td>", ["EUR 1,290.00"]),
        ("<td>EUR\u00a0129.00 and JPY 9</td>", ["EUR\u00a0129.00", "JPY 9"]),
        ("a,129.00 EUR\r\n", ["0 EUR"]),
        ("<td>Visa ···· 4242</td>", ["···· 4242"]),
        ("<td>Room 101, 2 guests, 2027-03-15, EUR</td>", []),
    ],
)
def test_amounts_and_cards_are_found_in_pages_and_files(text, told):
    assert told_prices(HttpResponse(text)) == told


def test_amounts_and_cards_are_found_in_json_by_their_fields():
    rows = [{"rate": {"amount": "1.00", "currency": "EUR"}, "last4": "4242", "limits": {"amount": "9"}}]

    assert told_prices(JsonResponse(rows, safe=False)) == ["rate", "last4"]
    assert told_prices(JsonResponse({"last4": "", "rate": {"amount": None, "currency": "EUR"}})) == []
