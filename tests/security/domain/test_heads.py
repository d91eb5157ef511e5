"""What a seal says as bytes, and the lines that are kept outside."""

from datetime import UTC, datetime

import pytest

from security.domain.heads import Head, Seal, head_of, head_of_line

SEAL = Seal(3, 21, 30, 9, bytes(range(32)), datetime(2027, 3, 14, 12, tzinfo=UTC))


def test_the_leaf_of_a_seal_tells_all_of_it():
    assert SEAL.leaf().decode() == (
        '[3, 21, 30, 9, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", '
        '"2027-03-14T12:00:00+00:00"]'
    )


def test_the_signature_is_over_everything_but_itself():
    head = head_of(SEAL, b"r" * 32, "s1")
    assert head.message().decode() == (
        f'["auberge-trail-head-1", 3, 30, "{"72" * 32}", "2027-03-14T12:00:00+00:00", "s1"]'
    )
    assert head.signed(b"s" * 64).message() == head.message()


def test_a_line_gives_its_head_back():
    head = head_of(SEAL, b"r" * 32, "s1").signed(b"s" * 64)
    assert head_of_line(head.line()) == head
    assert head.signature_bytes() == b"s" * 64


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"number": 1}',
        Head(1, 2, "zz", "x", "k").line(),
        Head(1, 2, "00", "x", "k").line(),
        Head("1", 2, "00" * 32, "x", "k").line(),
    ],
)
def test_anything_else_is_no_head(line):
    with pytest.raises(ValueError):
        head_of_line(line)
