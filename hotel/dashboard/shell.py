"""The frame of every staff page: at which property one works, and which pages one may open."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from hotel.core.plugs import NavItem, plugs
from hotel.properties.models import Property
from hotel.properties.scoping import grants_of

SESSION_KEY = "property_id"


@dataclass(frozen=True)
class NavLink:
    """A page of the navigation: title, address and icon name."""

    title: str
    url: str
    icon: str


@dataclass
class Shell:
    """What the frame shows; read lazily, so pages without it cost nothing.

    Attributes:
        request: of a signed-in person.
    """

    request: HttpRequest = field(repr=False)

    @cached_property
    def places(self) -> list[Property]:
        """Properties at which the person holds any right, by name."""
        if not self.request.user.is_authenticated:
            return []
        return list(Property.objects.any_right(self.request.user).filter(is_active=True))

    @cached_property
    def place(self) -> Property | None:
        """The property one works at now: the one chosen in this session, else the first."""
        chosen = self.request.session.get(SESSION_KEY) if hasattr(self.request, "session") else None
        return next((place for place in self.places if place.pk == chosen), next(iter(self.places), None))

    @cached_property
    def navigation(self) -> list[NavLink]:
        """The pages that the person may open at the current property, in order."""
        items = sorted((item for plug in plugs() for item in plug.navigation), key=lambda item: item.order)
        return [NavLink(item.title, reverse(item.route), item.icon) for item in items if self.may_open(item)]

    def may_open(self, item: NavItem) -> bool:
        """Whether the person holds the page's right here."""
        return self.may(item.verb, item.area)

    def may(self, verb: str, area: str) -> bool:
        """Whether the person holds a right at the current property."""
        return self.place is not None and grants_of(self.request.user).holds(verb, area, self.place.pk)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the frame as ``shell``."""
    return {"shell": shell_of(request)}


def shell_of(request: HttpRequest) -> Shell:
    """The frame of a request, one per request."""
    found = getattr(request, "_shell", None)
    if found is None:
        found = request._shell = Shell(request)  # type: ignore[attr-defined]
    return found
