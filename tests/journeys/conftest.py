"""A clerk who works through the API alone, and a house to sell."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from hotel.core.invariants import invariants_verify
from tests.contracts.stage import Client
from tests.factories.reservations import House, house_make


@dataclass
class Desk:
    """One person at a keyboard; every step says which answer it expects."""

    client: Client
    house: House

    def day(self, number: int) -> str:
        """So many days after the business date."""
        return (self.house.place.business_date + timedelta(days=number)).isoformat()

    def get(self, path: str, status: int = 200, **query: Any) -> Any:
        """Read something."""
        return self._told(self.client.get(f"/api/v1/{path}", query), status)

    def do(
        self, path: str, body: Any = None, status: int = 200, *, version: int | None = None, key: Any = None
    ) -> Any:
        """Do something, seen at a version."""
        headers = {} if version is None else {"HTTP_IF_MATCH": f'"v{version}"'}
        return self._told(self.client.post(f"/api/v1/{path}", body or {}, key=key, **headers), status)

    def stay(self, arrival: int | date, nights: int, **over: Any) -> dict[str, Any]:
        """The words of a stay for two adults in a double."""
        first = arrival if isinstance(arrival, date) else date.fromisoformat(self.day(arrival))
        return {
            "room_type": self.house.double.pk,
            "rate_plan": self.house.plan.pk,
            "arrival": first.isoformat(),
            "departure": (first + timedelta(days=nights)).isoformat(),
            "adults": 2,
            **over,
        }

    def book(self, *stays: dict[str, Any], status: int = 201, **over: Any) -> Any:
        """Book stays; the booking as answered."""
        return self.do(
            "bookings", {"property": self.house.place.pk, "reservations": list(stays), **over}, status
        )

    def book_one(self, arrival: int | date, nights: int, **over: Any) -> Any:
        """Book one stay; the reservation as answered."""
        return self.book(self.stay(arrival, nights, **over))["reservations"][0]

    @staticmethod
    def _told(answer: Any, status: int) -> Any:
        assert answer.status_code == status, answer.content.decode()[:600]
        return answer.json() if answer.content else None


@pytest.fixture
def desk_of(cast):
    """A function that gives the desk of a person in a house: ``desk_of(cast.bo, house)``."""

    def made(person, house) -> Desk:
        client = Client()
        client.force_authenticate(user=person)
        return Desk(client, house)

    return made


@pytest.fixture
def house(cast):
    """Three doubles at 100.00 EUR and a suite at 250.00 EUR in Vienna."""
    return house_make(cast.alpha, doubles=3)


@pytest.fixture
def desk(desk_of, cast, house):
    """Ada, who may do everything, in the house."""
    return desk_of(cast.ada, house)


@pytest.fixture(autouse=True)
def green(db):
    """Whatever the journey did, all invariants hold at its end."""
    yield
    assert [finding.invariant.name for finding in invariants_verify() if finding.violations] == []
