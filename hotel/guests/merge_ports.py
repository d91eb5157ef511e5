"""The port through which higher floors say where they refer to guests, so that a merge can re-point them.

A higher app calls ``register_guest_reference`` in its ``apps.ready``; guests never imports it.
"""

from dataclasses import dataclass

from django.db.models import Q

ALL = Q()


@dataclass(frozen=True)
class GuestReference:
    """A column that holds a guest.

    Attributes:
        model: label such as ``reservations.Booking``.
        field: name of the foreign key, or of a plain integer column holding the id.
        unique_with: other fields of a unique constraint with the guest. A row whose twin the kept guest has
            already stays with the merged one.
        among: the rows that the unique constraint looks at; others are nobody's twins and move.
        apart_from: another guest column of the row, which must not become the same guest.
    """

    model: str
    field: str
    unique_with: tuple[str, ...] = ()
    apart_from: str = ""
    among: Q = ALL


_references: dict[tuple[str, str], GuestReference] = {}


def register_guest_reference(
    model: str, field: str, *, unique_with: tuple[str, ...] = (), apart_from: str = "", among: Q = ALL
) -> None:
    """Have a merge re-point this column, and an un-merge point it back; repeatable."""
    _references[model, field] = GuestReference(model, field, unique_with, apart_from, among)


def guest_references() -> list[GuestReference]:
    """All columns that hold guests, in one order for everybody, because re-pointing locks their rows."""
    return [_references[key] for key in sorted(_references)]


register_guest_reference("guests.GuestConsent", "guest")
register_guest_reference(
    "guests.GuestDocument", "guest", unique_with=("kind", "issuing_country", "number_fingerprint")
)
register_guest_reference(
    "guests.GuestRelationship", "guest", unique_with=("kind", "company", "other"), apart_from="other"
)
register_guest_reference(
    "guests.GuestRelationship", "other", unique_with=("kind", "guest"), apart_from="guest"
)
register_guest_reference("messaging.Message", "guest_id")
