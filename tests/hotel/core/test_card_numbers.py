"""Finding card numbers."""

import time

import pytest

from hotel.core.card_numbers import REMOVED, card_data_in, holds_card_data, is_card_number, redacted
from tests.hostile.cards import ARABIC, FULL_WIDTH, SEPARATORS, TEST_CARDS, fuzzed, references, written


@pytest.mark.parametrize("number", TEST_CARDS)
def test_every_test_card_is_found_however_it_is_written(number):
    for separator in SEPARATORS:
        for text in (written(number, separator), separator.join(number)):
            for digits in (text, text.translate(FULL_WIDTH), text.translate(ARABIC)):
                [found] = card_data_in(f"Visa {digits} exp 12/27")
                assert (found.kind, found.start, found.end) == ("number", 5, 5 + len(digits)), (
                    separator,
                    digits,
                )
    assert not is_card_number(number[:-1] + str((int(number[-1]) + 1) % 10))


def test_as_cards_are_embossed():
    for text in ("3782 822463 10005", "3056 930902 5904", "411111 1111111111", "41111111 11111111"):
        assert holds_card_data(text), text


def test_our_own_numbers_are_let_through():
    texts = references(20_000)
    wrong = [text for text in texts if holds_card_data(text)]
    assert len(wrong) <= len(texts) / 1_000, wrong[:5]


@pytest.mark.parametrize(
    "text",
    [
        "cvv 123",
        "CVC: 1234",
        "cvv2=123",
        "Kartenprüfnummer 123",
        "card security code 999",
        "csc-123",
        "KARTENPRÜFZIFFER 123",
    ],
)
def test_card_codes_are_found_by_their_names(text):
    [found] = card_data_in(text)
    assert (found.kind, text[found.start : found.end].isdigit()) == ("code", True)


@pytest.mark.parametrize(
    "text",
    ["door code 1234", "cvv", "card 12", "room 123", "4111 1111 1111 1112", "41111111111111111111111", "0000000000000000",
     "4111-1111-1111", "1234567890123456", "", "12", "4101 4102 4103 4104 4105"],
)  # fmt: skip
def test_what_is_none_is_left_alone(text):
    assert card_data_in(text) == []


def test_only_the_card_data_is_taken_out():
    text = "pay 4111 1111 1111 1111, cvv: 123, thanks; or 5555555555554444"
    assert redacted(text) == f"pay {REMOVED}, cvv: {REMOVED}, thanks; or {REMOVED}"
    assert redacted("ALPHA-7K2M9") == "ALPHA-7K2M9"
    assert not [text for text in fuzzed(500) if holds_card_data(redacted(text))]


@pytest.mark.parametrize(
    "part",
    [
        "4",
        "4 ",
        "4111 1111 1111 1112 ",
        "cvv",
        "AA11 ",
        "1a2b",
        "4-5 ",
        "card ",
        "0123456789abcdef",
        "cvv       ",
        "DE47 1 ",
    ],
)
def test_no_text_keeps_it_busy(part):
    began = time.thread_time()
    holds_card_data(part * (200_000 // len(part)))
    # One that tried each part against each other would need hours for this.
    assert time.thread_time() - began < 60
