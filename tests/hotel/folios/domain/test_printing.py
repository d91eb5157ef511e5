"""What is printed, in the words of its language."""

from datetime import date
from decimal import Decimal

import pytest

from hotel.folios.domain.documents import StayData, content
from hotel.folios.domain.printing import Speller, minus, printable, printable_statement
from tests.hotel.folios.domain.test_documents import DAY, draft


@pytest.mark.parametrize(
    ("language", "money", "day", "days", "rate"),
    [
        ("en", "EUR 1,234.50", "Mar 14, 2027", "Mar 14 – 16, 2027", "8.875%"),
        ("de", "EUR 1.234,50", "14.03.2027", "14.–16. März 2027", "8,875 %"),
        ("es", "EUR 1.234,50", "14 mar 2027", "14–16 mar 2027", "8,875 %"),
    ],
)
def test_each_language_writes_its_own_way(language, money, day, days, rate):
    speller = Speller(language, "EUR", 2)
    shown = (
        speller.money("1234.5"),
        speller.day("2027-03-14"),
        speller.days("2027-03-14", "2027-03-16"),
        speller.rate("0.08875"),
    )
    plain = [text.replace("\xa0", " ").replace("\u2009", " ") for text in shown]
    assert plain == [money, day, days, rate]


def test_yen_have_no_decimals_and_a_true_minus():
    assert Speller("en", "JPY", 0).amount("-12000") == "\N{MINUS SIGN}12,000"


def test_countries_have_names():
    assert (Speller("de", "EUR", 2).country("AT"), Speller("es", "EUR", 2).country("JP")) == (
        "Österreich",
        "Japón",
    )


def test_an_invoice_names_its_number_and_what_is_due():
    page = printable(content(draft(due_on=DAY), "INV-2027-00001"))
    assert page["title"] == "Rechnung"
    assert page["facts"][:3] == [
        ("Nummer", "INV-2027-00001"),
        ("Datum", "14.03.2027"),
        ("Fällig", "14.03.2027"),
    ]
    assert (page["balance_word"], page["balance"], page["is_settled"]) == (
        "Offener Betrag",
        "EUR\xa012,00",
        False,
    )


def test_what_is_paid_too_much_is_in_the_payers_favour():
    page = printable(content(draft(brought_forward=Decimal("-20.00")), ""))
    assert (page["balance_word"], page["balance"]) == ("Guthaben", "EUR\xa08,00")


def test_a_credit_note_names_what_it_takes_back_and_no_balance():
    plain = content(draft(kind="credit_note", corrects="INV-2027-00001", corrects_on=DAY), "CRN-2027-00001")
    page = printable(plain)
    assert ("Zu Rechnung", "INV-2027-00001 vom 14.03.2027") in page["facts"]
    assert page["balance"] == ""


def test_an_invoice_for_a_stay_says_who_slept_where_and_when():
    stay = StayData(
        number="R-1",
        guest="Anna Moser",
        room="101",
        arrival=date(2027, 3, 12),
        departure=date(2027, 3, 14),
    )
    page = printable(content(draft(stay=stay), ""))
    assert page["facts"][1:] == [
        ("Reservierung", "R-1"),
        ("Gast", "Anna Moser"),
        ("Zimmer", "101"),
        ("Aufenthalt", "12.–14. März 2027"),
    ]


def test_what_was_paid_is_shown_without_the_sign_it_has_in_the_books():
    assert (minus("-20.00"), minus("5"), minus("0.00")) == ("20.00", "-5", "0.00")


def test_a_statement_runs_from_what_was_open_to_what_is_and_says_how_old_it_is():
    party = {"name": "Alpina Reisen", "country": "AT"}
    page = printable_statement(
        {
            "language": "de",
            "currency": "EUR",
            "exponent": 2,
            "account": "CL-7",
            "issued_on": "2027-03-14",
            "since": "2027-03-01",
            "until": "2027-03-31",
            "seller": {"name": "Hotel", "country": ""},
            "payee": party,
            "opening": "100.00",
            "closing": "70.00",
            "rows": [
                {"day": "2027-03-02", "due_on": "2027-04-01", "text": "Rechnung, INV-1", "amount": "50.00", "open": "50.00",
                 "balance": "150.00"},
                {"day": "2027-03-05", "due_on": "", "text": "Zahlung", "amount": "-80.00", "open": "0.00", "balance": "70.00"},
            ],
            "aging": {"current": "50.00", "older": "20.00"},
        }
    )  # fmt: skip
    assert (page["title"], page["number"], page["opening"]) == ("Kontoauszug", "CL-7", "100,00")
    assert (page["seller"]["country"], page["payee"]["country"]) == ("", "Österreich")
    assert [(row["due_on"], row["amount"], row["open"], row["balance"]) for row in page["rows"]] == [
        ("01.04.2027", "50,00", "50,00", "150,00"),
        ("", "\N{MINUS SIGN}80,00", "", "70,00"),
    ]
    assert [amount for _, amount in page["aging"]] == ["50,00", "20,00"]
    assert page["facts"][-1][1] == page["closing"] == "EUR\xa070,00"
