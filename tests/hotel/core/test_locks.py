"""Row locks and advisory locks between two real connections."""

import threading

import pytest
from django.db import connection, transaction

from hotel.core.locks import LockRefused, LockSpace, advisory_lock, lock_rows
from hotel.core.models import DeclaredSchedule
from tests.together import Actor, together

pytestmark = pytest.mark.django_db(transaction=True)


def test_rows_come_back_fresh_in_order_of_their_key():
    ids = [DeclaredSchedule.objects.create(name=name, written={}).pk for name in "cab"]
    with transaction.atomic():
        assert [row.pk for row in lock_rows(DeclaredSchedule.objects.order_by("name"))] == sorted(ids)


def test_a_row_that_someone_else_holds_is_refused_in_time_and_nothing_is_changed():
    row = DeclaredSchedule.objects.create(name="a", written={"n": 1})
    held, done = threading.Event(), threading.Event()

    def holder():
        with transaction.atomic():
            lock_rows(DeclaredSchedule.objects.filter(pk=row.pk))
            held.set()
            done.wait(20)

    def latecomer():
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '100ms'")
            lock_rows(DeclaredSchedule.objects.filter(pk=row.pk))

    with Actor() as other:
        future = other.do(holder, wait=False)
        assert held.wait(20)
        with pytest.raises(LockRefused) as caught:
            latecomer()
        done.set()
        future.result(20)
    assert (caught.value.status, caught.value.code) == (409, "lock_refused")
    row.refresh_from_db()
    assert row.written == {"n": 1}


def test_who_waits_for_a_lock_sees_what_the_first_has_written():
    row = DeclaredSchedule.objects.create(name="a", written={"n": 0})

    def add_one():
        with transaction.atomic():
            [locked] = lock_rows(DeclaredSchedule.objects.filter(pk=row.pk))
            locked.written["n"] += 1
            locked.save()

    assert together(*[add_one] * 8) == [None] * 8
    row.refresh_from_db()
    assert row.written == {"n": 8}


def test_a_deadlock_is_refused_like_a_busy_row():
    one, two = (DeclaredSchedule.objects.create(name=name, written={}) for name in "ab")
    barrier = threading.Barrier(2)

    def crosswise(first, second):
        with transaction.atomic():
            lock_rows(DeclaredSchedule.objects.filter(pk=first.pk))
            barrier.wait(20)
            lock_rows(DeclaredSchedule.objects.filter(pk=second.pk))

    outcome = together(lambda: crosswise(one, two), lambda: crosswise(two, one))
    assert {type(result) for result in outcome} == {type(None), LockRefused}


def test_an_advisory_lock_is_held_until_the_end_of_the_transaction():
    with Actor() as other:

        def attempt(key, space=LockSpace.DEMO):
            with transaction.atomic():
                return advisory_lock(space, key, wait=False)

        with transaction.atomic():
            assert advisory_lock(LockSpace.DEMO, "alpha") is True
            assert other.do(lambda: attempt("alpha")) is False
            assert other.do(lambda: attempt("beta")) is True
            assert other.do(lambda: attempt("alpha", LockSpace.IMPORT_JOB)) is True
        assert other.do(lambda: attempt("alpha")) is True


def test_waiting_for_an_advisory_lock_is_refused_in_time():
    def impatient():
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '100ms'")
            advisory_lock(LockSpace.DEMO, 1)

    with Actor() as other, transaction.atomic():
        advisory_lock(LockSpace.DEMO, 1)
        with pytest.raises(LockRefused):
            other.do(impatient)


def test_lock_spaces_are_never_reused():
    assert [space.value for space in LockSpace] == sorted({space.value for space in LockSpace})
