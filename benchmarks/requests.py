"""The requests of a hotel's day, drawn from a seed."""

import json
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from benchmarks.sizes import FREE_FROM, OPEN_DAYS, TODAY

TAPE_DAYS = 28  # the longest rack of the staff pages
NIGHTS = 2  # of each booking, so that every way of booking writes the same rows


@dataclass(frozen=True)
class Request:
    """One HTTP request."""

    kind: str
    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""
    expect: int = 200


@dataclass
class Requests:
    """Draws requests; equal seeds draw equal ones.

    Attributes:
        places: as ``access`` prints them.
    """

    places: list[dict[str, Any]]
    dice: random.Random = field(default_factory=lambda: random.Random(20270315))

    def kinds(self) -> dict[str, Callable[[], Request]]:
        """Every kind by name, in order of the report."""
        return {
            "availability": self.availability,
            "quote": self.quote,
            "booking": self.booking,
            "arrivals": self.arrivals,
            "tape": self.tape,
            "guest search": self.guest_search,
        }

    def draw(self) -> Request:
        """One request of the mix."""
        kinds = self.kinds()
        name = self.dice.choices(list(kinds), weights=[30, 15, 15, 15, 5, 20])[0]
        return kinds[name]()

    def availability(self) -> Request:
        """Thirty days of every type."""
        place, first = self._place(), self._day(0, 90)
        query = {"property": place["property"], "arrival": first, "departure": first + timedelta(days=30)}
        return self._get("availability", place, "/api/v1/availability", query)

    def quote(self) -> Request:
        """Every plan in every type for two to five nights."""
        place, first = self._place(), self._day(1, 90)
        past = first + timedelta(days=self.dice.randint(2, 5))
        query = {"property": place["property"], "arrival": first, "departure": past, "adults": 2}
        return self._get("quote", place, "/api/v1/quotes", query)

    def booking(self) -> Request:
        """One room for two nights, far enough ahead that it never sells out."""
        place, first = self._place(), self._day(FREE_FROM, OPEN_DAYS - NIGHTS - 1)
        stay = {
            "room_type": self.dice.choice(place["room_types"]), "rate_plan": place["rate_plan"], "adults": 2,
            "arrival": first.isoformat(), "departure": (first + timedelta(days=NIGHTS)).isoformat(),
        }  # fmt: skip
        guest = self.dice.choice(place["guests"])
        body = json.dumps({"property": place["property"], "booker": guest, "reservations": [stay]}).encode()
        headers = {
            **self._headers(place),
            "Content-Type": "application/json",
            "Idempotency-Key": uuid.uuid4().hex,
        }
        return Request("booking", "POST", "/api/v1/bookings", headers, body, 201)

    def arrivals(self) -> Request:
        """Who comes today."""
        place = self._place()
        query = {"property": place["property"], "arrival": TODAY, "status": "confirmed", "page_size": 100}
        return self._get("arrivals", place, "/api/v1/reservations", query)

    def tape(self) -> Request:
        """The rack of sixty rooms for four weeks, as the staff see it."""
        place = self._place()
        cookie = {"Cookie": f"sessionid={place['session']}"}
        path = f"/dashboard/rack?{urlencode({'from': self._day(-10, 30), 'days': TAPE_DAYS})}"
        return Request("tape", "GET", path, cookie)

    def guest_search(self) -> Request:
        """The beginning of a name, sometimes with a typing error."""
        place = self._place()
        name = self.dice.choice(place["names"])
        text = name[: self.dice.randint(4, len(name))]
        if self.dice.random() < 0.2:
            text = text[:2] + text[3:]
        return self._get("guest search", place, "/api/v1/guests", {"search": text, "page_size": 20})

    def _place(self) -> dict[str, Any]:
        return self.dice.choice(self.places)

    def _day(self, first: int, last: int) -> Any:
        return TODAY + timedelta(days=self.dice.randint(first, last))

    def _headers(self, place: dict[str, Any]) -> dict[str, str]:
        return {"Authorization": f"Bearer {place['token']}"}

    def _get(self, kind: str, place: dict[str, Any], path: str, query: dict[str, Any]) -> Request:
        return Request(kind, "GET", f"{path}?{urlencode(query)}", self._headers(place))
