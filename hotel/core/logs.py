"""What every line of a log goes through: no card data, and one line an event whatever a message holds."""

import json
import logging
import re
from datetime import UTC, datetime

from structlog.contextvars import get_contextvars

from hotel.core.card_numbers import redacted

_BREAKS = re.compile(r"[\r\n\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def one_line(text: str) -> str:
    """The text with line breaks, control and direction signs written as escapes: nobody can write a line of his own."""
    return _BREAKS.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


class SafeLines(logging.Filter):
    """Put on handlers: the message on one line and without card data, a traceback without card data."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record in place; every line is kept."""
        record.msg, record.args = one_line(redacted(record.getMessage())), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redacted(record.exc_text)
        return True


class JsonLines(logging.Formatter):
    """One JSON object a line: what was logged, and for whom (``request_id``, ``task``, ``task_id`` while there is one).

    Behind ``SafeLines``, which has taken card data out of message and traceback.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **get_contextvars(),
            "process": record.process,
        }
        if record.exc_text:
            said["exception"] = record.exc_text
        return json.dumps(said, ensure_ascii=False, default=str)
