"""The least valid keys and changes of keys."""

from hotel.core.clock import now
from hotel.properties.models import Property
from security.models import DataEncryption, KeyRotation


def data_encryption_make(place: Property | None = None, **over) -> DataEncryption:
    """A wrapping key that was taken away."""
    values = {"key_id": f"k{DataEncryption.objects.count()}", "source": "env", "state": "retired"}
    if over.get("state", "retired") in ("retired", "missing"):
        values["retired_at"] = now()
    return DataEncryption.objects.create(**{**values, **over})


def key_rotation_make(place: Property | None = None, **over) -> KeyRotation:
    """A change of the wrapping key that has ended."""
    values = {"kind": "wrapping", "target": "t1", "status": "done", "total": 2, "done": 2, "ended_at": now()}
    return KeyRotation.objects.create(**{**values, **over})
