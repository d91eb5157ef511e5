"""The strict JSON parser: UTF-8 JSON that PostgreSQL can store, of bounded size."""

import json
from io import BytesIO

import pytest
from rest_framework.exceptions import ParseError

from hotel.core.api.parsers import PayloadTooLarge, StrictJSONParser
from tests.contracts.stage import Client
from tests.hotel.core.api.counter import URL


def parse(raw: bytes):
    return StrictJSONParser().parse(BytesIO(raw))


def test_ordinary_json_passes_unchanged():
    value = {"a": [1, 2.5, None, True, "Zürich 🏨"], "b": {"c": ""}}
    assert parse(json.dumps(value, ensure_ascii=False).encode()) == value
    assert parse(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xff\xfe{}",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": "x\\u0000"}',
        b'{"a\\u0000": 1}',
        b'[["\\ud800"]]',
        b'{"a": "\\udfff"}',
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a": ' + b"9" * 5000 + b"}",
    ],
    ids=[
        "empty",
        "cut",
        "not utf-8",
        "nan",
        "infinity",
        "overflow",
        "nul",
        "nul key",
        "surrogate",
        "low surrogate",
        "deep and cut",
        "deep",
        "digits",
    ],
)
def test_what_cannot_be_stored_is_refused(raw):
    with pytest.raises(ParseError):
        parse(raw)


def test_the_size_is_bounded(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    assert parse(b'"12345678"') == "12345678"
    with pytest.raises(PayloadTooLarge):
        parse(b'"123456789"')


@pytest.mark.urls("tests.hotel.core.api.counter")
@pytest.mark.parametrize("key", ["", "k1"], ids=["without key", "with key"])
def test_an_over_long_body_gets_413_through_the_whole_request(db, settings, key):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    found = Client().post(f"{URL}/draft", {"n": "x" * 100}, key=key)
    if key:
        assert (found.status_code, found.json()["code"]) == (413, "payload_too_large")
    else:
        assert found.status_code == 201  # the body is never read


@pytest.mark.urls("tests.hotel.core.api.counter")
@pytest.mark.parametrize("charset", ["rot13", "hex", "utf-16", "no-such"])
def test_a_strange_charset_changes_nothing(db, charset):
    found = Client().generic(
        "POST",
        URL,
        b'{"n": 1}',
        content_type=f"application/json; charset={charset}",
        HTTP_IDEMPOTENCY_KEY="k",
    )
    assert found.status_code in {201, 400, 415}, found.content
