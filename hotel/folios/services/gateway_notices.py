"""The inbox of webhooks: a genuine notice is kept once and answered at once; what it is about is looked at later.

A notice is a bell, not the truth: we ask the processor. Only a chargeback, and that it was won, is taken as told,
because nobody can be asked about it.
"""

import logging
from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from moneyed import Money

from hotel.core.clock import now
from hotel.core.exceptions import NotFound
from hotel.core.words import _
from hotel.folios.adapters.base import GatewayError, Notice, NoticeKind
from hotel.folios.models import GatewayAccount, GatewayNotice, HostedPage, Payment
from hotel.folios.services.chargebacks import Dispute, chargeback_record, chargeback_win
from hotel.folios.services.gateway_calls import gateway_of, payment_clarify
from hotel.folios.services.hosted_pages import page_check
from hotel.folios.services.payment_data import KeyOfAnotherPayment
from hotel.messaging.domain.retries import backoff
from hotel.properties.tenancy import EVERYTHING, tenant_scope

logger = logging.getLogger(__name__)

PAUSE = timedelta(seconds=20)
LONGEST_PAUSE = timedelta(hours=1)
NOT_OURS = "nothing of ours"
_DISPUTES = {NoticeKind.CHARGEBACK: chargeback_record, NoticeKind.CHARGEBACK_WON: chargeback_win}


@transaction.atomic
def notice_receive(*, slug: str, body: bytes, headers: Mapping[str, str]) -> bool:
    """Keep a webhook. Repeatable: the same event is kept once.

    Args:
        slug: of the account, from the address.
        body: the very bytes received.
        headers: as received.

    Returns:
        Whether it is new.

    Raises:
        NotFound: no such account.
        ForgedNotice: the processor did not sign it.
    """
    with tenant_scope(EVERYTHING):  # nobody is signed in: the unguessable address says which hotel it is
        account = GatewayAccount.objects.filter(slug=slug).first()
    if account is None:
        raise NotFound(_("There is no such account."))
    with tenant_scope([account.property_id]):
        return _notice_keep(account, gateway_of(account).notice_read(body, headers))


def _notice_keep(account: GatewayAccount, notice: Notice) -> bool:
    values = {
        "property_id": account.property_id,
        "kind": notice.kind.value,
        "topic": notice.topic[:120],
        "reference": notice.reference[:120],
        "amount": notice.amount,
        "dispute": notice.dispute[:120],
        "fee": notice.fee.amount if notice.fee else 0,
        "next_attempt_at": now(),
    }
    kept = GatewayNotice.objects.get_or_create(account=account, event=notice.event[:120], defaults=values)
    return kept[1]


def notice_handle(*, notice_id: int) -> str:
    """Do what a notice calls for. Repeatable; must not run inside a transaction.

    Returns:
        What was done; empty when it has to be tried again, or was handled already.
    """
    notice = GatewayNotice.objects.select_related("account").filter(pk=notice_id, handled_at=None).first()
    if notice is None:
        return ""
    try:
        result = _handled(notice)
    except GatewayError as error:
        notice.attempts += 1
        pause = backoff(notice.attempts, base=PAUSE, cap=LONGEST_PAUSE, share=1)
        logger.info("Notice %s is looked at again: %s", notice.pk, error.code)
        GatewayNotice.objects.filter(pk=notice.pk).update(
            attempts=notice.attempts, next_attempt_at=now() + pause
        )
        return ""
    GatewayNotice.objects.filter(pk=notice.pk).update(handled_at=now(), next_attempt_at=None, result=result)
    return result


def _handled(notice: GatewayNotice) -> str:
    if notice.kind == NoticeKind.PAGE:
        page = HostedPage.objects.filter(account=notice.account, reference=notice.reference).first()
        return f"page {page_check(page_id=page.pk).status}" if page else NOT_OURS
    payment = Payment.objects.filter(
        account=notice.account, gateway_reference=notice.reference, of=None
    ).first()
    if payment is None or not notice.reference:
        return NOT_OURS
    if notice.kind == NoticeKind.PAYMENT:
        return f"payment {payment_clarify(payment=payment).status}"
    if notice.kind not in _DISPUTES or notice.amount is None:
        return "only kept"
    if notice.amount.currency.code != payment.currency:
        return "a chargeback in another currency: book it by hand"
    return _dispute_booked(notice, payment, notice.amount)


def _dispute_booked(notice: GatewayNotice, payment: Payment, amount: Money) -> str:
    dispute = Dispute(
        reference=notice.dispute or notice.event,
        amount=amount,
        fee=Money(notice.fee, amount.currency),
        reason=notice.topic,
    )
    try:
        made = _DISPUTES[NoticeKind(notice.kind)](payment=payment, dispute=dispute)
    except KeyOfAnotherPayment:
        return "a chargeback told with another amount before: book it by hand"
    return f"{made.kind} {made.number}"
