"""Money on a guest's way through the house."""

from collections.abc import Set as AbstractSet

from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast
from moneyed import Money

from hotel.core.templatetags.pms import money
from hotel.folios.choices import PaymentKind, PaymentStatus
from hotel.folios.models import Payment
from hotel.properties.journeys import JourneyRow, JourneyWords, journey_rows
from hotel.reservations.selectors.journey import stays_of_guest


def payments_of_guest(guest_id: int, property_ids: AbstractSet[int], kind: str) -> QuerySet:
    """What was paid and paid back for his stays, or by him for a window of his own."""
    stays = stays_of_guest(guest_id, property_ids).values("pk")
    his = Q(reservation__in=stays) | Q(window__folio__reservation__in=stays, window__guest=None)
    rows = Payment.objects.filter(his | Q(window__guest=guest_id), property_id__in=property_ids)
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
