"""The web's own attacks, tried on every route: headers, forged forms, foreign hosts, redirects, methods, lies."""

import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.test import APIClient

from hotel.core.api.errors import CONTENT_TYPE
from hotel.properties.models import Property
from tests.architecture.test_api_matrix import ROUTES, calls_of

UNSAFE = {"post", "put", "patch", "delete"}
# Routes that read no session: forging a form there gives nothing.
SESSIONLESS = {
    "/api/v1/auth/login",
    "/api/v1/auth/desk/unlock",
    "/api/v1/oauth/token",
    "/api/v1/payments/webhooks/<str:slug>",
}


@pytest.fixture
def root(cast):
    return type(cast.ada).objects.create_superuser("root", password="x")


@pytest.fixture
def signed_in(root):
    made = Client(raise_request_exception=False)
    made.force_login(root)
    return made


def pages(patterns=None, prefix="/") -> list[str]:
    """Every route outside the API, parameters set to one."""
    found = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += pages(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            plain = re.sub(r"<[^>]+>", "1", path.replace("^", "").replace("$", ""))
            if not plain.startswith("/api/v1/") and "(" not in plain and "logout" not in plain:
                found.append(plain.replace("//", "/"))
    return sorted(set(found))


_ALL = pages()
# Of the administration the lists, and some of each other kind, which share their code.
PAGES = [p for n, p in enumerate(_ALL) if not p.startswith("/admin/") or p.count("/") <= 3 or n % 7 == 0]


def policy_of(answer) -> dict[str, list[str]]:
    """The content security policy, read as browsers read it."""
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";") if part.strip()]
    assert len({part[0] for part in parts}) == len(parts), "a directive that comes twice counts once"
    return {part[0]: part[1:] for part in parts}


def is_file(answer) -> bool:
    """Whether the answer is saved instead of shown."""
    return answer.get("Content-Disposition", "").startswith("attachment")


def page_is_strict(answer) -> bool:
    """Whether a page loads from the house alone, and nothing else may hold it."""
    policy = policy_of(answer)
    allowed = {source for sources in policy.values() for source in sources}
    return (
        policy["default-src"] == ["'self'"]
        and policy["script-src"] == ["'self'"]
        and policy["object-src"] == ["'none'"]
        and policy["base-uri"] == ["'none'"]
        and policy["frame-ancestors"] == ["'none'"]
        and policy["form-action"] == ["'self'"]
        and not {s for s in allowed if "unsafe" in s or "*" in s or s.startswith("http")}
        and answer["X-Content-Type-Options"] == "nosniff"
        and answer["Referrer-Policy"] == "same-origin"
        and answer["Cross-Origin-Opener-Policy"] == "same-origin"
        and answer["X-Frame-Options"] == "DENY"
        and answer.status_code != 500
    )


def file_is_strict(answer) -> bool:
    """Whether a file is kept and not opened, and could run nothing if it were."""
    policy = policy_of(answer)
    return (
        policy["default-src"] == ["'none'"]
        and "sandbox" in policy
        and answer["X-Content-Type-Options"] == "nosniff"
        and answer.status_code == 200
    )


def test_every_page_carries_the_strict_policy_and_the_headers(signed_in):
    wrong, html = [], 0
    for page in PAGES:
        answer = signed_in.get(page)
        html += answer.get("Content-Type", "").startswith("text/html")
        good = (file_is_strict if is_file(answer) else page_is_strict)(answer)
        is_open = page.startswith(("/api/schema", "/api/docs", "/api/health"))
        if not good or (not is_open and "no-store" not in answer.get("Cache-Control", "")):
            wrong.append((page, answer.status_code, answer.headers))
    assert wrong == []
    assert html > 60


def test_every_answer_of_the_api_carries_the_headers(api, cast):
    client, wrong, asked = api(cast.ada), [], 0
    for route in ROUTES:
        answer = client.get(route.url)
        asked += 1
        if answer["X-Content-Type-Options"] != "nosniff" or "no-store" not in answer["Cache-Control"]:
            wrong.append(str(route))
        if answer.status_code >= 400 and answer["Content-Type"] != CONTENT_TYPE:
            wrong.append(f"{route}: {answer['Content-Type']}")
        if "Access-Control-Allow-Origin" in answer or "Server" in answer or "X-Powered-By" in answer:
            wrong.append(f"{route}: tells too much")
    assert wrong == []
    assert asked > 100


def test_a_session_without_its_token_changes_nothing_anywhere(root):
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(root)
    calls = [c for c in calls_of(ROUTES) if c[1] in UNSAFE and c[0].path not in SESSIONLESS]
    let_in = [f"{m} {r}" for r, m, _ in calls if getattr(client, m)(r.url, {}).status_code != 403]
    assert let_in == []
    assert len(calls) > 150


def test_no_page_takes_a_form_without_its_token(root):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(root)
    statuses = {page: client.post(page, {"do": "x"}).status_code for page in PAGES if page != "/csp-report"}
    # A redirect is Django's to the page for signing in, or to an address with a slash behind; nothing was done.
    moved = {page for page, status in statuses.items() if status in {301, 302}}
    let_in = [page for page, status in statuses.items() if status < 400 and page not in moved]
    assert moved <= {"/admin/login/", "/"} | {page for page in PAGES if page.startswith("/admin/")}
    assert sum(status == 403 for status in statuses.values()) > 60
    assert let_in == []
    assert Property.objects.count() == 2


@pytest.mark.parametrize(
    "origin", ["null", "https://evil.example.com", "https://testserver.evil.com", "http://eviltestserver"]
)
def test_no_other_origin_is_let_in(root, origin):
    client = Client(enforce_csrf_checks=True)
    client.force_login(root)
    for answer in (
        client.get("/api/v1/me", headers={"Origin": origin}),
        client.options("/api/v1/me", headers={"Origin": origin, "Access-Control-Request-Method": "PATCH"}),
    ):
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]
    token = client.get("/login").cookies.get("csrftoken")
    sent = client.post(
        "/login", {"csrfmiddlewaretoken": token.value if token else ""}, headers={"Origin": origin}
    )
    assert sent.status_code == 403


@pytest.mark.parametrize(
    "host",
    ["evil.example.com", "testserver.evil.com", "testserver:x", "a b", "testserver@evil.com", "", "[::1"],
)
def test_foreign_host_names_are_refused(client, db, settings, host):
    settings.ALLOWED_HOSTS = ["testserver"]
    for path in ("/login", "/api/v1/me"):
        answer = client.get(path, HTTP_HOST=host)
        assert answer.status_code == 400
        assert "evil" not in answer.content.decode()
    assert (
        client.get("/login", HTTP_HOST="testserver", HTTP_X_FORWARDED_HOST="evil.example.com").status_code
        == 200
    )


ELSEWHERE = [
    "https://evil.example.com", "//evil.example.com", "///evil.example.com", "////evil.example.com", "/\\evil.example.com",
    "\\\\evil.example.com", "\\/evil.example.com", "https:evil.example.com", "https:/evil.example.com", "http:///evil.example.com",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "ftp://evil.example.com",
    "https://testserver@evil.example.com", "https://testserver.evil.example.com", "https://evil.example.com#testserver",
    "https://evil.example.com?testserver", "https://evil.example.com\\testserver", " https://evil.example.com",
    "\thttps://evil.example.com", "\x00https://evil.example.com", "https://evil.example.com\r\nX: y", "/%2f/evil.example.com/..//x\r\n",
    "https://evil。example。com", "//google%E3%80%82com", "http://0x7f000001/", "http:\\\\evil.example.com", "@evil.example.com/..//",
    "///\\;@evil.example.com", "/\t/evil.example.com", "/\n/evil.example.com", "https://[::1]/", "//[::1]/",
]  # fmt: skip


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_leads_to_this_house_only(cast, client, target):
    cache.clear()
    cast.bo.set_password("a long enough password")
    cast.bo.save()
    answer = client.post(
        "/login", {"username": cast.bo.username, "password": "a long enough password", "next": target}
    )
    if answer.status_code == 302:
        place = urljoin("https://testserver/login", answer["Location"])
        assert urlsplit(place).hostname == "testserver"
        assert urlsplit(place).scheme == "https"


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "DEBUG", "PROPFIND", "CREATE", "LIST"])
def test_other_methods_are_not_spoken(signed_in, method):
    for path in ("/login", "/dashboard", "/api/v1/me", "/api/v1/guests", "/api/health/live"):
        answer = signed_in.generic(method, path, "x", HTTP_COOKIE_ECHO="CANARY")
        assert answer.status_code in {403, 405}, (method, path)
        assert b"CANARY" not in answer.content


def test_a_member_sent_twice_is_refused_or_the_last_counts_alone(api, cast):
    body = f'{{"last_name": "One", "last_name": "Two", "property": {cast.alpha.pk}}}'
    answer = api(cast.ada).post("/api/v1/guests", data=body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


def test_what_breaks_tells_nobody_how(cast, root, monkeypatch):
    from hotel.guests.api.views import guests

    def broken(*args, **kwargs):
        raise RuntimeError("SELECT secret FROM /srv/auberge WHERE password")

    view = next(v for v in vars(guests).values() if isinstance(v, type) and v.__name__ == "GuestViewSet")
    monkeypatch.setattr(view, "list", broken)
    client = APIClient(raise_request_exception=False)
    client.force_login(root)
    answer = client.get("/api/v1/guests")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    for word in ("SELECT", "secret", "Traceback", "RuntimeError", "/srv", ".py"):
        assert word not in answer.content.decode()


def test_production_starts_without_a_warning(monkeypatch):
    import os
    import subprocess
    import sys

    from django.conf import settings

    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "x9" * 40 + "abcdefghijk",
        "ALLOWED_HOSTS": "hotel.example.com",
        "FIELD_KEYS": settings.FIELD_KEYS[0],
    }
    run = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=Path(settings.BASE_DIR), env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-3000:]
    assert "no issues" in run.stdout
    assert call_command


def test_cookies_and_transport_are_strict_in_production(monkeypatch):
    import importlib

    monkeypatch.setenv("SECRET_KEY", "x")
    production = importlib.import_module("config.settings.production")
    assert production.SECURE_HSTS_SECONDS >= 31_536_000
    assert production.SECURE_HSTS_INCLUDE_SUBDOMAINS
    assert production.SESSION_COOKIE_SECURE
    assert production.CSRF_COOKIE_SECURE
    assert production.SESSION_COOKIE_HTTPONLY
    assert not production.DEBUG
