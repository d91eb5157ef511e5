"""Envelopes: bound to key and place, unreadable elsewhere, and hashes by column and version."""

import os

import pytest
from cryptography.exceptions import InvalidTag

from hotel.core.crypto import normal
from security.domain.envelopes import (
    blind_index,
    key_id_of,
    key_unwrapped,
    key_wrapped,
    text_opened,
    text_sealed,
)
from tests.pages import worked_table

KEY = bytes(range(32))


def test_a_text_is_read_where_it_was_written_only():
    token = text_sealed(KEY, 7, "Ünal", context="t.c.1")
    assert (token[:13], key_id_of(token)) == ("v2:A256GCM:7:", 7)
    assert text_opened(KEY, token, context="t.c.1") == "Ünal"
    for key, wrong, context in (
        (KEY, token, "t.c.2"),
        (os.urandom(32), token, "t.c.1"),
        (KEY, token.replace(":7:", ":8:"), "t.c.1"),
    ):
        with pytest.raises(InvalidTag):
            text_opened(key, wrong, context=context)


def test_a_wrapped_key_belongs_to_its_owner():
    wrapped = key_wrapped(KEY, b"k" * 32, owner="guest:1")
    assert (len(wrapped), key_unwrapped(KEY, wrapped, owner="guest:1")) == (60, b"k" * 32)
    with pytest.raises(InvalidTag):
        key_unwrapped(KEY, wrapped, owner="guest:2")


@pytest.mark.parametrize("token", ["", "v1:k:x", "v2:A256GCM:x:y", "v2:ROT13:1:x", "v2:A256GCM:²:x"])
def test_what_is_no_token_names_no_key(token):
    with pytest.raises(ValueError, match="not a token"):
        key_id_of(token)


def test_hashes_differ_by_column_and_version():
    one = blind_index(KEY, "gus", context="a", version=1)
    assert one == "1:" + blind_index(KEY, "gus", context="a", version=1)[2:]
    assert (
        len(
            {
                one,
                blind_index(KEY, "gus", context="b", version=1),
                blind_index(KEY, "gus", context="a", version=2),
            }
        )
        == 3
    )
    assert len(one) == 34


def test_the_page_of_the_algorithm_says_what_the_code_does():
    rows = worked_table("encryption", "A value")
    assert [text_opened(KEY, row["Token"], context=row["Bound to"]) for row in rows] == [
        row["Text"] for row in rows
    ]
    hashes = worked_table("encryption", "Equality search")
    assert len(hashes) == 5
    for row in hashes:
        made = blind_index(
            KEY, normal(row["Value as typed"]), context=row["Column"], version=int(row["Version"])
        )
        assert made == row["Hash"]
