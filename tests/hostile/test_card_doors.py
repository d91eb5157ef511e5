"""Ten thousand card numbers through every door: none is stored, none is logged, and people are told what to do."""

import io
import json
from itertools import cycle

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook
from rest_framework.test import APIClient

from hotel.core.card_guard import CardNumberRefused, refuse_card_data
from hotel.core.card_numbers import holds_card_data
from hotel.core.card_vault import payload_redacted
from hotel.core.models import SecurityEvent
from hotel.core.services.card_scan import card_scan
from hotel.reservations.services.import_files import table_rows
from tests.architecture.test_api_matrix import ROUTES, calls_of
from tests.hostile.cards import fuzzed

CARD = "4111 1111 1111 1111"


@pytest.fixture
def root(cast):
    return type(cast.ada).objects.create_superuser("root", password="x")


@pytest.fixture
def desk(root):
    made = Client(raise_request_exception=True)
    made.force_login(root)
    return made


@pytest.fixture
def machine(root):
    made = APIClient()
    made.force_authenticate(root)
    return made


def is_refused_as_problem(answer) -> bool:
    return answer.status_code == 400 and answer.json()["code"] == "card_number_refused"


def is_refused_as_page(answer) -> bool:
    return answer.status_code == 400 and b"This looks like a card number" in answer.content


def rows_refused(content: bytes, *, is_xlsx: bool) -> bool:
    with pytest.raises(CardNumberRefused):
        list(
            table_rows(file=io.BytesIO(content), name="It", is_xlsx=is_xlsx, header_errors=lambda header: [])
        )
    return True


def workbook_of(text: str) -> bytes:
    book, file = Workbook(), io.BytesIO()
    book.active.append(["note"])
    book.active.append([text])
    book.save(file)
    return file.getvalue()


def csv_of(text: str) -> bytes:
    return f'note\n"{text.replace(chr(34), chr(39))}"\n'.encode()


def walked(text: str) -> bool:
    try:
        refuse_card_data({"notes": [{"text": text}]}, door="api")
    except CardNumberRefused:
        return True
    return False


def kept_of_a_channel(text: str) -> bool:
    return not holds_card_data(payload_redacted(json.dumps({"comment": text}).encode()).body.decode())


@pytest.fixture
def doors(cast, desk, machine):
    """Name to (how many, a function that sends one text and says whether it was turned away)."""
    upload = lambda text: {"f": SimpleUploadedFile("notes.txt", text.encode(), "text/plain")}  # noqa: E731
    place = f"/admin/properties/property/{cast.alpha.pk}/change/"
    post, alpha = machine.post, f"/api/v1/properties/{cast.alpha.pk}"
    return {
        "API: a note of a guest": (150, lambda t: is_refused_as_problem(post("/api/v1/guests", {"last_name": t}))),
        "API: deep inside": (150, lambda t: is_refused_as_problem(post("/api/v1/guests", {"a": [{"b": [t]}]}))),
        "API: a message template": (
            150,
            lambda t: is_refused_as_problem(post("/api/v1/messages/templates", {"subject": t, "body": t})),
        ),
        "API: a search": (100, lambda t: is_refused_as_problem(machine.get("/api/v1/guests", {"search": t}))),
        "API: a setting": (100, lambda t: is_refused_as_problem(machine.patch(alpha, {"address": t}))),
        "a page": (150, lambda t: is_refused_as_page(desk.post("/dashboard/walk-in", {"notes": t}))),
        "a page's search": (100, lambda t: is_refused_as_page(desk.get("/dashboard", {"q": t}))),
        "the administration": (100, lambda t: is_refused_as_page(desk.post(place, {"address": t}))),
        "an upload": (100, lambda t: is_refused_as_page(desk.post(place, upload(t)))),
        "a table as CSV": (1_000, lambda t: rows_refused(csv_of(t), is_xlsx=False)),
        "a table as XLSX": (100, lambda t: rows_refused(workbook_of(t), is_xlsx=True)),
        "a channel's message": (2_000, kept_of_a_channel),
        "whatever is parsed": (6_000, walked),
    }  # fmt: skip


def test_ten_thousand_numbers_are_neither_kept_nor_logged(doors, caplog, settings):
    settings.CARD_SCAN_FOLDERS = []
    texts, sent = cycle(fuzzed(10_000)), 0
    for name, (count, turned_away) in doors.items():
        for _ in range(count):
            text = next(texts)
            sent += 1
            assert turned_away(text), (name, text)
    assert sent >= 10_000
    scan = card_scan()
    assert scan.findings == ()
    assert scan.rows > 5_000
    assert SecurityEvent.objects.filter(kind="card_data_refused").count() > 900
    assert not [record for record in caplog.records if holds_card_data(record.getMessage())]


def test_the_same_doors_let_through_what_is_none(cast, machine):
    answer = machine.post(
        "/api/v1/guests", {"property": cast.alpha.pk, "last_name": "Grandet", "notes": "4111 1111 1111 1112"}
    )
    assert "card" not in answer.content.decode()
    assert SecurityEvent.objects.count() == 0


def test_the_refusal_names_the_field_and_the_way_out(cast, api):
    answer = api(cast.bo).post("/api/v1/guests", {"notes": CARD, "last_name": "G"})
    problem = answer.json()
    assert (problem["status"], problem["code"], list(problem["fields"])) == (
        400,
        "card_number_refused",
        ["notes"],
    )
    assert "payment link" in problem["detail"]
    event = SecurityEvent.objects.get()
    assert (event.kind, event.detail, event.path) == (
        "card_data_refused",
        {"door": "api", "fields": ["notes"]},
        "/api/v1/guests",
    )
    assert "4111" not in answer.content.decode()


def test_every_operation_of_the_api_turns_it_away(machine, settings):
    """Also those that come later: the parser looks, not the serializer."""
    settings.CARD_SCAN_FOLDERS = []
    refused = 0
    for number, (route, method, _) in enumerate(calls_of(ROUTES)):
        if method in {"post", "put", "patch"}:
            answer = getattr(machine, method)(
                route.url, {"x": CARD, "cvv": "123"}, headers={"Idempotency-Key": f"door-{number}-once"}
            )
            # Some operations need no body and read none; others say first that there is no such row.
            refused += answer.status_code == 400 and answer.json()["code"] == "card_number_refused"
    assert refused > 60
    assert card_scan().findings == ()


# parser -> what looks at its content
PARSERS = {
    "StrictJSONParser": "refuses card data itself",
    "CsvParser": "reads by table_rows, which refuses it",
    "XlsxParser": "reads by table_rows, which refuses it",
    "FormParser": "the door of tokens, which refuses card data itself",
    "RawParser": "a processor's signed notice: only its kind, reference and amount are kept",
}


def test_every_parser_is_known_to_look():
    found = {parser.__name__ for route in ROUTES for parser in route.viewset.parser_classes}
    for route in ROUTES:
        for action in route.viewset.get_extra_actions():
            found |= {parser.__name__ for parser in action.kwargs.get("parser_classes", ())}
    assert found - set(PARSERS) == set()


@pytest.mark.parametrize("key", ["4111111111111111", "4111-1111-1111-1111"])
def test_keys_and_browsers_hints_are_doors_too(cast, machine, key):
    answer = machine.post("/api/v1/guests", {"last_name": "G"}, headers={"Idempotency-Key": key})
    assert is_refused_as_problem(answer)
    answer = machine.get("/api/v1/me", headers={"X-Request-Id": key, "User-Agent": key})
    assert (answer.status_code, key in answer["X-Request-Id"]) == (200, False)


def test_codes_by_name_are_refused(machine):
    for body in ({"cvv": "123"}, {"card": {"cvc": 1234}}, {"note": "cvv 123"}):
        assert is_refused_as_problem(machine.post("/api/v1/guests", body))
