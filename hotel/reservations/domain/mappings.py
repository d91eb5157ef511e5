"""The plain JSON form of a mapping, checked, and the mappings that come with the house; pure."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hotel.reservations.domain.importing import FIELDS, Column, FileMapping


class _Column(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    columns: list[str] = Field(min_length=1, max_length=8)
    form: str = Field("%Y-%m-%d", max_length=40)
    values: dict[str, str] = Field(default_factory=dict, max_length=1_000)
    default: str = Field("", max_length=120)


class _Contents(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    fields: dict[str, _Column | str]
    missing: list[str] = Field(default_factory=lambda: ["", "NULL", "null", "NA", "N/A", "-"])
    decimal_sign: str = Field(".", pattern=r"^[.,]$")
    is_lenient: bool = False


class MappingInvalid(ValueError):
    """The contents are no mapping; ``errors`` says what to change, one sentence each."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__(" ".join(errors))
        self.errors = errors


def mapping_load(contents: Mapping[str, Any]) -> FileMapping:
    """Read a mapping as people write it: a field is a column's name, or its columns, form, values and default.

    Raises:
        MappingInvalid: something unknown or malformed.
    """
    try:
        given = _Contents.model_validate(dict(contents))
    except ValidationError as error:
        found = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}." for e in error.errors(include_url=False)]
        raise MappingInvalid(found) from error
    unknown = sorted(set(given.fields) - set(FIELDS))
    if unknown:
        raise MappingInvalid([f"Unknown field {name!r}; known are {', '.join(FIELDS)}." for name in unknown])
    return FileMapping(
        fields={
            name: Column((column,))
            if isinstance(column, str)
            else Column(tuple(column.columns), column.form, column.values, column.default)
            for name, column in given.fields.items()
        },
        missing=frozenset(given.missing),
        decimal_sign=given.decimal_sign,
        is_lenient=given.is_lenient,
    )


# The public data sets of hotel booking demand (32 columns; identifiers removed, so rows are keyed by their line).
HOTEL_BOOKING_DEMAND: dict[str, Any] = {
    "fields": {
        "arrival": {
            "columns": ["arrival_date_day_of_month", "arrival_date_month", "arrival_date_year"],
            "form": "%d %B %Y",
        },
        "nights": {"columns": ["stays_in_weekend_nights", "stays_in_week_nights"]},
        "lead_days": "lead_time",
        "status": {
            "columns": ["reservation_status"],
            "values": {"Check-Out": "checked_out", "Canceled": "cancelled", "No-Show": "no_show"},
        },
        "ended_on": "reservation_status_date",
        "room_type": "reserved_room_type",
        "adults": "adults",
        "children": "children",
        "infants": "babies",
        "rate_per_night": "adr",
        "country": "country",
        "company": "company",
        "agent": "agent",
        "market": "market_segment",
        "channel": "distribution_channel",
        "source": "customer_type",
        "waitlist_days": "days_in_waiting_list",
        "changes": "booking_changes",
        "notes": {"columns": ["meal", "deposit_type"]},
    }
}
# One row per stay under plain English headers: what most systems can be told to export.
STANDARD: dict[str, Any] = {
    "is_lenient": True,
    "fields": {
        **{name: name for name in (
            "external_id", "arrival", "departure", "booked_on", "ended_on", "option_until", "room_type", "rate_plan",
            "adults", "children", "infants", "total", "currency", "first_name", "last_name", "email", "phone",
            "country", "company", "agent", "market", "channel", "source", "group", "notes",
        )},
        "status": {"columns": ["status"], "values": {
            "confirmed": "confirmed", "checked_out": "checked_out", "cancelled": "cancelled", "no_show": "no_show",
            "option": "option", "waitlisted": "waitlisted",
        }},
    }
}  # fmt: skip
BUILT_IN: dict[str, dict[str, Any]] = {"hotel_booking_demand": HOTEL_BOOKING_DEMAND, "standard": STANDARD}
