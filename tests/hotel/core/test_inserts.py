"""Rows go in with one kept statement, and stand there as ``bulk_create`` would have written them."""

from datetime import time

import pytest
from django.db import IntegrityError, transaction

from hotel.core import inserts
from hotel.core.inserts import rows_insert
from hotel.properties.models import AgeBand
from hotel.reservations.models import Reservation
from tests.factories.reservations import reservation_make


def band(place, code: str, age: int) -> AgeBand:
    return AgeBand(property=place, code=code, name=code.title(), min_age=age, max_age=age)


def test_rows_get_their_keys_in_order_with_one_statement(cast, django_assert_num_queries):
    AgeBand.objects.all().delete()
    rows = [band(cast.alpha, "old", 90), band(cast.alpha, "young", 3), band(cast.beta, "old", 80)]
    with django_assert_num_queries(1):
        assert rows_insert(iter(rows)) == rows
    stored = AgeBand.objects.order_by("pk").values_list("pk", "property", "code", "min_age")
    assert list(stored) == [
        (rows[0].pk, cast.alpha.pk, "old", 90),
        (rows[1].pk, cast.alpha.pk, "young", 3),
        (rows[2].pk, cast.beta.pk, "old", 80),
    ]


def test_a_row_can_be_changed_like_any_other_afterwards(cast):
    [row] = rows_insert([band(cast.alpha, "senior", 250)])
    row.name = "Elderly"
    row.save()
    assert list(AgeBand.objects.filter(code="senior").values_list("pk", "name")) == [(row.pk, "Elderly")]


@pytest.mark.parametrize("few", [50, 0])
def test_money_json_and_instants_are_written_as_bulk_create_writes_them(cast, monkeypatch, few):
    monkeypatch.setattr(inserts, "FEW", few)
    stay = reservation_make(cast.alpha, eta=time(18, 30))
    Reservation.objects.filter(pk=stay.pk).update(
        cancel_reason="'\\\"\n{ü,}", children={"child": 1, "x": "\\"}
    )
    written = []
    for number, write in (("X-1", rows_insert), ("X-2", Reservation.objects.bulk_create)):
        copy = Reservation.objects.get(pk=stay.pk)
        copy.pk, copy.number = None, number
        write([copy])
        written.append(Reservation.objects.values().get(number=number))
    kept, composed = written
    assert {name for name in kept if kept[name] != composed[name]} == {"id", "number", "updated_at"}


def test_nothing_to_insert_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert rows_insert([]) == []


def test_many_rows_get_their_keys_in_order_by_batches(cast, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(inserts, "FEW", 1)
    monkeypatch.setattr(inserts, "BATCH", 2)
    rows = [band(cast.alpha, f"b{age}", age) for age in (201, 202, 203)]
    with django_assert_num_queries(3):  # the keys, two batches
        assert rows_insert(rows) == rows
    stored = AgeBand.objects.filter(min_age__gt=200).order_by("pk")
    assert [(row.pk, row.code) for row in stored] == [(row.pk, row.code) for row in rows]
    rows[0].name = "Elderly"
    rows[0].save()
    assert AgeBand.objects.get(code="b201").name == "Elderly"


def test_a_constraint_refuses_all_rows_of_the_statement(cast):
    before = AgeBand.objects.count()
    with pytest.raises(IntegrityError, match="age_band_code_once"), transaction.atomic():
        rows_insert([band(cast.alpha, "twin", 201), band(cast.alpha, "twin", 203)])
    assert AgeBand.objects.count() == before
