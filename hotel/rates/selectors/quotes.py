"""Quotes: the price of a stay in one plan and type, or in all of them, each explained."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from moneyed import Money

from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.core.money import quantum
from hotel.core.words import _
from hotel.properties.business_date import local_instant
from hotel.properties.models import Property
from hotel.rates.domain.quotes import BrokenRule, NightPrice, Occupancy, StayQuote, night_price_load
from hotel.rates.domain.sheet import RateSheet, StayRequest
from hotel.rates.domain.stays import NOT_SET, StayPricer
from hotel.rates.domain.terms import Exemption
from hotel.rates.models import RatePlan, TaxExemption
from hotel.rates.selectors.kept_sheets import kept_rate_sheet
from hotel.rates.selectors.sheets import SheetQuery, exemption_terms
from hotel.rooms.models import RoomType

MAX_NIGHTS = 730


class RatesNotSet(RuleBroken):
    """A night of the stay has no price in the plan (422); ``extra["nights"]`` lists them."""

    code = "rates_not_set"


@dataclass(frozen=True, kw_only=True)
class QuoteRequest:
    """What is to be quoted.

    Attributes:
        place: the property; amounts are in its currency.
        booked_on: business date.
        is_promo_taken: the stay has used the code already, so it counts also when it is used up.
        kept: nights whose sold price stays, as stored or loaded; see ``StayRequest``.
        settled: kept nights whose taxes stand too.
        overrides: rate of a night by hand or from a block: what ``room_gross`` will be.
        exemptions: certificate numbers, or reasons such as ``resident``; ``resident:2`` frees two persons.
        hours: of day use: from and to on the property's clock (to before from means the next day), or how many.
    """

    place: Property
    rate_plan: RatePlan
    room_type: RoomType
    arrival: date
    departure: date
    occupancy: Occupancy
    booked_on: date
    promo_code: str = ""
    is_promo_taken: bool = False
    company_id: int | None = None
    kept: Mapping[date, NightPrice | Mapping[str, Any]] = field(default_factory=dict)
    settled: frozenset[date] = frozenset()
    overrides: Mapping[date, Money] = field(default_factory=dict)
    exemptions: tuple[str, ...] = ()
    is_day_use: bool = False
    hours: tuple[time, time] | int | None = None


def quote_stay(request: QuoteRequest) -> StayQuote:
    """Price one stay in one plan on one type. Constant number of queries.

    Returns:
        The quote; ``broken`` tells every rule against it, and is for the caller to judge.

    Raises:
        RatesNotSet: a night is neither priced by the plan nor kept nor overridden.
        InvalidInput: impossible dates, an override below zero or in another currency.
    """
    place = request.place
    check_dates(request.arrival, request.departure, is_day_use=request.is_day_use)
    sheet = kept_rate_sheet(
        SheetQuery(
            place=place,
            first=request.arrival,
            last=request.departure,
            room_type_ids=(request.room_type.pk,),
            promo_code=request.promo_code,
            is_promo_taken=request.is_promo_taken,
            company_id=request.company_id,
        )
    )
    question = StayRequest(
        arrival=request.arrival,
        departure=request.departure,
        occupancy=request.occupancy,
        booked_on=request.booked_on,
        kept={night: _night(price) for night, price in request.kept.items()},
        settled=request.settled,
        overrides={night: _amount(place, price) for night, price in request.overrides.items()},
        exemptions=exemptions_stated(place, request.exemptions),
        is_day_use=request.is_day_use,
        minutes=_minutes(place, request.arrival, request.hours),
    )
    quote = StayPricer(sheet, question).quote(request.rate_plan.pk, request.room_type.pk)
    missing = [rule for rule in quote.broken if rule.code == NOT_SET]
    if missing:
        raise RatesNotSet(
            _("%(text)s Set a price, or choose another plan.") % {"text": missing[0].text},
            extra={"nights": [rule.night.isoformat() for rule in missing if rule.night]},
        )
    return quote


def quotes_search(  # noqa: PLR0913  (the filters of a search are its parameters)
    *,
    place: Property,
    arrival: date,
    departure: date,
    occupancy: Occupancy,
    booked_on: date,
    room_type_ids: Collection[int] | None = None,
    rate_plan_ids: Collection[int] | None = None,
    promo_code: str = "",
    company_id: int | None = None,
    include_broken: bool = False,
    exemptions: tuple[str, ...] = (),
    hours: tuple[time, time] | None = None,
) -> list[StayQuote]:
    """Price one stay in every plan on every type it is sold on. Constant number of queries.

    Args:
        place: the property.
        arrival: first night.
        departure: the day after the last night.
        occupancy: who stays in one room.
        booked_on: business date.
        room_type_ids: only these types; None for all active ones.
        rate_plan_ids: only these plans; None for all active ones.
        promo_code: opens plans and takes discounts off.
        company_id: opens negotiated plans.
        include_broken: also what cannot be sold, with its broken rules; ``nights`` is empty where no price is set.
        exemptions: as in ``QuoteRequest``.
        hours: of day use, from and to on the property's clock; None for nights.

    Returns:
        In order of plans, then types, by their own sort orders.

    Raises:
        InvalidInput: impossible dates.
    """
    check_dates(arrival, departure, is_day_use=hours is not None)
    types = RoomType.objects.at(place.pk).filter(is_active=True)
    if room_type_ids is not None:
        types = types.filter(pk__in=room_type_ids)
    type_ids = list(types.order_by("sort_order", "code").values_list("pk", flat=True))
    sheet = kept_rate_sheet(
        SheetQuery(
            place=place,
            first=arrival,
            last=departure,
            room_type_ids=type_ids,
            promo_code=promo_code,
            company_id=company_id,
        )
    )
    question = StayRequest(
        arrival=arrival,
        departure=departure,
        occupancy=occupancy,
        booked_on=booked_on,
        exemptions=exemptions_stated(place, exemptions),
        is_day_use=hours is not None,
        minutes=_minutes(place, arrival, hours),
    )
    pricer = StayPricer(sheet, question)
    quotes = [
        pricer.quote(plan_id, type_id)
        for plan_id in _plan_ids(sheet, rate_plan_ids)
        for type_id in type_ids
        if type_id in sheet.types_of(plan_id)
    ]
    return quotes if include_broken else [quote for quote in quotes if quote.is_sellable]


def closed_why(
    *,
    place: Property,
    arrival: date,
    departure: date,
    booked_on: date,
    occupancy: Occupancy | None = None,
    rate_plan: RatePlan | None = None,
    room_type: RoomType | None = None,
) -> list[BrokenRule]:
    """Why a stay cannot be sold: every broken rule with level, date and sentence; empty when it can.

    Without a plan or a type only the levels that are named are asked. Prices do not matter here.

    Raises:
        InvalidInput: impossible dates.
    """
    check_dates(arrival, departure)
    ids = None if room_type is None else (room_type.pk,)
    sheet = kept_rate_sheet(SheetQuery(place=place, first=arrival, last=departure, room_type_ids=ids))
    question = StayRequest(
        arrival=arrival, departure=departure, occupancy=occupancy or Occupancy(1), booked_on=booked_on
    )
    plan_id = None if rate_plan is None else rate_plan.pk
    return StayPricer(sheet, question).broken(plan_id, None if room_type is None else room_type.pk)


def check_dates(arrival: date, departure: date, *, is_day_use: bool = False) -> None:
    """Refuse impossible stays.

    Raises:
        InvalidInput: departure not after arrival (or not the same day for day use), or too long.
    """
    nights = (departure - arrival).days
    if is_day_use and nights != 0:
        raise InvalidInput(_("Day use departs on the day it arrives."), code="dates_invalid")
    if not is_day_use and not 1 <= nights <= MAX_NIGHTS:
        text = _("The departure must be 1 to %(max_nights)s days after the arrival.") % {
            "max_nights": MAX_NIGHTS
        }
        raise InvalidInput(text, code="dates_invalid")


def _plan_ids(sheet: RateSheet, wanted: Collection[int] | None) -> Sequence[int]:
    if wanted is not None:
        return [plan_id for plan_id in sheet.plans if plan_id in set(wanted)]
    return [plan.id for plan in sheet.plans.values() if plan.is_active]


def _night(price: NightPrice | Mapping[str, Any]) -> NightPrice:
    return price if isinstance(price, NightPrice) else night_price_load(price)


def _amount(place: Property, price: Money) -> Decimal:
    if price.currency.code != str(place.currency) or price.amount < 0:
        raise InvalidInput(
            _("Give prices of 0 or more in %(currency)s.") % {"currency": place.currency},
            code="price_invalid",
        )
    return price.amount.quantize(quantum(price.currency.code), rounding=ROUND_HALF_UP)


def exemptions_stated(place: Property, stated: Sequence[str]) -> list[Exemption]:
    """What is stated with a booking: certificates by number, else reasons; each may end in ``:<persons>``."""
    if not stated:
        return []
    wanted = {}
    for text in stated:
        name, _, persons = text.partition(":")
        wanted[name] = int(persons) if persons.isdecimal() and len(persons) < 4 else 0
    known = {
        row.certificate: row
        for row in TaxExemption.objects.at(place.pk).filter(certificate__in=list(wanted), revoked_at=None)
    }
    return [
        exemption_terms(known[name], persons) if name in known else Exemption(name, persons)
        for name, persons in wanted.items()
    ]


def _minutes(place: Property, day: date, hours: tuple[time, time] | int | None) -> int | None:
    """How long day use lasts in real time, begun minutes counted; clocks that change that day are told apart."""
    if hours is None:
        return None
    if isinstance(hours, int):
        return hours * 60
    start, end = hours
    past = day + timedelta(days=1) if end <= start else day
    lasts = local_instant(place, past, end) - local_instant(place, day, start)
    return -(-int(lasts.total_seconds()) // 60)
