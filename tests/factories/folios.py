"""Codes, folios, postings and what hangs on them, made by the services."""

from datetime import timedelta
from typing import Any

from moneyed import Money

from hotel.folios.choices import FolioKind
from hotel.folios.models import (
    Allowance,
    CityAccount,
    Folio,
    FolioWindow,
    Journal,
    LedgerDay,
    LedgerEntry,
    Posting,
    PostingTax,
    RoutingRule,
    TransactionCode,
)
from hotel.folios.services.codes import code_create, standard_code
from hotel.folios.services.folios import account_open, folio_open
from hotel.folios.services.ledger_days import ledger_days_freeze
from hotel.folios.services.postings import charge_post
from hotel.folios.services.routing_rules import routing_rule_create
from hotel.folios.services.settlements import payment_post
from hotel.properties.models import BusinessDay, Property
from hotel.properties.services.business_days import business_day_close
from hotel.rates.models import TaxRule
from hotel.reservations.models import Reservation
from tests.factories.rates import tax_rule_make
from tests.factories.reservations import reservation_make


def money(place: Property, amount: Any) -> Money:
    """An amount in the property's currency."""
    return Money(str(amount), str(place.currency))


def transaction_code_make(place: Property, code: str = "minibar", **over) -> TransactionCode:
    """A charge of the house's own, for drinks."""
    values = {"code": code, "name": code.title(), "kind": "charge", "group": "beverage", **over}
    return code_create(place=place, values=values)


def city_account_make(place: Property, number: str = "C1", **over) -> CityAccount:
    """A debtor."""
    return CityAccount.objects.create(property=place, number=number, **{"name": "Debtor", **over})


def folio_make(place: Property, **over) -> Folio:
    """A house account."""
    return account_open(place=place, **{"kind": FolioKind.HOUSE, "name": "House", **over})


def guest_folio_make(place: Property, reservation: Reservation | None = None) -> Folio:
    """The folio of a new stay, or of this one."""
    return folio_open(reservation=reservation or reservation_make(place))


def folio_window_make(place: Property) -> FolioWindow:
    """The first window of a house account."""
    return folio_make(place).windows.get()


def routing_rule_make(place: Property, **over) -> RoutingRule:
    """A rule of a house account that sends everything to another one."""
    folio = over.pop("folio", None) or folio_make(place)
    window = over.pop("window", None) or folio_make(place, name="Payer").windows.get()
    return routing_rule_create(folio=folio, window=window, values=over)


def ledger_day_make(place: Property) -> LedgerDay:
    """What the guest ledger stood at on the day before, when a drink was posted."""
    folio = folio_make(place)
    yesterday = place.business_date - timedelta(days=1)
    BusinessDay.objects.filter(property=place, closed_at=None).update(business_date=yesterday)
    Property.objects.filter(pk=place.pk).update(business_date=yesterday)
    charge_make(folio)
    business_day_close(place=Property.objects.get(pk=place.pk))
    ledger_days_freeze(place=place)
    return LedgerDay.objects.get(property=place, ledger="guest")


def vat_make(place: Property) -> TaxRule:
    """Ten percent contained in rooms, food and drinks; the one there is."""
    found = TaxRule.objects.filter(property=place, code="VAT").first()
    return found or tax_rule_make(place, groups=["room", "food", "beverage"])


def charge_make(folio: Folio, amount: Any = 11, code: str = "beverage", **over) -> Posting:
    """A drink."""
    place = folio.property
    row = over.pop("row", None) or standard_code(place, code)
    return charge_post(folio=folio, code=row, amount=money(place, amount), **over)[0]


def payment_make(folio: Folio, amount: Any = 11, code: str = "cash", window: int = 1, **over) -> Posting:
    """Cash for a window."""
    place = folio.property
    return payment_post(
        window=folio.windows.get(number=window),
        code=standard_code(place, code),
        amount=money(place, amount),
        **over,
    )


def posting_make(place: Property, **over) -> Posting:
    """A taxed drink on a house account."""
    vat_make(place)
    return charge_make(folio_make(place), **over)


def posting_tax_make(place: Property) -> PostingTax:
    """Its tax."""
    return posting_make(place).taxes.get()


def allowance_make(place: Property, reservation: Reservation | None = None, **over) -> Allowance:
    """Dinner on the arrival day of a new stay, or of this one."""
    stay = reservation or reservation_make(place)
    code = transaction_code_make(place, "HB", kind="package", group="food")
    values = {"night": stay.arrival, "last_on": stay.arrival, **over}
    return Allowance.objects.create(property=place, reservation=stay, code=code, **values)


def journal_make(place: Property) -> Journal:
    """Its journal."""
    return posting_make(place).journal


def ledger_entry_make(place: Property) -> LedgerEntry:
    """What the guest ledger says of it."""
    return posting_make(place).entries.get(ledger="guest")
