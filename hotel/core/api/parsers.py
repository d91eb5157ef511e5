"""A JSON parser that refuses what PostgreSQL cannot store, before anything else sees it."""

import json
import math
import re
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser
from rest_framework.utils.json import strict_constant

from hotel.core.card_guard import refuse_card_data

_SUSPICIOUS = re.compile(r"[\x00\ud800-\udfff]")


class PayloadTooLarge(APIException):
    """The body is longer than ``DATA_UPLOAD_MAX_MEMORY_SIZE`` (413)."""

    status_code = 413
    default_code = "payload_too_large"
    default_detail = "The body is too large. Send fewer rows at once."


class StrictJSONParser(JSONParser):
    """UTF-8 whatever the charset says; refuses NUL, lone surrogates, infinity, depth and length without end."""

    def parse(self, stream: IO[Any], media_type: Any = None, parser_context: Any = None) -> Any:
        """See JSONParser; raises ParseError (400) with a reason, or PayloadTooLarge (413)."""
        raw = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(raw) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise PayloadTooLarge
        try:
            data = json.loads(raw.decode(), parse_constant=strict_constant, object_pairs_hook=_members)
            refuse_unstorable(data)
            refuse_card_data(data, door="api")
        except ValueError as error:
            raise ParseError(f"This is not JSON in UTF-8: {error}") from error
        except RecursionError as error:
            raise ParseError("The JSON is nested too deeply.") from error
        return data


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a member that comes twice is refused, because readers differ in which of them counts."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a member comes twice")
    return found


def refuse_unstorable(value: Any) -> None:
    """Walk a parsed value; raise ParseError on what no PostgreSQL column can hold."""
    if isinstance(value, str):
        if _SUSPICIOUS.search(value):
            raise ParseError("Text must not contain NUL characters or lone surrogates.")
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise ParseError("This number is too large.")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            refuse_unstorable(key)
            refuse_unstorable(item)
    elif isinstance(value, list):
        for item in value:
            refuse_unstorable(item)
