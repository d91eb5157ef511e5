"""What each stay of a shared room pays, night by night.

Source: docs/algorithms/sharing.md, "Who pays what".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from moneyed import Money

from hotel.core.money import zero
from hotel.rates.domain.quotes import NightPrice, Occupancy, night_price_dump, night_price_load
from hotel.rates.domain.recorded import night_recorded
from hotel.rates.selectors.quotes import RatesNotSet
from hotel.rates.selectors.recorded import taxes_in_record
from hotel.reservations.bill_ports import nights_on_bill
from hotel.reservations.choices import RateSplit
from hotel.reservations.domain.sharing import Sharer, parts, present
from hotel.reservations.models import Reservation, ReservationNight
from hotel.reservations.services.authority import Authority
from hotel.reservations.services.drafts import totals_of
from hotel.reservations.services.pricing import stay_priced
from hotel.reservations.services.slices import occupancy_of, wish_of_reservation

_PRICED = ["room_net", "room_gross", "total", "price_detail", "alone_detail"]


@dataclass(frozen=True)
class Room:
    """The stays of a shared room, and of those who have left it.

    Attributes:
        members: by id, in their order.
        nights: all night rows by reservation, in date order.
        opened: of living stays, those from the business date on.
        together: who shares now, as the rule sees them, in groups.
    """

    members: Mapping[int, Reservation]
    nights: Mapping[int, list[ReservationNight]]
    opened: Mapping[int, list[ReservationNight]]
    together: Sequence[Sequence[Sharer]]


@dataclass(frozen=True)
class Repriced:
    """A stay whose nights cost something else now: its stored totals, and its nights before and after for the log."""

    totals: Mapping[str, Any]
    before: Mapping[str, str]
    after: Mapping[str, str]


def prices_divided(room: Room, splits: Mapping[int, str]) -> dict[int, Repriced]:
    """Price the open nights of all: parts of the room where it is shared, elsewhere what was sold.

    A night that is on a bill already costs what it says there. A part of one that another system priced has, as the
    whole of it, everything inside.

    Args:
        room: after its nights were placed.
        splits: RateSplit by id of those who share.

    Returns:
        Those for whom something changes, by id.
    """
    wanted: dict[int, dict[date, Money]] = {}
    for group in room.together:
        split = splits[group[0].key]
        whole = {} if split == RateSplit.FULL else _whole(room, group)
        wanted |= parts(group, split, whole)
    place = next(iter(room.members.values())).property
    day = place.business_date
    billed = nights_on_bill(place.pk, list(room.opened), day) if room.opened else frozenset()
    found = {}
    for pk, member in room.members.items():
        frozen = {night.night for night in room.nights[pk] if pk in room.opened and night.night < day}
        frozen |= {day} if pk in billed else set()
        repriced = _repriced(member, room.nights[pk], wanted.get(pk, {}), frozen)
        if repriced is not None:
            found[pk] = repriced
    return found


def alone_again(stay: Reservation) -> None:
    """Let the open nights of a locked stay cost what they were sold for, in the database; its total is the caller's."""
    day = stay.property.business_date
    rows = list(stay.nights.filter(night__gte=day, alone_detail__isnull=False))
    billed = nights_on_bill(stay.property_id, [stay.pk], day) if rows else ()
    rows = [night for night in rows if night.night > day or stay.pk not in billed]
    for night in rows:
        _put(night, _alone(night), None)
    ReservationNight.objects.bulk_update(rows, _PRICED)


def _whole(room: Room, group: Sequence[Sharer]) -> dict[date, Money]:
    """The room for all who are there: what the first of them was sold it for, and what his plan asks for the others."""
    found, asked = dict[date, Money](), dict[frozenset[int], Mapping[date, Money]]()
    for night, there in present(group).items():
        if len(there) == 1:
            continue
        payer, keys = room.members[there[0].key], frozenset(one.key for one in there)
        row = next(row for row in room.nights[payer.pk] if row.night == night)
        if keys not in asked:
            asked[keys] = _supplements(payer, [room.members[one.key] for one in there])
        sold = _alone(row).room_gross
        found[night] = sold + asked[keys].get(night, zero(sold.currency.code))
    return found


def _supplements(payer: Reservation, there: Sequence[Reservation]) -> dict[date, Money]:
    """What more people cost by night in the plan of the first; nothing without a rate, or when his stay is free."""
    if payer.is_complimentary or payer.is_house_use:
        return {}
    wish = replace(wish_of_reservation(payer), kept={}, settled=frozenset(), is_promo_taken=True)
    authority = Authority(payer.property, None)
    try:
        alone = stay_priced(wish, authority).nights
        all_of_them = stay_priced(replace(wish, occupancy=occupancy_together(there)), authority).nights
    except RatesNotSet:
        return {}
    return {
        one.night: more.room_gross - one.room_gross
        for one, more in zip(alone, all_of_them, strict=True)
        if more.room_gross > one.room_gross
    }


def occupancy_together(stays: Iterable[Reservation]) -> Occupancy:
    """All who sleep in one room, children by age band."""
    adults, children = 0, dict[str, int]()
    for stay in stays:
        party = occupancy_of(stay)
        adults += party.adults
        for band, count in party.children:
            children[band] = children.get(band, 0) + count
    return Occupancy(adults=adults, children=tuple(sorted(children.items())))


def _repriced(
    stay: Reservation, nights: Sequence[ReservationNight], wanted: Mapping[date, Money], frozen: set[date]
) -> Repriced | None:
    """Price a stay anew with its parts of the room; None when every night costs that already."""
    open_nights = [night for night in nights if night.night not in frozen]
    divided = {night.night: wanted[night.night] for night in open_nights if night.night in wanted}
    if not divided and all(night.alone_detail is None for night in open_nights):
        return None
    kept = {night.night: night_price_load(night.price_detail) for night in nights if night.night in frozen}
    kept |= {night.night: _alone(night) for night in open_nights if night.night not in divided}
    over = {night.night for night in nights if night.is_taken_over}
    rules = taxes_in_record(stay.property, over & divided.keys())
    kept |= {
        night.night: night_recorded(
            night.night, night.rate_room_type_id, night.rate_plan_id, divided[night.night], rules
        )
        for night in open_nights
        if night.night in divided and night.is_taken_over
    }
    wish = replace(
        wish_of_reservation(stay),
        kept=kept,
        settled=frozenset(frozen | over),
        prices={night: part for night, part in divided.items() if night not in over},
        is_agreed=True,
        is_promo_taken=True,
    )
    quote = stay_priced(wish, Authority(stay.property, None))
    before = {night.night.isoformat(): str(night.total.amount) for night in nights}
    changed = []
    for night, price in zip(nights, quote.nights, strict=True):
        if night.night in frozen:
            continue
        alone = (night.alone_detail or night.price_detail) if night.night in divided else None
        if price != night_price_load(night.price_detail) or alone != night.alone_detail:
            _put(night, price, alone)
            changed.append(night)
    if not changed:
        return None
    ReservationNight.objects.bulk_update(changed, _PRICED)
    after = {night.night.isoformat(): str(night.total.amount) for night in nights}
    return Repriced(totals_of(quote), before, after)


def _alone(night: ReservationNight) -> NightPrice:
    return night_price_load(night.alone_detail or night.price_detail)


def _put(night: ReservationNight, price: NightPrice, alone: Any) -> None:
    night.room_net, night.room_gross, night.total = price.room_net, price.room_gross, price.total
    night.price_detail, night.alone_detail = night_price_dump(price), alone
