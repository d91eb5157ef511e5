"""The desk of the replayed hotel: who comes, consumes, pays and leaves on each day, through the services of a desk."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from moneyed import Money

from hotel.accounts.models import User
from hotel.accounts.services.users import user_create
from hotel.core.exceptions import Conflict
from hotel.core.money import rounded
from hotel.folios.models import CityAccount, Folio
from hotel.folios.services.posting_data import Memo
from hotel.folios.services.postings import charge_post
from hotel.properties.models import Property
from hotel.reservations.domain.imported import ImportedStay
from hotel.reservations.models import Reservation
from hotel.reservations.services.assignment import rooms_assign_due
from hotel.rooms.choices import HousekeepingStatus
from hotel.rooms.models import Room
from hotel.rooms.services.status import rooms_status_set
from hotel.stays.replay.cashier import Cashier
from hotel.stays.replay.manners import Extra, Manner, debtor_of, is_prepaid, manner_of
from hotel.stays.replay.played import Played
from hotel.stays.replay.terms import debtors_make
from hotel.stays.services.check_in import check_in
from hotel.stays.services.check_out import check_out


class RoomsShort(Conflict):
    """The automatic assignment found no room for an arrival: the played hotel is too small."""

    code = "rooms_short"


class Desk:
    """Plays a day's arrivals, departures and payments at one property."""

    def __init__(
        self, place: Property, stays: Sequence[ImportedStay], made: dict[int, int], played: Played
    ) -> None:
        """Hires a clerk and opens an account for each company and agent.

        Args:
            place: the property.
            stays: the history.
            made: line of the file to reservation id; filled by whoever books.
            played: counts what is done.
        """
        self.place, self.made, self.played = place, made, played
        self.cashier = Cashier(place, _clerk(place), played)
        self.accounts = debtors_make(place, {name for stay in stays if (name := debtor_of(stay))})
        self.coming: dict[date, list[ImportedStay]] = defaultdict(list)
        self.leaving: dict[date, list[ImportedStay]] = defaultdict(list)
        for stay in stays:
            if stay.status == "checked_out":
                self.coming[stay.arrival].append(stay)
                self.leaving[stay.departure].append(stay)
        self.extras: dict[date, list[tuple[int, Extra]]] = defaultdict(list)
        self.owing: list[ImportedStay] = []

    def remember(self, today: date, owing: Iterable[ImportedStay]) -> None:
        """Know again, on a day before which another desk was stopped, what that one had still to do.

        Args:
            today: the day to play next.
            owing: who cancelled a prepaid stay or did not come, since the last morning.
        """
        self.owing = list(owing)
        for day in sorted(day for day in self.coming if day < today):
            for stay in self.coming[day]:
                self._plan_extras(stay, today)

    def booked(self, stay: ImportedStay) -> None:
        """Take the deposit of a booking just made, if there is any."""
        manner = manner_of(stay)
        if manner.deposit_share and not stay.waitlist_days:
            reservation = self._reservation(stay)
            amount = rounded(reservation.total_amount * manner.deposit_share)
            if amount.amount > 0:
                self.cashier.take(reservation, manner.deposit_way, amount, f"line-{stay.line}-deposit")

    def cancelled(self, stay: ImportedStay) -> None:
        """Give the deposit back; of what is not refundable, it pays the fee tomorrow."""
        if is_prepaid(stay):
            self.owing.append(stay)
        elif manner_of(stay).deposit_share:
            self.cashier.give_back(self._reservation(stay))

    def missed(self, stay: ImportedStay) -> None:
        """The night audit will mark it; tomorrow the fee is paid."""
        self.owing.append(stay)

    def morning(self, today: date) -> None:
        """Open the till; let go who leaves; collect what is owed by who did not come and, once a month, by debtors."""
        self.cashier.till_open()
        owing, self.owing = self.owing, []
        for stay in owing:
            manner = manner_of(stay)
            self.cashier.close_bill(self._reservation(stay), manner.way, self._debtor(manner))
        self._let_go(stay for stay in self.leaving[today] if not stay.is_day_use)
        if today.day == 1:
            self.cashier.debtors_pay(self.accounts)

    def afternoon(self, today: date) -> None:
        """Clean the rooms, give one to each arrival, check the guests in."""
        if not self.coming[today] and not self.owing:
            return
        dirty = Room.objects.at(self.place.pk).exclude(housekeeping_status=HousekeepingStatus.CLEAN)
        rooms_status_set(room_ids=dirty.values_list("pk", flat=True), status=HousekeepingStatus.CLEAN)
        with self.played.timed("days of rooms assigned"):
            plan = rooms_assign_due(place=self.place, days=1)
        if plan.unplaced:
            raise RoomsShort(f"{today}: no room for {len(plan.unplaced)} arrivals.")
        rows = self._reservations(self.coming[today])
        for stay in self.coming[today]:
            with self.played.timed("checked in"):
                check_in(reservation=rows[self.made[stay.line]], actor=None)
            self._plan_extras(stay, today)

    def evening(self, today: date) -> None:
        """Post what guests consume, let day guests go, close the till."""
        extras = self.extras.pop(today, [])
        folios = {
            folio.reservation_id: folio
            for folio in Folio.objects.at(self.place.pk)
            .filter(reservation__in=[pk for pk, _ in extras])
            .select_related("property", "reservation__booking")
        }
        for number, (pk, extra) in enumerate(extras, 1):
            with self.played.timed("extras"):
                charge_post(
                    folio=folios[pk],
                    code=self.cashier.codes[extra.code],
                    amount=Money(extra.amount, self.place.currency),
                    memo=Memo(reference=f"Bill {today:%y%m%d}-{number}"),
                )
        self._let_go(stay for stay in self.leaving[today] if stay.is_day_use)
        self.cashier.till_close()

    def _plan_extras(self, stay: ImportedStay, since: date) -> None:
        for extra in manner_of(stay).extras:
            if extra.day >= since:
                self.extras[extra.day].append((self.made[stay.line], extra))

    def _let_go(self, stays: Iterable[ImportedStay]) -> None:
        leaving = list(stays)
        rows = self._reservations(leaving)
        bills = self.cashier.bills(rows.keys())
        for stay in leaving:
            pk, manner = self.made[stay.line], manner_of(stay)
            window, balance = bills[pk]
            self.cashier.settle(window, balance, manner.way, self._debtor(manner))
            self.cashier.invoice(window)
            with self.played.timed("checked out"):
                check_out(reservation=rows[pk], actor=None)

    def _debtor(self, manner: Manner) -> CityAccount | None:
        return self.accounts[manner.debtor] if manner.debtor else None

    def _reservation(self, stay: ImportedStay) -> Reservation:
        return Reservation.objects.select_related("property").get(pk=self.made[stay.line])

    def _reservations(self, stays: Iterable[ImportedStay]) -> dict[int, Reservation]:
        ids = [self.made[stay.line] for stay in stays]
        return Reservation.objects.select_related("property").in_bulk(ids)


def _clerk(place: Property) -> User:
    values = {"username": f"{place.code}-desk".lower(), "display_name": f"Desk of {place.code}"}
    known = User.objects.filter(username=values["username"]).first()
    return known or user_create(home=place, values=values, is_machine=True)
