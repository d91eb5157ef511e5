"""What is promised about the life of the API: versions, dated changes, and operations on their way out.

Deprecation is told by RFC 9745, the day of the end by RFC 8594.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from typing import Any

KINDS = ("added", "changed", "fixed", "deprecated", "removed")
# Whoever integrates needs at least a season to follow.
NOTICE = timedelta(days=180)


@dataclass(frozen=True)
class ApiVersion:
    """A major version, which stands in the URL."""

    name: str
    path: str
    released_on: date
    sunset_on: date | None = None


@dataclass(frozen=True)
class ApiChange:
    """A dated change within a version; ``operation`` is empty when it concerns many."""

    changed_on: date
    kind: str
    version: str
    text: str
    operation: str = ""


@dataclass(frozen=True)
class Deprecation:
    """An operation on its way out: from its sunset, 0 o'clock UTC, it is answered by 410.

    Attributes:
        operation: such as ``GET /api/v1/rooms/{id}``.
        successor: the path that replaces it; empty for none.
        link: where it is explained.
    """

    operation: str
    deprecated_on: date
    sunset_on: date
    text: str
    successor: str = ""
    link: str = ""

    def is_over(self, moment: datetime) -> bool:
        """Whether the sunset has come."""
        return moment >= _midnight(self.sunset_on)

    def is_announced(self, moment: datetime) -> bool:
        """Whether the deprecation has begun."""
        return moment >= _midnight(self.deprecated_on)


@dataclass(frozen=True)
class Declared:
    """Everything that is declared about the life of the API."""

    versions: tuple[ApiVersion, ...]
    changes: tuple[ApiChange, ...]
    deprecations: Mapping[str, Deprecation]


class DeclarationWrong(ValueError):
    """The declared versions contradict themselves."""


def declared(rows: Mapping[str, Any]) -> Declared:
    """The declaration from the tables ``version``, ``change`` and ``deprecation`` of TOML; newest changes first.

    Raises:
        DeclarationWrong: a name is unknown or given twice, a kind is unknown, or the notice is too short.
    """
    versions = tuple(ApiVersion(**row) for row in rows.get("version", ()))
    changes = tuple(ApiChange(**row) for row in rows.get("change", ()))
    outs = [Deprecation(**row) for row in rows.get("deprecation", ())]
    names = {version.name for version in versions}
    if not names or len(names) != len(versions):
        raise DeclarationWrong("Each version has a name of its own, and there is at least one.")
    for change in changes:
        if change.version not in names or change.kind not in KINDS:
            raise DeclarationWrong(f"Unknown version or kind: {change.version} {change.kind}.")
    for one in outs:
        if one.sunset_on - one.deprecated_on < NOTICE:
            raise DeclarationWrong(f"{one.operation} needs {NOTICE.days} days between notice and sunset.")
    if len({one.operation for one in outs}) != len(outs):
        raise DeclarationWrong("An operation is deprecated twice.")
    ordered = sorted(changes, key=lambda change: change.changed_on, reverse=True)
    return Declared(versions, tuple(ordered), {one.operation: one for one in outs})


def fields_of(deprecation: Deprecation) -> dict[str, str]:
    """The response fields ``Deprecation``, ``Sunset`` and ``Link`` of a deprecated operation."""
    links = []
    if deprecation.link:
        links.append(f'<{deprecation.link}>; rel="deprecation"; type="text/html"')
    if deprecation.successor:
        links.append(f'<{deprecation.successor}>; rel="successor-version"')
    fields = {
        "Deprecation": f"@{int(_midnight(deprecation.deprecated_on).timestamp())}",
        "Sunset": format_datetime(_midnight(deprecation.sunset_on), usegmt=True),
    }
    return {**fields, "Link": ", ".join(links)} if links else fields


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
