"""Codes of vouchers: heard right or not at all, and good on their days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.domain.vouchers import ALPHABET, SPACE, code_read, refusal, voucher_code

DAY = timedelta(days=1)
FIRST, LAST = date(2027, 3, 14), date(2027, 3, 20)
VALUES = st.integers(0, SPACE - 1)


def test_the_alphabet_has_nothing_that_looks_like_something_else():
    assert (len(ALPHABET), len(set(ALPHABET)), set("01IO") & set(ALPHABET)) == (32, 32, set())


def test_it_comes_in_groups_of_four():
    assert voucher_code(0) == "2222-2222-2222"
    assert [len(group) for group in voucher_code(SPACE - 1).split("-")] == [4, 4, 4]


@pytest.mark.parametrize("value", [-1, SPACE])
def test_a_value_is_of_the_space(value):
    with pytest.raises(ValueError, match="random_value"):
        voucher_code(value)


@given(VALUES)
def test_it_is_read_however_it_is_written(value):
    code = voucher_code(value)
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        assert code_read(typed) == code


@given(VALUES, st.integers(0, 11), st.sampled_from(ALPHABET))
def test_one_wrong_symbol_is_no_code(value, place, wrong):
    symbols = voucher_code(value).replace("-", "")
    typed = symbols[:place] + wrong + symbols[place + 1 :]
    assert (code_read(typed) is None) is (typed != symbols)


@given(VALUES, st.integers(0, 10))
def test_two_symbols_exchanged_are_no_code(value, place):
    symbols = voucher_code(value).replace("-", "")
    typed = symbols[:place] + symbols[place + 1] + symbols[place] + symbols[place + 2 :]
    assert (code_read(typed) is None) is (typed != symbols)


@pytest.mark.parametrize(
    "typed", ["", "2222-2222-222", "2222-2222-22222", "0222-2222-2222", "ß222-2222-2222", "💥"]
)
def test_what_is_no_code_is_none(typed):
    assert code_read(typed) is None


@pytest.mark.parametrize(
    ("status", "on", "last", "code"),
    [
        ("confirmed", FIRST, LAST, None),
        ("confirmed", LAST, LAST, None),
        ("confirmed", LAST + 999 * DAY, None, None),
        ("confirmed", FIRST - DAY, LAST, "voucher_not_yet"),
        ("confirmed", LAST + DAY, LAST, "voucher_over"),
        ("fulfilled", FIRST, LAST, "voucher_redeemed"),
        ("cancelled", FIRST, LAST, "voucher_void"),
        ("refunded", FIRST, LAST, "voucher_void"),
    ],
)
def test_it_is_good_once_and_on_its_days(status, on, last, code):
    found = refusal(status, valid_from=FIRST, valid_until=last, on=on)
    assert (found and found[0]) == code
