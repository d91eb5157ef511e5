"""Terms and codes in words say what their columns say."""

from datetime import date
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.rates.domain.wording import (
    PromoTerms,
    cancellation_in_words,
    deposit_in_words,
    listed,
    no_show_in_words,
    promo_in_words,
)

NIGHT = {"penalty": "nights", "nights": 1, "share": None, "amount": None}
WHOLE = {"penalty": "percent", "nights": None, "share": "1", "amount": None}


def before(days: int, owed=NIGHT) -> dict:
    return {"deadline": "before_arrival", "days_before": days, "at_time": "18:00:00", **owed}


def terms(*steps, **over) -> dict:
    return {"zone": "Europe/Vienna", "grace_hours": 0, "steps": list(steps), **over}


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (terms(), "Always free of charge."),
        (
            terms(before(1)),
            "From 18:00 on the day before arrival: the first night is owed. Before: free of charge.",
        ),
        (
            terms(before(0), grace_hours=2),
            "From 18:00 on the day of arrival: the first night is owed. Before: free of charge."
            " Within 2 hours after booking nothing is owed.",
        ),
        (
            terms(before(7, {**WHOLE, "share": "0.5"}), before(2, WHOLE)),
            "From 18:00 on the day 7 days before arrival: 50 % of the total is owed."
            " From 18:00 on the day 2 days before arrival: 100 % of the total is owed."
            " Of several that have come the dearest counts. Before: free of charge.",
        ),
        (
            terms({"deadline": "after_booking", "hours_after": 0, **WHOLE}),
            "From the booking on: 100 % of the total is owed.",
        ),
        (
            terms({"deadline": "after_booking", "hours_after": 24, **WHOLE}),
            "From 24 hours after the booking: 100 % of the total is owed. Before: free of charge.",
        ),
        (
            terms({"deadline": "at_instant", "deadline_at": "2027-03-14T11:00:00+00:00", **NIGHT}),
            "From Sun 14 Mar 2027 12:00 CET: the first night is owed. Before: free of charge.",
        ),
    ],
)
def test_terms_are_told_step_by_step(policy, words):
    assert cancellation_in_words(policy) == words


def promo(**over) -> PromoTerms:
    values = {
        **dict.fromkeys(
            ("discount_rate", "discount_amount", "book_from", "book_until", "stay_from", "stay_until")
        ),
        "plans": (),
        "max_uses": None,
        "used_count": 0,
        "is_combinable": True,
        "is_active": True,
    }
    return PromoTerms(**{**values, **over})


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (promo(discount_rate=Decimal("0.1")), "10 % off each night; on every plan; used 0 times."),
        (
            promo(discount_amount=Money(20, "EUR"), plans=("BB", "BAR"), max_uses=10, used_count=3),
            "EUR 20 off each night; on BAR and BB only; used 3 of 10 times.",
        ),
        (
            promo(book_from=date(2027, 3, 1), stay_from=date(2027, 4, 1), stay_until=date(2027, 4, 30)),
            "Takes nothing off; opens plans that ask for it; on every plan; booked from Mon 1 Mar 2027;"
            " for nights Thu 1 Apr 2027 to Fri 30 Apr 2027; used 0 times.",
        ),
        (
            promo(
                discount_rate=Decimal("0.055"),
                book_until=date(2027, 3, 1),
                is_combinable=False,
                is_active=False,
            ),
            "5.5 % off each night; on every plan; booked until Mon 1 Mar 2027; used 0 times;"
            " not after a company's discount; switched off now.",
        ),
    ],
)
def test_a_code_is_told_with_its_limits(code, words):
    assert promo_in_words(code) == words


def step(kind: str, **over) -> dict:
    values = {"due": "at_booking", "days_before": None, "nights": None, "share": None, "amount": None}
    return {**values, "kind": kind, **over}


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([], "Nothing is asked for before arrival."),
        ([step("percent", share="0.30")], "When booking: 30 % of the total."),
        ([step("nights", nights=1)], "When booking: the first night."),
        (
            [step("nights", nights=2, due="before_arrival", days_before=1)],
            "The day before arrival: the first 2 nights.",
        ),
        (
            [
                step(
                    "flat",
                    amount={"amount": "50.000", "currency": "EUR"},
                    due="before_arrival",
                    days_before=0,
                )
            ],
            "On the day of arrival: EUR 50.",
        ),
        (
            [step("percent", share="0.125"), step("balance", due="before_arrival", days_before=14)],
            "When booking: 12.5 % of the total. 14 days before arrival: all that is left."
            " Together never more than the stay.",
        ),
    ],
)
def test_instalments_are_told_in_order(steps, words):
    assert deposit_in_words({"steps": steps}) == words


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (NIGHT, "the first night is owed"),
        (WHOLE, "100 % of the total is owed"),
        ({**NIGHT, "nights": 3}, "the first 3 nights are owed"),
    ],
)
def test_not_coming_is_told(policy, words):
    kept = "Whose room is held until the evening only owes nothing."
    assert no_show_in_words(policy) == f"Who does not come: {words}. {kept}"


def test_names_are_enumerated():
    assert listed(["B"]) == "B"
    assert listed(["C", "A", "B"]) == "A, B and C"
    assert listed(["C", "A", "B"], in_order=True) == "C, A and B"
