"""What people type, made ready for the index."""

import pytest

from hotel.guests.domain.search import MAX_LENGTH, MAX_WORDS, SearchTerms, search_terms


@pytest.mark.parametrize(
    ("typed", "wanted", "patterns", "prefix"),
    [
        ("Müller Anna", "muller anna", ("%muller%", "%anna%"), "muller anna%"),
        ("0043 (1) 555-0100", "4315550100", ("%4315550100%",), "4315550100%"),
        ("+43 1 5550100", "4315550100", ("%4315550100%",), "4315550100%"),
        ("100% _x", "100% _x", (r"%100\%%", r"%\_x%"), r"100\% \_x%"),
        ("  ", "", (), "%"),
    ],
    ids=["folded words", "telephone", "with country code", "wildcards are letters", "nothing"],
)
def test_a_search_is_read(typed, wanted, patterns, prefix):
    assert search_terms(typed) == SearchTerms(wanted, patterns, prefix)


def test_a_search_has_an_end():
    assert len(search_terms("x" * 500).wanted) == MAX_LENGTH
    assert len(search_terms("a " * 30).patterns) == MAX_WORDS
