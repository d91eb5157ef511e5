"""Plays a recorded history through the real services, day by day, with the clock and the business date of then."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, time, timedelta
from typing import Any

from moneyed import Money

from hotel.core.clock import clock_set
from hotel.properties.business_date import local_instant
from hotel.properties.services.business_days import business_day_close
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.domain.imported import ImportedStay, nightly_amounts
from hotel.reservations.models import Reservation
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.booking_data import BookingData, ReservationData
from hotel.reservations.services.bookings import booking_create
from hotel.reservations.services.cancellations import reservation_cancel, reservation_no_show
from hotel.reservations.services.lifecycle import reservation_confirm
from hotel.stays.replay.desk import Desk
from hotel.stays.replay.hotel import CURRENCY, DAY_USE, LINE, ReplayHotel
from hotel.stays.replay.played import Played
from hotel.stays.replay.resume import history_check, lines_made, owing_since
from hotel.stays.replay.schedule import (
    CANCELLED,
    CHANGED,
    CONFIRMED,
    MADE,
    MISSED,
    Event,
    events_by_day,
    is_short,
    is_varied,
)
from hotel.stays.services.night_audit import night_audit_run

MORNING, NOON, AFTERNOON, EVENING, NIGHT = time(10), time(12), time(16), time(18), time(3)


class Player:
    """Plays events at one property; remembers which reservation each line became."""

    def __init__(self, hotel: ReplayHotel, stays: Sequence[ImportedStay], *, has_money: bool = False) -> None:
        """Nothing is played yet, or what an earlier player did before it was stopped.

        Args:
            hotel: furnished for the history, or reopened.
            stays: the history.
            has_money: play the hotel day too, with a night audit of every date from the first arrival on; else only
                the bookings.

        Raises:
            InvalidInput: the earlier player played another history.
        """
        self.hotel, self.stays = hotel, stays
        self.events = events_by_day(stays)
        self.made = lines_made(hotel.place)
        self.opens = min(stay.arrival for stay in stays)
        self.played = Played()
        today = hotel.place.business_date
        history_check(self.events, today, self.made)
        self.desk = Desk(hotel.place, stays, self.made, self.played) if has_money else None
        if self.desk is not None:
            self.desk.remember(today, owing_since(self.events, self.opens, today))
        self._commands: dict[int, tuple[str, Callable[[Event], Any]]] = {
            MADE: ("booked", self._book),
            CONFIRMED: ("confirmed", self._confirm),
            CHANGED: ("changed", self._change),
            CANCELLED: ("cancelled", self._cancel),
        }

    def play(self, progress: Callable[[date, Played], None]) -> Played:
        """Play the whole history from the first booking to the last departure.

        Each command is a transaction of its own, as it would be at a desk.

        Args:
            progress: called after each day.
        """
        place, events = self.hotel.place, self.events
        last = max(max(events), max(stay.departure for stay in self.stays))
        while place.business_date <= last:
            today = place.business_date
            self._at_desk(today, MORNING)
            with self._clock(today, NOON):
                for event in events.get(today, ()):
                    self._event(event)
            self._at_desk(today, AFTERNOON)
            self._at_desk(today, EVENING)
            with self._clock(today + timedelta(days=1), NIGHT):
                self._close(today)
            progress(today, self.played)
        return self.played

    def _clock(self, day: date, hour: time) -> AbstractContextManager[None]:
        return clock_set(local_instant(self.hotel.place, day, hour))

    def _at_desk(self, today: date, hour: time) -> None:
        if self.desk is not None and today >= self.opens:
            desk = self.desk
            work = {MORNING: desk.morning, AFTERNOON: desk.afternoon, EVENING: desk.evening}
            with self._clock(today, hour):
                work[hour](today)

    def _close(self, today: date) -> None:
        if self.desk is None or today < self.opens:
            business_day_close(place=self.hotel.place, expected=today)
            return
        with self.played.timed("audited"):
            night_audit_run(place=self.hotel.place)

    def _event(self, event: Event) -> None:
        if event.kind == MISSED:
            self._miss(event)
            return
        name, command = self._commands[event.kind]
        with self.played.timed(name):
            command(event)
        if self.desk is not None and event.kind in (MADE, CANCELLED):
            (self.desk.booked if event.kind == MADE else self.desk.cancelled)(event.stay)

    def _book(self, event: Event) -> None:
        stay, hotel = event.stay, self.hotel
        departure, occupancy = self._shape(event)
        prices = self._prices(stay)
        data = ReservationData(
            room_type=hotel.types[stay.room_type],
            rate_plan=hotel.plan_of(stay),
            arrival=stay.arrival,
            departure=departure,
            occupancy=occupancy,
            status=ReservationStatus.WAITLISTED if stay.waitlist_days else ReservationStatus.CONFIRMED,
            day_use=DAY_USE if stay.is_day_use else None,
            prices={n: price for n, price in prices.items() if stay.is_day_use or n < departure},
            is_agreed=True,
            is_taken_over=_is_odd(stay),
        )
        booking = BookingData(
            reservations=(data,),
            channel_code=stay.text("channel"),
            external_id=f"{LINE}{stay.line}",
            market=stay.text("market"),
            source=stay.text("source"),
        )
        result = booking_create(place=hotel.place, data=booking, actor=None)
        self.made[stay.line] = result.reservations[0].pk

    def _confirm(self, event: Event) -> None:
        reservation_confirm(reservation=self._reservation(event), actor=None)

    def _change(self, event: Event) -> None:
        stay = event.stay
        departure, occupancy = self._shape(event)
        if _is_odd(stay):
            amendment = Amendment()
        elif is_short(stay):
            amendment = Amendment(occupancy=occupancy, is_price_kept=True)
        else:
            last = stay.nights[-1]
            added = {} if is_varied(event.left) else {last: self._prices(stay)[last]}
            amendment = Amendment(departure=departure, prices=added)
        reservation_amend(reservation=self._reservation(event), amendment=amendment, actor=None)

    def _cancel(self, event: Event) -> None:
        reservation_cancel(reservation=self._reservation(event), actor=None)

    def _miss(self, event: Event) -> None:
        """Without a desk there is no night audit that would mark it."""
        if self.desk is not None:
            self.desk.missed(event.stay)
            return
        with self.played.timed("released as no-show"):
            reservation_no_show(reservation=self._reservation(event), actor=None)

    def _reservation(self, event: Event) -> Reservation:
        """Every command locks and reads the row itself: its id is enough."""
        return Reservation(pk=self.made[event.stay.line])

    def _shape(self, event: Event) -> tuple[date, Occupancy]:
        """Departure and party while so many changes are to come; as recorded after the last."""
        stay, varied = event.stay, is_varied(event.left) and not _is_odd(event.stay)
        departure = stay.departure - timedelta(days=1) if varied and not is_short(stay) else stay.departure
        children = {"child": stay.children, "infant": stay.infants}
        return departure, Occupancy(
            adults=stay.adults + (1 if varied and is_short(stay) else 0),
            children=tuple((band, count) for band, count in children.items() if count),
        )

    def _prices(self, stay: ImportedStay) -> dict[date, Money]:
        return dict(zip(stay.nights, nightly_amounts(stay, CURRENCY), strict=True))


def _is_odd(stay: ImportedStay) -> bool:
    """What is not sold here, but recorded elsewhere: no adult, or a price below zero."""
    return stay.adults < 1 or (stay.rate_per_night or 0) < 0
