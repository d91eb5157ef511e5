"""Seals the trail: ranges without gaps, of transactions that have all ended, in a tree that only grows."""

from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from hotel.core.clock import now
from hotel.core.locks import LockSpace, advisory_lock
from security.domain.heads import Head, Seal, head_of
from security.domain.merkle import Frontier, frontier_of, frontier_root, leaf_hash, root_of
from security.models import AuditSeal, SealMark
from security.seal_keys import seal_keys
from security.selectors.seals import head_of_seal, leaves_in, seal_leaves

RANGE_ROWS = 1000


@dataclass(frozen=True)
class Sealed:
    """What one call of the sealer did: seals made, and the highest number that is sealed now."""

    seals: int
    last_id: int


def trail_seal() -> Sealed:
    """Seal all that is settled, in ranges of at most ``RANGE_ROWS`` numbers, and take the heads out. Repeatable.

    What is still in the hands of a running transaction is left for the next call.
    """
    settled = settled_id()
    done = range_seal(up_to=settled)
    heads_export()
    return done


def settled_id() -> int:
    """The highest number below which every entry is committed or will never be.

    Two looks: at the first the numbers given out and a transaction id younger than any that holds one of them; once
    every transaction older than that id has ended, these numbers are settled. It must not run inside a transaction
    that has written, which would wait for itself.
    """
    mark, _ = SealMark.objects.get_or_create(pk=1)
    settled = mark.last_id if _is_past(mark.horizon) else 0
    if settled or not mark.last_id:
        with connection.cursor() as cursor:
            cursor.execute("SELECT last_id, horizon FROM security_trail_given()")
            given, horizon = cursor.fetchone()
        SealMark.objects.filter(pk=1).update(last_id=given, horizon=horizon)
        settled = given if _is_past(horizon) else settled
    return settled


def _is_past(horizon: int) -> bool:
    """Whether every transaction up to this one has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > %s", [horizon])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def range_seal(*, up_to: int) -> Sealed:
    """Seal the numbers after the last seal up to this one, which must be settled.

    One sealer at a time, by an advisory lock: the other waits and finds nothing left to do.
    """
    advisory_lock(LockSpace.TRAIL_SEAL, 1)
    last = AuditSeal.objects.order_by("-number").first()
    number, sealed = (last.number, last.last_id) if last else (0, 0)
    if up_to <= sealed:
        return Sealed(0, sealed)
    frontier = _frontier(last)
    made, keys = [], seal_keys()
    while sealed < up_to:
        first, sealed = sealed + 1, min(sealed + RANGE_ROWS, up_to)
        leaves = leaves_in(first, sealed)
        number += 1
        seal = Seal(number, first, sealed, len(leaves), root_of(leaves), now())
        frontier = frontier_of([leaf_hash(seal.leaf())], frontier)
        head = head_of(seal, frontier_root(frontier), keys.current_id)
        made.append(_row(seal, head, keys.sign(head.message())))
    AuditSeal.objects.bulk_create(made)
    kept = [[size, node.hex()] for size, node in frontier]
    SealMark.objects.update_or_create(pk=1, defaults={"frontier": kept})
    return Sealed(len(made), sealed)


def _frontier(last: AuditSeal | None) -> Frontier:
    """As kept when that was for the last seal, otherwise computed from all."""
    mark = SealMark.objects.filter(pk=1).first()
    kept = [(size, bytes.fromhex(node)) for size, node in mark.frontier] if mark else []
    if last is not None and kept and frontier_root(kept) == bytes(last.log_root):
        return kept
    return frontier_of(leaf for _, leaf in seal_leaves())


def _row(seal: Seal, head: Head, signature: bytes) -> AuditSeal:
    return AuditSeal(
        number=seal.number,
        first_id=seal.first_id,
        last_id=seal.last_id,
        rows=seal.rows,
        root=seal.root,
        log_root=bytes.fromhex(head.log_root),
        sealed_at=seal.sealed_at,
        key_id=head.key_id,
        signature=signature,
    )


def heads_export() -> int:
    """Take heads that are still only in the database out of it; returns how many. Repeatable.

    An exporter may get a head twice when the process dies in between: the check reads it once.
    """
    waiting = list(AuditSeal.objects.filter(exported_at=None).order_by("number"))
    if waiting:
        heads = [head_of_seal(row) for row in waiting]
        for dotted in settings.AUDIT_HEAD_EXPORTERS:
            import_string(dotted)().export(heads)
        AuditSeal.objects.filter(pk__in=[row.pk for row in waiting], exported_at=None).update(
            exported_at=now()
        )
    return len(waiting)
