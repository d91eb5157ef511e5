"""Proofs for others: that an entry is under a seal, and that one head goes on from another."""

from dataclasses import dataclass

from django.db import connection

from hotel.core.exceptions import NotFound, RuleBroken
from hotel.core.words import _
from security.domain.heads import Head
from security.domain.merkle import consistency_proof, inclusion_proof
from security.models import AuditLog, AuditSeal
from security.selectors.seals import LINE, head_of_seal, leaves_in, seal_leaves, seal_of


@dataclass(frozen=True)
class Proof:
    """That an entry is part of the trail, down from a signed head.

    Attributes:
        line: what the entry says; what its leaf says is the SHA-256 of it.
        index, size, path: place and audit path of the leaf in the tree of its seal.
        seal_leaf: what the seal says in the tree over all seals.
        seal_index, seal_size, seal_path: place and audit path there.
        head: the newest signed head.
    """

    line: str
    index: int
    size: int
    path: list[bytes]
    seal_leaf: str
    seal_index: int
    seal_size: int
    seal_path: list[bytes]
    head: Head


def entry_proof(entry: AuditLog) -> Proof:
    """The proof of one entry.

    Raises:
        RuleBroken: it is not sealed yet; that takes a minute.
    """
    row = AuditSeal.objects.filter(first_id__lte=entry.pk, last_id__gte=entry.pk).order_by("last_id").first()
    newest = AuditSeal.objects.order_by("-number").first()
    if row is None or newest is None:
        raise RuleBroken(_("This entry is not sealed yet; try again in a minute."), code="not_sealed_yet")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {LINE}, (SELECT count(*) FROM security_auditlog AS earlier"  # noqa: S608
            " WHERE earlier.id >= %s AND earlier.id < log.id)"
            " FROM security_auditlog AS log WHERE id = %s",
            [row.first_id, entry.pk],
        )
        line, index = cursor.fetchone()
    leaves = leaves_in(row.first_id, row.last_id)
    seals = [leaf for _, leaf in seal_leaves()]
    return Proof(
        line=line,
        index=index,
        size=len(leaves),
        path=inclusion_proof(leaves, index),
        seal_leaf=seal_of(row).leaf().decode(),
        seal_index=row.number - 1,
        seal_size=len(seals),
        seal_path=inclusion_proof(seals, row.number - 1),
        head=head_of_seal(newest),
    )


def heads_proof(first: int, second: int) -> tuple[Head, Head, list[bytes]]:
    """That the head of the second seal goes on from that of the first, with both heads.

    Raises:
        NotFound: no such seal.
        RuleBroken: the first comes after the second.
    """
    rows = {row.number: row for row in AuditSeal.objects.filter(number__in=[first, second])}
    if first not in rows or second not in rows:
        raise NotFound(_("There is no such seal."))
    if first > second:
        raise RuleBroken(_("The first seal comes after the second."), code="seals_out_of_order")
    leaves = [leaf for _, leaf in seal_leaves(second)]
    return head_of_seal(rows[first]), head_of_seal(rows[second]), consistency_proof(leaves, first)
