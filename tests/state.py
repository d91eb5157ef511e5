"""What a property's business tables say after a day: everything but ids, instants and drawn numbers."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from hotel.core.models import OutboxMessage
from hotel.folios.models import (
    CashMovement,
    Folio,
    GatewayCall,
    HostedPage,
    Journal,
    LedgerDay,
    LedgerEntry,
    Payment,
    PaymentLink,
    Posting,
    PostingTax,
)
from hotel.properties.models import BusinessDay, Property
from hotel.reservations.models import Reservation, ReservationChange, RoomAssignment
from hotel.rooms.models import InventoryNight, Room, RoomStatusChange
from hotel.stays.models import DailyStatistic, NightAudit, NightAuditStep

COLUMNS: dict[type, tuple[str, ...]] = {
    BusinessDay: ("business_date",),
    Reservation: ("status", "arrival", "departure", "total_amount", "fee_amount", "version"),
    ReservationChange: ("kind", "version", "business_date"),
    RoomAssignment: ("room__number", "arrival", "departure"),
    Room: ("number", "housekeeping_status"),
    RoomStatusChange: ("room__number", "from_status", "to_status", "source"),
    InventoryNight: ("room_type__code", "night", "sold", "day_sold"),
    Folio: ("kind", "status", "opened_on"),
    Posting: ("code__code", "net", "gross", "business_date", "revenue_date", "description", "source"),
    PostingTax: ("code__code", "base", "amount"),
    Journal: ("kind", "business_date"),
    LedgerEntry: ("ledger", "amount", "code__code", "business_date"),
    LedgerDay: ("business_date", "ledger", "opening", "debits", "credits", "closing"),
    Payment: (
        "kind", "status", "code__code", "amount", "authorised_amount", "captured_amount", "refunded_amount",
        "charged_back_amount", "description", "failure_code", "version",
    ),
    GatewayCall: ("kind", "status", "amount", "code"),
    HostedPage: ("status", "payment__amount"),
    PaymentLink: ("status", "amount"),
    CashMovement: ("kind", "amount"),
    NightAudit: ("business_date", "status", "blockers"),
    NightAuditStep: ("name", "position", "status", "result"),
    DailyStatistic: (
        "business_date", "rooms_available", "rooms_sold", "rooms_complimentary", "rooms_day_use", "arrivals",
        "departures", "no_shows", "cancellations", "persons", "room_revenue", "no_show_revenue", "other_revenue", "tax",
    ),
    OutboxMessage: ("topic",),
}  # fmt: skip


def state_of(place: Property) -> dict[str, list[str]]:
    """Rows of each table as text, sorted; equal for two properties to which the same has happened."""
    return {
        model.__name__: sorted(
            _text(row)
            for row in model._default_manager.filter(property_id=place.pk).order_by().values_list(*columns)
        )
        for model, columns in COLUMNS.items()
    }


def _text(row: tuple[Any, ...]) -> str:
    return json.dumps([str(value) for value in row], cls=DjangoJSONEncoder)
