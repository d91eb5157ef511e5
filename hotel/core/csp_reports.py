"""Browsers tell here what the content security policy stopped; each report becomes a security event.

Source: ASVS 3.4.7.
"""

import json
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hotel.core.security_events import security_event

MAX_BYTES = 8_192
PER_ADDRESS, PER_HOUSE, SECONDS = 20, 200, 60
_KINDS = {"application/csp-report", "application/reports+json", "application/json"}


@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Take a report of up to 8 kB; 429 when one address, or all together, send too many."""
    if request.content_type not in _KINDS or int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        return HttpResponse(status=400)
    if _too_many(f"csp:{request.META.get('REMOTE_ADDR', '')}", PER_ADDRESS) or _too_many("csp", PER_HOUSE):
        return HttpResponse(status=429, headers={"Retry-After": str(SECONDS)})
    try:
        told = json.loads(request.body[:MAX_BYTES])
    except (ValueError, RecursionError):
        return HttpResponse(status=400)
    report = _report(told)
    if report is None:
        return HttpResponse(status=400)
    security_event("csp_violation", **report)
    return HttpResponse(status=204)


def _too_many(key: str, most: int) -> bool:
    """Counted in the cache, per minute; a count that is lost lets a few more through."""
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key) > most
    except ValueError:
        return False


def _report(told: Any) -> dict[str, str] | None:
    """What is kept: addresses without their queries, which may hold anything."""
    if isinstance(told, list):
        told = told[0] if told else None
    body = told.get("csp-report", told.get("body")) if isinstance(told, dict) else None
    if not isinstance(body, dict):
        return None
    document = str(body.get("document-uri", body.get("documentURL", "")))
    blocked = str(body.get("blocked-uri", body.get("blockedURL", "")))
    directive = str(body.get("effective-directive", body.get("effectiveDirective", "")))
    return {"document": _place(document), "blocked": _place(blocked), "directive": directive[:60]}


def _place(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname}{parts.path}"[:160] if parts.hostname else url[:40]
