"""Each look at settings of the web fails when what it looks at is taken away."""

import pytest
from django.utils.module_loading import import_string

from security.selectors.checks import web

STRICT = {
    "DEBUG": False, "SECRET_KEY": "".join(chr(65 + number % 50) for number in range(60)), "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31536000, "SECURE_HSTS_INCLUDE_SUBDOMAINS": True, "SECURE_HSTS_PRELOAD": True,
    "SESSION_COOKIE_SECURE": True, "SESSION_COOKIE_NAME": "__Host-sessionid", "CSRF_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True, "TRUSTED_PROXIES": ["10.0.0.0/24"], "PUBLIC_URL": "https://hotel.example.com",
}  # fmt: skip


@pytest.mark.parametrize(
    ("check", "broken"),
    [
        ("debug_off", {"DEBUG": True}),
        ("secret_key", {"SECRET_KEY": "short"}),
        ("tls_redirect", {"SECURE_SSL_REDIRECT": False}),
        ("hsts", {"SECURE_HSTS_SECONDS": 3600}),
        ("hsts", {"SECURE_HSTS_INCLUDE_SUBDOMAINS": False}),
        ("hsts_preload", {"SECURE_HSTS_PRELOAD": False}),
        ("session_cookie", {"SESSION_COOKIE_SECURE": False}),
        ("session_cookie", {"SESSION_COOKIE_HTTPONLY": False}),
        ("session_cookie", {"SESSION_COOKIE_NAME": "sessionid"}),
        ("csrf_cookie", {"CSRF_COOKIE_SAMESITE": "None"}),
        ("sniffing", {"SECURE_CONTENT_TYPE_NOSNIFF": False}),
        ("referrer", {"SECURE_REFERRER_POLICY": "unsafe-url"}),
        ("opener", {"SECURE_CROSS_ORIGIN_OPENER_POLICY": "unsafe-none"}),
        ("proxies", {"TRUSTED_PROXIES": ["0.0.0.0/0"]}),
    ],
)
def test_a_strict_setting_is_checked_and_a_loose_one_fails(settings, check, broken):
    for name, value in STRICT.items():
        setattr(settings, name, value)
    assert getattr(web, check)().outcome == "checked"
    for name, value in broken.items():
        setattr(settings, name, value)
    assert getattr(web, check)().outcome == "failed"


@pytest.mark.parametrize(
    "change",
    [
        {"script-src": ["'self'", "'unsafe-inline'"]},
        {"object-src": ["'self'"]},
        {"img-src": ["https:"]},
        {"default-src": ["*"]},
    ],
)
def test_a_loose_content_policy_fails(settings, change):
    assert web.csp().outcome == "checked"
    rules = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**rules, **change}}
    assert web.csp().outcome == "failed"


def test_frames_and_reports_are_read_from_the_policy(settings, db):
    assert (web.framing().outcome, web.csp_reports().outcome) == ("checked", "checked")
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"frame-ancestors": ["'self'"]}}
    assert (web.framing().outcome, web.csp_reports().outcome) == ("failed", "failed")


def test_sockets_and_the_field_of_passwords(monkeypatch):
    guard = import_string(web.settings.ASGI_APPLICATION).application_mapping["websocket"]
    for origins, outcome in ((["hotel.example.com"], "checked"), (["*"], "failed"), ([], "failed")):
        monkeypatch.setattr(guard, "allowed_origins", origins)
        assert web.socket_origins().outcome == outcome
    assert web.password_field().outcome == "checked"


def test_the_public_address_is_looked_at_by_the_one_way_out(settings, monkeypatch):
    settings.PUBLIC_URL = "http://hotel.example.com"
    assert web.tls_probe().outcome == "failed"
    settings.PUBLIC_URL = "https://127.0.0.1"
    assert web.tls_probe().outcome == "needs_evidence"
    seen = []

    def call(method, url, *, limits):
        seen.append((method, url))
        return type("Reply", (), {"status": 200})

    monkeypatch.setattr(web, "call", call)
    assert web.tls_probe().outcome == "checked"
    assert seen == [("GET", "https://127.0.0.1/api/health/live")]
