"""What a stay is sold for: quotes of the rates floor, discounts within limits, rules enforced or overridden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from moneyed import Money

from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.core.money import rounded, total, zero
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.rates.domain.quotes import BrokenRule, NightPrice, Occupancy, StayQuote
from hotel.rates.domain.recorded import night_recorded
from hotel.rates.models import RatePlan
from hotel.rates.selectors.quotes import QuoteRequest, RatesNotSet, quote_stay
from hotel.rates.selectors.recorded import taxes_in_record
from hotel.reservations.domain.stays import nights_of
from hotel.reservations.services.authority import Authority
from hotel.rooms.models import RoomType


@dataclass(frozen=True, kw_only=True)
class PriceWish:
    """What is to be priced: a stay, what is agreed already, and what the seller wants to change.

    Attributes:
        is_promo_taken: the stay has used the promotion code already.
        kept: nights whose sold price stays; taxes added per guest are counted again over the whole stay.
        settled: kept nights whose taxes stand too: slept, or sold by another system.
        prices: room price per night by hand; only of nights that are not kept.
        discount_rate: 0–1 off every other night.
        agreed: contract prices, of a block, for nights that are not kept; what is given by hand is measured by them.
        is_agreed: the prices by hand are those of a contract: no limit is asked.
        is_free: complimentary or house use: every night that is not kept costs nothing.
    """

    place: Property
    room_type: RoomType
    rate_plan: RatePlan
    arrival: date
    departure: date
    occupancy: Occupancy
    promo_code: str = ""
    is_promo_taken: bool = False
    exemptions: tuple[str, ...] = ()
    company_id: int | None = None
    day_use: tuple[time, time] | None = None
    kept: Mapping[date, NightPrice] = field(default_factory=dict)
    settled: frozenset[date] = frozenset()
    prices: Mapping[date, Money] = field(default_factory=dict)
    agreed: Mapping[date, Money] = field(default_factory=dict)
    discount_rate: Decimal = Decimal(0)
    is_free: bool = False
    is_agreed: bool = False

    @property
    def nights(self) -> list[date]:
        """The nights, or the day of day use."""
        return nights_of(self.arrival, self.departure, is_day_use=self.day_use is not None)

    @property
    def is_by_hand(self) -> bool:
        """Whether any price is another than the plan's."""
        return bool(self.prices or self.agreed or self.discount_rate or self.is_free)


def stay_priced(wish: PriceWish, authority: Authority) -> StayQuote:
    """Quote a stay; prices by hand and discounts are checked against the seller's limits first.

    Returns:
        The quote with one price per night; ``broken`` rules are not judged here, see ``rules_enforce``.

    Raises:
        RatesNotSet: a night has no rate and no price by hand.
        RuleBroken: a discount above the limit, or a free price without the right.
        InvalidInput: a price for a night outside the stay, or in another currency.
    """
    if not wish.is_by_hand:
        return quote_stay(_request(wish, {}))
    open_nights = [night for night in wish.nights if night not in wish.kept]
    _check_prices(wish, open_nights)
    if wish.is_agreed and not wish.is_free and wish.prices.keys() >= set(open_nights):
        return quote_stay(_request(wish, wish.prices))  # nothing to compare with, so nothing to look up first
    try:
        base: dict[date, Money] = {
            night.night: night.room_gross for night in quote_stay(_request(wish, {})).nights
        }
    except RatesNotSet:
        unpriced = set(open_nights) - set(wish.agreed)
        if unpriced - set(wish.prices) and not wish.is_free:
            raise
        if unpriced and not wish.is_agreed:
            authority.approve_free_price()
        base = {}
    base |= wish.agreed
    overrides = {night: _price(wish, night, base) for night in open_nights}
    priced = [night for night in overrides if night in base and base[night].amount and not wish.is_agreed]
    authority.approve_discount(
        max((1 - overrides[night].amount / base[night].amount for night in priced), default=Decimal(0))
    )
    return quote_stay(_request(wish, overrides))


def stay_recorded(wish: PriceWish) -> StayQuote:
    """The price of a stay as another system sold it: the recorded amounts, contained taxes inside.

    No plan, limit or restriction is asked, and nothing is added.

    Raises:
        InvalidInput: a night has no recorded price.
    """
    if missing := [str(night) for night in wish.nights if night not in wish.prices]:
        raise InvalidInput(
            _("No price is recorded for %(missing)s.") % {"missing": ", ".join(missing[:7])},
            code="price_invalid",
        )
    currency = str(wish.place.currency)
    type_id, plan_id = wish.room_type.pk, wish.rate_plan.pk
    rules = taxes_in_record(wish.place, wish.nights)
    nights = tuple(
        night_recorded(night, type_id, plan_id, wish.prices[night], rules) for night in wish.nights
    )
    amount = total((night.total for night in nights), currency)
    tax = total((line.amount for night in nights for line in night.taxes), currency)
    return StayQuote(
        property_id=wish.place.pk,
        rate_plan_id=plan_id,
        room_type_id=type_id,
        arrival=wish.arrival,
        departure=wish.departure,
        occupancy=wish.occupancy,
        currency=currency,
        nights=nights,
        stay_taxes=(),
        total=amount,
        net_total=amount - tax,
        tax_total=tax,
    )


def rules_enforce(broken: Sequence[BrokenRule], authority: Authority) -> None:
    """Refuse a stay that breaks restrictions, unless overridden with a reason.

    Raises:
        RuleBroken: ``rate_restrictions_violated``; ``extra`` lists each rule with its level and night.
    """
    if not broken:
        return
    authority.require(
        RuleBroken(
            " ".join(dict.fromkeys(rule.text for rule in broken)),
            code="rate_restrictions_violated",
            extra={
                "rules": [
                    {
                        "code": rule.code,
                        "level": rule.level,
                        "night": rule.night.isoformat() if rule.night else None,
                        "text": rule.text,
                    }
                    for rule in broken
                ]
            },
        )
    )


def _request(wish: PriceWish, overrides: Mapping[date, Money]) -> QuoteRequest:
    return QuoteRequest(
        place=wish.place,
        rate_plan=wish.rate_plan,
        room_type=wish.room_type,
        arrival=wish.arrival,
        departure=wish.departure,
        occupancy=wish.occupancy,
        booked_on=wish.place.business_date,
        promo_code=wish.promo_code,
        is_promo_taken=wish.is_promo_taken,
        exemptions=wish.exemptions,
        company_id=wish.company_id,
        kept=dict(wish.kept),
        settled=wish.settled,
        overrides=dict(overrides),
        is_day_use=wish.day_use is not None,
        hours=wish.day_use,
    )


def _price(wish: PriceWish, night: date, base: Mapping[date, Money]) -> Money:
    currency = wish.place.currency
    if wish.is_free:
        return zero(currency)
    if night in wish.prices:
        return wish.prices[night]
    return rounded(base[night] * (1 - wish.discount_rate))


def _check_prices(wish: PriceWish, open_nights: Sequence[date]) -> None:
    strangers = sorted(set(wish.prices) - set(open_nights))
    if strangers:
        raise InvalidInput(
            _("These nights cannot be priced by hand: %(strangers)s.")
            % {"strangers": ", ".join(map(str, strangers[:7]))},
            code="price_invalid",
        )
    for price in wish.prices.values():
        if price.amount < 0 or price.currency.code != wish.place.currency:
            raise InvalidInput(
                _("Give prices of 0 or more in %(currency)s.") % {"currency": wish.place.currency},
                code="price_invalid",
            )
    if not 0 <= wish.discount_rate <= 1:
        raise InvalidInput(_("A discount is a share between 0 and 1."), code="discount_invalid")
