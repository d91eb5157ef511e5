import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.accounts.domain.tokens import is_well_formed, token_text, visible_part

KNOWN = "abg_live_1_2_" + "0" * 6


def test_the_text_of_a_token():
    token = token_text(id_bytes=bytes([1]), secret_bytes=bytes([0, 62]))
    assert token.startswith("abg_live_1_10_")
    assert len(token.rsplit("_", 1)[1]) == 6
    assert visible_part(token) == "abg_live_1"
    assert is_well_formed(token)


@given(st.binary(min_size=7, max_size=7), st.binary(min_size=32, max_size=32))
def test_every_token_is_well_formed_and_fits_its_columns(id_bytes, secret_bytes):
    token = token_text(id_bytes=id_bytes, secret_bytes=secret_bytes)
    assert is_well_formed(token)
    assert token.count("_") == 4
    assert len(visible_part(token)) <= 24
    assert token.isascii()


@given(st.binary(min_size=32, max_size=32), st.data())
def test_a_typing_error_is_seen_without_the_database(secret_bytes, data):
    token = token_text(id_bytes=b"1234567", secret_bytes=secret_bytes)
    position = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from([c for c in "aZ0-_ é" if c != token[position]]))
    assert not is_well_formed(token[:position] + other + token[position + 1 :])


@pytest.mark.parametrize("text", ["", "_", "abg_live_1_2", KNOWN, "abg_test_1_2_000000", "x" * 5000, "\x00"])
def test_other_texts_are_no_tokens(text):
    assert not is_well_formed(text)
