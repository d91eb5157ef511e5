"""The demo's last days at the desk, each closed by its audit: guests come, consume, pay and leave; then today."""

import random
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, time, timedelta
from decimal import Decimal

from django.conf import settings
from moneyed import Money

from hotel.accounts.models import User
from hotel.core.clock import clock_set, now
from hotel.core.money import rounded
from hotel.folios.models import CityAccount, Folio, Payment, PaymentLink
from hotel.folios.services.payment_links import link_create
from hotel.folios.services.postings import charge_post
from hotel.properties.business_date import local_instant
from hotel.properties.models import Property
from hotel.properties.selectors.directory import local_day
from hotel.properties.services.demo import demo_places
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation, RoomAssignment
from hotel.reservations.services.assignment import rooms_assign_due
from hotel.reservations.services.demo import demo_today
from hotel.reservations.services.demo_live import SALES
from hotel.rooms.choices import HousekeepingStatus
from hotel.rooms.models import Room
from hotel.rooms.services.status import rooms_status_set
from hotel.stays.replay.cashier import Cashier
from hotel.stays.replay.played import Played
from hotel.stays.services.check_in import check_in
from hotel.stays.services.check_out import check_out
from hotel.stays.services.night_audit import night_audit_run

MORNING, AFTERNOON, EVENING, NIGHT = time(10), time(16), time(20), time(23, 55)
WAYS = {"card_terminal": 7, "cash": 2, "bank": 1}
PREPAID = ("NRF", "SEMI")
DEPOSITS, LINKS = 8, 3
LINK_DAYS = 14
CLEANED = 0.9
# Euros; the other house counts in hundreds of yen.
EXTRAS = {"food": (14, 60), "beverage": (5, 24), "service": (12, 45)}
YEN_PER_EURO = 160


def demo_seed(*, say: Callable[[str], None], sales: int = SALES) -> None:
    """Bring both houses from their first business date to today, and do today's business.

    Repeatable, and resumed where it was broken off: what is done is told by the stays and by the business date. Stays
    that began before the first business date were charged by the system before up to then.

    Args:
        say: prints progress.
        sales: bookings that people try to make today, at each property.
    """
    for place in demo_places():
        desk = _DemoDesk(place)
        days = desk.until_today()
        done = demo_today(place=place, sales=sales)
        promised = desk.money_ahead()
        told = ", ".join(f"{count} {name}" for name, count in desk.played.commands.items())
        say(f"{place.code}: {days} days closed ({told}); {promised} deposits and links to pay")
        say(f"{place.code}: {done.bookings} bookings today, {done.roomed} rooms assigned ahead")


class _DemoDesk:
    """The desk of one house: what it does next is told by the stays themselves."""

    def __init__(self, place: Property) -> None:
        self.place, self.played = place, Played()
        clerks = User.objects.filter(role_assignments__role__code="front_desk")
        self.clerk = clerks.filter(role_assignments__property=place).earliest("pk")
        self.cashier = Cashier(place, self.clerk, self.played)
        self.debtors = {row.company_id: row for row in CityAccount.objects.at(place.pk)}

    def until_today(self) -> int:
        """Play each day until the calendar's is open; returns how many were closed."""
        closed = 0
        while self.place.business_date < local_day(self.place):
            self._day(self.place.business_date)
            closed += 1
        return closed

    def money_ahead(self) -> int:
        """Deposits of stays that are paid beforehand, and links for others; returns how many were made now."""
        coming = Reservation.objects.at(self.place.pk).filter(
            status=ReservationStatus.CONFIRMED, arrival__gt=self.place.business_date, total_amount__gt=0
        )
        coming = coming.select_related("property").order_by("arrival", "pk")
        made = 0
        if not Payment.objects.at(self.place.pk).filter(reservation__in=coming).exists():
            for stay in coming.filter(rate_plan__code__in=PREPAID)[:DEPOSITS]:
                self.cashier.take(stay, "bank", stay.total_amount, f"deposit-{stay.pk}")
                made += 1
        if settings.SIMULATOR_API_KEY and not PaymentLink.objects.at(self.place.pk).exists():
            for stay in coming.exclude(rate_plan__code__in=PREPAID)[:LINKS]:
                self._link(stay)
                made += 1
        return made

    def _link(self, stay: Reservation) -> None:
        link_create(
            target=stay,
            amount=rounded(stay.total_amount * Decimal("0.3")),
            expires_at=now() + timedelta(days=LINK_DAYS),
            description=f"Deposit for {stay.number}",
            actor=self.clerk,
        )

    def _day(self, today: date) -> None:
        dice = random.Random(f"{self.place.code}:{today}")  # noqa: S311  (believable, not secret)
        with self._clock(today, MORNING):
            if self.cashier.session is None:
                self.cashier.till_open()
            self._departures(today, dice)
        with self._clock(today, AFTERNOON):
            self._housekeeping(dice)
            self._arrivals(today)
        with self._clock(today, EVENING):
            self._extras(dice)
            self.cashier.till_close()
        with self._clock(today, NIGHT), self.played.timed("nights audited"):
            night_audit_run(place=self.place)

    def _clock(self, day: date, hour: time) -> AbstractContextManager[None]:
        return clock_set(local_instant(self.place, day, hour))

    def _departures(self, today: date, dice: random.Random) -> None:
        leaving = self._stays(ReservationStatus.IN_HOUSE, departure__lte=today)
        bills = self.cashier.bills([stay.pk for stay in leaving])
        for stay in leaving:
            if stay.pk in bills:  # else he was charged by the system before
                window, balance = bills[stay.pk]
                debtor = self.debtors.get(stay.booking.company_id or stay.booking.agent_id)
                way = dice.choices(list(WAYS), list(WAYS.values()))[0]
                self.cashier.settle(window, balance, way, debtor)
                self.cashier.invoice(window)
            with self.played.timed("checked out"):
                check_out(reservation=stay, actor=self.clerk)

    def _housekeeping(self, dice: random.Random) -> None:
        """Rooms that nobody sleeps in are cleaned; a few are left, so that there is something to do."""
        taken = RoomAssignment.objects.at(self.place.pk).filter(
            released_at=None, reservation__status=ReservationStatus.IN_HOUSE
        )
        dirty = Room.objects.at(self.place.pk).filter(housekeeping_status=HousekeepingStatus.DIRTY)
        vacant = dirty.exclude(pk__in=taken.values("room")).order_by("pk").values_list("pk", flat=True)
        done = [room for room in vacant if dice.random() < CLEANED]
        rooms_status_set(room_ids=done, status=HousekeepingStatus.CLEAN)

    def _arrivals(self, today: date) -> None:
        """Who has a room comes; whom the automatic assignment found none for does not."""
        rooms_assign_due(place=self.place, days=1)
        rows = RoomAssignment.objects.at(self.place.pk).filter(
            released_at=None,
            arrival=today,
            reservation__arrival=today,
            reservation__status=ReservationStatus.CONFIRMED,
        )
        held = list(rows.select_related("reservation__property", "room").order_by("reservation_id"))
        wanted = {row.room_id for row in held if row.room.housekeeping_status != HousekeepingStatus.INSPECTED}
        rooms_status_set(room_ids=wanted, status=HousekeepingStatus.INSPECTED)
        for row in held:
            with self.played.timed("checked in"):
                check_in(reservation=row.reservation, actor=self.clerk)

    def _extras(self, dice: random.Random) -> None:
        folios = Folio.objects.at(self.place.pk).filter(reservation__status=ReservationStatus.IN_HOUSE)
        for folio in folios.select_related("property", "reservation__booking").order_by("pk"):
            if dice.random() < 0.4:
                code = dice.choice(list(EXTRAS))
                euros = dice.randint(*EXTRAS[code])
                amount = euros * YEN_PER_EURO if self.place.currency == "JPY" else euros
                with self.played.timed("extras"):
                    charge_post(
                        folio=folio,
                        code=self.cashier.codes[code],
                        amount=Money(amount, self.place.currency),
                        actor=self.clerk,
                    )

    def _stays(self, status: ReservationStatus, **filters: date) -> Sequence[Reservation]:
        rows = Reservation.objects.at(self.place.pk).filter(status=status, **filters)
        return list(rows.select_related("property", "booking").order_by("pk"))
