"""One simulated hotel: what happens on a day is drawn by a seed, done by the services, and remembered by a model."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from typing import TypeVar

from moneyed import Money

from hotel.core.clock import clock_set
from hotel.core.exceptions import PmsError
from hotel.folios.choices import PaymentKind, PaymentStatus
from hotel.folios.models import Payment, Posting
from hotel.folios.services.chargebacks import Dispute, chargeback_record, chargeback_win
from hotel.folios.services.corrections import posting_adjust, posting_split
from hotel.folios.services.folios import folio_open
from hotel.folios.services.payment_data import PaymentData
from hotel.folios.services.payments import payment_take
from hotel.folios.services.postings import charge_post
from hotel.folios.services.refunds import payment_refund
from hotel.properties.business_date import local_instant
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.choices import RateSplit
from hotel.reservations.models import Reservation
from hotel.reservations.services.assignment import rooms_assign_due
from hotel.reservations.services.booking_data import BookingData, ReservationData
from hotel.reservations.services.bookings import booking_create
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.reservations.services.sharing import room_share, room_unshare
from hotel.rooms.choices import HousekeepingStatus
from hotel.rooms.models import Room
from hotel.rooms.services.status import rooms_status_set
from hotel.stays.choices import MoveRate
from hotel.stays.replay.cashier import Cashier
from hotel.stays.replay.played import Played
from hotel.stays.services.check_in import check_in, check_in_revert
from hotel.stays.services.check_out import check_out
from hotel.stays.services.departures import early_departure, stay_extend
from hotel.stays.services.night_audit import night_audit_run
from hotel.stays.services.room_moves import room_move
from hotel.stays.services.walk_ins import walk_in
from hotel.stays.simulation.crashes import crash_before
from hotel.stays.simulation.house import LONGEST_LEAD, LONGEST_STAY, House
from hotel.stays.simulation.model import Model, disagreements

MORNING, NOON, EVENING, NIGHT = time(10), time(15, 30), time(20), time(23, 50)
CRASHES = 0.08  # of commands, each before one of so many statements:
DEEPEST, DEEPEST_IN_AUDIT = 40, 110
T = TypeVar("T")


class Hotel:
    """A hotel and its days. Commands are counted by name; those that are refused or broken off, too."""

    def __init__(self, house: House, seed: int) -> None:
        """Nothing has happened yet; the same seed gives the same days."""
        self.house, self.seed, self.place = house, seed, house.place
        self.dice = random.Random(seed)  # noqa: S311  (to be repeated, not secret)
        self.model, self.counts = Model(), Counter[str]()
        self.cashier = Cashier(house.place, house.clerk, Played())
        self.keys, self.refusal = 0, ""

    def day(self) -> list[str]:
        """Play the open business date and close it; returns where database and model then differ."""
        today = self.place.business_date
        with clock_set(local_instant(self.place, today, MORNING)):
            self._morning(today)
        with clock_set(local_instant(self.place, today, NOON)):
            self._noon(today)
        with clock_set(local_instant(self.place, today, EVENING)):
            self._evening(today)
        with clock_set(local_instant(self.place, today, NIGHT)):
            self._do("audit", lambda: night_audit_run(place=self.place), deepest=DEEPEST_IN_AUDIT)
        self.place.refresh_from_db()  # broken off after the date was rolled, it is asked for a day that has not begun
        if self.place.business_date == today:
            return [f"the day was not closed: {self.refusal}"]
        self.counts["day closed"] += 1
        for pk in self.model.missing(today):
            del self.model.expected[pk]
            self.counts["no-show"] += 1
        return list(disagreements(self.model, self.place, today, self.model.closed()))

    def _morning(self, today: date) -> None:
        """Who leaves today settles and goes, or stays longer; some leave early."""
        self.cashier.till_open()
        for stay in self._guests():
            if stay.departure <= today:
                if not (self._likely(0.15) and self._extended(stay)):
                    self._leave(stay)
            elif self._likely(0.06) and self._early(stay):
                self._leave(stay)

    def _noon(self, today: date) -> None:
        """Bookings, second thoughts, clean rooms; most of those who are expected come, and some who are not."""
        for _ in range(self.dice.choice((0, 1, 1, 2))):
            self._book(today)
        if self._likely(0.2):
            self._share()
        if self.model.mates and self._likely(0.1):
            self._part(self.dice.choice(sorted(self.model.mates)))
        for pk in list(self.model.expected):
            if self._likely(0.05):
                self._cancel(pk)
        dirty = Room.objects.at(self.place.pk).exclude(housekeeping_status=HousekeepingStatus.CLEAN)
        rooms_status_set(room_ids=dirty.values_list("pk", flat=True), status=HousekeepingStatus.CLEAN)
        if self.model.missing(today):
            self._do("rooms assigned", lambda: rooms_assign_due(place=self.place, days=1))
        for pk in self.model.missing(today):
            if not self._likely(0.12):
                self._come(pk, today)
        if self._likely(0.25):
            self._walk_in(today)

    def _evening(self, today: date) -> None:
        """Guests consume, move, complain and give up; banks take back."""
        guests = self._guests()
        if guests and self._likely(0.7):
            self._consume(self.dice.choice(guests))
        if guests and self._likely(0.15):
            self._move(self.dice.choice(guests))
        if guests and self._likely(0.2):
            self._correct(self.dice.choice(guests))
        if self._likely(0.1):
            self._take_back()
        for stay in guests:
            if stay.arrival == today and self._likely(0.05) and self._early(stay):
                self._leave(stay)
        self.cashier.till_close()

    def _book(self, today: date) -> None:
        stay = self._stay(today + timedelta(days=self.dice.randint(0, LONGEST_LEAD)))
        made = self._do(
            "book",
            lambda: booking_create(place=self.place, data=BookingData(reservations=(stay,)), actor=None),
        )
        if made is None:
            return
        (row,) = made.reservations
        self.model.expected[row.pk] = row.arrival
        if self._likely(0.2):
            self._pay(row, "bank", row.total_amount / 2)

    def _stay(self, arrival: date) -> ReservationData:
        room_type, nights = self.dice.choice(self.house.types), self.dice.randint(1, LONGEST_STAY)
        price = Money(self.house.prices[room_type.pk] + self.dice.randint(-20, 20), self.place.currency)
        return ReservationData(
            room_type=room_type,
            rate_plan=self.dice.choice(self.house.plans),
            arrival=arrival,
            departure=arrival + timedelta(days=nights),
            occupancy=Occupancy(adults=self.dice.choice((1, 2, 2))),
            prices={arrival + timedelta(days=offset): price for offset in range(nights)},
            is_agreed=True,
        )

    def _cancel(self, pk: int) -> None:
        if self._do("cancel", lambda: reservation_cancel(reservation=Reservation(pk=pk), actor=None)):
            del self.model.expected[pk]

    def _share(self) -> None:
        """Two who are to come, or one of them and a guest in house, take one room."""
        free = {*self.model.expected, *self.model.guests} - self.model.mates.keys()
        stays = Reservation.objects.filter(pk__in=free).order_by("pk")
        pairs = [
            (one, other)
            for one in stays
            for other in stays
            if one.pk in self.model.expected and _could_share(one, other)
        ]
        if not pairs:
            return
        one, other = self.dice.choice(pairs)
        split = self.dice.choice(RateSplit.values[:3])
        if self._do("share", lambda: room_share(reservation=one, others=[other], split=split, actor=None)):
            self.model.share(one.pk, other.pk)

    def _part(self, pk: int) -> None:
        if self._do("part", lambda: room_unshare(reservation=Reservation(pk=pk), actor=None)):
            self.model.part(pk)

    def _come(self, pk: int, today: date) -> None:
        """Check in; sometimes at the wrong name, which is taken back."""
        if self._do("check in", lambda: check_in(reservation=Reservation(pk=pk), actor=None)) is None:
            return
        if self._likely(0.05):
            self._do("revert check-in", lambda: check_in_revert(reservation=Reservation(pk=pk), actor=None))
            return
        del self.model.expected[pk]
        self.model.guests[pk] = today
        self.model.came += 1

    def _walk_in(self, today: date) -> None:
        stay = self._stay(today)
        rooms = self._free_rooms([stay.room_type.pk])
        if not rooms:
            return
        data, room = BookingData(reservations=(stay,)), self.dice.choice(rooms)
        came = self._do("walk in", lambda: walk_in(place=self.place, data=data, room=room, actor=None))
        if came is not None:
            self.model.guests[came.reservation.pk] = today
            self.model.came += 1

    def _extended(self, stay: Reservation) -> bool:
        later = stay.departure + timedelta(days=self.dice.randint(1, 2))
        return bool(self._do("extend", lambda: stay_extend(reservation=stay, departure=later, actor=None)))

    def _early(self, stay: Reservation) -> bool:
        return bool(self._do("early departure", lambda: early_departure(reservation=stay, actor=None)))

    def _leave(self, stay: Reservation) -> None:
        window, balance = self.cashier.bills([stay.pk])[stay.pk]
        debtor = self.house.debtor if self._likely(0.2) else None
        way = self.dice.choice(("cash", "card_terminal"))
        self._do("settle", lambda: self._settled(stay.pk, way, debtor is not None))
        if balance.amount < 0 or debtor is None:
            self.model.money += balance.amount
        self._do("invoice", lambda: self.cashier.invoice(window))
        self._do("check out", lambda: check_out(reservation=stay, actor=None))
        if self.model.guests.pop(stay.pk) == self.place.business_date:
            self.model.paid_and_left.add(stay.pk)
        else:
            self.model.left += 1

    def _settled(self, pk: int, way: str, is_on_account: bool) -> bool:
        window, balance = self.cashier.bills([pk])[pk]
        self.cashier.settle(window, balance, way, self.house.debtor if is_on_account else None)
        return True

    def _consume(self, stay: Reservation) -> None:
        amount = Money(self.dice.randint(300, 6000) / Decimal(100), self.place.currency)
        code = self.cashier.codes[self.dice.choice(("food", "beverage", "service"))]
        self._do("consume", lambda: charge_post(folio=folio_open(reservation=stay), code=code, amount=amount))

    def _move(self, stay: Reservation) -> None:
        rooms = self._free_rooms([room_type.pk for room_type in self.house.types])
        if rooms:
            room = self.dice.choice(rooms)
            self._do(
                "move",
                lambda: room_move(
                    reservation=stay, room=room, actor=None, rate=MoveRate.KEEP, override_reason="Simulated"
                ),
            )

    def _correct(self, stay: Reservation) -> None:
        """A charge is cut in two, or a part of it is let off."""
        rows = Posting.objects.at(self.place.pk).filter(
            window__folio__reservation=stay,
            source="",
            code__group__in=("food", "beverage", "service"),
            gross__gt=1,
        )
        postings = list(rows.filter(reverses=None, reversals=None, code__kind="charge").order_by("pk"))
        if not postings:
            return
        posting = self.dice.choice(postings)
        if self._likely(0.5):
            self._do("split", lambda: posting_split(posting=posting, weights=[1, 2]))
        else:
            part = Money(Decimal(1), self.place.currency)
            self._do("rebate", lambda: posting_adjust(posting=posting, amount=part, reason="Simulated"))

    def _take_back(self) -> None:
        """A payment is refunded in part, or taken back by the guest's bank, which now and then gives it back."""
        payments = Payment.objects.at(self.place.pk).filter(
            kind=PaymentKind.PAYMENT, status=PaymentStatus.CAPTURED, captured_amount__gte=20
        )
        found = list(payments.select_related("property").order_by("-pk")[:10])
        if not found:
            return
        payment, key = self.dice.choice(found), self._key()
        amount = payment.money(Decimal(self.dice.randint(5, 20)))
        if self._likely(0.5):
            if self._do("refund", lambda: payment_refund(payment=payment, amount=amount, key=key)):
                self.model.money -= amount.amount
            return
        dispute = Dispute(reference=key, amount=amount)
        if self._do("chargeback", lambda: chargeback_record(payment=payment, dispute=dispute)):
            self.model.money -= amount.amount
        if not self._likely(0.5):
            return
        if self._do("won", lambda: chargeback_win(payment=payment, dispute=dispute)):
            self.model.money += amount.amount

    def _pay(self, stay: Reservation, way: str, amount: Money) -> None:
        amount = Money(amount.amount.quantize(Decimal("0.01")), amount.currency)
        data = PaymentData(target=stay, amount=amount, key=self._key())
        if self._do("deposit", lambda: payment_take(data=data, code=self.cashier.codes[way])):
            self.model.money += amount.amount

    def _do(self, name: str, command: Callable[[], T], deepest: int = DEEPEST) -> T | None:
        """Give a command; now and then it is broken off first, and given again. None when it is refused."""
        if self._likely(CRASHES):
            with crash_before(self.dice.randrange(deepest)) as point:
                return self._given(name, command)
            if point.has_struck:
                self.counts["crashes"] += 1
        return self._given(name, command)

    def _given(self, name: str, command: Callable[[], T]) -> T | None:
        try:
            answer = command()
        except PmsError as refused:
            self.counts[f"{name} refused"] += 1
            self.refusal = f"{refused.code}: {refused.message}"
            return None
        self.counts[name] += 1
        return answer

    def _guests(self) -> list[Reservation]:
        rows = Reservation.objects.filter(pk__in=self.model.guests).select_related("property")
        return list(rows.order_by("pk"))

    def _free_rooms(self, types: Sequence[int]) -> list[Room]:
        """Rooms of types that nobody in house has; others may be promised one of them."""
        taken = Reservation.objects.filter(pk__in=self.model.guests, assignments__released_at=None)
        rooms = Room.objects.at(self.place.pk).filter(room_type__in=types)
        return list(rooms.exclude(pk__in=taken.values("assignments__room")).order_by("pk"))

    def _likely(self, share: float) -> bool:
        return self.dice.random() < share

    def _key(self) -> str:
        self.keys += 1
        return f"sim-{self.seed}-{self.keys}"


def _could_share(one: Reservation, other: Reservation) -> bool:
    """Whether two stays are of one type and have a night in common."""
    is_alike = one.pk != other.pk and one.room_type_id == other.room_type_id
    return is_alike and one.arrival < other.departure and other.arrival < one.departure
