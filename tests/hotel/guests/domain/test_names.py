"""Names in the form they are compared in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.guests.domain.names import folded, name_key, search_text
from hotel.guests.domain.search import SearchTerms, search_terms


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  Łukasz   MÜLLER ", "lukasz muller"),
        ("Straße", "strasse"),
        ("Søren Ærø", "soren aero"),
        ("Đặng", "dang"),
        ("İpek Işık", "ipek isik"),
        ("山田 太郎", "山田 太郎"),
        ("", ""),
    ],
)
def test_accents_and_capitals_do_not_count(text, plain):
    assert folded(text) == plain


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)


def test_keys_are_cut_to_their_columns():
    assert name_key(first_name="Anna", last_name="Núñez") == "nunez anna"
    assert len(name_key(first_name="x" * 300, last_name="y" * 300)) == 400
    assert len(search_text("x" * 900)) == 800
    assert search_text("Berg", "", "A@b.example") == "berg a@b.example"


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", SearchTerms("", (), "%")),
        ("Müller  Anna", SearchTerms("muller anna", ("%muller%", "%anna%"), "muller anna%")),
        ("100%_a\\", SearchTerms("100%_a\\", ("%100\\%\\_a\\\\%",), "100\\%\\_a\\\\%")),
        ("+43 664 / 123-45", SearchTerms("4366412345", ("%4366412345%",), "4366412345%")),
        ("0664 12345", SearchTerms("66412345", ("%66412345%",), "66412345%")),
    ],
)
def test_a_search_is_read(text, terms):
    assert search_terms(text) == terms


def test_a_search_has_an_end():
    terms = search_terms("word " * 500)
    assert len(terms.wanted) <= 120
    assert len(terms.patterns) == 8
