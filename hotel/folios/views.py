"""Pages for guests: a payment link, and the way from it to the processor's page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, NotFound
from hotel.core.words import _, gettext_noop
from hotel.folios.adapters.base import GatewayError
from hotel.folios.models import PaymentLink
from hotel.folios.services.payment_links import link_check, link_follow, link_read
from hotel.properties.tenancy import EVERYTHING, narrow, tenant_scope

LATER = gettext_noop(
    "The payment page cannot be reached just now. Please try again in a few minutes. Nothing was charged twice."
)


@never_cache
@require_GET
def payment_link(request: HttpRequest, token: str) -> HttpResponse:
    """What is to be paid, or that it was paid; the processor is asked when the guest comes back from its page."""
    link, message = _link(token), ""
    try:
        link = link_check(link=link)
    except GatewayError:
        message = _(LATER)
    return _page(request, link, token, message)


@never_cache
@require_GET
def payment_link_follow(request: HttpRequest, token: str) -> HttpResponse:
    """Lead the guest to the processor's page. A GET, because no money moves by it and a repetition finds the page."""
    link = _link(token)
    try:
        return HttpResponseRedirect(link_follow(link=link).url)
    except Conflict as error:
        return _page(request, link, token, error.message, status=409)
    except GatewayError:
        return _page(request, link, token, _(LATER), status=503)


def _link(token: str) -> PaymentLink:
    try:
        with tenant_scope(EVERYTHING):  # nobody is signed in: the address, which we signed, says which hotel
            link = link_read(token=token)
    except NotFound as error:
        raise Http404(error.message) from error
    narrow([link.property_id])
    return link


def _page(request: HttpRequest, link: PaymentLink, token: str, message: str, **how: Any) -> HttpResponse:
    place = link.property
    shown = {
        "hotel": place.brand_name or place.name,
        "link": link,
        "message": message,
        "is_payable": link.status == "open" and link.expires_at > now(),
        "token": token,
    }
    return render(request, "folios/payment_link.html", shown, **how)
