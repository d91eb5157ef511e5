"""Columns of tables with rows become ciphertext, and clear again."""

from types import SimpleNamespace

from django.db import connection

from hotel.core.column_encryption import Columns, columns_decrypt, columns_encrypt
from hotel.core.crypto import key_ring
from hotel.guests.models import Guest
from tests.factories.guests import guest_make

GUESTS = Columns(
    "guests_guest", "guests.guest", ("email", "street"), "'guest:' || id",
    (("email", "email_fingerprint", "guests.email"),),
)  # fmt: skip


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT email, street, email_fingerprint FROM guests_guest ORDER BY id")
        return cursor.fetchall()


def test_there_and_back(cast):
    for number in range(3):
        guest_make(cast.alpha, email=f"g{number}@example.com", street="")
    editor = SimpleNamespace(connection=connection)
    before = rows()
    assert columns_decrypt(GUESTS, editor) == 3
    assert [row[0] for row in rows()] == [f"g{number}@example.com" for number in range(3)]
    Guest.objects.update(email_fingerprint="old")
    old = key_ring().house.encrypt("g2@example.com", context="guests.guest.email")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE guests_guest SET email = %s WHERE email = 'g2@example.com'", [old])
    assert (columns_encrypt(GUESTS, editor), columns_encrypt(GUESTS, editor)) == (3, 0)
    assert [row[1:] for row in rows()] == [row[1:] for row in before]
    assert [guest.email for guest in Guest.objects.order_by("pk")] == [f"g{n}@example.com" for n in range(3)]
