"""What holds of the trail whatever code does."""

from collections.abc import Iterator

from hotel.core.invariants import Invariant


def invariants() -> Iterator[Invariant]:
    """Of seals and archives. Whether hashes are right is for the check, which reads everything."""
    yield Invariant(
        "inv_seals_contiguous",
        "Seals are numbered from one without gaps, and each begins after the last entry of the one before.",
        """
        SELECT number, first_id, before_last
          FROM (SELECT number, first_id, lag(last_id, 1, 0::bigint) OVER (ORDER BY number) AS before_last,
                       row_number() OVER (ORDER BY number) AS place
                  FROM security_auditseal) AS seal
         WHERE place <> number OR first_id <> before_last + 1
        """,
    )
    yield Invariant(
        "inv_archives_sealed",
        "Only entries that were sealed are archived, and none of them is in the database any more.",
        """
        SELECT archive.partition, archive.last_id
          FROM security_auditarchive AS archive
          LEFT JOIN security_auditseal AS seal ON seal.number = archive.seal_number
         WHERE seal.last_id IS NULL OR seal.last_id < archive.last_id OR to_regclass(archive.partition) IS NOT NULL
        """,
    )
