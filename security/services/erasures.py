"""Erasures: each app empties what it knows, logs and keys go, and a certificate says what was done and left."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from auditlog.models import LogEntry
from django.contrib.admin.models import LogEntry as AdminLogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.module_loading import import_string

from hotel.contracts.privacy import GuestErased
from hotel.core.crypto import key_ring
from hotel.core.facts import publish
from hotel.core.personal import ids_about, personal_data
from hotel.core.plugs import plugs
from hotel.guests.services.privacy import profiles_of
from security.models import ErasureCertificate, PrivacyRequest
from security.privacy_choices import RequestStatus
from security.selectors.erasures import erasure_obstacles, erasure_plan
from security.services.privacy_requests import closed, locked, moved

ERASED = "erased"


def erasures_carry_out() -> int:
    """Carry out all erasures that are approved, each in a transaction of its own. Repeatable. Returns how many."""
    waiting = PrivacyRequest.objects.filter(status=RequestStatus.APPROVED).order_by("pk")
    return sum(erasure_carry_out(request=request) is not None for request in waiting)


@transaction.atomic
def erasure_carry_out(*, request: PrivacyRequest) -> ErasureCertificate | None:
    """Erase a guest as approved: apps from the roof down, then logs, then keys.

    What the law wants kept stays, and the certificate says what and why. A stay that was booked or a hold that was
    placed since the approval refuses the request with its reasons.

    Returns:
        The certificate; None when it was refused, or done already.

    Locks: the request, then what each app locks.
    """
    request = locked(request)
    if request.status != RequestStatus.APPROVED:
        return None
    if reasons := erasure_obstacles(request.guest_id):
        closed(moved(request, RequestStatus.REFUSED), " ".join(reasons), None)
        return None
    done = guest_forget(request.guest_id)
    certificate = _certificate(request, done)
    _close(request, done.kept)
    certificate.request.refresh_from_db()
    publish(
        GuestErased(property_id=None, guest_id=request.guest_id, request_id=request.pk, profile_ids=done.ids)
    )
    return certificate


@dataclass(frozen=True)
class Forgotten:
    """What an erasure did: profiles, rows by provider, what was kept and why, and how many keys went."""

    ids: tuple[int, ...]
    erased: dict[str, int]
    kept: list[dict[str, Any]]
    keys: int


def guest_forget(guest_id: int) -> Forgotten:
    """Erase a guest whom nothing forbids to erase, in the caller's transaction; no request and no certificate."""
    ids = profiles_of(guest_id)
    kept = [
        {"model": line.model, "rows": line.rows, "reason": line.kept}
        for line in erasure_plan(guest_id)
        if line.kept
    ]
    rows = {row.model: ids_about(row, ids) for row in personal_data(whose="guest")}
    erased = _apps_erase(guest_id)
    erased["logs"] = _logs_erase(rows)
    return Forgotten(tuple(ids), erased, kept, _keys_forget(ids))


def _apps_erase(guest_id: int) -> dict[str, int]:
    """The roof first: what stands above may need a name to find what to erase."""
    return {
        provider.name: import_string(provider.erase)(guest_id=guest_id)
        for plug in reversed(plugs())
        for provider in plug.privacy
    }


def _logs_erase(rows: dict[str, set[int]]) -> int:
    """The readable audit of his rows keeps who did what when; values and names go."""
    done = 0
    for label, ids in rows.items():
        kind = ContentType.objects.get_by_natural_key(*label.lower().split("."))
        logs = LogEntry.objects.filter(content_type=kind, object_id__in=ids)
        done += logs.update(
            changes={}, changes_text="", object_repr=ERASED, serialized_data=None, additional_data=None
        )
        keys = [str(pk) for pk in ids]
        AdminLogEntry.objects.filter(content_type=kind, object_id__in=keys).update(
            object_repr=ERASED, change_message=""
        )
    return done


def _keys_forget(ids: list[int]) -> int:
    """Destroy the keys of his own: copies and backups become unreadable. Returns how many there were."""
    return sum(key_ring().forget(subject=f"guest:{pk}") for pk in ids)


def certificate_digest(values: dict[str, Any]) -> str:
    """SHA-256 of canonical JSON."""
    text = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def certificate_values(row: ErasureCertificate) -> dict[str, Any]:
    """What the digest of a certificate is over."""
    return {
        "request": row.request_id,
        "guest_id": row.guest_id,
        "erased": row.erased,
        "kept": row.kept,
        "keys": row.keys_forgotten,
    }


def _certificate(request: PrivacyRequest, done: Forgotten) -> ErasureCertificate:
    row = ErasureCertificate(
        property_id=request.property_id,
        request=request,
        guest_id=request.guest_id,
        erased=done.erased,
        kept=done.kept,
        keys_forgotten=done.keys,
    )
    row.digest = certificate_digest(certificate_values(row))
    row.save()
    return row


def _close(request: PrivacyRequest, kept: list[dict[str, Any]]) -> None:
    # The case itself is always kept; it is no part of what was asked for.
    reasons = sorted({line["reason"] for line in kept if not line["model"].startswith("security.")})
    status = RequestStatus.PARTLY_COMPLETED if reasons else RequestStatus.COMPLETED
    outcome = "Erased." if not reasons else f"Erased but for what must be kept: {'; '.join(reasons)}."
    closed(moved(request, status), outcome, None)
