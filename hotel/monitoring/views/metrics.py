"""Figures for Prometheus, for who knows the token of the settings."""

import hmac

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from hotel.monitoring.selectors.metrics import exposition


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The text of the figures. Without ``METRICS_TOKEN`` there is no such page; with a wrong one it is 401.

    Raises:
        Http404: no token is set.
    """
    token = settings.METRICS_TOKEN
    if not token:
        raise Http404
    given = request.headers.get("Authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)
