"""What makes a rule impossible, said by field before the database says it by constraint."""

from collections.abc import Mapping
from ipaddress import ip_network
from typing import Any

from hotel.monitoring.choices import Scope

CLIENTS = ("token", "user", "role", "plan")
OF_A_FLOOR = frozenset({"description", "rate", "period_seconds", "burst", "cost"})


def problems(values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Field to what is wrong with it; empty when the rule can be stored.

    Args:
        values: all fields of the rule by name.
    """
    found: dict[str, list[str]] = {}
    named = [name for name in CLIENTS if values.get(name) is not None]
    if len(named) > 1:
        found[named[1]] = ["Name one of token, user, role and plan at most."]
    if named and values.get("is_anonymous"):
        found["is_anonymous"] = ["Who is not signed in has no token, role or plan."]
    if values.get("scope") == Scope.ADDRESS:
        narrowed = [*named, *(name for name in ("is_anonymous", "property") if values.get(name))]
        found |= {name: ["Addresses are counted before anybody is known."] for name in narrowed}
    start, end = values.get("valid_from"), values.get("valid_until")
    if start is not None and end is not None and start >= end:
        found["valid_until"] = ["The end lies before the beginning."]
    if values.get("network") and not _is_network(values["network"]):
        found["network"] = ["Use the form 192.0.2.0/24 or 2001:db8::/32."]
    operation = values.get("operation") or ""
    if operation and values.get("method") and not operation.startswith(f"{values['method']} "):
        found["method"] = ["The operation names another method."]
    return found


def floor_problems(changes: Mapping[str, Any]) -> dict[str, list[str]]:
    """What of the changes a floor does not take: its amounts alone may be changed."""
    return {name: ["A floor keeps this."] for name in changes if name not in OF_A_FLOOR}


def _is_network(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return True
