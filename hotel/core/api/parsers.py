"""A JSON parser that refuses what PostgreSQL cannot store, before anything else sees it."""

import re
from collections.abc import Mapping
from typing import Any, BinaryIO

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

_SUSPICIOUS = re.compile(r"[\x00\ud800-\udfff]")


class StrictJSONParser(JSONParser):
    """Refuses NUL characters, lone surrogates, and nesting deeper than the interpreter can follow."""

    def parse(self, stream: BinaryIO, media_type: Any = None, parser_context: Any = None) -> Any:
        """See JSONParser; raises ParseError (400) with a reason."""
        try:
            data = super().parse(stream, media_type, parser_context)
            refuse_unstorable(data)
        except RecursionError as error:
            raise ParseError("The JSON is nested too deeply.") from error
        return data


def refuse_unstorable(value: Any) -> None:
    """Walk a parsed value; raise ParseError on text that no PostgreSQL column can hold."""
    if isinstance(value, str):
        if _SUSPICIOUS.search(value):
            raise ParseError("Text must not contain NUL characters or lone surrogates.")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            refuse_unstorable(key)
            refuse_unstorable(item)
    elif isinstance(value, list):
        for item in value:
            refuse_unstorable(item)
