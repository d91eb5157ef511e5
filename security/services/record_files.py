"""The record of processing as PDF and as workbook, as of now."""

from typing import Any

from django.template.loader import render_to_string

from hotel.core.clock import now
from hotel.core.exports import workbook_bytes, workbook_moment
from hotel.core.pdf import pdf_render
from hotel.properties.models import Property
from security.selectors.processing_record import record_values

TITLES = {
    "app": "Part of the house",
    "purpose": "Purpose",
    "legal_basis": "Legal basis",
    "whose": "Whose data",
    "data": "Data",
    "tiers": "Tiers",
    "recipients": "Recipients",
    "sources": "Sources",
    "retention": "Kept for",
}


def record_name(place: Property, ending: str) -> str:
    """Its file's name."""
    return f"record-of-processing-{place.code}-{now().astimezone(place.zone):%Y-%m-%d}.{ending}"


def record_pdf(place: Property) -> bytes:
    """The record on paper: controller, gaps, activities, processors, transfers and measures."""
    values = {**record_values(place), "place": place, "made_at": now().astimezone(place.zone)}
    return pdf_render(render_to_string("security/record_pdf.html", values), style="security/record_pdf.css")


def record_xlsx(place: Property) -> bytes:
    """The record as a workbook of five sheets; the moment is in UTC."""
    values = record_values(place)
    controller = [
        ("What", "Value"),
        *((name.capitalize(), text) for name, text in values["controller"].items()),
        ("Made", workbook_moment(now())),
        *((name, text) for name, text in values["measures"]),
    ]
    activities = [
        tuple(TITLES.values()),
        *(tuple(_cell(row[name]) for name in TITLES) for row in values["activities"]),
    ]
    heads = ("name", "service", "country", "data_categories", "contract_on", "safeguards", "sub_processors")
    titles = tuple(name.replace("_", " ").capitalize() for name in heads)
    processors = [titles, *(tuple(row[name] for name in heads) for row in values["processors"])]
    transfers = [titles, *(tuple(row[name] for name in heads) for row in values["transfers"])]
    missing = [("Where", "What is missing", "GDPR"), *((g.where, g.says, g.article) for g in values["gaps"])]
    return workbook_bytes(
        {
            "Controller": controller,
            "Activities": activities,
            "Processors": processors,
            "Transfers": transfers,
            "Gaps": missing,
        }
    )


def _cell(value: Any) -> Any:
    return "; ".join(value) if isinstance(value, tuple) else value
