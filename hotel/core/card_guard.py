"""Keeps card data out of the house: refused at every door, with a word that helps, and noted as a security event.

Source: PCI DSS 4.0.1 requirement 3; security reference §4.6; docs/guide/pci.md.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote_plus

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hotel.core.card_numbers import holds_card_data
from hotel.core.exceptions import InvalidInput
from hotel.core.security_events import security_event
from hotel.core.words import _, gettext_noop

ADVICE = gettext_noop(
    "This looks like a card number or a card code. Nothing was kept. Take the card by a payment link or at the "
    "terminal; never write it into notes, letters or files."
)
_HEADERS = ("HTTP_X_REQUEST_ID", "HTTP_USER_AGENT", "HTTP_REFERER")
_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
_SCANNED_BYTES = 5_000_000


class CardNumberRefused(InvalidInput):
    """Card data where none may be (400)."""

    code = "card_number_refused"


def refuse_card_data(value: Any, *, door: str) -> None:
    """Walk a parsed value; refuse it when it holds card data anywhere, in names too.

    Args:
        value: as parsed from JSON, or the cells of a line.
        door: where it came in, for the security event.

    Raises:
        CardNumberRefused: naming the outermost fields.
    """
    fields = sorted({place for place, text in _texts(value, "") if holds_card_data(text)})
    if fields:
        raise card_refusal(fields, door=door)


def card_refusal(fields: list[str], *, door: str) -> CardNumberRefused:
    """The refusal, noted as a security event. A field whose very name is a card number is not named."""
    named = [name for name in fields if name and not holds_card_data(name)]
    security_event("card_data_refused", door=door, fields=named)
    return CardNumberRefused(_(ADVICE), fields={name: [_(ADVICE)] for name in named})


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Each text and each whole number with the name of the outermost field that it is in."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, int) and not isinstance(value, bool):
        if abs(value) > 10**11:
            yield place, str(value)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield place, str(key)
            # "cvv": "123" is a code by its name.
            if isinstance(item, str | int) and len(str(item)) <= 4:
                yield place or str(key), f"{key}: {item}"
            yield from _texts(item, place or str(key))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item, place)


class CardHeadersMiddleware:
    """Empties what programs tell of themselves when it holds card data, before anything logs or keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let it pass without them."""
        for name in _HEADERS:
            if name in request.META and holds_card_data(unquote_plus(request.META[name])):
                request.META[name] = ""
        return self.get_response(request)


class CardDataMiddleware:
    """Looks at what pages and the administration are sent, and at addresses; the API looks at its own bodies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse with a page that says why."""
        if request.path.startswith("/api/"):
            refused = (
                ["Idempotency-Key"] if holds_card_data(request.META.get("HTTP_IDEMPOTENCY_KEY", "")) else []
            )
        else:
            refused = sorted(set(_fields_with_card_data(request)))
        if not refused and not holds_card_data(request.path):
            return self.get_response(request)
        refusal = card_refusal(refused, door="api" if request.path.startswith("/api/") else "page")
        if request.path.startswith("/api/"):
            from hotel.core.api.errors import problem_response

            return problem_response(request, refusal.status, refusal.code, refusal.message)
        return render(request, "card_number_refused.html", {"fields": refused}, status=400)


def _fields_with_card_data(request: HttpRequest) -> Iterator[str]:
    sent = [request.GET, *([request.POST] if request.content_type in _FORMS else [])]
    for values in sent:
        for name, texts in values.lists():
            if any(holds_card_data(f"{name}: {text}"[:100_000]) for text in texts if text):
                yield name
    if request.content_type == "multipart/form-data":
        for name, file in request.FILES.items():
            if isinstance(file, UploadedFile) and _file_holds_card_data(file):
                yield name


def _file_holds_card_data(file: UploadedFile) -> bool:
    """Whether an upload that can be read as text has card data in it, or in its name."""
    if holds_card_data(file.name or ""):
        return True
    content = file.read(_SCANNED_BYTES)
    file.seek(0)
    if b"\0" in content[:1_000] or content[:4] in {b"\x89PNG", b"%PDF"} or content[:2] == b"\xff\xd8":
        return False
    return holds_card_data(content.decode("utf-8", errors="replace"))
