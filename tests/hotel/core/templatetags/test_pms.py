"""Formatting for templates."""

import re
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation
from moneyed import Money

from hotel.core.templatetags.pms import amount, badge, money, percent, room_mark, short
from hotel.rooms.choices import HousekeepingStatus
from hotel.rooms.models import Room


@pytest.mark.parametrize(
    ("language", "amount", "expected"),
    [
        ("en", Money("1234.5", "EUR"), "EUR 1,234.50"),
        ("de", Money("1234.5", "EUR"), "EUR 1.234,50"),
        ("en", Money("129000", "JPY"), "JPY 129,000"),
        ("en", Money("1.25", "KWD"), "KWD 1.250"),
        ("en", Money("-5", "EUR"), "-EUR 5.00"),
        ("en", None, ""),
    ],
)
def test_money_is_shown_in_the_readers_language(language, amount, expected):
    with translation.override(language):
        assert money(amount).replace("\xa0", " ") == expected


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [
        ("en", Money("1234.5", "EUR"), "1,234.50"),
        ("en", Money("-1234.5", "EUR"), "−1,234.50"),
        ("de", Money("-1234.5", "EUR"), "−1.234,50"),
        ("en", Money("-129000", "JPY"), "−129,000"),
        ("en", Money("0", "KWD"), "0.000"),
        ("en", None, ""),
    ],
)
def test_an_amount_in_a_column_keeps_its_sign_and_leaves_the_currency_to_the_head(language, value, expected):
    with translation.override(language):
        assert amount(value) == expected


@pytest.mark.parametrize(
    ("language", "share", "expected"),
    [("en", "0.6667", "66.7%"), ("de", "1.0256", "102,6%"), ("en", "0", "0.0%"), ("en", None, "–")],
)
def test_a_share_is_shown_with_one_place(language, share, expected):
    with translation.override(language):
        assert percent(share and Decimal(share)) == expected


def test_a_label_is_shown_without_its_explanation():
    assert [short(text) for text in ("Elastic: takes from the house", "Clean")] == ["Elastic", "Clean"]


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_the_letter_of_a_state_is_the_same_in_every_language_and_no_other_has_it(language):
    with translation.override(language):
        marks = {status: room_mark(Room(housekeeping_status=status)) for status in HousekeepingStatus.values}

    letters = {status: re.search('aria-hidden="true">(.)<', mark)[1] for status, mark in marks.items()}
    assert letters == {"clean": "C", "dirty": "D", "pickup": "P", "inspected": "I"}


def test_a_badge_has_a_text_and_is_escaped():
    assert badge("in_house") == '<span class="badge badge-in_house">in house</span>'
    assert badge("x", "<b>") == '<span class="badge badge-x">&lt;b&gt;</span>'


def test_both_are_there_without_loading():
    text = Template("{{ price|money }}{% badge 'due_out' %}").render(Context({"price": Money(1, "EUR")}))
    assert "EUR" in text
    assert "due out" in text
