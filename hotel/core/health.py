"""Two questions of an orchestrator: is the process alive, and may it get traffic?"""

import threading
import time
from typing import Any

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from psycopg_pool import PoolTimeout

from hotel.core.readiness import disk_free, migrations_missing

LEAST_FREE = 1  # per cent: with less nothing can be written, not even what went wrong
KEPT_SECONDS = 1

_lock = threading.Lock()
_kept: dict[str, Any] = {"until": float("-inf"), "answer": (503, {})}


def live(request: HttpRequest) -> JsonResponse:
    """The process answers; says nothing about the database."""
    return JsonResponse({"status": "live"})


def ready(request: HttpRequest) -> JsonResponse:
    """The database answers, has the tables of this code, and the disk takes writes; else 503. Kept for a second."""
    with _lock:
        if time.monotonic() >= _kept["until"]:
            _kept["answer"] = _looked()
            _kept["until"] = time.monotonic() + KEPT_SECONDS
        status, body = _kept["answer"]
    return JsonResponse(body, status=status, headers={"Retry-After": "2"} if status == 503 else {})


def forget() -> None:
    """Let the next question be answered anew."""
    _kept["until"] = float("-inf")


def _looked() -> tuple[int, dict[str, str]]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        missing = migrations_missing()
    except (Error, PoolTimeout):
        return 503, {"status": "unavailable", "code": "database_unavailable"}
    if missing:
        return 503, {"status": "unavailable", "code": "migrations_missing"}
    if disk_free()[0] < LEAST_FREE:
        return 503, {"status": "unavailable", "code": "storage_full"}
    return 200, {"status": "ready"}
