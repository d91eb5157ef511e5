"""Turns made-up values into ones that mean something here, so that cases reach beyond the first check."""

from datetime import date, timedelta
from random import Random
from typing import Any

from django.apps import apps
from django.db import models

from tests.cast import TODAY

# Names of fields that refer to rows, by model; a list field is named like its items.
REFERENCES = {
    "agent": "guests.Company",
    "base_type": "rooms.RoomType",
    "booker": "guests.Guest",
    "booking": "reservations.Booking",
    "building": "properties.Building",
    "cancellation_policy": "rates.CancellationPolicy",
    "chain": "properties.Chain",
    "company": "guests.Company",
    "connects_to": "rooms.Room",
    "deposit_policy": "rates.DepositPolicy",
    "endpoint": "messaging.WebhookEndpoint",
    "features": "rooms.RoomFeature",
    "floor": "properties.Floor",
    "group": "properties.PropertyGroup",
    "guest": "guests.Guest",
    "guest_id": "guests.Guest",
    "hold": "reservations.PriceHold",
    "home_property": "properties.Property",
    "kept": "guests.Guest",
    "merged": "guests.Guest",
    "no_show_policy": "rates.NoShowPolicy",
    "other": "guests.Guest",
    "package": "rates.Package",
    "parent": "rates.RatePlan",
    "part_type": "rooms.RoomType",
    "parts": "rooms.Room",
    "primary_guest": "guests.Guest",
    "properties": "properties.Property",
    "property": "properties.Property",
    "rate_plan": "rates.RatePlan",
    "rate_plans": "rates.RatePlan",
    "reservation": "reservations.Reservation",
    "reservations": "reservations.Reservation",
    "role": "accounts.Role",
    "room": "rooms.Room",
    "room_type": "rooms.RoomType",
    "room_types": "rooms.RoomType",
    "season": "rates.Season",
    "section": "properties.Section",
    "user": "accounts.User",
}
FIRST_DAYS = {"arrival", "start", "start_on", "valid_from", "stay_from", "at", "night", "on", "book_from"}
LAST_DAYS = {"departure", "end", "end_on", "valid_until", "valid_to", "stay_until", "book_until"}


class Steering:
    """Replaces values of a case by known ones, most of the time; the same seed steers the same way."""

    def __init__(self, seed: str, share: float = 0.85) -> None:
        self.random, self.share = Random(seed), share
        self.first = TODAY + timedelta(days=1)

    def steer(self, case: Any, model: type[models.Model] | None) -> None:
        """Change path, query and body of a generated case in place."""
        self.first = TODAY + timedelta(days=self.random.randint(0, 30))
        case.cookies = {}  # who asks is said by the visitor, not by a made-up token
        if case.headers:
            case.headers.pop("Authorization", None)
        path = case.path_parameters or {}
        if model is not None and "id" in path and self._likely():
            case.path_parameters = {**path, "id": self._row(model)}
        if case.query:
            case.query = {name: self._value(name, value) for name, value in case.query.items()}
        if isinstance(case.body, dict | list):
            case.body = self._tree(case.body)
        for name in ("If-Match", "Idempotency-Key"):
            if name in (case.headers or {}) and self._likely():
                case.headers[name] = '"v1"' if name == "If-Match" else f"k{self.random.random()}"

    def _tree(self, node: Any) -> Any:
        if isinstance(node, dict):
            return {name: self._value(name, value) for name, value in node.items()}
        return [self._tree(item) for item in node] if isinstance(node, list) else node

    def _value(self, name: str, value: Any) -> Any:
        if isinstance(value, dict):
            return self._tree(value)
        if isinstance(value, list) and (not value or isinstance(value[0], dict | list)):
            return self._tree(value)
        if not self._likely():
            return value
        if name in REFERENCES:
            return self._reference(name, value)
        if name in FIRST_DAYS | LAST_DAYS and _is_day(value):
            later = self.random.randint(1, 5) if name in LAST_DAYS else 0
            return (self.first + timedelta(days=later)).isoformat()
        if name == "adults" and isinstance(value, int):
            return self.random.randint(1, 3)
        return value

    def _reference(self, name: str, value: Any) -> Any:
        model = apps.get_model(REFERENCES[name])
        if isinstance(value, list):
            return [self._row(model) for _ in value]
        return self._row(model) if isinstance(value, int | str) else value

    def _row(self, model: type[models.Model]) -> int:
        """A row that is there, from all properties."""
        found = list(model._default_manager.order_by("pk").values_list("pk", flat=True)[:60])
        return self.random.choice(found) if found else 1

    def _likely(self) -> bool:
        return self.random.random() < self.share


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False
