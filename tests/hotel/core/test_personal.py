"""What looks personal, and how declared columns are read."""

import pytest
from django.db import models

from hotel.core.personal import column_of, declared_rows, ids_about, looks_personal, personal_data, rows_of
from tests.factories.guests import guest_document_make, guest_make


@pytest.mark.parametrize(
    ("name", "column", "why"),
    [
        ("email", models.CharField(max_length=9), "its name, email"),
        ("guest_id", models.BigIntegerField(), "its name, guest_id"),
        ("last_name", models.CharField(max_length=9), "its name, last_name"),
        ("name", models.CharField(max_length=9), ""),
        ("ip", models.CharField(max_length=9), "its name, ip"),
        ("tip", models.CharField(max_length=9), ""),
        ("words", models.TextField(), "its type, TextField"),
        ("seen_from", models.GenericIPAddressField(), "its type, GenericIPAddressField"),
        ("body", models.CharField(max_length=9, choices=[("a", "A")]), ""),
    ],
)
def test_a_column_looks_personal_by_its_name_or_type(name, column, why):
    column.set_attributes_from_name(name)
    assert looks_personal(column) == why


def test_declared_rows_are_those_of_the_guest_and_encrypted_columns_are_read_in_clear(cast):
    gus, other = guest_make(cast.alpha, last_name="Gus"), guest_make(cast.alpha, last_name="Other")
    guest_document_make(cast.alpha, gus, number="P-777-XY")
    guest_document_make(cast.alpha, other, number="Q-888-ZZ")
    rows = declared_rows("guests", [gus.pk])
    assert {row["last_name"] for row in rows if "last_name" in row} == {"Gus"}
    assert [row["number"] for row in rows if "number" in row] == ["P777XY"]
    assert {row["model"] for row in rows} == {
        "guests.Guest",
        "guests.GuestDocument",
        "guests.ProfileAtProperty",
    }


def test_a_row_that_two_look_ups_hit_is_told_once(cast):
    (merges,) = (row for row in personal_data() if row.model == "guests.GuestMerge")
    guest = guest_make(cast.alpha)
    assert ids_about(merges, [guest.pk]) == set()
    assert rows_of(merges, [guest.pk]) == []


def test_a_column_that_is_not_there_is_said():
    with pytest.raises(LookupError, match=r"guests\.Guest\.shoe_size"):
        column_of("guests.Guest", "shoe_size")
