"""Looks at what browsers and programs are told: cookies, headers, transport of the public address."""

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.utils.module_loading import import_string

from hotel.core.models import SecurityEvent
from hotel.core.outbound import Limits, OutboundFailed, UrlRefused, call
from security.domain.compliance import Look
from security.selectors.checks.looks import bad, good, told, unknown

A_YEAR = 31_536_000
STRICT = ("Lax", "Strict")


def debug_off() -> Look:
    """No mode for developers."""
    return told(not settings.DEBUG, "DEBUG is off.", "DEBUG is on.")


def secret_key() -> Look:
    """A secret of this installation's own."""
    key = settings.SECRET_KEY
    is_good = len(key) >= 50 and len(set(key)) >= 5 and not key.startswith("django-insecure-")
    return told(is_good, "SECRET_KEY is long and random.", "SECRET_KEY is short or made for trials.")


def tls_redirect() -> Look:
    """People are led to the encrypted address."""
    return told(
        settings.SECURE_SSL_REDIRECT,
        "Plain requests are led to https.",
        "Plain requests are answered: SECURE_SSL_REDIRECT is off.",
    )


def hsts() -> Look:
    """Browsers come by TLS only, for a year and with subdomains."""
    seconds, is_wide = settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS
    detail = f"{seconds} seconds, subdomains {'included' if is_wide else 'left out'}."
    return told(seconds >= A_YEAR and is_wide, detail, detail)


def hsts_preload() -> Look:
    """The answer offers the domain for the browsers' own list."""
    return told(settings.SECURE_HSTS_PRELOAD, "Offered for the list.", "SECURE_HSTS_PRELOAD is off.")


def session_cookie() -> Look:
    """Over TLS only, bound to the host, closed to scripts and other sites."""
    wrong = _cookie("SESSION")
    if not settings.SESSION_COOKIE_HTTPONLY:
        wrong.append("scripts may read it")
    if not settings.SESSION_COOKIE_NAME.startswith("__Host-"):
        wrong.append("its name does not bind it to the host")
    return told(not wrong, f"{settings.SESSION_COOKIE_NAME} is strict.", _sentence(wrong))


def csrf_cookie() -> Look:
    """Over TLS only, closed to other sites."""
    wrong = _cookie("CSRF")
    return told(not wrong, f"{settings.CSRF_COOKIE_NAME} is strict.", _sentence(wrong))


def _cookie(kind: str) -> list[str]:
    wrong = [] if getattr(settings, f"{kind}_COOKIE_SECURE") else ["it travels without TLS"]
    return (
        wrong if getattr(settings, f"{kind}_COOKIE_SAMESITE") in STRICT else [*wrong, "other sites send it"]
    )


def _sentence(words: list[str]) -> str:
    text = "; ".join(words)
    return f"{text[:1].upper()}{text[1:]}."


def csp() -> Look:
    """A content policy without inline scripts, evaluation and foreign sources."""
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    words = [
        str(word) for values in policy.values() for word in ([values] if isinstance(values, str) else values)
    ]
    loose = sorted({word for word in words if "unsafe" in word or word.startswith(("*", "http"))})
    closed = [
        name for name in ("object-src", "base-uri", "frame-ancestors") if policy.get(name) != ["'none'"]
    ]
    if loose or closed or policy.get("default-src") != ["'self'"]:
        return bad(f"The policy is loose: {', '.join([*loose, *closed]) or 'default-src'}.")
    return good("Own sources only, nothing inline, nothing evaluated.")


def csp_reports() -> Look:
    """Breaches of the content policy are told to the house."""
    address = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].get("report-uri")
    seen = SecurityEvent.objects.filter(kind="csp_violation").count()
    return told(bool(address), f"Reported to {address}; {seen} on record.", "Nobody is told of breaches.")


def sniffing() -> Look:
    """Browsers do not guess types."""
    return told(settings.SECURE_CONTENT_TYPE_NOSNIFF, "nosniff is sent.", "nosniff is not sent.")


def referrer() -> Look:
    """Other sites are not told addresses of pages."""
    policy = settings.SECURE_REFERRER_POLICY
    return told(policy in ("same-origin", "no-referrer"), f"{policy}.", f"{policy} tells other sites.")


def framing() -> Look:
    """No other site shows our pages in a frame."""
    rule = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].get("frame-ancestors")
    return told(rule == ["'none'"], "No site may frame our pages.", f"frame-ancestors is {rule}.")


def opener() -> Look:
    """Other windows get no hold of our pages."""
    policy = settings.SECURE_CROSS_ORIGIN_OPENER_POLICY
    return told(policy == "same-origin", f"{policy}.", f"{policy} is not same-origin.")


def proxies() -> Look:
    """Only named proxies are believed about where a request comes from."""
    names = list(settings.TRUSTED_PROXIES)
    is_open = any(name.endswith("/0") for name in names)
    return told(
        not is_open, f"Believed: {', '.join(names) or 'none'}.", "Everybody is believed to be a proxy."
    )


def socket_origins() -> Look:
    """Sockets are opened from our own pages only."""
    router = import_string(settings.ASGI_APPLICATION)
    guard = router.application_mapping.get("websocket")
    origins = getattr(guard, "allowed_origins", None)
    is_good = bool(origins) and "*" not in (origins or ())
    return told(is_good, "Origins of sockets are compared with ALLOWED_HOSTS.", "Any origin opens a socket.")


def password_field() -> Look:
    """Passwords are hidden while they are typed."""
    kind = AuthenticationForm.base_fields["password"].widget.input_type
    return told(kind == "password", "The field hides what is typed.", f"The field is of type {kind}.")


def tls_probe() -> Look:
    """The public address answers over TLS with a certificate that is trusted here."""
    address = settings.PUBLIC_URL.rstrip("/")
    if not address.startswith("https://"):
        return bad("PUBLIC_URL is not an https address.")
    try:
        reply = call("GET", f"{address}/api/health/live", limits=Limits(total_seconds=5))
    except (UrlRefused, OutboundFailed) as error:
        return unknown(f"The public address could not be called from here: {error}")
    return good(f"Answered {reply.status} under a certificate that is trusted here.")
