"""The resources of folios keep what every resource keeps."""

from hotel.folios.models import (
    CityAccount,
    Folio,
    FolioWindow,
    Journal,
    LedgerEntry,
    Posting,
    RoutingRule,
    TransactionCode,
)
from tests.contracts.crud import CreateContract, CrudContract, ReadContract, UpdateContract
from tests.contracts.queries import QueryContract
from tests.factories.folios import (
    charge_make,
    city_account_make,
    folio_make,
    guest_folio_make,
    routing_rule_make,
    transaction_code_make,
    vat_make,
)
from tests.factories.guests import company_make
from tests.factories.reservations import reservation_make


class SeenContract(ReadContract, QueryContract):
    """A resource that commands write."""

    area = "folios"


class TestFolios(SeenContract):
    model, url = Folio, "/api/v1/folios"

    def make(self, place, n):
        folio = guest_folio_make(place) if n % 2 else folio_make(place, name=f"Account {n}")
        charge_make(folio, 10)
        return folio


class TestWindows(SeenContract):
    model, url = FolioWindow, "/api/v1/folios/windows"

    def make(self, place, n):
        return folio_make(place, name=f"Account {n}").windows.get()


class TestRoutingRules(SeenContract, CreateContract):
    model, url = RoutingRule, "/api/v1/folios/routing-rules"

    def make(self, place, n):
        return routing_rule_make(place, priority=n)

    def create(self, place):
        transaction_code_make(place)
        return {
            "property": place.pk,
            "folio": folio_make(place).pk,
            "window": folio_make(place, name="Payer").windows.get().pk,
            "codes": ["minibar"],
            "groups": ["room"],
            "valid_from": "2027-03-14",
            "valid_until": None,
            "priority": 5,
            "limit_amount": {"amount": "150", "currency": str(place.currency)},
            "limit_per": "day",
            "limit_rate": "0.5",
        }


class TestCodes(SeenContract, CreateContract, UpdateContract):
    model, url = TransactionCode, "/api/v1/charges/codes"
    update = {"name": "Minibar drinks"}

    def make(self, place, n):
        return transaction_code_make(place, f"code{n}")

    def create(self, place):
        rebate = transaction_code_make(place, "minibar_rebate", kind="adjustment")
        return {
            "property": place.pk,
            "code": "minibar",
            "name": "Minibar",
            "kind": "charge",
            "group": "beverage",
            "department": "rooms",
            "is_taxed": True,
            "adjustment_code": rebate.pk,
            "is_active": True,
        }


class TestCharges(SeenContract):
    model, url = Posting, "/api/v1/charges"

    def make(self, place, n):
        vat_make(place)
        return charge_make(folio_make(place, name=f"Account {n}"), 10)


class TestJournals(SeenContract):
    model, url = Journal, "/api/v1/ledgers/journals"

    def make(self, place, n):
        return charge_make(folio_make(place, name=f"Account {n}"), 10).journal


class TestEntries(SeenContract):
    model, url = LedgerEntry, "/api/v1/ledgers/entries"

    def make(self, place, n):
        return charge_make(folio_make(place, name=f"Account {n}"), 10).entries.get(ledger="guest")


class TestAccounts(CrudContract):
    model, url, area = CityAccount, "/api/v1/ledgers/accounts", "folios"
    update = {"name": "Acme Holding"}

    def make(self, place, n):
        return city_account_make(place, f"C{n}")

    def create(self, place):
        return {
            "property": place.pk,
            "number": "4711",
            "name": "Acme",
            "company": company_make(place).pk,
            "is_active": True,
        }


def test_the_folio_of_a_stay_is_opened_by_its_reservation(stage):
    """Not a contract: opening twice answers the same folio."""
    stay = reservation_make(stage.alpha)
    client = stage.client_of({"view_folios_area", "manage_folios_area", "view_reservations_area"})
    body = {"property": stage.alpha.pk, "reservation": stay.pk}

    first, again = (client.post("/api/v1/folios", body) for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 201), first.content
    assert first.json()["id"] == again.json()["id"]
    assert first["ETag"] == '"v1"'
    shown = first.json()
    assert (shown["kind"], shown["reservation"], shown["reservation_number"]) == (
        "guest",
        stay.pk,
        stay.number,
    )
    assert shown["balance"] == {"amount": "0.00", "currency": "EUR"}
