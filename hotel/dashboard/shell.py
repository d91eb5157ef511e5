"""The frame of every staff page: at which property one works, and which pages one may open."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from hotel.accounts.middleware import REFRESH_HEADER
from hotel.accounts.selectors.assignments import assignments_now
from hotel.core.disk import full_words
from hotel.core.plugs import NavItem, plugs
from hotel.dashboard.live import moment
from hotel.papers.domain.kinds import KINDS, may_read
from hotel.properties.choices import RestraintKind
from hotel.properties.models import Property
from hotel.properties.restraints import Restraint, standing
from hotel.properties.scoping import grants_of

SESSION_KEY = "property_id"


@dataclass(frozen=True)
class NavLink:
    """A page of the navigation: title, address, icon name, the key after G, and whether one lands there."""

    title: str
    url: str
    icon: str
    key: str = ""
    is_home: bool = True


@dataclass(frozen=True)
class Acting:
    """Who looks at the house as whom: what the banner says.

    Attributes:
        person: who is looked at.
        roles: what he is at the current property, in words.
        impersonator: who looks.
        reason: why.
        until: the time at the property, such as ``14:05``.
    """

    person: str
    roles: str
    impersonator: str
    reason: str
    until: str


@dataclass
class Shell:
    """What the frame shows; read lazily, so pages without it cost nothing.

    Attributes:
        request: of a signed-in person.
        seen: when the page began to read, as ``live.moment``.
    """

    request: HttpRequest = field(repr=False)
    seen: int = field(default_factory=moment, init=False)

    @property
    def is_fragment(self) -> bool:
        """Whether htmx asks for a part of a page, which needs no frame."""
        return "HX-Request" in self.request.headers

    @property
    def is_elsewhere(self) -> bool:
        """Whether the page that asks shows another property than the one that is worked at now."""
        shown = self.request.headers.get(REFRESH_HEADER)
        return shown is not None and shown != str(self.place.pk if self.place else "")

    @cached_property
    def places(self) -> list[Property]:
        """Properties at which the person holds any right, by name."""
        if not self.request.user.is_authenticated:
            return []
        return list(Property.objects.any_right(self.request.user).filter(is_active=True))

    @cached_property
    def place(self) -> Property | None:
        """The property one works at now: the one chosen in this session, else the first with a page to open."""
        chosen = self.request.session.get(SESSION_KEY) if hasattr(self.request, "session") else None
        by_choice = (place for place in self.places if place.pk == chosen)
        with_pages = (place for place in self.places if self._pages(place))
        return next(chain(by_choice, with_pages, self.places), None)

    @cached_property
    def navigation(self) -> list[NavLink]:
        """The pages that the person may open at the current property, in order."""
        pages = self._pages(self.place) if self.place else []
        return [
            NavLink(str(item.title), reverse(item.route), item.icon, item.key, item.is_home) for item in pages
        ]

    @cached_property
    def acting(self) -> Acting | None:
        """For the banner; None while one is oneself."""
        row = getattr(self.request, "impersonation", None)
        if row is None:
            return None
        roles = {str(held.role) for held in assignments_now(row.user, self.place)} if self.place else set()
        until = row.until.astimezone(self.place.zone) if self.place else row.until
        return Acting(str(row.user), ", ".join(sorted(roles)), str(row.actor), row.reason, f"{until:%H:%M}")

    def restraint(self, kind: str) -> Restraint | None:
        """What is held back at the current property, as this process knows it; asks nothing."""
        return standing.at(self.place.pk, kind) if self.place is not None else None

    @property
    def restraints(self) -> list[str]:
        """What is held back at the current property, in sentences for the banner."""
        found = (self.restraint(kind) for kind in (RestraintKind.READ_ONLY, RestraintKind.EXPORTS))
        held = [one.sentence for one in found if one is not None]
        full = full_words()
        return held if not full or self.restraint(RestraintKind.READ_ONLY) else [full, *held]

    @property
    def rights(self) -> list[tuple[str, list[str]]]:
        """What the person may do at the current property: areas in the order of the floors, with their verbs."""
        held = ((plug.area, [verb for verb in plug.verbs if self.may(verb, plug.area)]) for plug in plugs())
        return [(area, verbs) for area, verbs in held if verbs]

    def may(self, verb: str, area: str) -> bool:
        """Whether the person holds a right at the current property."""
        return self.place is not None and grants_of(self.request.user).holds(verb, area, self.place.pk)

    @property
    def papers(self) -> frozenset[str]:
        """The kinds of papers that the person may have at the current property."""
        if not self.may("view", "papers"):
            return frozenset()
        return frozenset(str(kind) for kind in KINDS if may_read(kind, self.may))

    def _pages(self, place: Property) -> list[NavItem]:
        """Pages of the navigation that the person may open at a property; the admin lets only staff in."""
        holds = grants_of(self.request.user).holds
        items = sorted((item for plug in plugs() for item in plug.navigation), key=lambda item: item.order)
        return [
            item
            for item in items
            if holds(item.verb, item.area, place.pk)
            and (not item.route.startswith("admin:") or admin.site.has_permission(self.request))
        ]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the frame as ``shell``."""
    return {"shell": shell_of(request)}


def shell_of(request: HttpRequest) -> Shell:
    """The frame of a request, one per request."""
    found = getattr(request, "_shell", None)
    if found is None:
        found = request._shell = Shell(request)  # type: ignore[attr-defined]
    return found
