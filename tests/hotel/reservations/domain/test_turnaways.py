"""Which refusals turn business away, as the page tells it."""

from datetime import date

import pytest

from hotel.rates.choices import RestrictionKind
from hotel.reservations.choices import TurnawayReason
from hotel.reservations.domain.turnaways import RESTRICTED, denial_reason, refusal_key
from tests.pages import worked_table

WISH = (date(2027, 3, 15), date(2027, 3, 17), 7, 2, 0, 1)


def test_the_page_and_the_rule_name_the_same_refusals():
    *named, _else = worked_table("availability", "7 Turned away")
    told = {
        code.strip(): row["Turned away as"]
        for row in named
        for code in row["Refused with"].split(" by ")[0].split(",")
    }
    assert told == {code: denial_reason(code, ["closed"]) for code in told}
    assert set(told.values()) == {"sold_out", "not_offered", "restricted"}


@pytest.mark.parametrize("kind", RestrictionKind.values)
def test_every_kind_of_restriction_counts(kind):
    assert denial_reason(RESTRICTED, ["promo_required", kind]) == TurnawayReason.RESTRICTED


@pytest.mark.parametrize(
    ("code", "rules"),
    [
        (RESTRICTED, []),
        (RESTRICTED, ["not_agreed", "promo_required", "not_on_type", "day_use_only"]),
        ("rates_not_set", []),
        ("arrival_in_past", []),
        ("occupancy_exceeded", []),
        ("discount_above_limit", []),
        ("lock_refused", []),
    ],
)
def test_what_makes_no_sense_or_may_not_be_asked_turns_nobody_away(code, rules):
    assert denial_reason(code, rules) is None


def test_a_wish_is_known_again_under_the_same_request_only():
    assert refusal_key("", WISH) == ""
    assert len(refusal_key("k1", WISH)) == 64
    keys = {refusal_key("k1", WISH), refusal_key("k2", WISH), refusal_key("k1", (*WISH[:-1], 2))}
    assert len(keys) == 3
    assert refusal_key("k1", WISH) == refusal_key("k1", WISH)
