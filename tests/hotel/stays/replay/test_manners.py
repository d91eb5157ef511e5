from dataclasses import replace
from decimal import Decimal

import pytest

from hotel.stays.replay.manners import ACCOUNT, debtor_of, is_prepaid, manner_of
from tests.hotel.stays.replay.test_schedule import STAY


def told(line=2, **texts):
    return replace(STAY, line=line, texts=texts)


@pytest.mark.parametrize(
    ("texts", "debtor"),
    [
        ({}, ""),
        ({"company": "110"}, "Company 110"),
        ({"agent": "240"}, "Agent 240"),
        ({"company": "110", "agent": "240"}, "Company 110"),
    ],
)
def test_a_company_owes_before_its_agent(texts, debtor):
    assert debtor_of(told(**texts)) == debtor


def test_the_same_line_has_the_same_manner():
    assert manner_of(told(line=7, market="Direct")) == manner_of(told(line=7, market="Direct"))


def test_only_who_has_a_debtor_pays_later():
    lone = [manner_of(told(line, market="Corporate")) for line in range(60)]
    sent = [manner_of(told(line, market="Corporate", company="110")) for line in range(60)]

    assert {manner.debtor for manner in lone} == {""}
    assert {manner.way for manner in lone} == {"card_terminal", "cash"}
    assert {(manner.way, manner.debtor) for manner in sent} == {
        (ACCOUNT, "Company 110"), ("card_terminal", ""), ("cash", "")
    }  # fmt: skip


def test_what_is_not_refundable_is_paid_whole_beforehand_unless_it_is_day_use():
    stay = told(notes="BB Non Refund", market="Groups")

    assert is_prepaid(stay)
    assert manner_of(stay).deposit_share == Decimal(1)
    assert not is_prepaid(replace(stay, departure=stay.arrival))


def test_extras_are_consumed_on_nights_of_the_stay():
    extras = [extra for line in range(40) for extra in manner_of(told(line)).extras]

    assert {extra.day for extra in extras} == set(STAY.nights)
    assert {extra.code for extra in extras} == {"food", "beverage", "service"}
    assert all(Decimal(4) <= extra.amount <= Decimal(68) for extra in extras)
    assert manner_of(replace(STAY, departure=STAY.arrival)).extras == ()
