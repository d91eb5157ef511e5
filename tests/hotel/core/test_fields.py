"""EncryptedTextField: ciphertext in the table, plaintext in Python, no search."""

from datetime import timedelta

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from hotel.core.clock import now
from hotel.core.crypto import DecryptionFailed
from hotel.core.models import IdempotencyRecord


def record(body: str, key: str = "k") -> IdempotencyRecord:
    return IdempotencyRecord.objects.create(
        principal="user:1",
        route="POST /x",
        key=key,
        body_hash="h",
        lease_until=now() + timedelta(1),
        response_body=body,
    )


def stored(row: IdempotencyRecord) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT response_body FROM core_idempotencyrecord WHERE id = %s", [row.pk])
        return cursor.fetchone()[0]


def test_the_table_holds_ciphertext_and_python_plaintext(db):
    row = record("Room 12 for Ms Ünal")
    assert stored(row).startswith("v2:A256GCM:")
    assert "Ünal" not in stored(row)
    assert IdempotencyRecord.objects.get(pk=row.pk).response_body == "Room 12 for Ms Ünal"


def test_nothing_stays_nothing(db):
    row = record("")
    assert stored(row) == ""
    assert IdempotencyRecord.objects.get(response_body="") == row
    assert not IdempotencyRecord.objects.filter(response_body__isnull=True).exists()


@pytest.mark.parametrize(
    "lookup", [{"response_body": "x"}, {"response_body__contains": "x"}, {"response_body__in": ["x"]}]
)
def test_a_search_that_could_never_match_is_refused(db, lookup):
    with pytest.raises(FieldError):
        IdempotencyRecord.objects.filter(**lookup).exists()


def test_ciphertext_copied_from_another_field_is_refused(db):
    from hotel.core.crypto import key_ring

    row = record("x")
    foreign = key_ring().encrypt("x", context="other.model.field")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE core_idempotencyrecord SET response_body = %s WHERE id = %s", [foreign, row.pk]
        )
    with pytest.raises(DecryptionFailed):
        _ = IdempotencyRecord.objects.get(pk=row.pk).response_body
