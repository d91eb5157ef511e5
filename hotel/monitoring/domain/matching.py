"""Which rules hold for a request, by what they count, and how many points it costs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from hotel.monitoring.choices import Action, Scope
from hotel.monitoring.domain.gcra import Quota

Network = IPv4Network | IPv6Network
Principal = tuple[str, int]
ANONYMOUS: Principal = ("anonymous", 0)
SEARCH, REPORT = 3, 50
REPORTS = frozenset({"reports"})


@dataclass(frozen=True)
class Asked:
    """A request as rules see it.

    Attributes:
        operation: method and route template, such as ``GET /api/v1/rooms/{id}``; empty for no endpoint.
        area: the endpoint's area; empty for none.
        address: the caller's IP address.
        principal: kind and id of the caller: ``token``, ``user`` or ``anonymous``.
        property_id: the property the caller asks about; 0 when he does not say.
        is_search: whether the query searches.
    """

    operation: str = ""
    area: str = ""
    address: str = ""
    principal: Principal = ANONYMOUS
    property_id: int = 0
    is_search: bool = False

    @property
    def method(self) -> str:
        """The method alone."""
        return self.operation.partition(" ")[0]


@dataclass(frozen=True)
class Rule:
    """One row of the rules, ready to be matched. Empty attributes match everything.

    Attributes:
        scope: what is counted: each client, each address, or each property.
        priority: the lowest number comes first.
        principals: clients it is for: a token, a user, those of a role or of a plan; None for all.
        is_anonymous: only for callers who are not signed in.
        valid_from, valid_until: the window, end not included.
        is_floor: holds beside all others.
        is_closed: refuses when neither store nor share can tell, and takes a tenth of the share at most.
    """

    id: int
    name: str
    scope: str
    quota: Quota
    priority: int = 100
    cost: int = 1
    action: str = Action.ENFORCE
    principals: frozenset[Principal] | None = None
    is_anonymous: bool = False
    network: Network | None = None
    property_id: int = 0
    area: str = ""
    operation: str = ""
    method: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    is_floor: bool = False
    is_closed: bool = False

    def meets(self, asked: Asked, at: datetime) -> bool:
        """Whether the rule holds for a request at a moment."""
        return (
            (not self.operation or self.operation == asked.operation)
            and (not self.area or self.area == asked.area)
            and (not self.method or self.method == asked.method)
            and (self.scope != Scope.PROPERTY or asked.property_id > 0)
            and (not self.property_id or self.property_id == asked.property_id)
            and self._is_for(asked.principal)
            and (self.network is None or _is_within(asked.address, self.network))
            and (self.valid_from is None or self.valid_from <= at)
            and (self.valid_until is None or at < self.valid_until)
        )

    def _is_for(self, principal: Principal) -> bool:
        if self.scope == Scope.ADDRESS:
            return True  # counted before anybody knows who calls
        if self.is_anonymous:
            return principal == ANONYMOUS
        return self.principals is None or principal in self.principals

    def subject(self, asked: Asked) -> str:
        """What the rule counts by; callers who are not signed in are told apart by their address."""
        if self.scope == Scope.PROPERTY:
            return f"p{asked.property_id}"
        if self.scope == Scope.ADDRESS or asked.principal == ANONYMOUS:
            return subject_of(asked.address)
        kind, number = asked.principal
        return f"{kind}{number}"

    def points(self, asked: Asked) -> int:
        """What the request costs under this rule."""
        return self.cost * points_of(asked)


def points_of(asked: Asked) -> int:
    """A report costs 50, a search 3, anything else 1."""
    if asked.area in REPORTS and asked.method == "POST":
        return REPORT
    return SEARCH if asked.is_search else 1


def subject_of(address: str) -> str:
    """An address to count by: IPv6 by its /64 network, of which a household has a whole one."""
    try:
        known: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, IPv4Address):
        return str(known)
    return str(known.ipv4_mapped or ip_network((known, 64), strict=False).network_address)


def _is_within(address: str, network: Network) -> bool:
    try:
        return ip_address(address) in network
    except ValueError:
        return False


def is_shut_out(rules: Iterable[Rule], address: str, at: datetime) -> bool:
    """Whether a rule blocks an address whatever it asks for: then pages do not answer it either."""
    asked = Asked(address=address)
    return any(
        rule.action == Action.BLOCK
        and rule.scope == Scope.ADDRESS
        and rule.network is not None
        and rule.meets(asked, at)
        for rule in rules
    )


def rules_for(rules: Iterable[Rule], asked: Asked, scopes: frozenset[str], at: datetime) -> list[Rule]:
    """The rules that hold for a request, in the order in which they are told.

    All floors; of the others the first of each scope that enforces or blocks, so that a rule for one client replaces
    the rule for all; and of each scope the first that only observes, when it comes before that one.

    Args:
        rules: all rules, sorted by priority and id.
        asked: the request.
        scopes: those to be counted now: addresses before anybody is known, the others after.
        at: the moment, for windows of validity.
    """
    chosen: list[Rule] = []
    decided: set[str] = set()
    observed: set[str] = set()
    for rule in rules:
        if rule.scope not in scopes or not rule.meets(asked, at):
            continue
        if rule.is_floor or rule.action == Action.BLOCK:
            chosen.append(rule)
        elif rule.scope in decided:
            continue
        elif rule.action == Action.OBSERVE:
            if rule.scope not in observed:
                observed.add(rule.scope)
                chosen.append(rule)
        else:
            decided.add(rule.scope)
            chosen.append(rule)
    return chosen
