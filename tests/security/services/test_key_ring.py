"""A key for each subject: bound to its row, made once, forgotten for good, fetched by the page."""

from datetime import date

import pytest
from auditlog.registry import auditlog
from django.db import connection, transaction

from hotel.core.crypto import DecryptionFailed, KeyErased, KeyUnavailable, key_ring
from hotel.core.models import DataKey, SecurityEvent
from hotel.guests.models import Guest
from security.selectors.captured import watched
from tests.factories.guests import guest_make
from tests.together import together


def stored(guest, column="email"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM guests_guest WHERE id = %s", [guest.pk])  # noqa: S608
        return cursor.fetchone()[0]


def overwrite(guest, token):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE guests_guest SET email = %s WHERE id = %s", [token, guest.pk])


def empty_caches():
    for cache in (key_ring().opened, key_ring().current):
        cache.clear()


def test_a_guest_has_a_key_and_his_data_is_ciphertext(cast):
    guest = guest_make(cast.alpha, email="gus@example.com", phone="+4315550100", birth_date=date(1980, 2, 3))
    key = DataKey.objects.get(subject=f"guest:{guest.pk}")
    for column in ("email", "phone", "birth_date"):
        assert stored(guest, column).startswith(f"v2:A256GCM:{key.pk}:")
    found = Guest.objects.get(pk=guest.pk)
    assert (found.email, found.phone, found.birth_date.isoformat()) == (
        "gus@example.com",
        "+4315550100",
        "1980-02-03",
    )


def test_ciphertext_moved_to_another_row_is_refused_a_thousand_times(cast):
    guests = [guest_make(cast.alpha, email=f"g{n}@example.com") for n in range(2)]
    ring, refused = key_ring(), 0
    for number in range(1_000):
        token = ring.encrypt("x", context=f"guests.guest.email.{number}", subject=f"guest:{guests[0].pk}")
        try:
            ring.decrypt(token, context=f"guests.guest.email.{number + 1}")
        except DecryptionFailed:
            refused += 1
    assert refused == 1_000
    overwrite(guests[1], stored(guests[0]))
    moved = Guest.objects.get(pk=guests[1].pk)
    assert (str(moved.email), bool(moved.email)) == ("[unreadable]", False)
    event = SecurityEvent.objects.get(kind="ciphertext_refused")
    assert event.detail == {"place": f"guests.guest.email.{guests[1].pk}"}


def test_a_forgotten_guest_shows_a_marker_and_saves_what_was_there(cast):
    guest = guest_make(cast.alpha, email="gus@example.com", birth_date=date(1980, 2, 3))
    before = stored(guest)
    assert (
        key_ring().forget(subject=f"guest:{guest.pk}"),
        key_ring().forget(subject=f"guest:{guest.pk}"),
    ) == (1, 0)
    found = Guest.objects.get(pk=guest.pk)
    assert (str(found.email), bool(found.email), found.birth_date) == ("[erased]", False, None)
    found.save()
    assert (stored(guest), stored(guest, "birth_date")[:3]) == (before, "v2:")
    with pytest.raises(KeyErased):
        key_ring().decrypt(before, context=f"guests.guest.email.{guest.pk}")
    assert DataKey.objects.get(subject=f"guest:{guest.pk}").wrapped is None


def test_the_keys_of_a_page_are_fetched_with_one_query(cast, django_assert_num_queries):
    for number in range(50):
        guest_make(cast.alpha, email=f"g{number}@example.com")
    empty_caches()
    with django_assert_num_queries(2):
        assert len({guest.email for guest in Guest.objects.filter(email_kind="personal")}) == 50


def test_a_key_whose_transaction_was_undone_is_not_used_again(cast):
    ring = key_ring()
    with transaction.atomic():
        ring.encrypt("x", context="c", subject="user:1")
        transaction.set_rollback(True)
    token = ring.encrypt("y", context="c", subject="user:1")
    empty_caches()
    assert ring.decrypt(token, context="c") == "y"


def test_without_the_key_service_reads_say_so_and_other_things_go_on(cast, monkeypatch):
    guest = guest_make(cast.alpha, email="gus@example.com")
    empty_caches()

    def away(kek_id=""):
        raise KeyUnavailable("away")

    monkeypatch.setattr(key_ring().keks, "key", away)
    found = Guest.objects.get(pk=guest.pk)
    assert (str(found.email), found.last_name) == ("[unavailable]", "Guest")
    found.language = "de"
    found.save()
    monkeypatch.undo()
    assert (Guest.objects.get(pk=guest.pk).email, Guest.objects.get(pk=guest.pk).language) == (
        "gus@example.com",
        "de",
    )


def test_old_ciphertext_stays_readable(cast):
    guest = guest_make(cast.alpha, email="new@example.com")
    overwrite(guest, key_ring().house.encrypt("old@example.com", context="guests.guest.email"))
    assert stored(guest).startswith("v1:t1:")
    assert Guest.objects.get(pk=guest.pk).email == "old@example.com"


def test_a_page_of_values_shows_nothing(cast):
    guest_make(cast.alpha, email="gus@example.com")
    (row,) = Guest.objects.values_list("email", flat=True)
    assert str(row) == "•••"


@pytest.mark.django_db(transaction=True)
def test_two_who_need_the_first_key_of_a_subject_get_the_same():
    def write():
        with transaction.atomic():
            return key_ring().encrypt("x", context="c", subject="property:9")

    tokens = together(write, write, write)
    assert DataKey.objects.filter(subject="property:9").count() == 1
    empty_caches()
    assert [key_ring().decrypt(token, context="c") for token in tokens] == ["x"] * 3


def test_no_trail_and_no_log_of_changes_watches_the_table_of_keys():
    assert "core_datakey" not in {one.table for one in watched()}
    assert not auditlog.contains(DataKey)
