"""Payments and what hangs on them: accounts at processors, cards, links, tills, rates."""

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from moneyed import Money

from hotel.accounts.models import User
from hotel.core.clock import now
from hotel.folios.domain.exchange import Rates
from hotel.folios.models import (
    CardToken,
    CashierSession,
    CashMovement,
    ExchangeRate,
    GatewayAccount,
    GatewayCall,
    GatewayNotice,
    HostedPage,
    Payment,
    PaymentLink,
)
from hotel.folios.services.codes import standard_code
from hotel.folios.services.exchange_rates import exchange_rate_set
from hotel.folios.services.gateway_accounts import account_create
from hotel.folios.services.payment_data import PaymentData
from hotel.folios.services.payments import payment_take
from hotel.folios.services.tills import session_open
from hotel.properties.models import Property
from tests.factories.folios import folio_window_make, money


def gateway_account_make(place: Property, **over) -> GatewayAccount:
    """The property's account at the simulated processor."""
    found = GatewayAccount.objects.filter(property=place, is_active=True).first()
    values = {"provider": "simulator", "name": "Main", "api_key": "key", "webhook_secret": "secret", **over}
    return found if found and not over else account_create(place=place, values=values)


def card_token_make(place: Property, **over) -> CardToken:
    """A card kept there."""
    account = over.pop("account", None) or gateway_account_make(place)
    values = {
        "token": uuid.uuid4().hex,
        "brand": "visa",
        "bin": "424242",
        "last4": "4242",
        "expires": "2030-12",
    }
    return CardToken.objects.create(property=place, account=account, **{**values, **over})


def payment_data(place: Property, amount: Any = 80, **over) -> PaymentData:
    """A payment of a new house account, by the house itself."""
    target = over.pop("target", None) or folio_window_make(place)
    exact = amount if isinstance(amount, Money) else money(place, amount)
    values = {"target": target, "amount": exact, "key": uuid.uuid4().hex, **over}
    return PaymentData(**values)


def payment_make(place: Property, amount: Any = 80, code: str = "voucher", **over) -> Payment:
    """A voucher, taken."""
    return payment_take(data=payment_data(place, amount, **over), code=standard_code(place, code))


def gateway_call_make(place: Property, **over) -> GatewayCall:
    """An order that was done."""
    values = {"kind": "charge", "key": uuid.uuid4(), "status": "done", "finished_at": now(), **over}
    payment = over.pop("payment", None) or payment_make(place)
    return GatewayCall.objects.create(property=place, amount=payment.amount, **{"payment": payment, **values})


def hosted_page_make(place: Property, **over) -> HostedPage:
    """A page where a guest gives a card; the processor has not made it yet."""
    values = {
        "key": uuid.uuid4(),
        "return_url": "https://hotel.example.com/back",
        "next_check_at": now(),
        **over,
    }
    return HostedPage.objects.create(property=place, account=gateway_account_make(place), **values)


def gateway_notice_make(place: Property, **over) -> GatewayNotice:
    """A webhook about a payment nobody knows."""
    values = {"event": uuid.uuid4().hex, "kind": "payment", "topic": "payment", "reference": "pay_x", **over}
    return GatewayNotice.objects.create(
        property=place, account=gateway_account_make(place), **{"next_attempt_at": now(), **values}
    )


def payment_link_make(place: Property, **over) -> PaymentLink:
    """A link to settle a house account."""
    gateway_account_make(place)
    values = {"amount": money(place, 80), "expires_at": now() + timedelta(days=3), **over}
    if "reservation" not in values:
        values.setdefault("window", folio_window_make(place))
    return PaymentLink.objects.create(property=place, **values)


def exchange_rate_make(place: Property, currency: str = "USD", **over) -> ExchangeRate:
    """Dollars at 0.90, 0.92 and 0.95."""
    rates = over.pop("rates", Rates(Decimal("0.90"), Decimal("0.92"), Decimal("0.95")))
    day: date = over.pop("valid_from", place.business_date)
    return exchange_rate_set(place=place, currency=currency, valid_from=day, rates=rates)


def cashier_session_make(place: Property, cashier: User | None = None, **over) -> CashierSession:
    """An open till."""
    person = cashier or User.objects.create(username=f"cashier-{uuid.uuid4().hex[:8]}", chain=place.chain)
    return session_open(place=place, cashier=person, **over)


def cash_movement_make(place: Property) -> CashMovement:
    """Cash to begin with."""
    session = cashier_session_make(place, floats={str(place.currency): Decimal(100)})
    return session.movements.get()


def exactly(place: Property, text: str) -> Money:
    """An amount written as people see it."""
    return Money(Decimal(text), str(place.currency))
