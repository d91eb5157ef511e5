"""A small trail of its own for a test: entries, seals of ten numbers, and what an attacker with all rights can do."""

from django.db import connection

from hotel.core.postgresql.owner import owner
from security.domain.heads import Seal, head_of
from security.domain.merkle import frontier_of, frontier_root, leaf_hash, root_of
from security.models import AuditSeal
from security.seal_keys import seal_keys
from security.selectors.seals import HASH, head_of_seal, leaves_in, seal_of
from security.services import sealing
from tests.structure import by_owner

RANGE = 10


def execute(sql, params=()):
    """Run it as the owner of the tables; the rows, if there are any."""
    with by_owner(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def unguarded():
    """As the owner of the tables can: no trigger stands in the way for the rest of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {owner().get('USER', 'CURRENT_USER')}")
    for table in ("security_auditlog", "security_auditseal"):
        execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def trail_made(rows: int, monkeypatch, gaps=()) -> list:
    """Entries from number 1 on, without those of the gaps, all sealed; the heads."""
    unguarded()
    execute("DELETE FROM security_auditlog")
    execute("DELETE FROM security_auditseal")
    execute("DELETE FROM security_sealmark")
    execute("SELECT setval('security_auditlog_id_seq', 1, false)")
    execute(
        "SELECT security_trail_write('rooms_room', array_agg(('U', n::text, n %% 3, jsonb_build_object('name', n),"
        " jsonb_build_object('name', n + 1))::security_change ORDER BY n)) FROM generate_series(1, %s) AS n",
        [rows],
    )
    if gaps:
        execute("DELETE FROM security_auditlog WHERE id = ANY (%s)", [list(gaps)])
    monkeypatch.setattr(sealing, "RANGE_ROWS", RANGE)
    sealing.range_seal(up_to=rows)
    return [head_of_seal(row) for row in AuditSeal.objects.order_by("number")]


def hashes_made_anew():
    """An attacker who knows how row hashes are made."""
    execute(f"UPDATE security_auditlog SET row_hash = {HASH} WHERE row_hash <> {HASH}")  # noqa: S608


def seals_made_anew():
    """An attacker who has the signing key, too: every seal and head fits the entries again."""
    frontier, keys = [], seal_keys()
    for row in AuditSeal.objects.order_by("number"):
        leaves = leaves_in(row.first_id, row.last_id)
        seal = Seal(row.number, row.first_id, row.last_id, len(leaves), root_of(leaves), row.sealed_at)
        frontier = frontier_of([leaf_hash(seal.leaf())], frontier)
        head = head_of(seal, frontier_root(frontier), keys.current_id)
        AuditSeal.objects.filter(pk=row.pk).update(
            rows=seal.rows,
            root=seal.root,
            log_root=bytes.fromhex(head.log_root),
            key_id=keys.current_id,
            signature=keys.sign(head.message()),
        )
    assert all(seal_of(row).rows >= 0 for row in AuditSeal.objects.all())
