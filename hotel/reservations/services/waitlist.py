"""The waiting list: offered by priority as soon as rooms are free, held while the guest decides."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from hotel.accounts.models import User
from hotel.contracts.reservations import WaitlistOffered
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, NotAvailable, RuleBroken
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.choices import SettingKey
from hotel.properties.models import Property
from hotel.properties.selectors.settings import setting_value
from hotel.rates.domain.quotes import stay_quote_dump
from hotel.reservations.choices import HoldStatus, OfferStatus, ReservationStatus
from hotel.reservations.domain.stays import nights_between
from hotel.reservations.models import PriceHold, Reservation, WaitlistOffer
from hotel.reservations.services.authority import Authority
from hotel.reservations.services.commands import CommandResult, check, reservation_locked, settle
from hotel.reservations.services.holds import holds_end
from hotel.reservations.services.lifecycle import reservation_confirm
from hotel.reservations.services.moves import hold_moves
from hotel.reservations.services.offers import offer_answer
from hotel.reservations.services.pricing import rules_enforce, stay_priced
from hotel.reservations.services.slices import wish_of_reservation
from hotel.rooms.selectors.inventory import sellable

CANDIDATES = 500  # waiting stays looked at in one go


@transaction.atomic
def waitlist_offer(
    *,
    reservation: Reservation,
    hours: int | None = None,
    actor: User | None = None,
    override_reason: str = "",
) -> WaitlistOffer:
    """Hold a room for a waitlisted stay and offer it until it expires; what is offered can be accepted.

    Raises:
        RuleBroken: the stay breaks restrictions (``rate_restrictions_violated``), unless overridden.
        Conflict: it is not waitlisted, has an open offer, or its arrival day is over.
        RoomTypeSoldOut: nothing is free yet.

    Locks: the reservation, then the counters of its nights.
    """
    fresh = reservation_locked(reservation)
    if fresh.status != ReservationStatus.WAITLISTED:
        raise Conflict(_("Only a waitlisted stay can be offered a room."), code="not_waitlisted")
    check(fresh, "confirm")
    offers = WaitlistOffer.objects.at(fresh.property_id).filter(reservation=fresh)
    if offers.filter(status=OfferStatus.OPEN).exists():
        raise Conflict(_("This stay has an open offer already."), code="offer_open")
    place, moment = fresh.property, now()
    if hours is None:
        hours = int(setting_value(place.pk, SettingKey.WAITLIST_OFFER_HOURS, place.business_date))
    authority = Authority(place, actor, override_reason)
    quote = stay_priced(wish_of_reservation(fresh), authority)
    rules_enforce(quote.broken, authority)
    hold = PriceHold.objects.create(
        property=place,
        room_type=fresh.room_type,
        rate_plan=fresh.rate_plan,
        arrival=fresh.arrival,
        departure=fresh.departure,
        adults=fresh.adults,
        children=fresh.children,
        child_ages=fresh.child_ages,
        promo_code=fresh.promo_code,
        company_id=fresh.booking.company_id,
        exemptions=fresh.exemptions,
        quote=stay_quote_dump(quote),
        total_amount=quote.total,
        expires_at=moment + timedelta(hours=hours),
    )
    offer = WaitlistOffer.objects.create(
        property=place, reservation=fresh, hold=hold, offered_at=moment, expires_at=hold.expires_at
    )
    fact = WaitlistOffered(
        property_id=place.pk, reservation_id=fresh.pk, offer_id=offer.pk, expires_at=offer.expires_at
    )
    settle(place.pk, hold_moves(hold, 1), [fact])
    return offer


@transaction.atomic
def waitlist_accept(*, offer: WaitlistOffer, actor: User | None, guarantee: str = "") -> CommandResult:
    """Confirm the offered stay with the room that was held for it: held −1 and sold +1 in one lock.

    Args:
        offer: as the caller saw it; read anew under the lock.
        actor: who does it; None for the house itself.
        guarantee: what stands behind the stay now; unchanged when empty.

    Raises:
        NotAvailable: ``offer_ended`` – declined or expired.
        RuleBroken: less stands behind it than was asked (``guarantee_too_low``); the offer stands.

    Locks: the reservation, the offer, then the counters.
    """
    reservation = reservation_locked(offer.reservation)
    fresh = _open_offer(offer)
    if fresh.hold.expires_at <= now():
        raise NotAvailable(_("This offer has expired."), code="offer_ended")
    moves = holds_end([fresh.hold], HoldStatus.USED, reservation.booking)
    offer_answer(fresh, OfferStatus.ACCEPTED)
    return reservation_confirm(
        reservation=reservation, actor=actor, guarantee=guarantee, moves=moves, is_promised=True
    )


@transaction.atomic
def waitlist_decline(*, offer: WaitlistOffer) -> WaitlistOffer:
    """Give the held room back; the stay stays on the list.

    Locks: the offer, its hold, then the counters.
    """
    fresh = _open_offer(offer)
    offer_answer(fresh, OfferStatus.DECLINED)
    settle(fresh.property_id, holds_end([fresh.hold], HoldStatus.RELEASED, None), [])
    return fresh


def waitlist_work(*, place: Property, limit: int = 50, touching: tuple[date, date] | None = None) -> int:
    """Expire old offers and make new ones: highest priority first, then who waited longest. Repeatable.

    A stay that does not fit is passed over, so a short stay behind it may be served. Who has declined an offer or let
    it lapse is not asked again for the same stay: the room goes to the next. A change of his dates, type, plan or
    party brings him back, and a desk may offer him a room at any time.

    Args:
        place: the property.
        limit: offers made at a time.
        touching: first and last night: only stays that sleep one of them; all when None.

    Returns:
        How many offers were made.
    """
    offers_expire(property_id=place.pk)
    waiting = _waiting(place, touching)
    free, made = _free(place.pk, waiting), 0
    for reservation in waiting:
        if made == limit:
            break
        # A cheap look first; the offer itself checks again under the lock.
        if not _fits(reservation, free):
            continue
        try:
            waitlist_offer(reservation=reservation)
        except (Conflict, RuleBroken):
            continue
        made += 1
        free = _free(place.pk, waiting)
    return made


def _waiting(place: Property, touching: tuple[date, date] | None) -> list[Reservation]:
    """Who may be asked, in the order of asking; at most ``CANDIDATES``."""
    offers = WaitlistOffer.objects.at(place.pk).filter(reservation=OuterRef("pk"))
    refused = offers.filter(
        status__in=[OfferStatus.DECLINED, OfferStatus.EXPIRED],
        hold__arrival=OuterRef("arrival"),
        hold__departure=OuterRef("departure"),
        hold__room_type=OuterRef("room_type"),
        hold__rate_plan=OuterRef("rate_plan"),
        hold__adults=OuterRef("adults"),
        hold__children=OuterRef("children"),
    )
    rows = (
        Reservation.objects.at(place.pk)
        .filter(~Exists(refused), ~Exists(offers.filter(status=OfferStatus.OPEN)))
        .filter(status=ReservationStatus.WAITLISTED, arrival__gte=place.business_date)
    )
    if touching is not None:
        first, last = touching
        rows = rows.filter(arrival__lte=last, departure__gt=first)
    return list(rows.order_by("-waitlist_priority", "booked_at", "pk")[:CANDIDATES])


def _free(property_id: int, waiting: Sequence[Reservation]) -> Mapping[int, Mapping[date, int]]:
    """Rooms left by type and night over all nights waited for: one query, none when nobody waits."""
    if not waiting:
        return {}
    start, end = min(row.arrival for row in waiting), max(row.departure for row in waiting)
    return sellable(property_id, start, end, {row.room_type_id for row in waiting})


def _fits(reservation: Reservation, free: Mapping[int, Mapping[date, int]]) -> bool:
    by_night = free.get(reservation.room_type_id, {})
    nights = nights_between(reservation.arrival, reservation.departure)
    return bool(nights) and all(by_night.get(night) for night in nights)


@transaction.atomic
def offers_expire(*, property_id: int) -> int:
    """End the offers whose time has run out and give their rooms back. Repeatable. Returns how many.

    Locks: the offers, their holds, then the counters.
    """
    due = WaitlistOffer.objects.at(property_id).filter(status=OfferStatus.OPEN, expires_at__lte=now())
    offers = list(due.order_by("pk").select_for_update(skip_locked=True, no_key=True))
    held = PriceHold.objects.filter(pk__in=[offer.hold_id for offer in offers], status=HoldStatus.ACTIVE)
    active = lock_rows(held)  # the sweep of holds may have ended them already
    for offer in offers:
        offer_answer(offer, OfferStatus.EXPIRED)
    if active:
        settle(property_id, holds_end(active, HoldStatus.EXPIRED, None), [])
    return len(offers)


def _open_offer(offer: WaitlistOffer) -> WaitlistOffer:
    fresh = lock_rows(WaitlistOffer.objects.select_related("hold").filter(pk=offer.pk))[0]
    lock_rows(PriceHold.objects.filter(pk=fresh.hold_id))
    fresh.hold.refresh_from_db()
    if fresh.status != OfferStatus.OPEN or fresh.hold.status != HoldStatus.ACTIVE:
        raise NotAvailable(
            _("This offer has ended."), code="offer_ended", extra={"status": str(fresh.status)}
        )
    return fresh
