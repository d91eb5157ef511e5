"""The table of the house's rights, and what the code has to be compared with it; see policy.toml."""

import os
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver

from hotel.core.plugs import plugs
from tests.architecture.test_api_matrix import ROUTES

# Every run asks a part; AUBERGE_MATRIX=all asks the whole.
ASKS_ALL = os.environ.get("AUBERGE_MATRIX") == "all"
TABLE = Path(__file__).with_name("policy.toml")
WORDS = {"public", "keyed", "self", "any", "platform"}
PAGES_OF_A_MODEL = {
    "",
    "add/",
    *(f"<path:object_id>/{page}" for page in ("", "history/", "delete/", "change/")),
}


@cache
def policy() -> dict[str, Any]:
    """The table."""
    return tomllib.loads(TABLE.read_text())


@cache
def rules(part: str) -> dict[str, str]:
    """Operation or page to its right, of one part of the table.

    Raises:
        ValueError: the table names one twice.
    """
    found: dict[str, str] = {}
    for right, lines in policy()[part].items():
        for line in lines:
            if line in found:
                raise ValueError(f"{line} stands in the table twice.")
            found[line] = right
    return found


@cache
def reach(label: str) -> str:
    """How far a right must be held for rows of this model: at their property, at one of their chain, or at all."""
    return next((word for word, labels in policy()["reach"].items() if label in labels), "property")


@cache
def conditions() -> dict[str, str]:
    """Operation to where its right must be held, where that is not simply the hotel of the row."""
    return {line: word for word, lines in policy()["conditions"].items() for line in lines}


@dataclass(frozen=True)
class Operation:
    """One operation of the API."""

    method: str
    path: str
    right: str
    needs_step_up: bool
    viewset: Any

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def is_of_a_row(self) -> bool:
        """Whether the address names a row."""
        return "<int:pk>" in self.path

    @property
    def label(self) -> str:
        """The model of the rows; empty if there is none."""
        queryset = getattr(self.viewset, "queryset", None)
        return "" if queryset is None else queryset.model._meta.label


def operations_of_the_code() -> dict[str, Any]:
    """Every operation that the router knows and the viewset takes, to its viewset."""
    return {
        f"{method.upper()} {route.path.removeprefix('/api/v1')}": route.viewset
        for route in ROUTES
        for method, _ in route.actions
        if method in route.viewset.http_method_names
    }


@cache
def operations() -> list[Operation]:
    """What the table and the code both know, in order."""
    step_up, code = set(policy()["step_up"]["operations"]), operations_of_the_code()
    return [
        Operation(*name.split(" ", 1), right, name in step_up, code[name])
        for name, right in sorted(rules("api").items())
        if name in code
    ]


def addresses(patterns: Any = None, prefix: str = "/") -> list[tuple[str, Any]]:
    """Every address of the house and what answers there."""
    found = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += addresses(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            found.append((path, pattern.callback))
    return found


@cache
def pages_of_the_code() -> dict[str, Any]:
    """Every address that is neither of the API nor of the administration, to its view."""
    return {path: view for path, view in addresses() if not path.startswith(("/api/v1/", "/admin/"))}


def admin_pages_of_the_code() -> set[str]:
    """Addresses of the administration that belong to no model."""
    homes = tuple(f"/admin/{m._meta.app_label}/{m._meta.model_name}/" for m in admin.site._registry)
    found = {path for path, _ in addresses() if path.startswith("/admin/") and not path.startswith(homes)}
    return {re.sub(r"\(\?P<app_label>[^)]*\)", "<app>", path) for path in found}


def admin_of_the_code() -> dict[str, dict[str, set[str]]]:
    """Model label to the names of its actions and of its pages beyond the usual."""
    return {
        model._meta.label: {
            "actions": {name if isinstance(name, str) else name.__name__ for name in pages.actions or ()},
            "more": {str(url.pattern) for url in pages.get_urls()} - PAGES_OF_A_MODEL,
        }
        for model, pages in admin.site._registry.items()
    }


def sockets_of_the_code() -> set[str]:
    """The paths of all websockets."""
    return {route.path for plug in plugs() for route in plug.sockets}
