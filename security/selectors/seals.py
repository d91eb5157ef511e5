"""Reads of seals and of the leaves under them; row hashes are always computed anew, never the stored ones."""

from collections.abc import Iterator

from django.db import connection

from security.domain.heads import HASH_SIZE, Head, Seal, head_of
from security.domain.merkle import leaf_hash
from security.models import AuditSeal

LINE = (
    'security_trail_line(id, at, op, "table", row_pk, property_id, old, new, actor, actor_id, impersonator_id,'
    " token_id, request_id, door, address, reason, transaction)"
)
HASH = f"sha256(convert_to({LINE}, 'UTF8'))"


def leaves_in(first_id: int, last_id: int) -> list[bytes]:
    """The leaf hashes of the entries between these numbers, both inclusive, in their order.

    What a leaf says is the SHA-256 of the entry's line.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT string_agg({HASH}, ''::bytea ORDER BY id) FROM security_auditlog WHERE id BETWEEN %s AND %s",  # noqa: S608
            [first_id, last_id],
        )
        return leaves_of(cursor.fetchone()[0])


def leaves_of(joined: bytes | memoryview | None) -> list[bytes]:
    """Leaf hashes of entries whose hashes come one after the other."""
    data = bytes(joined or b"")
    return [leaf_hash(data[at : at + HASH_SIZE]) for at in range(0, len(data), HASH_SIZE)]


def seal_of(row: AuditSeal) -> Seal:
    """As a plain value."""
    return Seal(row.number, row.first_id, row.last_id, row.rows, bytes(row.root), row.sealed_at)


def head_of_seal(row: AuditSeal) -> Head:
    """The signed head that ends with this seal."""
    return head_of(seal_of(row), bytes(row.log_root), row.key_id).signed(bytes(row.signature))


def seal_leaves(last: int | None = None) -> Iterator[tuple[int, bytes]]:
    """Number and leaf hash of every seal, or of those up to ``last``, in order."""
    rows = AuditSeal.objects.order_by("number")
    if last is not None:
        rows = rows.filter(number__lte=last)
    for row in rows.iterator(chunk_size=2000):
        yield row.number, leaf_hash(seal_of(row).leaf())
