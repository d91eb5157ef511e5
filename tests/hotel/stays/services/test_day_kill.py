"""A day at the desk with the power cut at every point: it ends as if nobody had disturbed it."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from moneyed import Money

from hotel.accounts.models import Role
from hotel.accounts.services.roles import role_assign
from hotel.core.invariants import invariants_verify
from hotel.folios.services.codes import standard_code
from hotel.reservations.models import Reservation
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.stays.models import NightAuditStep
from hotel.stays.services.fixed_charges import FixedChargeData, fixed_charge_add
from hotel.stays.services.night_audit import night_audit_run
from tests.cast import TODAY, make_cast, make_property
from tests.contracts.stage import Client
from tests.dying import dies_at
from tests.factories.payments import payment_make
from tests.factories.reservations import House, house_make
from tests.factories.stays import bill_pay
from tests.hotel.stays.conftest import NOON
from tests.state import state_of

# A command with a key: the key is claimed, then everything is done and answered in one transaction.
POINTS = ["before idempotency_claim", "after idempotency_claim", "before claim_kept", "after claim_kept"]
STEPS = [
    "checks",
    "no_shows",
    "nights",
    "fixed_charges",
    "allowances",
    "rooms",
    "statistics",
    "proof",
    "roll",
]
LEASE = timedelta(seconds=61)


@dataclass
class Day:
    """A house, its clerk, and the guests of the day: one more than there are points to die at."""

    house: House
    client: Client
    guests: list[Reservation] = field(default_factory=list)

    def begin(self) -> None:
        """Everybody is expected, with a deposit; one does not come, one has cancelled, one is charged for parking."""
        place = self.house.place
        for n in range(len(POINTS) + 1):
            row = self.house.reserve(0, 1)
            room_assign(reservation=row, room=self.house.rooms[n], actor=None)
            payment_make(place, 10 + n, "voucher", target=row)
            self.guests.append(row)
        parking = FixedChargeData(code=standard_code(place, "service"), amount=Money(15, "EUR"))
        fixed_charge_add(reservation=self.guests[0], data=parking)
        self.house.reserve(0, 2)
        reservation_cancel(reservation=self.house.reserve(0, 1), actor=None)

    def ask(self, row: Reservation, command: str):
        """Give a command; repeating it is the same request."""
        return self.client.post(f"/api/v1/reservations/{row.pk}/{command}", {}, key=f"{command}-{row.pk}")

    def all_asked(self, command: str) -> list[str]:
        """Give it for every guest; returns what they are then."""
        return [self.ask(row, command).json()["reservation"]["status"] for row in self.guests]

    def killed(self, command: str) -> list[str | None]:
        """Give it for every guest in processes that die, each a point later than the last; returns where."""
        return [
            dies_at(nth, lambda row=row: self.ask(row, command)) for nth, row in enumerate(self.guests, 1)
        ]

    def audit_killed(self) -> list[tuple[str | None, int]]:
        """Where audits died, with the number of steps done; each went on where the last one had died.

        One that goes on opens the audit again, which is a commit, and dies around the next step.
        """
        died, nth, place = [], 1, self.house.place
        while place.business_date == TODAY:
            point = dies_at(nth, lambda: night_audit_run(place=place))
            done = NightAuditStep.objects.filter(property=place, status="done").count()
            died.append((point, done))
            nth = 3 if nth == 4 else nth + 1
            place.refresh_from_db()
        return died


def day_of(cast, place, doubles: int) -> Day:
    """Ada's day."""
    client = Client()
    client.force_authenticate(user=cast.ada)
    day = Day(house_make(place, doubles=doubles), client)
    day.begin()
    return day


@pytest.mark.chaos
@pytest.mark.django_db(transaction=True)
def test_a_day_killed_everywhere_ends_as_if_nobody_had_disturbed_it(noon, drain):
    cast = make_cast()
    twin = make_property(
        cast.chain, "TWIN", name="Twin", time_zone="Europe/Vienna", currency="EUR", country="AT"
    )
    role_assign(user=cast.ada, role=Role.objects.get(code="general_manager"), place=twin)
    calm, killed = (day_of(cast, place, len(POINTS) + 4) for place in (cast.alpha, twin))
    came, left = ["in_house"] * len(killed.guests), ["checked_out"] * len(killed.guests)

    assert calm.all_asked("check-in") == came
    assert killed.killed("check-in") == [*POINTS, None]
    in_flight = killed.ask(killed.guests[1], "check-in")
    assert (in_flight.status_code, in_flight.json()["code"]) == (409, "idempotency_key_in_flight")
    noon.shift(LEASE)
    assert killed.all_asked("check-in") == came

    night_audit_run(place=calm.house.place)
    steps = [
        (f"{when} {'_check' if name == 'checks' else '_step'}", done)
        for number, name in enumerate(STEPS)
        for when, done in (("before", number), ("after", number + 1))
    ]
    opened = [("before night_audit_run", 0), ("after night_audit_run", 0)]
    assert killed.audit_killed() == opened + steps
    calm.house.place.refresh_from_db()
    assert killed.house.place.business_date == calm.house.place.business_date == TODAY + timedelta(days=1)

    noon.move_to(NOON + timedelta(hours=20))
    for row in calm.guests + killed.guests:
        bill_pay(row)
    assert calm.all_asked("check-out") == left
    assert killed.killed("check-out") == [*POINTS, None]
    noon.shift(LEASE)
    assert killed.all_asked("check-out") == left

    drain()
    assert state_of(killed.house.place) == state_of(calm.house.place)
    assert [f.invariant.name for f in invariants_verify() if f.violations] == []
