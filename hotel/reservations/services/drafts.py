"""From what a caller wants to rows ready to be inserted: dates, party, price, rules and permissions checked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from hotel.core.clock import now
from hotel.core.days import day_told
from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.core.money import total
from hotel.core.words import _
from hotel.guests.models import Company, Guest
from hotel.guests.services.guests import refuse_merged
from hotel.properties.choices import SettingKey
from hotel.properties.models import Property
from hotel.properties.selectors.settings import setting_value
from hotel.rates.domain.quotes import (
    NightPrice,
    Occupancy,
    StayQuote,
    night_price_dump,
    stay_quote_load,
    tax_lines_dump,
)
from hotel.reservations.choices import TAKES_INVENTORY, GuestRole, ReservationStatus
from hotel.reservations.domain.stays import MAX_NIGHTS, MUST_HAVE
from hotel.reservations.models import PriceHold, Reservation, ReservationNight
from hotel.reservations.selectors.parties import occupancy_sorted
from hotel.reservations.services.authority import Authority
from hotel.reservations.services.booking_data import BookingData, ReservationData
from hotel.reservations.services.guarantees import UNASKED, guarantee_enforce
from hotel.reservations.services.pricing import PriceWish, rules_enforce, stay_priced, stay_recorded
from hotel.rooms.models import RoomFeature, RoomType

BOOKABLE = (
    ReservationStatus.INQUIRY,
    ReservationStatus.OPTION,
    ReservationStatus.REQUESTED,
    ReservationStatus.WAITLISTED,
    ReservationStatus.CONFIRMED,
)
# Nothing is promised yet: the rules are enforced when such a stay is put on option or confirmed.
UNCOMMITTED = frozenset({ReservationStatus.INQUIRY, ReservationStatus.WAITLISTED})
FLAGS = frozenset({"is_confidential", "is_complimentary", "is_house_use", "is_walk_in"})


@dataclass
class Draft:
    """A reservation with its nights and guests, not yet stored."""

    reservation: Reservation
    nights: list[ReservationNight]
    guests: list[tuple[Guest, str]]
    data: ReservationData
    quote: StayQuote
    extra: dict[str, Any] = field(default_factory=dict)


def drafts_made(*, place: Property, data: BookingData, authority: Authority) -> list[Draft]:
    """Check and price each stay of a booking; equal stays are priced once.

    Returns:
        One draft per stay, same order, without ids.

    Raises:
        InvalidInput, RuleBroken, RatesNotSet: the first thing that is wrong.
    """
    if not data.reservations:
        raise InvalidInput(_("A booking needs at least one reservation."), code="booking_empty")
    check_profiles(place, guests_of(data), (data.company, data.agent))
    for guest in {guest.pk: guest for guest in guests_of(data)}.values():
        guest_welcome(guest, authority)
    moment, quotes, found = now(), _Quotes(place, data.company.pk if data.company else None, authority), []
    for given in data.reservations:
        stay = replace(given, occupancy=occupancy_sorted(place.pk, given.occupancy))
        _check_stay(place, stay, authority)
        quote = quotes.of(stay)
        if stay.status == ReservationStatus.CONFIRMED and not (stay.is_taken_over or stay.flags & UNASKED):
            guarantee_enforce(policies=quote.policies, guarantee=stay.guarantee, authority=authority)
        found.append(_draft(place, data, stay, quote, moment))
    return found


class _Quotes:
    """Quotes of one booking: the same wish is asked once."""

    def __init__(self, place: Property, company_id: int | None, authority: Authority) -> None:
        self.place, self.company_id, self.authority = place, company_id, authority
        self.known: dict[Any, StayQuote] = {}

    def of(self, stay: ReservationData) -> StayQuote:
        """The quote of a stay; a hold's promise counts as it stands, but what is free stays free."""
        wish = wish_of(self.place, stay, self.company_id)
        if stay.hold is not None:
            _check_held(stay.hold, stay, self.company_id)
            return stay_priced(wish, self.authority) if wish.is_free else stay_quote_load(stay.hold.quote)
        if stay.is_taken_over:
            return stay_recorded(wish)
        is_promised = stay.status not in UNCOMMITTED
        key = (is_promised, *(_hashable(getattr(wish, part.name)) for part in fields(wish)))
        if key not in self.known:
            quote = stay_priced(wish, self.authority)
            if is_promised:
                rules_enforce(quote.broken, self.authority)
            self.known[key] = quote
        return self.known[key]


def _hashable(value: Any) -> Any:
    return tuple(sorted(value.items(), key=lambda item: item[0])) if isinstance(value, Mapping) else value


def _check_held(hold: PriceHold, stay: ReservationData, company_id: int | None) -> None:
    """Refuse a stay that is not what was held, in anything its price depends on."""
    party = party_of(stay.occupancy)
    booked = (
        (stay.room_type.pk, stay.rate_plan.pk, stay.arrival, stay.departure),
        (party["adults"], party["children"], list(stay.occupancy.child_ages)),
        (stay.promo_code.upper(), company_id, sorted(stay.exemptions)),
    )
    held = (
        (hold.room_type_id, hold.rate_plan_id, hold.arrival, hold.departure),
        (hold.adults, hold.children, hold.child_ages),
        (hold.promo_code.upper(), hold.company_id, sorted(hold.exemptions)),
    )
    if booked != held:
        raise InvalidInput(
            _(
                "This is not what was held: type, plan, dates, party, promotion code, company and exemptions must "
                "be the same."
            ),
            code="hold_mismatch",
        )


def wish_of(place: Property, stay: ReservationData, company_id: int | None) -> PriceWish:
    """What is to be priced for a stay."""
    return PriceWish(
        place=place,
        room_type=stay.room_type,
        rate_plan=stay.rate_plan,
        arrival=stay.arrival,
        departure=stay.departure,
        occupancy=stay.occupancy,
        promo_code=stay.promo_code,
        exemptions=stay.exemptions,
        company_id=company_id,
        day_use=stay.day_use,
        prices=stay.prices,
        discount_rate=stay.discount_rate,
        is_free=is_free(stay),
        agreed=stay.agreed,
        is_agreed=stay.is_agreed,
    )


def is_free(stay: ReservationData) -> bool:
    """Complimentary and house use cost nothing."""
    return bool(stay.flags & {"is_complimentary", "is_house_use"})


def guests_of(data: BookingData) -> list[Guest]:
    """Everyone a booking names."""
    named = [data.booker, *(stay.primary_guest for stay in data.reservations)]
    return [guest for guest in named if guest] + [g for stay in data.reservations for g, _ in stay.guests]


def check_profiles(
    place: Property, guests: Iterable[Guest], companies: Iterable[Company | None] = ()
) -> None:
    """Refuse guests and companies that the chain of the property does not know, and merged guests.

    Raises:
        RuleBroken: ``other_chain``. Conflict: ``guest_merged``; ``extra`` names the profile that lives on.
    """
    guests = list(guests)
    known: list[Guest | Company] = [*guests, *(company for company in companies if company is not None)]
    if any(profile.chain_id != place.chain_id for profile in known):
        raise RuleBroken(_("A profile is known within its own chain only."), code="other_chain")
    for guest in guests:
        refuse_merged(guest)


def guest_welcome(guest: Guest, authority: Authority) -> None:
    """Refuse a guest the house does not rent to.

    Raises:
        RuleBroken: ``guest_do_not_rent``, unless overridden with a reason.
    """
    if guest.is_do_not_rent:
        authority.require(
            RuleBroken(
                _("The house does not rent to %(guest)s. Look at the profile for the reason.")
                % {"guest": guest},
                code="guest_do_not_rent",
                extra={"guest": guest.pk},
            )
        )


def check_dates(place: Property, stay: ReservationData, authority: Authority) -> None:
    """Refuse dates that make no stay, or that begin before the open business date.

    Raises:
        InvalidInput: out of order, too long, or day use without an end after its start.
        RuleBroken: ``arrival_in_past``.
    """
    if stay.day_use is None:
        check_span(stay.arrival, stay.departure)
    elif stay.departure != stay.arrival or stay.day_use[0] >= stay.day_use[1]:
        raise InvalidInput(_("Day use ends later on the same day."), code="dates_invalid")
    if stay.arrival < place.business_date:
        raise RuleBroken(
            _("The arrival lies before the open business date %(business_date)s.")
            % {"business_date": day_told(place.business_date)},
            code="arrival_in_past",
        )


def check_span(arrival: date, departure: date) -> None:
    """Refuse dates that are no nights, before anything counts them: a mistyped year is three million.

    Raises:
        InvalidInput: out of order, or too long.
    """
    if not 1 <= (departure - arrival).days <= MAX_NIGHTS:
        raise InvalidInput(
            _("A stay has 1 to %(max_nights)s nights.") % {"max_nights": MAX_NIGHTS}, code="dates_invalid"
        )


def check_party(room_type: RoomType, occupancy: Occupancy, authority: Authority) -> None:
    """Refuse more people than the type takes.

    Raises:
        InvalidInput: no adult, or a negative number.
        RuleBroken: ``occupancy_exceeded``, unless overridden with a reason.
    """
    children = occupancy.child_count
    if occupancy.adults < 1 or any(count < 0 for _, count in occupancy.children):
        raise InvalidInput(
            _("A stay has at least one adult, and no negative number of children."), code="party_invalid"
        )
    too_many = (
        occupancy.adults > room_type.max_adults
        or children > room_type.max_children
        or occupancy.persons > room_type.max_occupancy
    )
    if too_many:
        authority.require(
            RuleBroken(
                _(
                    "%(room_type)s takes %(max_occupancy)s people at most: %(max_adults)s adults, "
                    "%(max_children)s children."
                )
                % {
                    "room_type": room_type.name,
                    "max_occupancy": room_type.max_occupancy,
                    "max_adults": room_type.max_adults,
                    "max_children": room_type.max_children,
                },
                code="occupancy_exceeded",
                extra={"max_occupancy": room_type.max_occupancy},
            )
        )


def check_wishes(property_id: int, wishes: Mapping[str, int]) -> None:
    """Refuse wishes for features that no room can have; one query, none without wishes.

    Args:
        property_id: of the property.
        wishes: room feature code to weight, 1–100; 100 is a must.

    Raises:
        InvalidInput: an unknown feature (``feature_unknown``), or a weight out of range (``wish_invalid``).
    """
    if not wishes:
        return
    if any(not 1 <= weight <= MUST_HAVE for weight in wishes.values()):
        raise InvalidInput(
            _("A wish weighs 1 to %(must_have)s; %(must_have)s is a must.") % {"must_have": MUST_HAVE},
            code="wish_invalid",
        )
    known = RoomFeature.objects.at(property_id).filter(code__in=list(wishes)).values_list("code", flat=True)
    unknown = sorted(set(wishes) - set(known))
    if unknown:
        raise InvalidInput(
            _("No such room feature: %(unknown)s.") % {"unknown": ", ".join(unknown)}, code="feature_unknown"
        )


def option_expiry(place: Property, hold_until: datetime | None) -> datetime:
    """Until when an option is held: as given, or so many hours as the property's setting says.

    Raises:
        InvalidInput: in the past.
    """
    if hold_until is None:
        hours = setting_value(place.pk, SettingKey.OPTION_HOURS, place.business_date)
        return now() + timedelta(hours=int(hours))
    if hold_until <= now():
        raise InvalidInput(_("An option is held until a later instant."), code="hold_in_past")
    return hold_until


def night_row(
    place: Property, price: NightPrice, party: Mapping[str, Any], *, sold_as: int
) -> ReservationNight:
    """A night's slice from its price; ``sold_as`` is the type that takes inventory."""
    return ReservationNight(
        property=place,
        night=price.night,
        room_type_id=sold_as,
        rate_room_type_id=price.room_type_id,
        rate_plan_id=price.rate_plan_id,
        room_net=price.room_net,
        room_gross=price.room_gross,
        total=price.total,
        price_detail=night_price_dump(price),
        **party,
    )


def party_of(occupancy: Occupancy) -> dict[str, Any]:
    """The stored form of an occupancy: adults, and children by age band."""
    return {"adults": occupancy.adults, "children": dict(occupancy.children)}


def totals_of(quote: StayQuote) -> dict[str, Any]:
    """The stored totals of a quote."""
    return {
        "total_amount": quote.total,
        "stay_tax_amount": total(
            (tax.amount for tax in quote.stay_taxes if not tax.is_inclusive), quote.currency
        ),
        "stay_taxes": tax_lines_dump(quote.stay_taxes),
    }


def check_sold_here(place: Property, stay: ReservationData) -> None:
    """Refuse a type or plan of another property, and a type that is not sold any more.

    Raises:
        InvalidInput: ``other_property``.
        RuleBroken: ``room_type_closed``.
    """
    for row in (stay.room_type, stay.rate_plan):
        if row.property_id != place.pk:
            raise InvalidInput(
                _("Room type and rate plan belong to another property."), code="other_property"
            )
    if not stay.room_type.is_active:
        raise RuleBroken(
            _("%(room_type)s is not sold any more.") % {"room_type": stay.room_type.name},
            code="room_type_closed",
        )


def _check_stay(place: Property, stay: ReservationData, authority: Authority) -> None:
    check_sold_here(place, stay)
    if stay.status not in BOOKABLE:
        raise InvalidInput(
            _("A new reservation is an inquiry, option, request, waitlisted or confirmed."),
            code="status_invalid",
        )
    if stay.flags - FLAGS:
        raise InvalidInput(_("Unknown flags: %(flags)s.") % {"flags": ", ".join(sorted(stay.flags - FLAGS))})
    check_dates(place, stay, authority)
    if not stay.is_taken_over:
        check_party(stay.room_type, stay.occupancy, authority)
    check_wishes(place.pk, stay.room_wishes)


def _draft(
    place: Property, data: BookingData, stay: ReservationData, quote: StayQuote, moment: datetime
) -> Draft:
    primary = stay.primary_guest or data.booker
    start, end = stay.day_use or (None, None)
    is_option = stay.status == ReservationStatus.OPTION
    is_waiting = stay.status == ReservationStatus.WAITLISTED
    reservation = Reservation(
        property=place,
        status=stay.status,
        arrival=stay.arrival,
        departure=stay.departure,
        room_type=stay.room_type,
        rate_plan=stay.rate_plan,
        primary_guest=primary,
        guarantee=stay.guarantee,
        eta=stay.eta,
        etd=stay.etd,
        is_taken_over=stay.is_taken_over,
        is_day_use=stay.is_day_use,
        day_use_start=start,
        day_use_end=end,
        hold_expires_at=option_expiry(place, stay.hold_until) if is_option else None,
        promo_code=stay.promo_code,
        exemptions=list(stay.exemptions),
        policies=quote.policies,
        policy_arrival=stay.arrival,
        booked_at=moment,
        booked_on=place.business_date,
        confirmed_at=moment if stay.status == ReservationStatus.CONFIRMED else None,
        waitlist_priority=(stay.waitlist_priority or 0) if is_waiting else None,
        room_wishes=dict(stay.room_wishes),
        **party_of(stay.occupancy),
        child_ages=list(stay.occupancy.child_ages),
        **totals_of(quote),
        **dict.fromkeys(stay.flags, True),
    )
    nights = [
        night_row(place, price, party_of(stay.occupancy), sold_as=stay.room_type.pk) for price in quote.nights
    ]
    for night in nights:
        night.is_taken_over = stay.is_taken_over
    guests = [(primary, GuestRole.PRIMARY)] if primary else []
    return Draft(reservation, nights, [*guests, *stay.guests], stay, quote)


def takes_inventory(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts whose nights are sold by being stored."""
    return [draft for draft in drafts if draft.reservation.status in TAKES_INVENTORY]
