"""A stay's whole life on the days and in the money that programs get wrong: exact nights, deadlines and amounts.

The policy is free until 18:00 of the day before arrival, on the hotel's own clock, then the first night.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from hotel.accounts.models import Role
from hotel.accounts.services.roles import role_assign
from hotel.rooms.models import RoomOccupancy
from tests.cast import make_property
from tests.factories.reservations import house_make

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Case:
    """A hotel, its price, an arrival for three nights, and the UTC instant from which cancelling costs a night."""

    name: str
    zone: str
    currency: str
    price: str
    arrival: date
    deadline: datetime

    def __str__(self) -> str:
        return self.name


CASES = [
    Case("spring forward", "Europe/Vienna", "EUR", "99.99", date(2027, 3, 28), datetime(2027, 3, 27, 17, tzinfo=UTC)),
    Case("night before it", "Europe/Vienna", "EUR", "0.01", date(2027, 3, 29), datetime(2027, 3, 28, 16, tzinfo=UTC)),
    Case("fall back", "Europe/Vienna", "EUR", "100.00", date(2026, 10, 26), datetime(2026, 10, 25, 17, tzinfo=UTC)),
    Case("no midnight, Santiago", "America/Santiago", "CLP", "54321", date(2026, 9, 6),
         datetime(2026, 9, 5, 22, tzinfo=UTC)),
    Case("the day after, Santiago", "America/Santiago", "CLP", "54321", date(2026, 9, 7),
         datetime(2026, 9, 6, 21, tzinfo=UTC)),
    Case("no midnight, Cairo", "Africa/Cairo", "EGP", "1500.50", date(2026, 4, 24),
         datetime(2026, 4, 23, 16, tzinfo=UTC)),
    Case("no midnight, Beirut", "Asia/Beirut", "USD", "80.00", date(2026, 3, 29),
         datetime(2026, 3, 28, 16, tzinfo=UTC)),
    Case("half an hour, Lord Howe", "Australia/Lord_Howe", "AUD", "310.00", date(2026, 10, 4),
         datetime(2026, 10, 3, 7, 30, tzinfo=UTC)),
    Case("month end in yen", "Asia/Tokyo", "JPY", "10001", date(2027, 1, 30), datetime(2027, 1, 29, 9, tzinfo=UTC)),
    Case("leap day", "Europe/Vienna", "EUR", "77.77", date(2028, 2, 28), datetime(2028, 2, 27, 17, tzinfo=UTC)),
    Case("year end in dinars", "Asia/Kuwait", "KWD", "45.125", date(2026, 12, 30),
         datetime(2026, 12, 29, 15, tzinfo=UTC)),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_stay_lives_on_its_own_clock_and_in_its_own_money(case, cast, desk_of):
    booked_on = case.arrival - 3 * DAY
    place = make_property(cast.chain, "TIME", name="Time", time_zone=case.zone, currency=case.currency,
                          country="AT", business_date=booked_on)  # fmt: skip
    role_assign(user=cast.ada, role=Role.objects.get(code="general_manager"), place=place)
    house = house_make(place, doubles=1, price=case.price, since=booked_on)
    desk = desk_of(cast.ada, house)

    def money(factor: int) -> dict[str, str]:
        return {"amount": str(Decimal(case.price) * factor), "currency": case.currency}

    with time_machine.travel(case.deadline - DAY, tick=False) as clock:
        question = {
            "property": place.pk,
            "arrival": str(case.arrival),
            "departure": str(case.arrival + 3 * DAY),
        }
        offers = desk.do("quotes", {**question, "adults": 2, "room_types": [house.double.pk]})
        stay = desk.book_one(case.arrival, 3)
        assert (offers[0]["total"], stay["total"]) == (money(3), money(3))
        path = f"reservations/{stay['id']}"

        longer = {"departure": str(case.arrival + 4 * DAY)}
        detail = desk.do(f"{path}/amend", longer, version=1)["reservation"]
        nights = [(row["night"], row["total"]) for row in detail["nights"]]
        assert nights == [(str(case.arrival + n * DAY), money(1)) for n in range(4)]
        assert detail["total"] == money(4)
        assert house.counted("sold", days=8) == [0, 0, 0, 1, 1, 1, 1, 0]

        desk.do(f"{path}/assign", {"room": house.rooms[0].pk})
        taken = RoomOccupancy.objects.get().during
        local = [moment.astimezone(place.zone).replace(tzinfo=None) for moment in (taken.lower, taken.upper)]
        days = (case.arrival, case.arrival + 4 * DAY)
        assert local == [
            datetime.combine(day, at)
            for day, at in zip(days, (place.check_in_time, place.check_out_time), strict=True)
        ]

        clock.move_to(case.deadline - timedelta(seconds=1))
        assert desk.get(f"{path}/cancellation-fee")["amount"] == money(0)
        clock.move_to(case.deadline + timedelta(seconds=1))
        assert desk.get(f"{path}/cancellation-fee")["amount"] == money(1)
        ended = desk.do(f"{path}/cancel", {"reason": "late"})
        assert ([fee["amount"] for fee in ended["fees"]], ended["reservation"]["fee"]) == (
            [money(1)],
            money(1),
        )
        assert house.counted("sold", days=8) == [0] * 8

        back = desk.do(f"{path}/reinstate", {})
        assert [fee["amount"]["amount"] for fee in back["fees"]] == [f"-{case.price}"]
        assert (back["reservation"]["total"], back["reservation"]["fee"]) == (money(4), None)
        assert house.counted("sold", days=8) == [0, 0, 0, 1, 1, 1, 1, 0]
