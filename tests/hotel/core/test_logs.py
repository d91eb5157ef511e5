"""What every line of a log goes through."""

import io
import json
import logging

import pytest
from structlog.contextvars import bound_contextvars

from hotel.core.logs import JsonLines, SafeLines, one_line
from tests.hostile.cards import fuzzed, written


@pytest.fixture
def log():
    """A logger like the house's, and what it wrote."""
    written_to, logger = io.StringIO(), logging.getLogger("tests.safe")
    handler = logging.StreamHandler(written_to)
    handler.setFormatter(logging.Formatter("{levelname} {message}", style="{"))
    handler.addFilter(SafeLines())
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, written_to
    logger.removeHandler(handler)


def test_numbers_are_taken_out_of_messages_arguments_and_tracebacks(log):
    logger, text = log
    logger.warning("Guest wrote %s", "4111 1111 1111 1111")
    logger.warning({"note": "5555555555554444"})
    try:
        raise ValueError("card 378282246310005")
    except ValueError:
        logger.exception("Broke")
    lines = text.getvalue()
    assert lines.count("[card data removed]") == 4
    assert "ValueError" in lines
    for number in ("4111 1111", "5555555555554444", "378282246310005"):
        assert number not in lines


@pytest.mark.parametrize(
    "sign",
    ["\n", "\r", "\r\n", "\x00", "\x1b[31m", "\x85", "\u2028", "\u2029", "\u202e", "\x0b", "\x0c", "\x7f"],
)
def test_nobody_writes_a_line_of_his_own(log, sign):
    logger, text = log
    logger.warning("Signed in: %s", f"eve{sign}WARNING Signed in: root")
    assert len(text.getvalue().splitlines()) == 1
    assert sign not in text.getvalue().rstrip("\n")


def test_other_text_stays():
    assert one_line("Größe 客房 12 – 14\t!") == "Größe 客房 12 – 14\t!"
    assert written("41111", " ") == "4111 1"


def test_a_thousand_fuzzed_numbers_leave_no_trace(log):
    logger, text = log
    for one in fuzzed(1_000):
        logger.error("%s", one)
        logger.warning(one.replace("%", ""))
    from hotel.core.card_numbers import holds_card_data

    assert text.getvalue().count("[card data removed]") == 2_000
    assert not holds_card_data(text.getvalue())


def test_the_house_uses_it_on_every_handler(settings):
    for handler in settings.LOGGING["handlers"].values():
        assert "safe" in handler["filters"]


def test_json_lines_tell_the_request_and_hide_cards_in_tracebacks_too(log):
    logger, text = log
    logger.handlers[0].setFormatter(JsonLines())
    with bound_contextvars(request_id="abcd1234"):
        try:
            raise ValueError("card 378282246310005")
        except ValueError:
            logger.exception("It broke for %s\nreally", "4111 1111 1111 1111")
    logger.warning("Nobody asked.")
    first, second = map(json.loads, text.getvalue().splitlines())
    assert (first["level"], first["logger"], first["request_id"]) == ("ERROR", "tests.safe", "abcd1234")
    assert first["message"].startswith("It broke for ")
    assert "ValueError" in first["exception"]
    assert "378282246310005" not in text.getvalue()
    assert "4111" not in text.getvalue()
    assert "request_id" not in second
