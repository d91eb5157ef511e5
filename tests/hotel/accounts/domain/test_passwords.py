import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.accounts.domain.passwords import HOUSE_WORDS, counted_length, names_split


@pytest.mark.parametrize(
    ("password", "counted"),
    [
        ("correct horse battery", 21),
        ("hotel", 0),
        ("HOTEL", 0),
        ("H0te1", 0),
        ("Aub3rge-Sommer", 7),
        ("W€lcome", 0),
        ("we1come123456", 6),
        ("p@$$word p@$$word", 1),
        ("check-in checkin", 1),
        ("hothotelel", 5),
        ("İstanbul hotel", 9),
    ],
)
def test_words_of_the_house_do_not_count(password, counted):
    assert counted_length(password, HOUSE_WORDS) == counted


def test_without_words_all_characters_count():
    assert counted_length("hotel", ()) == 5
    assert counted_length("hotel", ("",)) == 5


def test_words_are_no_patterns():
    assert counted_length("abcd", (".*",)) == 4
    assert counted_length("x.*y", (".*",)) == 2


@given(st.text(max_size=40), st.sets(st.text(max_size=8), max_size=5))
def test_no_word_makes_a_password_longer(password, words):
    assert 0 <= counted_length(password, words) <= len(password)


@given(st.text(min_size=1, max_size=20))
def test_a_word_alone_counts_for_nothing(word):
    assert counted_length(word, (word,)) == 0


def test_names_give_their_words_and_themselves_as_one():
    assert names_split(["Grand Hôtel Au Lac", "GHL"]) == {"Grand", "Hôtel", "GrandHôtelAuLac"}
