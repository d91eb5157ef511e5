"""The request id: taken when well-formed, made otherwise, told in every answer."""

import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from structlog.contextvars import get_contextvars

from hotel.core.middleware import RequestIdMiddleware


def handled(given: str | None):
    seen = {}

    def view(request):
        seen.update(id=request.request_id, header=request.headers["X-Request-Id"])
        return HttpResponse()

    headers = {} if given is None else {"HTTP_X_REQUEST_ID": given}
    answer = RequestIdMiddleware(view)(RequestFactory().get("/", **headers))
    assert seen["id"] == seen["header"] == answer["X-Request-Id"]
    return seen["id"]


def test_a_well_formed_id_is_kept():
    assert handled("gate-way.17_a") == "gate-way.17_a"


@pytest.mark.parametrize(
    "given", [None, "", "short", "x" * 65, "evil\nheader-line", "spaces in it", "<script>"]
)
def test_any_other_is_replaced(given):
    made = handled(given)
    assert re.fullmatch("[0-9a-f]{32}", made)
    assert made != handled(given)


def test_lines_of_the_log_know_the_request_while_it_is_answered():
    seen = []
    middleware = RequestIdMiddleware(lambda request: seen.append(get_contextvars()) or HttpResponse())
    middleware(RequestFactory().get("/", HTTP_X_REQUEST_ID="gate-way.17_a"))
    assert seen == [{"request_id": "gate-way.17_a"}]
    assert "request_id" not in get_contextvars()
