"""The port to where rights are asked for that a second person must agree to.

Security keeps the requests, above; but people are given their roles from pages that stand below it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hotel.accounts.models import Role, User
from hotel.properties.models import Property


@dataclass(frozen=True, kw_only=True)
class RoleWanted:
    """A role that a person shall hold at a property; calendar days there, inclusive, None for always."""

    user: User
    role: Role
    place: Property
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class RoleWaiting:
    """A role that waits for a second person.

    Attributes:
        approvers: who may agree to it, by name; neither who asked nor who gains. Empty when nobody else may.
        lapses_on: calendar day at the property after which it waits no more.
    """

    user: User
    role: Role
    where: str
    asked_by: User
    reason: str
    lapses_on: date
    approvers: tuple[str, ...]


@dataclass(frozen=True)
class RequestDesk:
    """Where requests are kept.

    Attributes:
        ask: ``(wanted, reason, by)``; raises what forbids to ask.
        waiting: ``(place, viewer)``; the open requests that reach a property and that the viewer may see.
        route: the page where they are answered.
    """

    ask: Callable[[RoleWanted, str, User], None]
    waiting: Callable[[Property, Any], list[RoleWaiting]]
    route: str


_desks: list[RequestDesk] = []


def register_request_desk(desk: RequestDesk) -> None:
    """Name the one desk; called once from ``AppConfig.ready`` of a higher app. Repeatable."""
    _desks[:] = [desk]


def request_desk() -> RequestDesk | None:
    """The desk; None where nothing above asks for a second person."""
    return _desks[0] if _desks else None
