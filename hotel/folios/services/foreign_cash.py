"""Foreign cash: at which rate it is taken, what change is given for it, and what it costs to hand it out again."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from moneyed import Money

from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.core.money import zero
from hotel.core.words import _
from hotel.folios.choices import PaymentStatus
from hotel.folios.domain.exchange import Change, Exchange, handed_out, taken_in, taken_with_change
from hotel.folios.models import ExchangeRate, Payment
from hotel.folios.selectors.exchange_rates import rate_on, rates_of
from hotel.folios.services.payment_data import PaymentData, amount_check


@dataclass(frozen=True)
class ForeignCash:
    """Cash in a foreign currency, over the counter.

    Attributes:
        tendered: what changes hands first.
        rate: of the business day.
        exchange: what the ledger sees.
        change: what is given back at once; None for none.
    """

    tendered: Money
    rate: ExchangeRate
    exchange: Exchange
    change: Change | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of a payment."""
        found: dict[str, Any] = {
            "tendered": self.tendered.amount,
            "tendered_currency": self.tendered.currency.code,
            "exchange_rate": self.rate,
        }
        if self.change is not None:
            found |= {"change_foreign": self.change.foreign.amount, "change_home": self.change.home.amount}
        return found


def foreign_cash_taken(data: PaymentData) -> ForeignCash:
    """What foreign cash comes to on the business day, with the change when only a part is to be paid.

    Raises:
        InvalidInput: ``amount_invalid``.
        RuleBroken: no rate (``no_exchange_rate``); it is worth less than is to be paid (``tendered_too_little``).
    """
    home, foreign = str(data.place.currency), data.amount.currency.code
    amount_check(data.amount, foreign)
    rate = rate_on(data.place.pk, foreign, data.place.business_date)
    exchange = taken_in(data.amount, rates_of(rate), home)
    if data.settles is None:
        return ForeignCash(data.amount, rate, exchange)
    amount_check(data.settles, home)
    if exchange.amount < data.settles:
        text = _("%(amount)s are credited with %(amount_2)s, less than %(settles)s.") % {
            "amount": data.amount,
            "amount_2": exchange.amount,
            "settles": data.settles,
        }
        raise RuleBroken(text, code="tendered_too_little")
    kept, change = taken_with_change(
        data.amount, data.settles, rates_of(rate), is_foreign=data.is_change_foreign
    )
    return ForeignCash(data.amount, rate, kept, change)


def foreign_cash_returned(original: Payment, amount: Money) -> ForeignCash:
    """What it costs to pay back foreign cash in its own currency: the sell rate of the business day.

    Args:
        original: the payment, locked.
        amount: in the currency that was handed over, in notes and coins that are handed out.

    Raises:
        InvalidInput: another currency, or no such amount (``amount_invalid``).
        RuleBroken: ``no_exchange_rate``.
    """
    place, foreign = original.property, amount.currency.code
    if foreign != original.tendered_currency:
        only = f"{original.currency} or {original.tendered_currency}".removesuffix(" or ")
        raise InvalidInput(
            _("This payment is paid back in %(only)s.") % {"only": only}, code="amount_invalid"
        )
    amount_check(amount, foreign)
    rate = rate_on(place.pk, foreign, place.business_date)
    if rate.cash_step and amount.amount % rate.cash_step:
        text = _("%(foreign)s is handed out in steps of %(normalize)s.") % {
            "foreign": foreign,
            "normalize": f"{rate.cash_step.normalize():f}",
        }
        raise InvalidInput(text, code="amount_invalid", fields={"amount": [text]})
    return ForeignCash(amount, rate, handed_out(amount, rates_of(rate), original.currency))


def foreign_cash_left(original: Payment) -> Money:
    """What was handed over of foreign cash and is not given back: as change, or by refunds in that currency."""
    currency = original.tendered_currency
    back = original.taken_back.filter(tendered_currency=currency).exclude(status=PaymentStatus.FAILED)
    returned = back.aggregate(sum=Sum("tendered"))["sum"] or 0
    kept = (original.tendered or 0) - original.change_foreign - returned
    return zero(currency) + Money(kept, currency)
