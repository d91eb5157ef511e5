"""Changes of keys under load: nothing becomes unreadable, everybody is found, and a row shows how far it is."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from hotel.core.clock import now
from hotel.core.crypto import key_ring
from hotel.core.exceptions import Conflict
from hotel.core.models import DataKey
from hotel.guests.models import Guest
from hotel.guests.selectors.profiles import guests_search
from security.models import KeyRotation
from security.services import keys
from security.services.key_rotations import rotation_start, rotation_step, rotations_work
from tests.cast import make_cast
from tests.factories.guests import guest_make
from tests.security.keys import NEW, OLD, forget_what_is_cached, install
from tests.together import together


@pytest.fixture(autouse=True)
def clean_caches():
    yield
    forget_what_is_cached()


def figures(row):
    row.refresh_from_db()
    return row.status, row.done == row.total, row.percent


def test_all_data_keys_are_wrapped_anew_in_batches(cast, monkeypatch):
    guests = [guest_make(cast.alpha, email=f"g{n}@example.com") for n in range(5)]
    with pytest.raises(Conflict) as needless:
        rotation_start(kind="wrapping", by=cast.ada)
    assert needless.value.code == "key_rotation_needless"
    install(monkeypatch, NEW, OLD)
    monkeypatch.setattr(keys, "BATCH", 2)
    row = rotation_start(kind="wrapping", by=cast.ada)
    with pytest.raises(Conflict) as second:
        rotation_start(kind="wrapping", by=cast.ada)
    assert second.value.code == "key_rotation_runs"
    total = DataKey.objects.filter(kek="t1").count()
    assert (row.total, rotation_step(rotation=row)) == (total, True)
    row.refresh_from_db()
    assert (row.done, row.status) == (2, "running")
    assert rotations_work() >= 1
    assert figures(row) == ("done", True, 100)
    assert set(DataKey.objects.values_list("kek", flat=True)) == {"t2"}
    install(monkeypatch, NEW)
    forget_what_is_cached()
    assert [Guest.objects.get(pk=guest.pk).email for guest in guests] == [
        f"g{n}@example.com" for n in range(5)
    ]


def test_what_belongs_to_nobody_is_read_after_the_old_key_was_taken_away(cast, monkeypatch):
    seed = key_ring().encrypt("a seed", context="of a second step")
    install(monkeypatch, NEW, OLD)
    rotation_start(kind="wrapping", by=None)
    rotations_work()
    install(monkeypatch, NEW)
    forget_what_is_cached()
    assert key_ring().decrypt(seed, context="of a second step") == "a seed"


def test_a_change_stops_where_a_key_is_missing_and_says_which(cast, monkeypatch):
    guest_make(cast.alpha, email="gus@example.com")
    install(monkeypatch, NEW)
    row = rotation_start(kind="wrapping", by=None)
    assert rotation_step(rotation=row) is False
    row.refresh_from_db()
    lost = DataKey.objects.filter(kek="t1").count()
    assert (row.status, row.done) == ("failed", 0)
    assert row.failure == f"Data keys are wrapped under keys that are not configured: t1 ({lost})."


def test_a_change_stops_at_a_data_key_that_was_put_under_another_name(cast, monkeypatch):
    one, two = (guest_make(cast.alpha, email=f"g{n}@example.com") for n in range(2))
    stolen = DataKey.objects.get(subject=f"guest:{two.pk}").wrapped
    DataKey.objects.filter(subject=f"guest:{one.pk}").update(wrapped=stolen)
    install(monkeypatch, NEW, OLD)
    row = rotation_start(kind="wrapping", by=None)
    assert rotation_step(rotation=row) is False
    row.refresh_from_db()
    assert (row.status, row.failure) == (
        "failed", f"The data key of guest:{one.pk} is not the one that was wrapped.",
    )  # fmt: skip
    assert not DataKey.objects.filter(kek="t2").exists()


def test_a_change_stops_when_another_key_takes_over_meanwhile(cast, monkeypatch):
    guest_make(cast.alpha, email="gus@example.com")
    install(monkeypatch, NEW, OLD)
    row = rotation_start(kind="wrapping", by=None)
    install(monkeypatch, OLD, NEW)
    assert rotation_step(rotation=row) is False
    assert figures(row)[0] == "failed"


def test_the_index_key_waits_for_all_processes_and_everybody_is_found_at_each_step(cast, monkeypatch):
    guest = guest_make(cast.alpha, email="gus@example.com", phone="+4315550100")

    def found():
        return [guests_search([cast.alpha.pk], text) for text in ("gus@example.com", "01 5550100")]

    row = rotation_start(kind="index", by=cast.ada)
    assert (row.target, rotation_step(rotation=row), found()) == ("2", False, [[guest.pk], [guest.pk]])
    DataKey.objects.filter(subject="index:0").update(created_at=now() - timedelta(days=1))
    while rotation_step(rotation=row):
        assert found() == [[guest.pk], [guest.pk]]
    assert figures(row)[0] == "done"
    guest.refresh_from_db()
    assert (guest.email_fingerprint[:2], guest.phone_fingerprint[:2], found()) == (
        "2:", "2:", [[guest.pk], [guest.pk]],
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_nobody_fails_to_read_or_to_write_while_all_keys_are_wrapped_anew(monkeypatch):
    place = make_cast().alpha
    guests = [guest_make(place, email=f"g{n}@example.com").pk for n in range(60)]
    install(monkeypatch, NEW, OLD)
    monkeypatch.setattr(keys, "BATCH", 5)
    row, done = rotation_start(kind="wrapping", by=None), threading.Event()

    def rotate():
        try:
            return rotations_work()
        finally:
            done.set()

    def read():
        seen = 0
        while not done.is_set() or not seen:
            key_ring().opened.clear()
            emails = {guest.email for guest in Guest.objects.filter(pk__in=guests)}
            assert emails == {f"g{n}@example.com" for n in range(60)}
            seen += 1
        return seen

    def write():
        made = []
        while not done.is_set() or not made:
            with transaction.atomic():
                made.append(guest_make(place, email=f"new{len(made)}@example.com").pk)
        return made

    _batches, seen, made = together(rotate, read, write)
    assert seen >= 1
    assert figures(row)[0] == "done"
    forget_what_is_cached()
    assert {g.email for g in Guest.objects.filter(pk__in=made)} == {
        f"new{n}@example.com" for n in range(len(made))
    }
    assert set(DataKey.objects.values_list("kek", flat=True)) == {"t2"}
    assert connection.in_atomic_block is False


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_the_same_change_begin_one(monkeypatch):
    guest_make(make_cast().alpha, email="gus@example.com")
    install(monkeypatch, NEW, OLD)

    def begin():
        try:
            return rotation_start(kind="wrapping", by=None).pk
        except Conflict as error:
            return error.code

    answers = together(begin, begin)
    assert sorted(answers, key=str)[1] == "key_rotation_runs"
    assert KeyRotation.objects.count() == 1
