"""Payments as they stand, and what about them is still to be clarified."""

from dataclasses import replace

from django.db.models import QuerySet

from hotel.core.actions import Action
from hotel.core.clock import now
from hotel.core.exceptions import InvalidInput
from hotel.core.plugs import payment_code_owners
from hotel.core.words import _
from hotel.folios.choices import CallStatus, CodeKind, PageStatus
from hotel.folios.domain.payments import Standing, actions
from hotel.folios.models import (
    CardToken,
    GatewayAccount,
    GatewayCall,
    GatewayNotice,
    HostedPage,
    Payment,
    TransactionCode,
)


def standing_of(payment: Payment) -> Standing:
    """What the table of commands needs to know. One query, unless ``calls`` are prefetched."""
    is_open = any(call.status == CallStatus.OPEN for call in payment.calls.all())
    return replace(payment.standing, is_in_flight=is_open)


def payment_actions(payment: Payment) -> list[Action]:
    """All commands on a payment, each allowed or denied with its reason."""
    return actions(standing_of(payment))


def ways_of_payment(property_id: int) -> QuerySet[TransactionCode]:
    """Codes that people choose for a payment; those of components are posted by these alone."""
    rows = TransactionCode.objects.at(property_id).filter(kind=CodeKind.PAYMENT, is_active=True)
    return rows.exclude(code__in=payment_code_owners())


def payment_code(property_id: int, code: str) -> TransactionCode:
    """A way of payment by its name.

    Raises:
        InvalidInput: the property has none of this name (``code_invalid``).
    """
    found = ways_of_payment(property_id).filter(code=code).first()
    if found is None:
        text = _("There is no way of payment called %(code)s here.") % {"code": code}
        raise InvalidInput(text, code="code_invalid", fields={"code": [text]})
    return found


def account_of(property_id: int) -> GatewayAccount | None:
    """The account that takes new card payments; None when the property has none."""
    return GatewayAccount.objects.at(property_id).filter(is_active=True).first()


def calls_due(*, limit: int = 100) -> list[int]:
    """Ids of orders whose outcome is to be asked for now, the longest waiting first; over all properties."""
    rows = GatewayCall.objects.filter(status=CallStatus.OPEN, next_attempt_at__lte=now())
    return list(rows.order_by("next_attempt_at").values_list("pk", flat=True)[:limit])


def pages_due(*, limit: int = 100) -> list[int]:
    """Ids of hosted pages to look at now; over all properties."""
    rows = HostedPage.objects.filter(status=PageStatus.OPEN, next_check_at__lte=now())
    return list(rows.order_by("next_check_at").values_list("pk", flat=True)[:limit])


def cards_due(*, limit: int = 100) -> list[int]:
    """Ids of cards that the processor is to forget now; over all properties."""
    rows = CardToken.objects.filter(forget_at__lte=now())
    return list(rows.order_by("forget_at").values_list("pk", flat=True)[:limit])


def notices_due(*, limit: int = 100) -> list[int]:
    """Ids of webhooks not yet handled; over all properties."""
    rows = GatewayNotice.objects.filter(handled_at=None, next_attempt_at__lte=now())
    return list(rows.order_by("next_attempt_at").values_list("pk", flat=True)[:limit])
