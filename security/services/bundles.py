"""Bundles: made by a worker, kept encrypted for a week, handed out by a link that ends."""

import base64
import hashlib
import json
from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, NotFound, NotPermitted, StorageLow
from hotel.core.locks import lock_rows
from hotel.core.pdf import pdf_render
from hotel.core.words import _
from hotel.properties.selectors.restraints import require_export, require_exports
from security.models import PrivacyBundle, PrivacyRequest
from security.privacy_choices import BundleStatus, RequestKind, RequestStatus
from security.selectors.bundles import bundle_csv, bundle_values

VALID = timedelta(days=7)
SALT = "security.bundle"
KINDS = {"json": "application/json", "pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}


@transaction.atomic
def bundle_order(*, request: PrivacyRequest) -> PrivacyBundle:
    """Have the files of an identified guest made; one that waits or is being made is answered again.

    Raises:
        Conflict: not identified, closed, or no request for data.
        NotPermitted: exports of the hotel are frozen.
        StorageLow: there is no room for files.

    Locks: the request.
    """
    require_export([request.property_id])
    (row,) = lock_rows(PrivacyRequest.objects.filter(pk=request.pk))
    if (
        row.kind not in (RequestKind.ACCESS, RequestKind.PORTABILITY)
        or row.status != RequestStatus.IDENTIFIED
    ):
        raise Conflict(
            _("Files are made for identified guests who ask for their data."), code="status_forbids"
        )
    waiting = row.bundles.filter(status__in=[BundleStatus.QUEUED, BundleStatus.RUNNING]).first()
    return waiting or PrivacyBundle.objects.create(property_id=row.property_id, request=row)


def bundles_make() -> int:
    """Make all files that wait; those a dead worker left are begun anew. Repeatable. Returns how many are ready."""
    stale = now() - timedelta(minutes=10)
    PrivacyBundle.objects.filter(status=BundleStatus.RUNNING, updated_at__lt=stale).update(
        status=BundleStatus.QUEUED, progress=0
    )
    waiting = PrivacyBundle.objects.filter(status=BundleStatus.QUEUED).order_by("pk")
    return sum(bundle_make(bundle=row).status == BundleStatus.READY for row in waiting)


def bundle_make(*, bundle: PrivacyBundle) -> PrivacyBundle:
    """Gather, print and keep one bundle, telling how far it is. What fails is said, and can be ordered again."""
    _step(bundle, 5, status=BundleStatus.RUNNING)
    try:
        require_export([bundle.property_id])
        values = bundle_values(bundle.request)
        _step(bundle, 40)
        document = json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
        printed = pdf_render(
            render_to_string("security/bundle_pdf.html", {"bundle": json.loads(document)}),
            style="security/bundle_pdf.css",
        )
        _step(bundle, 90)
        require_exports([bundle.property_id])
    except (NotPermitted, StorageLow) as refused:
        _step(bundle, 0, status=BundleStatus.FAILED, failure=refused.message[:200])
        return bundle
    except Exception as error:
        _step(bundle, 0, status=BundleStatus.FAILED, failure=f"{type(error).__name__}"[:200])
        raise
    moment = now()
    _step(
        bundle,
        100,
        status=BundleStatus.READY,
        document=document,
        printed=base64.b64encode(printed).decode(),
        digest=hashlib.sha256(document.encode()).hexdigest(),
        made_at=moment,
        expires_at=moment + VALID,
    )
    return bundle


def _step(bundle: PrivacyBundle, progress: int, **columns: Any) -> None:
    for name, value in {"progress": progress, **columns}.items():
        setattr(bundle, name, value)
    bundle.save()


def bundle_token(bundle: PrivacyBundle) -> str:
    """The signed word in the link; it holds as long as the bundle is ready and not expired."""
    return Signer(salt=SALT).sign(str(bundle.pk)).replace(":", ".", 1)


def bundle_file(*, token: str, kind: str) -> tuple[bytes, str]:
    """What a link leads to, and its content type; each download is counted.

    Raises:
        NotFound: forged, expired or withdrawn, or no such kind.
        NotPermitted: exports of the hotel are frozen.
    """
    gone = NotFound(_("This link leads nowhere any more. Ask the hotel for a new one."))
    try:
        key = int(Signer(salt=SALT).unsign(token.replace(".", ":", 1)))
    except (BadSignature, ValueError) as error:
        raise gone from error
    row = PrivacyBundle.objects.filter(pk=key, status=BundleStatus.READY, expires_at__gt=now()).first()
    if row is None or kind not in KINDS:
        raise gone
    return _given_out(row, kind)


def bundle_hand_out(*, bundle: PrivacyBundle, kind: str) -> tuple[bytes, str]:
    """One file for somebody of the staff who gives it to the guest, and its content type; counted as a download.

    Raises:
        NotFound: not ready, expired, or no such kind.
        NotPermitted: exports of the hotel are frozen.
    """
    is_there = bundle.status == BundleStatus.READY and bundle.expires_at and bundle.expires_at > now()
    if not is_there or kind not in KINDS:
        raise NotFound(_("These files are not there any more. Have them made anew."))
    return _given_out(bundle, kind)


def _given_out(row: PrivacyBundle, kind: str) -> tuple[bytes, str]:
    require_exports([row.property_id])
    PrivacyBundle.objects.filter(pk=row.pk).update(downloads=F("downloads") + 1)
    if kind == "pdf":
        return base64.b64decode(row.printed), KINDS[kind]
    return (row.document if kind == "json" else bundle_csv(row.document)).encode(), KINDS[kind]


def bundles_expire() -> int:
    """Empty the files whose week is over. Repeatable. Returns how many."""
    over = PrivacyBundle.objects.filter(status=BundleStatus.READY, expires_at__lte=now())
    return over.update(status=BundleStatus.EXPIRED, document="", printed="")
