"""The way to the next tier, and figures, in each language of a statement."""

from datetime import date
from decimal import Decimal

import pytest

from loyalty.domain.statement_words import LANGUAGES, progress_words, statement_words, whole
from loyalty.domain.tiers import Progress, TierRule

GOLD = TierRule(2, "Gold", {"nights": Decimal(25), "points": Decimal(9000)})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "2 nights or 1,600 points to Gold by December 31, 2027"),
        ("de", "2 Nächte oder 1.600 Punkte bis Gold bis zum 31. Dezember 2027"),
        ("es", "2 noches o 1.600 puntos para Gold hasta el 31 de diciembre de 2027"),
    ],
)
def test_the_way_to_the_next_tier(language, text):
    missing = {"nights": Decimal(2), "points": Decimal(1600)}

    assert progress_words(Progress(GOLD, missing, date(2027, 12, 31)), language) == text


def test_one_of_each_all_of_them_and_no_end():
    tier = TierRule(1, "Silver", {"nights": Decimal(1)}, needs="all")
    missing = {"nights": Decimal(1), "stays": Decimal(1), "spend": Decimal("70.5")}

    assert (
        progress_words(Progress(tier, missing, None), "en") == "1 night and 1 stay and 70.5 spent to Silver"
    )
    assert (
        progress_words(Progress(tier, missing, None), "de")
        == "1 Nacht und 1 Aufenthalt und 70,5 Umsatz bis Silver"
    )


def test_nothing_is_said_at_the_top():
    assert progress_words(None, "en") == ""


def test_points_with_a_true_minus():
    assert [whole(-1234, language) for language in LANGUAGES] == ["−1,234", "−1.234", "−1.234"]


def test_each_word_is_there_in_each_language():
    assert {len(statement_words(language)) for language in LANGUAGES} == {len(statement_words("en"))}
    assert all(all(statement_words(language).values()) for language in LANGUAGES)
