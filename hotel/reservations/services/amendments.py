"""Changing a stay: dates, type, plan, party. Nights that do not change keep the price they were sold at."""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.db import transaction
from moneyed import Money

from hotel.accounts.models import User
from hotel.core.days import day_told
from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.core.words import _
from hotel.rates.domain.quotes import NightPrice, Occupancy, StayQuote
from hotel.rates.models import RatePlan
from hotel.rates.selectors.quotes import RatesNotSet
from hotel.reservations.choices import TAKES_INVENTORY, ChangeKind, ReservationStatus
from hotel.reservations.models import Reservation, ReservationNight
from hotel.reservations.selectors.parties import occupancy_sorted
from hotel.reservations.services.authority import Authority
from hotel.reservations.services.block_grid import agreed_prices, returned_to_blocks, taken_from_blocks
from hotel.reservations.services.commands import (
    CommandResult,
    change,
    changed_fact,
    check,
    finish,
    reservation_locked,
)
from hotel.reservations.services.day_use import day_use_fits, takes_more
from hotel.reservations.services.drafts import check_party, check_span, night_row, party_of, totals_of
from hotel.reservations.services.guarantees import guarantee_enforce, is_asked
from hotel.reservations.services.moves import slices, sold_moves
from hotel.reservations.services.occupancies import assignments_follow
from hotel.reservations.services.offers import offers_end
from hotel.reservations.services.pricing import PriceWish, rules_enforce, stay_priced
from hotel.reservations.services.shares import (
    alone_for_now,
    nights_enter,
    nights_leave,
    share_fits,
    share_settle,
)
from hotel.reservations.services.slices import day_use_of, occupancy_of, prices_of
from hotel.rooms.models import RoomType
from hotel.rooms.services.inventory import Move


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """What is to change; None leaves it as it is.

    Attributes:
        is_price_kept: an upgrade on the house: another type or party, every night at the price it was sold for;
            approval limits apply, and taxes per guest follow the party.
        prices: room price per night by hand, of changed or unchanged nights; approval limits apply.
        discount_rate: 0–1 off the nights that are priced anew; approval limits apply.
    """

    arrival: date | None = None
    departure: date | None = None
    room_type: RoomType | None = None
    rate_plan: RatePlan | None = None
    occupancy: Occupancy | None = None
    day_use: tuple[time, time] | None = None
    is_price_kept: bool = False
    prices: Mapping[date, Money] = field(default_factory=dict)
    discount_rate: Decimal = Decimal(0)


@dataclass(frozen=True)
class _Plan:
    """The stay as it would be: the wish to be priced, and the nights of before."""

    wish: PriceWish
    nights: Sequence[ReservationNight]
    sold_as: RoomType
    has_other_hours: bool = False

    @property
    def is_other_stay(self) -> bool:
        """Dates, hours or plan differ, so that rules of the whole stay count again."""
        old = [night.night for night in self.nights]
        return (
            self.has_other_hours
            or self.wish.nights != old
            or any(night.rate_plan_id != self.wish.rate_plan.pk for night in self.nights)
        )


@transaction.atomic
def reservation_amend(
    *,
    reservation: Reservation,
    amendment: Amendment,
    actor: User | None,
    expected_version: int | None = None,
    override_reason: str = "",
) -> CommandResult:
    """Change a stay in one step: old nights given back and new ones taken under one lock.

    Only nights whose type, plan or party changes, and added nights, are priced anew, at the group's price where the
    stay belongs to a block that has one; all others keep their sold price. In house, nights before the business date
    are never touched, nor is day use, which is charged at check-in. The policies stay as sold unless the plan changes,
    and cancellation deadlines are counted from the earliest arrival the stay ever had: moving the arrival to a later
    day does not bring back a free cancellation that had passed.

    Raises:
        Conflict, VersionConflict: denied by the lifecycle, or stale (412).
        InvalidInput, RuleBroken, RatesNotSet: as booking_create, for what changes; a kept price further below today's
            than the seller's limit (``discount_above_limit``).
            Less stands behind it than the new dates ask for (``guarantee_too_low``).
        RoomTypeSoldOut: the new nights, or hours, are not free; nothing was changed.
        RoomTaken: the locked room is taken on the new dates.

    Locks: the reservation, its rooms, then the counters of old and new nights together.
    """
    fresh = reservation_locked(reservation, expected_version=expected_version)
    check(fresh, "amend")
    authority = Authority(fresh.property, actor, override_reason)
    alone_for_now(fresh)
    plan = _planned(fresh, amendment)
    _check(fresh, plan)
    if not (fresh.is_taken_over and plan.wish.occupancy == occupancy_of(fresh)):
        check_party(plan.sold_as, plan.wish.occupancy, authority)
    _approve_given_away(fresh, plan, authority)
    quote = stay_priced(plan.wish, authority)
    rules_enforce([rule for rule in quote.broken if _counts(rule.night, plan)], authority)
    if plan.is_other_stay and fresh.status == ReservationStatus.CONFIRMED and is_asked(fresh):
        guarantee_enforce(policies=quote.policies, guarantee=fresh.guarantee, authority=authority)
    before, was = copy.copy(fresh), list(plan.nights)
    nights_leave(fresh, [night for night in was if night.night not in plan.wish.nights])
    rows = _rewritten(fresh, plan, quote)
    moves = _moves(fresh, was, rows)
    values = _values(fresh, plan, quote)
    log = {"before": {"nights": _log(was)}, "after": {"nights": _log(rows)}}
    change(fresh, ChangeKind.AMENDED, actor=actor, values=values, reason=override_reason, **log)
    assignments_follow(
        fresh,
        was=(before.arrival, before.departure),
        type_changed=plan.sold_as.pk != before.room_type_id,
    )
    share_fits(fresh, authority)
    share_settle(fresh, actor)
    result = finish(fresh, moves=moves, facts=[changed_fact(fresh, "amend", before)])
    if fresh.status in TAKES_INVENTORY and (moves or takes_more(day_use_of(before), plan.wish.day_use)):
        day_use_fits(reservations=[fresh])
    return result


def _planned(reservation: Reservation, amendment: Amendment) -> _Plan:
    """What the stay becomes, and which sold prices it keeps.

    Raises:
        InvalidInput: dates that are no nights.
    """
    nights = list(reservation.nights.order_by("night"))
    arrival = amendment.arrival or reservation.arrival
    departure = amendment.departure or reservation.departure
    if reservation.is_day_use and amendment.arrival and not amendment.departure:
        departure = arrival
    if not reservation.is_day_use:
        check_span(arrival, departure)
    sold_as = amendment.room_type or reservation.room_type
    rate_plan = amendment.rate_plan or reservation.rate_plan
    occupancy = occupancy_of(reservation)
    if amendment.occupancy is not None:
        occupancy = occupancy_sorted(reservation.property_id, amendment.occupancy)
    wish = PriceWish(
        place=reservation.property,
        room_type=sold_as,
        rate_plan=rate_plan,
        arrival=arrival,
        departure=departure,
        occupancy=occupancy,
        promo_code=reservation.promo_code,
        is_promo_taken=reservation.status in TAKES_INVENTORY,
        exemptions=tuple(reservation.exemptions),
        company_id=reservation.booking.company_id,
        day_use=amendment.day_use or day_use_of(reservation),
        kept=_kept(reservation, amendment, nights, (sold_as, rate_plan, occupancy)),
        settled=frozenset(n.night for n in nights if n.is_taken_over or _is_frozen(reservation, n.night)),
        prices=amendment.prices,
        agreed=agreed_prices(reservation.block_id, sold_as.pk, arrival, departure),
        discount_rate=amendment.discount_rate,
        is_free=reservation.is_complimentary or reservation.is_house_use,
    )
    stay_nights = set(wish.nights)
    kept = {night: price for night, price in wish.kept.items() if night in stay_nights}
    return _Plan(replace(wish, kept=kept), nights, sold_as, wish.day_use != day_use_of(reservation))


def _kept(
    reservation: Reservation,
    amendment: Amendment,
    nights: Sequence[ReservationNight],
    after: tuple[RoomType, RatePlan, Occupancy],
) -> dict[date, NightPrice]:
    """The sold prices that stand: frozen nights always, others when nothing they depend on changes."""
    room_type, rate_plan, occupancy = after
    party = party_of(occupancy)
    times_changed = amendment.day_use is not None and amendment.day_use != day_use_of(reservation)

    def stands(night: ReservationNight) -> bool:
        if _is_frozen(reservation, night.night):
            return True
        if night.night in amendment.prices or times_changed:
            return False
        if amendment.is_price_kept:
            return night.rate_plan_id == rate_plan.pk
        same_type = night.room_type_id == room_type.pk
        return same_type and night.rate_plan_id == rate_plan.pk and _party(night) == party

    return prices_of(night for night in nights if stands(night))


def _approve_given_away(reservation: Reservation, plan: _Plan, authority: Authority) -> None:
    """Another type or party at the old price is a discount: measured by what it costs now.

    Raises:
        RuleBroken: above the limit, or nothing to measure by and no right to a price of one's own.
    """
    wish, party = plan.wish, party_of(plan.wish.occupancy)
    given = {
        night.night: night.room_gross
        for night in plan.nights
        if night.night in wish.kept
        and not _is_frozen(reservation, night.night)
        and (night.room_type_id != plan.sold_as.pk or _party(night) != party)
    }
    if not given or wish.is_free:
        return
    others = {night: price for night, price in wish.kept.items() if night not in given}
    try:
        real = stay_priced(replace(wish, kept=others, prices={}, discount_rate=Decimal(0)), authority)
    except RatesNotSet:
        authority.approve_free_price()
        return
    asked = {night.night: night.room_gross for night in real.nights if night.room_gross.amount}
    rates = [1 - given[night].amount / asked[night].amount for night in given if night in asked]
    authority.approve_discount(max(rates, default=Decimal(0)))


def _is_frozen(reservation: Reservation, night: date) -> bool:
    """What a guest in house was charged: nights before the business date, and day use from its check-in on."""
    is_over = reservation.is_day_use or night < reservation.property.business_date
    return reservation.status == ReservationStatus.IN_HOUSE and is_over


def _party(night: ReservationNight) -> dict[str, Any]:
    return {"adults": night.adults, "children": night.children}


def _check(reservation: Reservation, plan: _Plan) -> None:
    wish, today = plan.wish, reservation.property.business_date
    for row in (plan.sold_as, wish.rate_plan):
        if row.property_id != reservation.property_id:
            raise InvalidInput(
                _("Room type and rate plan belong to another property."), code="other_property"
            )
    if reservation.is_day_use != (wish.arrival == wish.departure):
        raise InvalidInput(_("Day use stays day use, and nights stay nights."), code="dates_invalid")
    if wish.day_use is not None and wish.day_use[0] >= wish.day_use[1]:
        raise InvalidInput(_("Day use ends later on the same day."), code="dates_invalid")
    if reservation.share_id is not None and plan.sold_as.pk != reservation.room_type_id:
        text = _("The room is shared. Let the stay leave it first, and then take another type.")
        raise RuleBroken(text, code="room_shared")
    if reservation.status == ReservationStatus.IN_HOUSE:
        _check_in_house(reservation, plan)
    elif wish.arrival != reservation.arrival and wish.arrival < today:
        raise RuleBroken(
            _("The arrival lies before the open business date %(today)s.") % {"today": day_told(today)},
            code="arrival_in_past",
        )


def _check_in_house(reservation: Reservation, plan: _Plan) -> None:
    wish, today = plan.wish, reservation.property.business_date
    if plan.has_other_hours:
        text = _("These hours were charged at check-in. Agree on a late check-out instead.")
        raise RuleBroken(text, code="day_use_charged")
    if wish.arrival != reservation.arrival:
        raise RuleBroken(_("The guest has arrived: the arrival cannot change."), code="arrival_frozen")
    if wish.departure < today:
        raise RuleBroken(
            _("Nights before %(today)s are over and cannot change.") % {"today": day_told(today)},
            code="night_closed",
        )


def _counts(night: date | None, plan: _Plan) -> bool:
    """Whether a broken rule concerns what changes: a night priced anew, or the stay when it is another one."""
    if night is None:
        return plan.is_other_stay
    if night == plan.wish.departure:
        return not plan.nights or plan.nights[-1].night != plan.wish.nights[-1]
    return night not in plan.wish.kept


def _rewritten(reservation: Reservation, plan: _Plan, quote: StayQuote) -> list[ReservationNight]:
    """Replace the rows of changed nights; returns the rows of the stay as they are now, in date order."""
    old = {night.night: night for night in plan.nights}
    party = party_of(plan.wish.occupancy)
    rows, fresh = [], []
    for price in quote.nights:
        before = old.get(price.night)
        is_same = (
            before is not None
            and price == plan.wish.kept.get(price.night)
            and (
                _is_frozen(reservation, price.night)
                or (before.room_type_id == plan.sold_as.pk and _party(before) == party)
            )
        )
        if before is not None and is_same:
            rows.append(before)
            continue
        row = night_row(reservation.property, price, party, sold_as=plan.sold_as.pk)
        row.reservation = reservation
        if before is not None:
            row.share_id, row.holds_room = before.share_id, before.holds_room
        rows.append(row)
        fresh.append(row)
    nights_enter(reservation, [row for row in fresh if row.night not in old])
    gone = [night.pk for night in plan.nights if night not in rows]
    if gone:
        ReservationNight.objects.filter(pk__in=gone).delete()
    ReservationNight.objects.bulk_create(fresh)
    return rows


def _moves(
    reservation: Reservation, was: Sequence[ReservationNight], rows: Sequence[ReservationNight]
) -> list[Move]:
    if reservation.status not in TAKES_INVENTORY:
        return offers_end(reservation)
    block_id = reservation.block_id
    held = [night for night in was if night.holds_room]
    grid = [*returned_to_blocks(held, block_id), *taken_from_blocks(rows, block_id)]
    return [*grid, *sold_moves(slices(rows), released=slices(was), is_day_use=reservation.is_day_use)]


def _values(reservation: Reservation, plan: _Plan, quote: StayQuote) -> dict[str, Any]:
    wish = plan.wish
    values: dict[str, Any] = {
        "arrival": wish.arrival,
        "departure": wish.departure,
        "room_type": plan.sold_as,
        "rate_plan": wish.rate_plan,
        "policy_arrival": min(reservation.policy_arrival, wish.arrival),
        **party_of(wish.occupancy),
        "child_ages": list(wish.occupancy.child_ages),
        **totals_of(quote),
    }
    if wish.rate_plan.pk != reservation.rate_plan_id:
        values["policies"] = quote.policies
    elif plan.is_other_stay:
        sold = {name: terms for name, terms in reservation.policies.items() if name != "guarantee"}
        asked = {name: terms for name, terms in quote.policies.items() if name == "guarantee"}
        values["policies"] = sold | asked
    if wish.day_use is not None:
        values["day_use_start"], values["day_use_end"] = wish.day_use
    return values


def _log(nights: Sequence[ReservationNight]) -> dict[str, str]:
    return {night.night.isoformat(): str(night.total.amount) for night in nights}
