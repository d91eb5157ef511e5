"""What a refusal leaves is written after it, once, and never in its place."""

import logging

import pytest
from django.db import DatabaseError, transaction

from hotel.core.aftermath import aftermath_write
from hotel.core.exceptions import PmsError, RuleBroken


def refused_with(work) -> PmsError:
    refusal = RuleBroken("No.")
    refusal.aftermath = work
    return refusal


def test_it_is_written_with_the_key_of_the_request(db):
    written = []
    aftermath_write(refused_with(lambda request_key: written.append(request_key)), request_key="k1")
    assert written == ["k1"]


def test_a_refusal_that_leaves_nothing_asks_no_database():
    aftermath_write(RuleBroken("No."))


def test_it_is_not_written_where_it_might_be_undone(db):
    written = []
    with transaction.atomic(), pytest.raises(RuntimeError):
        aftermath_write(refused_with(lambda request_key: written.append(request_key)))
    assert written == []


def test_a_database_that_cannot_take_it_is_logged_and_the_answer_stands(db, caplog):
    def broken(request_key):
        raise DatabaseError("full")

    with caplog.at_level(logging.ERROR, logger="hotel.core.aftermath"):
        aftermath_write(refused_with(broken))

    assert [record.getMessage() for record in caplog.records] == [
        "What the refusal rule_broken leaves was not written."
    ]
