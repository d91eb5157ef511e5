"""Pages at the processor where guests give a card or pay: opened, looked at again, settled."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from hotel.accounts.models import User
from hotel.core.clock import now
from hotel.core.exceptions import RuleBroken
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.folios.adapters.base import Card, Page, PageOrder, Receipt
from hotel.folios.choices import LinkStatus, PageStatus, PaymentStatus
from hotel.folios.models import CardToken, GatewayAccount, HostedPage, Payment, PaymentLink
from hotel.folios.selectors.payments import account_of
from hotel.folios.services.gateway_calls import gateway_of, notify_url
from hotel.folios.services.payment_ledger import payment_book, payment_locked, payment_save
from hotel.guests.models import Guest
from hotel.properties.models import Property

CHECK_EVERY = timedelta(minutes=2)


def account_needed(place: Property) -> GatewayAccount:
    """The account that takes new card payments.

    Raises:
        RuleBroken: the property has none (``no_gateway``).
    """
    account = account_of(place.pk)
    if account is None:
        raise RuleBroken(_("This property has no account at a card processor."), code="no_gateway")
    return account


def card_page_open(
    *, place: Property, guest: Guest | None, return_url: str, key: uuid.UUID, actor: User | None = None
) -> HostedPage:
    """A page where a guest gives a card that we may charge later. Repeatable by its key.

    Must not run inside a transaction: the page is committed before the processor makes it.

    Raises:
        RuleBroken: the property has no account at a processor.
        GatewayError: the processor made no page; repeat it.
    """
    page = HostedPage.objects.at(place.pk).filter(key=key).first()
    if page is None:
        page = HostedPage.objects.create(
            property=place,
            account=account_needed(place),
            key=key,
            guest=guest,
            return_url=return_url,
            next_check_at=now() + CHECK_EVERY,
            opened_by=actor,
        )
    return page_made(page)


def page_made(page: HostedPage) -> HostedPage:
    """Let the processor make a page that is written down, unless it did. Repeatable; outside any transaction.

    Raises:
        GatewayError: the processor made none.
    """
    if page.reference:
        return page
    payment = page.payment
    order = PageOrder(
        key=str(page.key),
        return_url=page.return_url,
        amount=payment.amount if payment else None,
        description=payment.description if payment else page.property.name,
        notify_url=notify_url(page.account),
    )
    made = gateway_of(page.account).page_open(order)
    page.reference, page.url = made.reference, made.url
    page.save(update_fields=["reference", "url", "updated_at"])
    return page


def page_check(*, page_id: int) -> HostedPage:
    """Ask the processor how a page stands, keep the card and book the payment. Repeatable.

    A page whose link was cancelled or is over is closed first; who paid until then has paid, and it is booked.
    Must not run inside a transaction.

    Publishes: PaymentStatusChanged, PaymentReceived or DepositPosted, when something was paid.

    Raises:
        GatewayError: the processor does not tell now; the page is looked at again later.
    """
    page = HostedPage.objects.select_related("account", "payment", "property").get(pk=page_id)
    if page.status != PageStatus.OPEN:
        return page
    HostedPage.objects.filter(pk=page.pk, status=PageStatus.OPEN).update(next_check_at=now() + CHECK_EVERY)
    is_new = not page.reference
    if is_new:
        page = page_made(page)
    is_over = _is_over(page)
    if is_new and not is_over:
        return page
    gateway = gateway_of(page.account)
    ask = gateway.page_close if is_over else gateway.page_read
    return _settle(page, ask(page.reference))


def _is_over(page: HostedPage) -> bool:
    """Whether nobody shall pay there any more. Money may be there already."""
    if page.payment is None:
        return False
    links = PaymentLink.objects.at(page.property_id).filter(payment=page.payment)
    return links.filter(Q(status=LinkStatus.CANCELLED) | Q(expires_at__lte=now())).exists()


@transaction.atomic(durable=True)
def _settle(page: HostedPage, told: Page) -> HostedPage:
    """Write down what the guest did.

    Locks: the property (shared), the windows of the folio, the payment, the page.
    """
    payment = payment_locked(page.payment) if page.payment else None
    (fresh,) = lock_rows(HostedPage.objects.filter(pk=page.pk).select_related("account", "guest"))
    if fresh.status != PageStatus.OPEN or (told.is_open and not told.receipt):
        return fresh
    fresh.card = _card_kept(fresh, told.card) if told.card else None
    fresh.status = PageStatus.DONE if told.card or told.receipt else PageStatus.EXPIRED
    fresh.next_check_at, fresh.url = None, ""
    if payment is not None and payment.status == PaymentStatus.PENDING:
        _paid(payment, fresh, told.receipt)
    fresh.save()
    return fresh


def _paid(payment: Payment, page: HostedPage, receipt: Receipt | None) -> None:
    """Book what the processor has taken; it is the truth, also when it is not what was asked for."""
    if receipt is None:
        payment.status, payment.failure_code = PaymentStatus.FAILED, "page_expired"
        payment.failure_reason = "The guest did not pay at the page."
    else:
        payment.card, payment.gateway_reference = page.card, receipt.reference
        payment.amount = receipt.amount
        payment.status = PaymentStatus.CAPTURED
        payment_book(payment, receipt.amount)
    payment_save(payment, before=PaymentStatus.PENDING)


def _card_kept(page: HostedPage, card: Card) -> CardToken:
    values = {
        "property_id": page.property_id,
        "guest": page.guest,
        "brand": card.brand[:20],
        "bin": card.bin[:6],
        "last4": card.last4,
        "expires": card.expires,
    }
    return CardToken.objects.get_or_create(account=page.account, token=card.token, defaults=values)[0]


@transaction.atomic
def card_remove(*, card: CardToken) -> CardToken:
    """Use a card no more; the processor is told to forget it. Repeatable.

    Payments made with it keep its last digits; what is reserved on it can be taken, and refunds to it go on working.

    Locks: the card.
    """
    (fresh,) = lock_rows(CardToken.objects.filter(pk=card.pk))
    if fresh.is_active:
        fresh.is_active, fresh.forget_at = False, now()
        fresh.save(update_fields=["is_active", "forget_at", "updated_at"])
    return fresh
