"""The record of processing activities (GDPR 30), made from what the apps declare."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from hotel.core.clock import now
from hotel.core.personal import personal_data
from hotel.core.plugs import PersonalData
from hotel.properties.models import Property
from security.compliance_choices import Framework
from security.domain.transfers import is_transfer
from security.models import Processor, RetentionRule
from security.selectors.compliance import figures_of, report_before
from security.selectors.keys import inventory
from security.selectors.processing_gaps import gaps
from security.selectors.trail import sealed_up_to

PROCESSOR = (
    "name",
    "service",
    "country",
    "data_categories",
    "safeguards",
    "sub_processors",
    "contract_on",
)


@dataclass(frozen=True)
class Activity:
    """One line of the record: a purpose of one app, and all that is processed for it."""

    app: str
    purpose: str
    legal_basis: str
    whose: str
    data: tuple[str, ...]
    tiers: tuple[str, ...]
    recipients: tuple[str, ...]
    sources: tuple[str, ...]
    retention: str


def activities(place: Property) -> list[Activity]:
    """The record of a property, in order of the floors and purposes."""
    rules = retention_rules(place, now().astimezone(place.zone).date())
    rows = sorted(enumerate(personal_data()), key=lambda pair: _key(pair[1]))
    first: dict[tuple[str, ...], int] = {}
    for position, row in rows:
        first.setdefault(_key(row), position)
    groups = {key: [row for _, row in group] for key, group in groupby(rows, key=lambda pair: _key(pair[1]))}
    return [_activity(groups[key], rules) for key in sorted(groups, key=first.__getitem__)]


def _key(row: PersonalData) -> tuple[str, ...]:
    return row.model.split(".")[0], row.purpose, row.legal_basis, row.whose, row.retention


def _activity(rows: list[PersonalData], rules: dict[str, str]) -> Activity:
    app, purpose, legal_basis, whose, retention = _key(rows[0])
    return Activity(
        app=app,
        purpose=purpose,
        legal_basis=legal_basis,
        whose=whose,
        data=tuple(f"{row.model.split('.')[1]}: {', '.join(row.fields)}" for row in rows),
        tiers=_once(row.tier for row in rows),
        recipients=_once(one for row in rows for one in row.recipients),
        sources=_once(row.source for row in rows),
        retention=rules.get(retention, "not decided"),
    )


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def retention_rules(place: Property, day: date) -> dict[str, str]:
    """Document class to how long it is kept at a property, in words, as of a calendar day."""
    found: dict[str, str] = {}
    for rule in RetentionRule.objects.filter(property=place, country=place.country, valid_from__lte=day):
        if rule.valid_to is None or rule.valid_to >= day:
            doubt = "" if rule.is_confirmed else ", to be confirmed by counsel"
            found.setdefault(rule.document_class, f"{rule.months} months ({rule.source}{doubt})")
    return found


def record_values(place: Property) -> dict[str, Any]:
    """The record as plain values: controller, activities, processors, transfers, measures, and what is missing."""
    processors = [
        {**row, "is_transfer": is_transfer(row["country"])}
        for row in Processor.objects.filter(property=place, is_active=True).values(*PROCESSOR)
    ]
    return {
        "controller": {
            "name": place.name,
            "address": place.address,
            "email": place.email,
            "country": place.country,
        },
        "activities": [
            {**vars(one), "legal_basis": one.legal_basis.replace("_", " ")} for one in activities(place)
        ],
        "processors": processors,
        "transfers": [row for row in processors if row["is_transfer"]],
        "measures": measures(),
        "gaps": gaps(place),
    }


def measures() -> list[tuple[str, str]]:
    """Technical and organisational measures in general, each with what shows it (GDPR 30(1)(g), 32)."""
    columns, report = inventory(), report_before(Framework.GDPR)
    searched = sum(bool(line.searched_by) for line in columns)
    if report is None:
        looked = "never: ask for a report on the page of compliance"
    else:
        counts = ", ".join(f"{count} {outcome.label}" for outcome, count in figures_of(report))
        looked = f"{report.finished_at:%d %b %Y}: {counts}"
    return [
        ("Encryption", f"{len(columns)} columns are ciphertext, {searched} of them found by keyed hashes"),
        ("Separation", "rows of a hotel are read only for it, by rules of the database itself"),
        (
            "Access",
            "rights by role and hotel; names, words and files of guests only with a right of their own",
        ),
        ("Proof", f"changes and looks at guests' data stand in a trail, sealed up to entry {sealed_up_to()}"),
        ("Last looked at", looked),
    ]
