"""Every routed viewset of the house, whoever wrote it: refuses strangers, and shows nobody's rows to others."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.permissions import AllowAny

from hotel.core.api.viewsets import PmsViewSet
from hotel.core.plugs import plugs
from hotel.reservations.choices import ReservationStatus
from tests.architecture.survey import factories

METHODS = ("get", "post", "put", "patch", "delete")

# path -> why anybody may call it
OPEN: dict[str, str] = {
    "/api/v1/auth/login": "signing in",
    "/api/v1/auth/desk/seats": "whoever sits at a browser where people have signed in",
    "/api/v1/auth/desk/unlock": "signing in again, with the PIN",
    "/api/v1/oauth/token": "integrators, known by their secret",
    "/api/v1/payments/webhooks/<str:slug>": "card processors, known by their signature",
}

# path -> why a person without a role may list it
FOR_EVERYBODY: dict[str, str] = {
    "/api/v1/me": "one's own account",
    "/api/v1/auth/logout": "ending one's own session",
    "/api/v1/auth/password": "one's own password",
    "/api/v1/auth/confirm": "one's own password",
    "/api/v1/auth/desk/lock": "leaving one's own session",
    "/api/v1/auth/desk/pin": "one's own PIN",
    "/api/v1/auth/socket-ticket": "a ticket for oneself",
    "/api/v1/auth/sessions": "one's own sessions",
    "/api/v1/auth/sessions/<slug:reference>/end": "one's own sessions",
    "/api/v1/monitoring/rate-limits/mine": "the limits that hold for oneself",
    "/api/v1/monitoring/usage/mine": "one's own usage",
}

# path -> why no foreign row can be made for it here
NO_ROWS: dict[str, str] = {}

# path -> what a row must be for the list to show it, beyond what its factory makes
SHOWN_ROWS: dict[str, dict[str, object]] = {
    "/api/v1/waitlist": {"status": ReservationStatus.WAITLISTED},
    "/api/v1/security/incident-response/breaches": {
        "is_breach": True,
        "aware_at": datetime(2027, 3, 14, tzinfo=UTC),
    },
}


@dataclass(frozen=True)
class Route:
    """One routed path of a viewset and the methods it maps."""

    path: str
    viewset: type
    actions: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return self.path

    @property
    def url(self) -> str:
        """The path with every id set to one."""
        return re.sub(r"<[^>]+>", "1", self.path)


def _routes(patterns, prefix: str):
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern) and hasattr(pattern.callback, "actions"):
            actions = tuple(sorted(pattern.callback.actions.items()))
            yield Route(f"/{path}", pattern.callback.cls, actions)


def routes() -> list[Route]:
    """Every path of the API that a viewset serves."""
    return sorted(
        (r for r in _routes(get_resolver().url_patterns, "") if r.path.startswith("/api/v1/")), key=str
    )


ROUTES = routes()
every_route = pytest.mark.parametrize("route", ROUTES, ids=str)


def test_every_viewset_is_one_of_ours():
    assert [str(r) for r in ROUTES if not issubclass(r.viewset, PmsViewSet)] == []


@every_route
def test_areas_and_verbs_are_declared_in_a_plug(route):
    verbs = {plug.area: set(plug.verbs) for plug in plugs()}
    assert route.viewset.area in verbs
    assert set(route.viewset.verbs.values()) <= verbs[route.viewset.area]


@every_route
def test_required_keys_name_real_actions(route):
    known = {name for other in ROUTES if other.viewset is route.viewset for _, name in other.actions}
    assert route.viewset.idempotent <= known
    assert route.viewset.phased <= route.viewset.idempotent
    assert route.viewset.versioned <= known


def wrong_answers(client, status: int, calls) -> list[str]:
    """The calls (route, method, action) that are answered by another status; each is undone afterwards."""
    wrong = []
    for route, method, name in calls:
        with transaction.atomic():
            answer = getattr(client, method)(route.url, {})
            transaction.set_rollback(True)
        if answer.status_code != status:
            wrong.append(f"{method} {route} ({name}): {answer.status_code} {answer.content[:160]}")
    return wrong


def calls_of(routes: list[Route]) -> list[tuple[Route, str, str]]:
    """Every mapped method of the routes."""
    return [(route, method, name) for route in routes for method, name in route.actions]


def test_the_anonymous_are_asked_to_sign_in(api, cast):
    calls = calls_of([route for route in ROUTES if route.path not in OPEN])
    assert wrong_answers(api(), 401, calls) == []


def test_people_without_a_role_are_refused(api, cast):
    calls = calls_of([route for route in ROUTES if route.path not in {**OPEN, **FOR_EVERYBODY}])
    assert wrong_answers(api(cast.ida), 403, calls) == []


def test_other_methods_are_not_allowed(api, cast):
    cache.clear()  # attempts to sign in are counted, by whatever method
    calls = [(r, m, "unmapped") for r in ROUTES for m in METHODS if m not in dict(r.actions)]
    assert wrong_answers(api(cast.ada), 405, calls) == []


def test_the_tables_name_only_routes_that_exist():
    paths = {route.path for route in ROUTES}
    assert set(OPEN) - paths == set()
    opened = {
        f.__name__
        for r in ROUTES
        for f in r.viewset.get_extra_actions()
        if AllowAny in f.kwargs.get("permission_classes", ())
    }
    assert [str(r) for r in ROUTES if {n for _, n in r.actions} & opened and r.path not in OPEN] == []
    assert [r.path for r in ROUTES if AllowAny in r.viewset.permission_classes and r.path not in OPEN] == []


LISTS = [
    r
    for r in ROUTES
    if ("get", "list") in r.actions and "<" not in r.path and getattr(r.viewset, "queryset", None) is not None
]


@pytest.mark.parametrize("route", LISTS, ids=str)
def test_eve_of_beta_sees_no_row_of_alpha(route, api, cast):
    if route.path in NO_ROWS or route.path in FOR_EVERYBODY:
        pytest.skip({**NO_ROWS, **FOR_EVERYBODY}[route.path])
    model = route.viewset.queryset.model
    make = factories().get(model)
    if make is None:
        pytest.skip(f"no factory of tests/factories makes a {model.__name__} from a property alone")
    row = make(cast.alpha, **SHOWN_ROWS.get(route.path, {}))
    shown_to_ada = api(cast.ada).get(route.path)
    assert row.pk in [r["id"] for r in shown_to_ada.json()["results"]], "there must be something to see"
    answer = api(cast.eve).get(route.path)
    if answer.status_code == 403:
        return  # front desk holds no right here
    assert answer.status_code == 200
    assert row.pk not in [r["id"] for r in answer.json()["results"]]
    assert api(cast.eve).get(f"{route.path}/{row.pk}").status_code in {403, 404, 405}
