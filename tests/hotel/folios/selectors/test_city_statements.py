"""The statement of a debtor's account."""

from datetime import timedelta

from hotel.folios.selectors.city_statements import city_statement, debtor_of
from tests.cast import TODAY
from tests.factories.documents import city_owes, city_paid
from tests.factories.folios import city_account_make
from tests.factories.guests import company_make

DAY = timedelta(days=1)


def test_opening_and_movements_are_the_closing_balance(cast):
    account = city_account_make(cast.alpha, language="de", address="Ring 1\n1010 Wien")
    city_owes(account, 11)
    account.property.business_date += DAY
    account.property.save()
    city_owes(account, 20)
    city_paid(account, 15)
    plain = city_statement(account, TODAY + DAY, TODAY + DAY)

    assert (plain["opening"], plain["closing"], plain["language"]) == ("11.00", "16.00", "de")
    assert [(row["text"], row["amount"], row["balance"]) for row in plain["rows"]] == [
        ("Übertragene Rechnung", "20.00", "31.00"),
        ("Zahlung", "-15.00", "16.00"),
    ]
    assert (plain["aging"]["current"], plain["aging"]["unallocated"]) == ("31.00", "-15.00")
    assert plain["payee"]["address"] == ("Ring 1", "1010 Wien")


def test_a_debtor_without_an_address_is_written_to_at_his_company(cast):
    company = company_make(cast.alpha, city="Saumur", country="FR", email="ar@example.com")
    known = debtor_of(city_account_make(cast.alpha, company=company, name="Debtor"))
    assert (known.name, known.address, known.country, known.email) == (
        "Debtor",
        ("Saumur",),
        "FR",
        "ar@example.com",
    )
