"""What the limiter says on the wire: the fields of the IETF draft on rate limits, and problems (RFC 9457).

draft-ietf-httpapi-ratelimit-headers: ``RateLimit-Policy: "default";q=600;w=60``, ``RateLimit: "default";r=99;t=1``.
"""

import base64
import hashlib
from functools import lru_cache

from django.http import HttpRequest, HttpResponse, JsonResponse

from hotel.core.api.errors import CONTENT_TYPE, problem
from hotel.monitoring.calls import Call, Refusal

TYPES = "https://iana.org/assignments/http-problem-types#"
SAID = {
    429: (
        "quota-exceeded",
        "throttled",
        "Too many requests. Retry-After says how many seconds to wait.",
    ),
    503: (
        "temporary-reduced-capacity",
        "reduced_capacity",
        "The house is very busy and answers what is urgent first. Nothing was changed.",
    ),
}


@lru_cache(maxsize=4096)
def partition(rule_id: int, subject: str) -> str:
    """Whose quota it is, so that nobody learns a client's number or address: 6 bytes as a structured field."""
    digest = hashlib.sha256(f"{rule_id}:{subject}".encode()).digest()[:6]
    return f":{base64.b64encode(digest).decode()}:"


def fields_add(response: HttpResponse, call: Call) -> None:
    """Tell the rules that hold and what is left of them; the tightest first."""
    told = sorted(call.verdicts, key=lambda verdict: (verdict[2].is_allowed, verdict[2].remaining))
    if told:
        response["RateLimit-Policy"] = ", ".join(
            f'"{rule.name}";q={rule.quota.rate};w={rule.quota.period_seconds};pk={partition(rule.id, subject)}'
            for rule, subject, _ in told
        )
        response["RateLimit"] = ", ".join(
            f'"{rule.name}";r={decision.remaining};t={decision.reset_seconds}' for rule, _, decision in told
        )


def refusal_answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The problem that says which rules refuse and when to come back."""
    word, code, detail = SAID[refusal.status]
    body = problem(status=refusal.status, code=code, detail=detail, request=request)
    body |= {"type": TYPES + word, "extra": {"retry_after_seconds": refusal.retry_seconds}}
    if refusal.policies:
        body["violated-policies"] = list(refusal.policies)
    return JsonResponse(
        body,
        status=refusal.status,
        content_type=CONTENT_TYPE,
        headers={"Retry-After": str(refusal.retry_seconds)},
    )
