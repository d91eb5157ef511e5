"""Whether something may be done at properties now, asked of the tables."""

from collections.abc import Iterable

from hotel.core.disk import require_room
from hotel.core.exceptions import NotPermitted, ReadOnly
from hotel.properties.choices import RestraintKind
from hotel.properties.restraints import Restraint, restraints_read
from hotel.properties.tenancy import EVERYTHING, Scope


def restraint_at(properties: Scope, kind: str) -> Restraint | None:
    """The first that stands at one of the properties; one query."""
    found = (row for row in restraints_read() if row.kind == kind)
    if properties is EVERYTHING:
        return next(found, None)
    ids = frozenset(properties)  # type: ignore[arg-type]
    return next((row for row in found if row.property_id in ids), None)


def require_export(properties: Scope) -> None:
    """Before a file that carries personal data is made.

    Raises:
        NotPermitted: see ``require_exports``.
        StorageLow: there is no room for files.
    """
    require_exports(properties)
    require_room()


def require_exports(properties: Scope) -> None:
    """Before a file that carries personal data is given out.

    Args:
        properties: ids of those whose data are in it, or ``EVERYTHING``.

    Raises:
        NotPermitted: exports of one of them are frozen (``exports_frozen``).
    """
    held = restraint_at(properties, RestraintKind.EXPORTS)
    if held is not None:
        raise NotPermitted(held.sentence, code="exports_frozen", extra=_extra(held))


def require_writable(property_id: int) -> None:
    """Before work that must not begin where it cannot end; the database refuses every change anyway.

    Raises:
        ReadOnly: the property takes no changes now.
    """
    held = restraint_at([property_id], RestraintKind.READ_ONLY)
    if held is not None:
        raise ReadOnly(held.sentence, extra=_extra(held))


def read_only_everywhere(properties: Iterable[int]) -> Restraint | None:
    """The first restraint of properties of which each takes no changes now; None when one does, or there are none."""
    held = {row.property_id: row for row in restraints_read() if row.kind == RestraintKind.READ_ONLY}
    ids = sorted(properties)
    return held[ids[0]] if ids and held.keys() >= set(ids) else None


def _extra(held: Restraint) -> dict[str, object]:
    return {"property": held.property_id, "until": held.until.isoformat()}
