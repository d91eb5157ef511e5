"""Payment links: an address with a signed token, sent to a guest, that leads to the processor's page."""

import logging
import uuid
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from moneyed import Money

from hotel.accounts.models import User
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotFound
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.folios.adapters.base import GatewayError
from hotel.folios.choices import LinkStatus, PageStatus, PaymentStatus
from hotel.folios.models import HostedPage, PaymentLink
from hotel.folios.services.codes import standard_code
from hotel.folios.services.hosted_pages import CHECK_EVERY, account_needed, page_check, page_made
from hotel.folios.services.payment_data import (
    PaymentData,
    Target,
    amount_check,
    payment_begin,
    target_columns,
    target_of,
)
from hotel.folios.services.payments import BY_PROCESSOR, target_check

logger = logging.getLogger(__name__)
_signer = signing.Signer(salt="folios.payment_link")


@transaction.atomic
def link_create(
    *,
    target: Target,
    amount: Money,
    expires_at: datetime,
    description: str = "",
    actor: User | None = None,
) -> PaymentLink:
    """Make a link by which a guest pays an amount once.

    Args:
        target: the window it settles, or the stay it is a deposit for.
        amount: > 0, in the property's currency.
        expires_at: instant after which it is refused.

    Raises:
        InvalidInput: no such amount; it would be over already (``expires_at_past``).
        RuleBroken: the property has no account at a processor.
        WindowClosed: the window takes nothing any more.
    """
    amount_check(amount, str(target.property.currency))
    target_check(target)
    account_needed(target.property)
    if expires_at <= now():
        raise InvalidInput(_("A link ends later than now."), code="expires_at_past")
    return PaymentLink.objects.create(
        property=target.property,
        amount=amount,
        expires_at=expires_at,
        description=description,
        actor=actor,
        **target_columns(target),
    )


def link_cancel(*, link: PaymentLink) -> PaymentLink:
    """Refuse the link from now on, and close the processor's page. Must not run inside a transaction.

    When the processor does not answer, the link is cancelled all the same, and the page is closed by the
    reconciliation that follows.

    Returns:
        The link: cancelled, or paid when the guest was quicker.

    Raises:
        Conflict: it was paid or cancelled (``link_closed``).
    """
    _cancelled(link)
    try:
        return link_check(link=link)
    except GatewayError as error:
        logger.warning("The page of link %s is closed later: %s", link.pk, error.message)
        return _refreshed(link.pk)


@transaction.atomic(durable=True)
def _cancelled(link: PaymentLink) -> None:
    """Write down that nobody shall pay any more.

    Locks: the link.
    """
    (fresh,) = lock_rows(PaymentLink.objects.filter(pk=link.pk))
    if fresh.status != LinkStatus.OPEN:
        raise Conflict(_("The link was used or cancelled already."), code="link_closed")
    fresh.status = LinkStatus.CANCELLED
    fresh.save(update_fields=["status", "updated_at"])


def link_url(link: PaymentLink) -> str:
    """The address to send to the guest."""
    return f"{settings.PUBLIC_URL}/pay/{_signer.sign(str(link.public_id))}"


def link_read(*, token: str) -> PaymentLink:
    """The link of an address.

    Raises:
        NotFound: we did not sign it.
    """
    try:
        public_id = uuid.UUID(_signer.unsign(token))
    except (signing.BadSignature, ValueError) as error:
        raise NotFound(_("There is no such link.")) from error
    rows = PaymentLink.objects.select_related("property", "window__folio", "reservation", "payment")
    link = rows.filter(public_id=public_id).first()
    if link is None:
        raise NotFound(_("There is no such link."))
    return link


def link_check(*, link: PaymentLink) -> PaymentLink:
    """The link as it stands, after asking the processor about a page that is open. Outside any transaction.

    Raises:
        GatewayError: the processor does not tell now.
    """
    page = _open_page(link)
    if page is not None:
        page_check(page_id=page.pk)
    return _refreshed(link.pk)


def link_follow(*, link: PaymentLink) -> HostedPage:
    """The processor's page for a link: the one that is open, or a new one. Outside any transaction.

    Raises:
        Conflict: the link was paid or cancelled, or its time is over (``link_closed``, ``link_expired``).
        GatewayError: the processor makes no page now.
    """
    link = link_check(link=link)
    return page_made(_open_page(link) or _page_begun(link))


@transaction.atomic(durable=True)
def _page_begun(link: PaymentLink) -> HostedPage:
    """A payment and a page for it, written down before the processor hears of them.

    Locks: the link.
    """
    (fresh,) = lock_rows(PaymentLink.objects.filter(pk=link.pk).select_related("property"))
    if fresh.status != LinkStatus.OPEN:
        raise Conflict(_("The link was used or cancelled already."), code="link_closed")
    if fresh.expires_at <= now():
        raise Conflict(_("The link's time is over. Ask the hotel for another one."), code="link_expired")
    if page := _open_page(fresh):  # somebody clicked twice
        return page
    account, target = account_needed(fresh.property), target_of(fresh)
    target_check(target)
    data = PaymentData(
        target=target,
        amount=fresh.amount,
        key=uuid.uuid4().hex,
        description=fresh.description,
        actor=fresh.actor,
    )
    code = standard_code(fresh.property, BY_PROCESSOR)
    payment, _is_new = payment_begin(data, code=code, amount=fresh.amount, account=account)
    fresh.payment = payment
    fresh.save(update_fields=["payment", "updated_at"])
    guest = fresh.reservation.primary_guest if fresh.reservation else None
    return HostedPage.objects.create(
        property=fresh.property,
        account=account,
        key=uuid.uuid4(),
        payment=payment,
        guest=guest,
        return_url=link_url(fresh),
        next_check_at=now() + CHECK_EVERY,
    )


def _open_page(link: PaymentLink) -> HostedPage | None:
    rows = HostedPage.objects.filter(payment__links=link.pk, status=PageStatus.OPEN)
    return rows.select_related("account", "payment", "property").first()


@transaction.atomic
def _refreshed(link_id: int) -> PaymentLink:
    """The link, paid when its payment is.

    Locks: the link.
    """
    rows = PaymentLink.objects.filter(pk=link_id).select_related(
        "property", "window__folio", "reservation", "payment"
    )
    (link,) = lock_rows(rows)
    if link.payment and link.payment.status == PaymentStatus.CAPTURED and link.status != LinkStatus.PAID:
        link.status = LinkStatus.PAID
        link.save(update_fields=["status", "updated_at"])
    return link
