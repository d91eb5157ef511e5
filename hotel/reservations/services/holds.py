"""Price holds: a price and rooms kept for minutes while somebody decides; used, released, or expired."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotAvailable
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.choices import SettingKey
from hotel.properties.models import Property
from hotel.properties.selectors.settings import setting_value
from hotel.rates.domain.quotes import Occupancy, stay_quote_dump
from hotel.rates.models import RatePlan
from hotel.reservations.choices import HoldStatus, OfferStatus
from hotel.reservations.models import Booking, PriceHold, WaitlistOffer
from hotel.reservations.selectors.parties import occupancy_sorted
from hotel.reservations.services.authority import Authority
from hotel.reservations.services.booking_data import BookingData, ReservationData
from hotel.reservations.services.commands import settle
from hotel.reservations.services.drafts import check_dates, check_party, check_sold_here, party_of, wish_of
from hotel.reservations.services.moves import hold_moves
from hotel.reservations.services.pricing import rules_enforce, stay_priced
from hotel.reservations.services.turnaways import denials_left
from hotel.rooms.models import RoomType
from hotel.rooms.services.inventory import Move

MAX_ROOMS = 20
MAX_MINUTES = 24 * 60
BATCH = 200


class HoldEnded(NotAvailable):
    """The hold was used, released, or ran out; ask for a new price. ``extra``: hold, status."""

    code = "hold_ended"


class HoldPromised(NotAvailable):
    """The hold keeps a room for a guest on the waiting list, until the offer is answered. ``extra``: hold."""

    code = "hold_promised"


@transaction.atomic
def hold_create(
    *,
    place: Property,
    stay: ReservationData,
    actor: User | None,
    quantity: int = 1,
    minutes: int | None = None,
    company_id: int | None = None,
    override_reason: str = "",
) -> PriceHold:
    """Hold so many rooms of a type at today's price.

    Args:
        place: the property.
        actor: who does it; None for the house itself.
        company_id: opens negotiated plans.
        override_reason: why rules are set aside; needs the right ``override``.
        stay: what would be booked; status, guests and notes of it do not matter yet.
        quantity: rooms, each for the same party.
        minutes: how long; the property's setting when None.

    Returns:
        The hold with its quote.

    Raises:
        InvalidInput, RuleBroken: as booking_create.
        RoomTypeSoldOut, NightsNotOpen: not so many are left. As a refused booking, it leaves a turnaway.

    Locks: the counters of all nights.
    """
    if stay.day_use is not None:
        raise InvalidInput(_("Day use cannot be held; book it."), code="hold_not_for_day_use")
    if not 1 <= quantity <= MAX_ROOMS:
        raise InvalidInput(
            _("Hold 1 to %(max_rooms)s rooms.") % {"max_rooms": MAX_ROOMS}, code="quantity_invalid"
        )
    if minutes is None:
        minutes = int(setting_value(place.pk, SettingKey.HOLD_MINUTES, place.business_date))
    if not 1 <= minutes <= MAX_MINUTES:
        raise InvalidInput(
            _("A hold lasts 1 to %(max_minutes)s minutes.") % {"max_minutes": MAX_MINUTES},
            code="minutes_invalid",
        )
    authority = Authority(place, actor, override_reason)
    stay = replace(stay, occupancy=occupancy_sorted(place.pk, stay.occupancy))
    with denials_left(place=place, data=BookingData(reservations=(stay,) * quantity, channel_code="")):
        return _held(place, stay, authority, quantity, minutes, company_id)


def _held(
    place: Property,
    stay: ReservationData,
    authority: Authority,
    quantity: int,
    minutes: int,
    company_id: int | None,
) -> PriceHold:
    check_sold_here(place, stay)
    check_dates(place, stay, authority)
    check_party(stay.room_type, stay.occupancy, authority)
    quote = stay_priced(wish_of(place, stay, company_id), authority)
    rules_enforce(quote.broken, authority)
    hold = PriceHold.objects.create(
        property=place,
        room_type=stay.room_type,
        rate_plan=stay.rate_plan,
        arrival=stay.arrival,
        departure=stay.departure,
        quantity=quantity,
        quote=stay_quote_dump(quote),
        total_amount=quote.total,
        expires_at=now() + timedelta(minutes=minutes),
        held_by=authority.actor,
        child_ages=list(stay.occupancy.child_ages),
        promo_code=stay.promo_code,
        company_id=company_id,
        exemptions=list(stay.exemptions),
        **party_of(stay.occupancy),
    )
    settle(place.pk, hold_moves(hold, quantity), [])
    return hold


@transaction.atomic
def hold_release(*, hold: PriceHold) -> PriceHold:
    """Give a hold's rooms back. Repeatable: a hold that has ended stays as it is.

    Raises:
        HoldPromised: it belongs to an open offer; decline that one.

    Locks: the hold, then the counters.
    """
    locked = lock_rows(PriceHold.objects.filter(pk=hold.pk))[0]
    if locked.status == HoldStatus.ACTIVE:
        _refuse_promised([locked.pk])
        settle(locked.property_id, holds_end([locked], HoldStatus.RELEASED, None), [])
    return locked


def holds_use(*, holds: Sequence[PriceHold], booking: Booking) -> list[Move]:
    """Use holds up for a booking, in the caller's transaction.

    Args:
        booking: what uses them.
        holds: one entry per room; a hold of two rooms is named twice when both are booked.

    Returns:
        The moves that give back what was held; the caller makes them in one call with what is sold, so that
        nobody can take the room in between. Rooms held and not booked are free again.

    Raises:
        HoldEnded: one of them is not active any more, or its time has run out.
        HoldPromised: one of them belongs to an open offer; accept that one.
        InvalidInput: more rooms are booked than were held.

    Locks: the holds, ascending.
    """
    if not holds:
        return []
    wanted = Counter(hold.pk for hold in holds)
    locked = lock_rows(PriceHold.objects.filter(pk__in=list(wanted)))
    moment = now()
    for hold in locked:
        if hold.status != HoldStatus.ACTIVE or hold.expires_at <= moment:
            status = HoldStatus.EXPIRED if hold.status == HoldStatus.ACTIVE else hold.status
            raise HoldEnded(
                _("This hold has ended. Ask for a new price."), extra={"hold": hold.pk, "status": str(status)}
            )
        if wanted[hold.pk] > hold.quantity:
            raise InvalidInput(
                _("Only %(quantity)s rooms were held.") % {"quantity": hold.quantity}, code="hold_too_small"
            )
    _refuse_promised(wanted)
    return holds_end(locked, HoldStatus.USED, booking)


def _refuse_promised(hold_ids: Iterable[int]) -> None:
    """Refuse locked holds that an open offer of the waiting list stands on."""
    offer = WaitlistOffer.objects.filter(hold__in=list(hold_ids), status=OfferStatus.OPEN).first()
    if offer is not None:
        raise HoldPromised(
            _("This room is kept for a guest on the waiting list. Answer the offer instead."),
            extra={"hold": offer.hold_id},
        )


@transaction.atomic
def holds_expire(*, property_id: int, limit: int = BATCH) -> int:
    """Give back the rooms of holds whose time has run out. Repeatable; skips what is being used right now.

    Returns:
        How many holds ended.

    Locks: the due holds, then the counters.
    """
    due = (
        PriceHold.objects.at(property_id)
        .filter(status=HoldStatus.ACTIVE, expires_at__lte=now())
        .order_by("pk")
        .select_for_update(skip_locked=True, no_key=True)[:limit]
    )
    holds = list(due)
    if holds:
        settle(property_id, holds_end(holds, HoldStatus.EXPIRED, None), [])
    return len(holds)


def holds_end(holds: Sequence[PriceHold], status: HoldStatus, booking: Booking | None) -> list[Move]:
    """End locked holds; returns the moves that give their rooms back, which the caller makes."""
    moment = now()
    for hold in holds:
        hold.status, hold.ended_at, hold.booking, hold.updated_at = status, moment, booking, moment
    PriceHold.objects.filter(pk__in=[hold.pk for hold in holds]).update(
        status=status, ended_at=moment, booking=booking, updated_at=moment
    )
    return [move for hold in holds for move in hold_moves(hold, -hold.quantity)]


def stay_of_hold(hold: PriceHold) -> tuple[RoomType, RatePlan, date, date, Occupancy]:
    """What a hold promised, as the parts of a stay.

    Raises:
        Conflict: the hold has ended.
    """
    if hold.status != HoldStatus.ACTIVE:
        raise Conflict(_("This hold has ended. Ask for a new price."), code="hold_ended")
    party = Occupancy(
        adults=hold.adults, children=tuple(sorted(hold.children.items())), child_ages=tuple(hold.child_ages)
    )
    return hold.room_type, hold.rate_plan, hold.arrival, hold.departure, party
