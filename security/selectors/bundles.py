"""All that the house knows of one guest, with why, whence, for whom and how long (GDPR 15, 20)."""

import json
from typing import Any

from django.utils.module_loading import import_string

from hotel.core.clock import now
from hotel.core.exports import csv_bytes
from hotel.core.personal import personal_data, rows_of
from hotel.core.plugs import plugs
from hotel.guests.services.privacy import profiles_of
from security.models import PrivacyRequest
from security.privacy_choices import RequestKind
from security.selectors.processing_record import retention_rules

SCHEMA = "auberge.privacy-bundle.1"
PORTABLE = ("contract", "consent")
INTERNAL = (
    "email_fingerprint",
    "phone_fingerprint",
    "number_fingerprint",
    "name_key",
    "search_text",
    "snapshot",
)
RIGHTS = (
    "You may have what is wrong put right, have data erased or their use restricted, take them to somebody else, and "
    "object to marketing at any time and to anything that rests on a legitimate interest.",
    "You may withdraw each consent at any time, as easily as you gave it.",
    "You may complain to a supervisory authority.",
)
LOGIC = (
    "Profiles are compared by name, e-mail, telephone, birth date and documents to find double ones; a person decides.",
    "Stays, nights and what was paid are added up to know regular guests.",
    "Prices follow demand for rooms and dates, never who asks. No decision about you is made by a machine alone.",
)


def bundle_values(request: PrivacyRequest) -> dict[str, Any]:
    """The bundle of a request as plain values; of a portability only what the guest gave for contract or by consent.

    Blind indexes and keys of searches are named, not given: they are keyed hashes and copies of what is given.
    """
    place, ids = request.property, profiles_of(request.guest_id)
    rules = retention_rules(place, now().astimezone(place.zone).date())
    is_portable = request.kind == RequestKind.PORTABILITY
    data = []
    for declared in personal_data(whose="guest"):
        if is_portable and declared.legal_basis not in PORTABLE:
            continue
        rows = rows_of(declared, ids)
        data.append(
            {
                "what": declared.model,
                "fields": list(declared.fields),
                "purpose": declared.purpose,
                "legal_basis": declared.legal_basis,
                "kept_for": rules.get(declared.retention, "not decided"),
                "recipients": list(declared.recipients),
                "source": declared.source,
                "rows": [_shown(row) for row in rows],
            }
        )
    return {
        "schema": SCHEMA,
        "made_at": now().isoformat(),
        "request": request.pk,
        "controller": {"name": place.name, "address": place.address, "email": place.email},
        "data": data,
        "records": {} if is_portable else _records(request.guest_id),
        "profiling": list(LOGIC),
        "rights": list(RIGHTS),
    }


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: "(an index, not given)" if name in INTERNAL and value else value for name, value in row.items()
    }


def _records(guest_id: int) -> dict[str, Any]:
    """What the providers tell besides declared columns: letters and cards in their own words."""
    wanted = ("messages", "cards")
    found = [one for plug in plugs() for one in plug.privacy if one.export and one.name in wanted]
    return {one.name: import_string(one.export)(guest_id=guest_id) for one in found}


def bundle_csv(document: str) -> str:
    """The data of a bundle as CSV with a header: ``what, row, field, value``, one line for each value that is there."""
    rows = [("what", "row", "field", "value")]
    for part in json.loads(document)["data"]:
        for row in part["rows"]:
            for name, value in row.items():
                if name != "id" and value not in (None, "", [], {}):
                    rows.append((part["what"], row["id"], name, _plain(value)))
    return csv_bytes(rows, has_mark=False).decode()


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
