"""Every request of the API is counted, limited and told its limits, also those that no view answers."""

import re
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from hotel.core.clock import now
from hotel.monitoring.answers import fields_add, refusal_answer
from hotel.monitoring.calls import AFTER, BEFORE, Call, call_of
from hotel.monitoring.domain.matching import is_shut_out
from hotel.monitoring.services.attendant import attendant
from hotel.monitoring.services.leases import leases
from hotel.monitoring.services.recorder import recorder
from hotel.monitoring.throttling import ClientLimit

LITERAL = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b")
MOST_STATEMENTS, STATEMENT_LENGTH, WATCHED = 20, 2000, 500
VERSION_LENGTH = 20


class Queries:
    """An execute wrapper of Django's that counts statements and their time."""

    __slots__ = ("count", "log", "nanoseconds")

    def __init__(self) -> None:
        self.count = self.nanoseconds = 0
        self.log: list[tuple[Any, int]] = []

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        """Run the statement."""
        began = time.perf_counter_ns()
        try:
            return execute(sql, params, many, context)
        finally:
            spent = time.perf_counter_ns() - began
            self.count += 1
            self.nanoseconds += spent
            if self.count <= WATCHED:
                self.log.append((sql, spent))

    def slowest(self) -> list[dict[str, Any]]:
        """Statements by the time they took, alike ones together, numbers and texts in them left out."""
        times: Counter[str] = Counter()
        spent: Counter[str] = Counter()
        for sql, nanoseconds in self.log:
            text = LITERAL.sub("?", str(sql))[:STATEMENT_LENGTH]
            times[text] += 1
            spent[text] += nanoseconds
        return [
            {"sql": text, "count": times[text], "us": nanoseconds // 1000}
            for text, nanoseconds in spent.most_common(MOST_STATEMENTS)
        ]


def is_counted(path: str) -> bool:
    """The API; without the questions of an orchestrator, which must be answered whatever happens."""
    return path.startswith("/api/") and not path.startswith("/api/health/")


def asks_by_itself(view: Any) -> bool:
    """Whether a view of DRF counts its caller when it knows him; others are counted as by nobody."""
    own = getattr(view, "initkwargs", {}).get("throttle_classes")
    classes = getattr(getattr(view, "cls", None), "throttle_classes", ()) if own is None else own
    return ClientLimit in classes


class ApiMiddleware:
    """Stands outside of sessions and authentication, so that whoever is refused costs little."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Count, pass on, tell."""
        if not is_counted(request.path_info):
            return _shut_out(request) or self.get_response(request)
        attendant.ensure()
        began = time.perf_counter_ns()
        request.api_call = call = call_of(request)  # type: ignore[attr-defined]
        queries = Queries()
        leases.enter()
        try:
            with connection.execute_wrapper(queries):
                response = self.get_response(request)
                response = self._settled(request, response, call)
        finally:
            leases.leave()
            call.close()
        fields_add(response, call)
        _record(request, response, call, (time.perf_counter_ns() - began) // 1000, queries)
        return response

    def process_view(self, request: HttpRequest, view: Any, *rest: Any) -> HttpResponse | None:
        """The endpoint is known, the caller is not: shed, or count by address."""
        call = getattr(request, "api_call", None)
        if call is None:
            return None
        call.route(request.resolver_match)
        is_admitted = call.admit(BEFORE) and (asks_by_itself(view) or call.admit(AFTER))
        return None if is_admitted else refusal_answer(request, call.refusal)  # type: ignore[arg-type]

    def _settled(self, request: HttpRequest, response: HttpResponse, call: Call) -> HttpResponse:
        """What no view answered is counted now; whoever was refused is told by which rule.

        What a view has done is done: it is not counted here, or its caller would be told that it was refused.
        """
        if not call.operation:
            call.route(None)
            _ = call.admit(BEFORE) and call.admit(AFTER)
        return response if call.refusal is None else refusal_answer(request, call.refusal)


def _shut_out(request: HttpRequest) -> HttpResponse | None:
    """What a page says to an address that a rule blocks; nothing to all others, and to who asks for health."""
    if request.path_info.startswith("/api/"):
        return None
    attendant.ensure()
    if not is_shut_out(attendant.table.rules, request.META.get("REMOTE_ADDR", ""), now()):
        return None
    return HttpResponse("This address is blocked. Call the house.", status=403, content_type="text/plain")


def _record(
    request: HttpRequest, response: HttpResponse, call: Call, microseconds: int, queries: Queries
) -> None:
    kind, number = call.principal
    version = str(getattr(request, "api_version", "") or "v1")[:VERSION_LENGTH]
    key = (
        int(call.at.timestamp()) // 60 * 60,
        call.operation,
        kind,
        number,
        call.property_id,
        response.status_code // 100,
        version,
    )
    recorder.record(
        key,
        microseconds,
        bytes_in=_length(request.META.get("CONTENT_LENGTH")),
        bytes_out=0 if response.streaming else len(response.content),
        queries=queries.count,
        is_limited=call.refusal is not None,
    )
    if microseconds >= settings.SLOW_REQUEST_MS * 1000:
        values = {
            "at": call.at.timestamp(),
            "client_kind": kind,
            "client_id": number,
            "property_id": call.property_id or None,
            "status": response.status_code,
            "duration_us": microseconds,
            "queries": queries.count,
            "query_us": queries.nanoseconds // 1000,
            "request_id": getattr(request, "request_id", "")[:64],
            "statements": queries.slowest(),
        }
        recorder.sample(call.operation, values)
    if attendant.is_ending:
        attendant.flush()


def _length(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 19 else 0
