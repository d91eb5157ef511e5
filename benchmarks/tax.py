"""What one request costs with the security layers and without them: CPU of this process, CPU of PostgreSQL, statements.

With: as in production. Without: no limits, usage, card guard or security events among the middleware, a role that
row-level security does not hold for, and no triggers of the trail. Signing in by token, rights and decryption stay in
both: without them there is no answer to compare. Run as ``python -m benchmarks.tax with|without``; the first line of
standard input are the places of ``access``, each other one how many requests of a kind to send; prints a line of JSON
for each.
"""

import json
import statistics
import sys
import time

import django
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.requests import Request, Requests
from benchmarks.trail import triggers_switch
from benchmarks.web import cpu_seconds, postgres_pid

KINDS = ("availability", "booking", "arrivals", "guest search")
LAYERS = {
    "hotel.monitoring.middleware.ApiMiddleware",
    "hotel.core.card_guard.CardHeadersMiddleware",
    "hotel.core.card_guard.CardDataMiddleware",
    "hotel.core.security_events.SecurityEventsMiddleware",
    "hotel.core.audit.AuditMiddleware",
}
NOISE = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


def send(client: Client, request: Request) -> None:
    """One request, all the way through the middleware."""
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers.items()}
    if "HTTP_CONTENT_TYPE" in headers:
        headers["CONTENT_TYPE"] = headers.pop("HTTP_CONTENT_TYPE")
    answer = client.generic(request.method, request.path, request.body, HTTP_HOST="127.0.0.1", **headers)
    assert answer.status_code == request.expect, answer.content[:300]  # noqa: S101


def measured(requests: Requests, count: int) -> dict[str, dict[str, float]]:
    """Kind of request to the median CPU milliseconds of this process, those of PostgreSQL for each, and statements."""
    client, found = Client(raise_request_exception=True), {}
    for kind in KINDS:
        draw = requests.kinds()[kind]
        for _ in range(5):
            send(client, draw())  # caches are warm in production too
        with CaptureQueriesContext(connection) as captured:
            send(client, draw())
        sent = [query["sql"] for query in captured.captured_queries]
        used, before = [], cpu_seconds(postgres_pid())
        for _ in range(count):
            began = time.process_time()
            send(client, draw())
            used.append(1000 * (time.process_time() - began))
        found[kind] = {
            "cpu_ms": statistics.median(used),
            "postgres_cpu_ms": 1000 * (cpu_seconds(postgres_pid()) - before) / count,
            "statements": sum(not text.startswith(NOISE) for text in sent),
        }
    return found


def measured_without(requests: Requests, count: int) -> dict[str, dict[str, float]]:
    """The same while the triggers of the trail are off; for others they are on again afterwards."""
    triggers_switch("off")
    try:
        return measured(requests, count)
    finally:
        triggers_switch("on")


def main(way: str) -> None:
    """Measure one way, as often as asked."""
    django.setup()
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    if way == "without":
        assert set(settings.MIDDLEWARE) >= LAYERS  # noqa: S101  a renamed one would stay in both
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name not in LAYERS]
    measure = measured if way == "with" else measured_without
    requests = Requests(json.loads(sys.stdin.readline()))
    for line in sys.stdin:
        print(json.dumps(measure(requests, int(line))), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
