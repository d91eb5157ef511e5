"""One request of the API on its way: who asks what, what the rules said, and whether it may go on."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from hotel.core.clock import now
from hotel.monitoring.choices import Action, Scope
from hotel.monitoring.domain.gcra import Decision
from hotel.monitoring.domain.matching import ANONYMOUS, Asked, Principal, Rule, rules_for
from hotel.monitoring.domain.shedding import shed_level
from hotel.monitoring.selectors.operations import area_and_kind, operation_of
from hotel.monitoring.services.attendant import attendant
from hotel.monitoring.services.leases import leases
from hotel.monitoring.services.limiter import limiter
from hotel.monitoring.services.recorder import recorder

BEFORE = frozenset({Scope.ADDRESS.value})
AFTER = frozenset({Scope.CLIENT.value, Scope.PROPERTY.value})
BLOCK_SECONDS, BUSY_SECONDS, CROWD_SECONDS = 3600, 5, 1
CONCURRENCY = "concurrency"


@dataclass(frozen=True)
class Refusal:
    """Why a request does not go on.

    Attributes:
        status: 429 for the caller's doing, 503 for the house's.
        retry_seconds: when to come back.
        policies: names of the rules that refuse.
    """

    status: int
    retry_seconds: int
    policies: tuple[str, ...] = ()


@dataclass
class Call:
    """What is known of a request so far."""

    address: str
    method: str
    at: datetime
    is_search: bool = False
    operation: str = ""
    area: str = ""
    principal: Principal = ANONYMOUS
    property_id: int = 0
    verdicts: list[tuple[Rule, str, Decision]] = field(default_factory=list)
    refusal: Refusal | None = None
    counted: set[frozenset[str]] = field(default_factory=set)
    is_leased: bool = False

    def route(self, match: Any) -> None:
        """Which endpoint it is for, and whether the machine can still do with it; None for no endpoint."""
        self.operation = operation_of(self.method, match.route if match else "")
        self.area, is_list = area_and_kind(match.func, self.method) if match else ("", False)
        if attendant.level >= shed_level(self.area, self.method, is_list=is_list):
            self.refusal = Refusal(503, BUSY_SECONDS)

    def admit(self, scopes: frozenset[str]) -> bool:
        """Count the request against the rules of these scopes, once; False when one refuses."""
        if self.refusal is not None or scopes in self.counted:
            return self.refusal is None
        self.counted.add(scopes)
        table = attendant.table
        asked = Asked(
            self.operation, self.area, self.address, self.principal, self.property_id, self.is_search
        )
        rules = rules_for(table.rules, asked, scopes, self.at)
        if not rules:
            return True
        is_suspended = not settings.RATE_LIMITS_ENFORCED or (
            table.suspended_until is not None and self.at < table.suspended_until
        )
        refused, wait, hour = [], 0, int(self.at.timestamp()) // 3600 * 3600
        for rule, decision in zip(rules, limiter().take(rules, asked), strict=True):
            is_refused, seconds = _judged(rule, decision, is_suspended)
            recorder.tally(rule.id, hour, 1 if is_refused else 0 if decision.is_allowed else 2)
            if rule.action != Action.OBSERVE:
                self.verdicts.append((rule, rule.subject(asked), decision))
            if is_refused:
                refused.append(rule.name)
                wait = max(wait, seconds)
        if refused:
            self.refusal = Refusal(429, wait, tuple(refused))
        return not refused

    def lease(self) -> bool:
        """Let the client have one more request under way; False when he has too many."""
        workers = max(1, settings.WEB_WORKERS)
        kind, number = self.principal
        own = attendant.table.concurrency.get(number, 0) if kind == "token" else 0
        most = -(-(own or settings.API_CONCURRENCY) // workers)
        if self.is_leased or self.principal == ANONYMOUS or not most:
            return True
        self.is_leased = leases.take(self.principal, most)
        if not self.is_leased and settings.RATE_LIMITS_ENFORCED:
            self.refusal = Refusal(429, CROWD_SECONDS, (CONCURRENCY,))
        return self.refusal is None

    def close(self) -> None:
        """The request is answered."""
        if self.is_leased:
            self.is_leased = False
            leases.give_back(self.principal)


def _judged(rule: Rule, decision: Decision, is_suspended: bool) -> tuple[bool, int]:
    """Whether a rule refuses, and for how many seconds."""
    if rule.action == Action.BLOCK:
        return True, BLOCK_SECONDS
    is_refused = not decision.is_allowed and rule.action == Action.ENFORCE and not is_suspended
    return is_refused, decision.retry_seconds


def call_of(request: Any) -> Call:
    """What is known of a request of Django's when it comes in."""
    return Call(
        address=request.META.get("REMOTE_ADDR", ""),
        method=request.method or "",
        at=now(),
        is_search="search=" in request.META.get("QUERY_STRING", ""),
    )
