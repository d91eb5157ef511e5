"""The cards of one guest: given out and erased on request.

Payments stay as the law wants them: number, amount, day, brand and last four digits. What could charge the card again,
and whose it was, goes: here at once, at the processor by the reconciliation.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from hotel.core.clock import now
from hotel.core.locks import lock_rows
from hotel.folios.choices import CallStatus, PageStatus
from hotel.folios.models import CardToken, GatewayCall, HostedPage, Payment
from hotel.folios.services.gateway_calls import gateway_of

PAUSE = timedelta(minutes=10)
ERASED = "erased"
FORGOTTEN = Q(token__startswith=f"{ERASED}-")


def guest_cards_export(*, guest_id: int) -> list[dict[str, Any]]:
    """Every card kept of a guest, oldest first, as plain values, never its token; with the payments made by it."""
    rows = _cards(guest_id).prefetch_related("payments").select_related("property")
    return [
        {
            "property": card.property.name,
            "brand": card.brand,
            "last4": card.last4,
            "expires": card.expires,
            "is_active": card.is_active,
            "kept_since": card.created_at,
            "payments": sorted(payment.number for payment in card.payments.all()),
        }
        for card in rows.order_by("pk")
    ]


@transaction.atomic
def guest_cards_erase(*, guest_id: int) -> int:
    """Take a guest's cards from him: they are used no more, and the processor is told to forget them.

    Pages that wait for a card of his are given up. Repeatable; calls nobody, so it may be part of a transaction.

    Returns:
        How many cards were his.

    Raises:
        LockRefused: somebody is paying by one of them right now.

    Locks: the guest's pages, then his cards.
    """
    pages = lock_rows(HostedPage.objects.filter(guest=guest_id))
    waiting = [page.pk for page in pages if page.status == PageStatus.OPEN and page.payment_id is None]
    HostedPage.objects.filter(pk__in=waiting).update(status=PageStatus.EXPIRED, next_check_at=None, url="")
    HostedPage.objects.filter(guest=guest_id).update(guest=None)
    cards = lock_rows(_cards(guest_id))
    his = CardToken.objects.filter(pk__in=[card.pk for card in cards])
    his.exclude(FORGOTTEN).update(is_active=False, forget_at=now())
    return his.update(guest=None, bin="")


def _cards(guest_id: int) -> QuerySet[CardToken]:
    """The cards a guest gave, also removed ones; those of nobody that paid for his stays or windows, such as by a link.

    Those taken from him before are not his any more.
    """
    paid = Payment.objects.filter(card=OuterRef("pk")).filter(
        Q(reservation__primary_guest=guest_id) | Q(window__guest=guest_id)
    )
    return CardToken.objects.filter(
        Q(guest=guest_id) | Q(Exists(paid), ~FORGOTTEN, guest=None, forget_at=None)
    )


def card_forget(*, card_id: int) -> bool:
    """Let the processor forget a card, then forget its token. Repeatable; must not run inside a transaction.

    A card waits while an order by it is open, which may have to be sent again.

    Returns:
        Whether it is forgotten now.

    Raises:
        GatewayError: the processor did not say so; it is asked again later.
    """
    rows = CardToken.objects.filter(pk=card_id, forget_at__lte=now())
    if not rows.update(forget_at=now() + PAUSE):
        return False
    is_open = GatewayCall.objects.filter(payment__card=OuterRef("pk"), status=CallStatus.OPEN)
    card = CardToken.objects.filter(~Exists(is_open), pk=card_id).select_related("account").first()
    if card is None:
        return False
    gateway_of(card.account).card_forget(card.token)
    CardToken.objects.filter(pk=card_id).update(token=f"{ERASED}-{card_id}", forget_at=None)
    return True
