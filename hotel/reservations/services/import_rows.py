"""Writes checked rows of an import in bulk: bookings, reservations, nights, guests, log and counters together."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.reservations import ReservationsTakenOver
from hotel.core.clock import now
from hotel.core.inserts import rows_insert
from hotel.core.money import total, zero
from hotel.guests.choices import CompanyKind
from hotel.guests.models import Company, Guest
from hotel.guests.services.bulk import guests_take_over
from hotel.guests.services.companies import CompanyData, company_create, company_link
from hotel.guests.services.lifetime import profile_recompute
from hotel.properties.business_date import local_instant
from hotel.properties.models import Property
from hotel.rates.domain.quotes import night_price_dump
from hotel.rates.domain.recorded import night_recorded
from hotel.rates.domain.terms import TaxTerms
from hotel.rates.selectors.recorded import taxes_in_record
from hotel.reservations.choices import ChangeKind, GuestRole, ReservationStatus
from hotel.reservations.domain import numbers
from hotel.reservations.models import (
    Booking,
    ImportRun,
    Reservation,
    ReservationChange,
    ReservationGuest,
    ReservationNight,
)
from hotel.reservations.services.commands import settle
from hotel.reservations.services.drafts import option_expiry
from hotel.reservations.services.import_checks import Row
from hotel.reservations.services.moves import sold_moves
from hotel.rooms.services.inventory import Move

NOON = time(12)
# The hours of a day-use stay are not recorded: the usual ones.
DAY_USE_START, DAY_USE_END = time(10), time(18)
OPEN = ("confirmed", "in_house", "option", "waitlisted")
PROMISED = ("confirmed", "in_house", "checked_out", "cancelled", "no_show")


class Writer:
    """Writes rows at one property; companies and agents are looked up or made once."""

    def __init__(
        self,
        place: Property,
        policies: Mapping[int, Mapping[str, Any]],
        *,
        actor: User | None = None,
        run: ImportRun | None = None,
    ) -> None:
        self.place, self.policies, self.actor, self.run = place, policies, actor, run
        self.companies: dict[tuple[str, str], Company] = {}

    @transaction.atomic
    def write(self, rows: Sequence[Row]) -> int:
        """Store rows; all of them or none. Returns how many.

        Publishes: ReservationsTakenOver, AvailabilityChanged.

        Raises:
            RoomTypeSoldOut, NightsNotOpen: somebody was faster since the check.
            IntegrityError: the same number came in meanwhile.

        Locks: the counters of all nights in one call, last.
        """
        if not rows:
            return 0
        guests = self._guests(rows)
        bookings = rows_insert(self._bookings(rows, guests))
        reservations = rows_insert(
            self._reservation(row, booking) for row, booking in zip(rows, bookings, strict=True)
        )
        pairs = list(zip(rows, reservations, strict=True))
        rules = taxes_in_record(self.place, {night for row in rows for night in row.stay.nights})
        rows_insert(night for pair in pairs for night in self._nights(*pair, rules))
        rows_insert(
            ReservationGuest(
                property=self.place, reservation=stay, guest_id=stay.primary_guest_id, role=GuestRole.PRIMARY
            )
            for stay in reservations
            if stay.primary_guest_id
        )
        rows_insert(self._change(*pair) for pair in pairs)
        fact = ReservationsTakenOver(
            property_id=self.place.pk, import_run_id=self.run.pk if self.run else None, reservations=len(rows)
        )
        settle(self.place.pk, [move for row in rows for move in moves_of(row)], [fact])
        profile_recompute(ids={guest.pk for guest in guests.values()}, property_id=self.place.pk)
        return len(rows)

    def finish(self) -> None:
        """Recompute the figures of the companies that were named. Repeatable."""
        ids = {company.pk for company in self.companies.values()}
        profile_recompute(ids=ids, property_id=self.place.pk, of="company")

    def _guests(self, rows: Sequence[Row]) -> dict[int, Guest]:
        """The guest of each row that names one, by the row's place."""
        named = [(index, row.guest) for index, row in enumerate(rows) if row.guest is not None]
        found = guests_take_over(place=self.place, columns=[columns for _, columns in named])
        return {index: guest for (index, _), guest in zip(named, found, strict=True)}

    def _company(self, name: str, kind: str) -> Company | None:
        if not name:
            return None
        if (name, kind) not in self.companies:
            same_chain = Company.objects.filter(chain_id=self.place.chain_id)
            found = same_chain.filter(code=name).first() or same_chain.filter(name=name, kind=kind).first()
            if found is None:
                found = company_create(place=self.place, data=CompanyData(name=name, kind=kind))
            self.companies[name, kind] = company_link(company=found, place=self.place)
        return self.companies[name, kind]

    def _bookings(self, rows: Sequence[Row], guests: Mapping[int, Guest]) -> list[Booking]:
        free = numbers_drawn(self.place, len(rows))
        return [
            Booking(
                property=self.place,
                confirmation_number=number,
                booker=guests.get(index),
                company=self._company(row.stay.text("company"), CompanyKind.COMPANY),
                agent=self._company(row.stay.text("agent"), CompanyKind.TRAVEL_AGENT),
                channel_code=row.key[0],
                external_id=row.key[1],
                market=row.stay.text("market"),
                source=row.stay.text("source"),
                currency=str(self.place.currency),
                group_name=row.stay.text("group"),
                notes=row.stay.text("notes"),
                booked_at=self._noon(self._booked_on(row)),
                booked_on=self._booked_on(row),
                booked_by=self.actor,
                import_run=self.run,
            )
            for index, (row, number) in enumerate(zip(rows, free, strict=True))
        ]

    def _reservation(self, row: Row, booking: Booking) -> Reservation:
        stay, number = row.stay, numbers.reservation_number(booking.confirmation_number, 1)
        ended_at = self._noon(stay.ended_on or stay.arrival)
        confirmed_at = booking.booked_at + timedelta(days=stay.waitlist_days)
        is_cancelled = stay.status == ReservationStatus.CANCELLED
        return Reservation(
            property=self.place,
            booking=booking,
            number=number,
            status=stay.status,
            arrival=stay.arrival,
            departure=stay.departure,
            room_type=row.room_type,
            rate_plan=row.rate_plan,
            adults=stay.adults,
            children=dict(row.children),
            primary_guest=booking.booker,
            is_taken_over=True,
            is_day_use=stay.is_day_use,
            day_use_start=DAY_USE_START if stay.is_day_use else None,
            day_use_end=DAY_USE_END if stay.is_day_use else None,
            hold_expires_at=self._held_until(row) if stay.status == ReservationStatus.OPTION else None,
            policies=self.policies.get(row.rate_plan.pk, {}) if stay.status in OPEN else {},
            policy_arrival=stay.arrival,
            booked_at=booking.booked_at,
            booked_on=booking.booked_on,
            total_amount=total(row.amounts, booking.currency),
            stay_tax_amount=zero(booking.currency),
            confirmed_at=confirmed_at if stay.status in PROMISED else None,
            cancelled_at=ended_at if is_cancelled else None,
            cancellation_number=numbers.cancellation_number(number, 1) if is_cancelled else "",
            no_show_at=ended_at if stay.status == ReservationStatus.NO_SHOW else None,
            waitlist_priority=0 if stay.status == ReservationStatus.WAITLISTED else None,
        )

    def _nights(
        self, row: Row, reservation: Reservation, rules: Sequence[TaxTerms]
    ) -> list[ReservationNight]:
        type_id, plan_id = row.room_type.pk, row.rate_plan.pk
        prices = (
            night_recorded(night, type_id, plan_id, amount, rules)
            for night, amount in zip(row.stay.nights, row.amounts, strict=True)
        )
        return [
            ReservationNight(
                property=self.place,
                reservation=reservation,
                night=price.night,
                room_type_id=type_id,
                rate_room_type_id=type_id,
                rate_plan_id=plan_id,
                adults=reservation.adults,
                children=reservation.children,
                room_net=price.room_net,
                room_gross=price.room_gross,
                total=price.total,
                price_detail=night_price_dump(price),
                is_taken_over=True,
            )
            for price in prices
        ]

    def _change(self, row: Row, reservation: Reservation) -> ReservationChange:
        stay = row.stay
        counted = {"line": stay.line, "waitlist_days": stay.waitlist_days, "changes": stay.changes}
        return ReservationChange(
            property=self.place,
            reservation=reservation,
            kind=ChangeKind.TAKEN_OVER,
            version=1,
            actor=self.actor,
            at=now(),
            business_date=self.place.business_date,
            after={"status": stay.status, "total": str(reservation.total_amount.amount)}
            | {name: value for name, value in (counted | dict(stay.texts)).items() if value},
        )

    def _booked_on(self, row: Row) -> date:
        return row.stay.booked_on or min(row.stay.arrival, self.place.business_date)

    def _noon(self, day: date) -> datetime:
        return local_instant(self.place, day, NOON)

    def _held_until(self, row: Row) -> datetime:
        last = row.stay.option_until
        midnight = None if last is None else local_instant(self.place, last + timedelta(days=1), time(0))
        return midnight or option_expiry(self.place, None)


def moves_of(row: Row) -> list[Move]:
    """What a row takes from the counters."""
    if not row.takes_inventory:
        return []
    taken = {(row.room_type.pk, night) for night in row.stay.nights}
    return sold_moves(taken, is_day_use=row.stay.is_day_use)


def numbers_drawn(place: Property, count: int) -> list[str]:
    """So many confirmation numbers that no booking of the property has."""
    drawn: set[str] = set()
    while len(drawn) < count:
        missing = count - len(drawn)
        drawn |= {
            numbers.confirmation_number(place.code, secrets.randbelow(numbers.SPACE)) for _ in range(missing)
        }
        taken = Booking.objects.at(place.pk).filter(confirmation_number__in=drawn)
        drawn -= set(taken.values_list("confirmation_number", flat=True))
    return list(drawn)
