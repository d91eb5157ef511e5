"""Money on a guest's way through the house."""

from collections.abc import Set as AbstractSet

from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast
from moneyed import Money

from hotel.core.templatetags.pms import money
from hotel.folios.choices import PaymentKind, PaymentStatus
from hotel.folios.models import FolioWindow, Payment
from hotel.properties.journeys import JourneyRow, JourneyWords, journey_rows
from hotel.reservations.selectors.journey import stays_of_guest


def payments_of_guest(guest_id: int, property_ids: AbstractSet[int], kind: str) -> QuerySet:
    """What was paid and paid back on the folios of his stays, but for windows of others, and on windows of his own."""
    stays = stays_of_guest(guest_id, property_ids).values("pk")
    windows = FolioWindow.objects.filter(property_id__in=property_ids).order_by()
    his = windows.filter(guest=guest_id).values("pk")
    # A union, because an OR of two ways would have every payment of the house looked at.
    both = his.union(windows.filter(guest=None, folio__reservation__in=stays).values("pk"))
    return _rows(Payment.objects.filter(property_id__in=property_ids, window__in=both))


def deposits_of_guest(guest_id: int, property_ids: AbstractSet[int], kind: str) -> QuerySet:
    """What was paid and paid back for his stays before they began."""
    stays = stays_of_guest(guest_id, property_ids).values("pk")
    return _rows(Payment.objects.filter(property_id__in=property_ids, reservation__in=stays))


def _rows(rows: QuerySet[Payment]) -> QuerySet:
    return journey_rows(
        rows,
        at="created_at",
        what="kind",
        target="pk",
        more={
            "number": "number",
            "amount": Cast(F("amount"), TextField()),
            "currency": F("currency"),
            "status": "status",
        },
    )


def payment_told(row: JourneyRow) -> JourneyWords:
    """How much, and how it stands."""
    amount = money(Money(row.more["amount"], row.more["currency"]))
    status = row.more["status"]
    return JourneyWords(
        "money",
        str(PaymentKind(row.what).label),
        f"{row.more['number']} · {amount}",
        (status, str(PaymentStatus(status).label)),
    )
