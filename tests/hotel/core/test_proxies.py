"""Whom to believe about where a request comes from."""

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware

from hotel.core.proxies import ApiOverTlsMiddleware, TrustedProxyMiddleware


@pytest.fixture
def seen(rf, settings):
    """What a view sees of a request from an address with headers."""
    settings.TRUSTED_PROXIES = ["10.0.0.0/8", "fd00::/8"]

    def ask(address, **headers):
        request = rf.get("/", REMOTE_ADDR=address, **headers)
        return TrustedProxyMiddleware(lambda request: request.META)(request)

    return ask


@pytest.mark.parametrize(
    ("remote", "forwarded", "address"),
    [
        ("203.0.113.9", "1.2.3.4", "203.0.113.9"),
        ("10.0.0.1", "1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        ("10.0.0.1", "10.0.0.9, 10.0.0.2", "10.0.0.9"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "6.6.6.6, nonsense", "10.0.0.1"),
        ("fd00::1", "2001:4860::1", "2001:4860::1"),
    ],
)
def test_only_named_proxies_are_believed(seen, remote, forwarded, address):
    assert seen(remote, HTTP_X_FORWARDED_FOR=forwarded)["REMOTE_ADDR"] == address


@pytest.mark.parametrize(
    "name",
    [
        "X_FORWARDED_FOR",
        "X_FORWARDED_PROTO",
        "X_FORWARDED_HOST",
        "X_REAL_IP",
        "FORWARDED",
        "X_ORIGINAL_URL",
        "X_CLIENT_IP",
    ],
)
def test_what_others_tell_is_taken_away(seen, name):
    assert f"HTTP_{name}" not in seen("203.0.113.9", **{f"HTTP_{name}": "https"})
    assert f"HTTP_{name}" in seen("10.0.0.1", **{f"HTTP_{name}": "https"})


def test_a_local_socket_is_believed_only_when_named(seen, settings):
    assert seen("", HTTP_X_FORWARDED_FOR="1.2.3.4")["REMOTE_ADDR"] == ""
    settings.TRUSTED_PROXIES = ["unix"]
    assert seen("", HTTP_X_FORWARDED_FOR="1.2.3.4")["REMOTE_ADDR"] == "1.2.3.4"


@pytest.fixture
def encrypted(rf, settings):
    """What a production installation answers to a path, in clear or over TLS."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^api/v\d+/", r"^api/health/"]

    def ask(path, **more):
        inner = ApiOverTlsMiddleware(lambda request: HttpResponse("in"))
        return SecurityMiddleware(inner)(rf.post(path, **more))

    return ask


def test_programs_without_tls_are_refused_and_people_led_on(encrypted):
    refused = encrypted("/api/v1/bookings")
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")
    assert b"tls_required" in refused.content
    assert "Location" not in refused
    assert [encrypted(path).status_code for path in ("/login", "/api/docs")] == [301, 301]
    assert encrypted("/api/health/live").content == b"in"
    for path in ("/api/v1/bookings", "/login"):
        assert encrypted(path, secure=True).content == b"in"


def test_without_tls_at_all_nothing_is_asked(settings):
    settings.SECURE_SSL_REDIRECT = False
    with pytest.raises(MiddlewareNotUsed):
        ApiOverTlsMiddleware(lambda request: None)
