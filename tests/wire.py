"""A program that talks to the API over a real socket, as a channel or a booking engine does."""

import json
import time
import uuid
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from hotel.accounts.services.tokens import token_issue
from hotel.core.clock import now
from hotel.core.plugs import plugs
from hotel.properties.models import Property
from hotel.properties.scoping import codename


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: Any

    @property
    def code(self) -> str:
        """The stable word of a refusal."""
        return self.body.get("code", "") if isinstance(self.body, dict) else ""


@dataclass
class Wire:
    """An address and a token.

    Attributes:
        patience: how often a broken connection is tried again, with the same key.
    """

    address: str
    secret: str
    timeout: float = 20
    patience: int = 0

    def get(self, path: str) -> Answer:
        """GET below ``/api/v1/``."""
        return self.send("GET", path, None, {})

    def post(self, path: str, body: Any, *, key: str = "", **headers: str) -> Answer:
        """POST with a key; a fresh one unless given."""
        return self.send("POST", path, body, {"Idempotency-Key": key or uuid.uuid4().hex, **headers})

    def send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Answer:
        """One request; raises OSError or HTTPException when the other side is gone for good."""
        for _ in range(self.patience):
            try:
                return self._once(method, path, body, headers)
            except (OSError, HTTPException):
                time.sleep(0.05)
        return self._once(method, path, body, headers)

    def _once(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Answer:
        connection = self._connection()
        try:
            return self._asked(connection, method, path, body, headers)
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        place = urlsplit(self.address)
        return HTTPConnection(place.hostname, place.port, timeout=self.timeout)

    def _asked(self, connection: HTTPConnection, method: str, path: str, body: Any, headers: Any) -> Answer:
        sent = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json", **headers}
        connection.request(method, f"/api/v1/{path}", None if body is None else json.dumps(body), sent)
        response = connection.getresponse()
        content = response.read()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, json.loads(content) if content else None)


class Line(Wire):
    """A program that keeps its connection over many requests; for one thread."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.line = self._connection()

    def _once(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Answer:
        return self._asked(self.line, method, path, body, headers)

    def close(self) -> None:
        """Hang up."""
        self.line.close()


def secret_of(user: Any, *places: Property) -> str:
    """A token for all that the user may do at these places."""
    issued = token_issue(
        user=user,
        name="wire",
        codenames=rights_of(user, places[0]),
        properties=places,
        expires_at=now() + timedelta(days=1),
    )
    return issued.secret


def rights_of(user: Any, place: Property) -> list[str]:
    """Codenames the user holds at a property."""
    every = [codename(verb, plug.area) for plug in plugs() for verb in plug.verbs]
    return [name for name in every if user.has_perm(f"properties.{name}", place)]
