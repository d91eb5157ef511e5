"""What holds of documents whatever code does; SQL that returns the violations."""

from collections.abc import Iterator

from hotel.core.invariants import Invariant


def invariants() -> Iterator[Invariant]:
    """The invariants of documents."""
    yield Invariant(
        "inv_invoice_numbers_complete",
        "The numbers of a series begin at 1 and have no gap.",
        """
        SELECT series.id, series.next_number, count(invoice.id) AS documents, max(invoice.number) AS last
          FROM folios_fiscalseries AS series
          LEFT JOIN folios_invoice AS invoice
            ON invoice.property_id = series.property_id AND invoice.series_id = series.id
         GROUP BY series.id
        HAVING count(invoice.id) <> series.next_number - 1 OR coalesce(max(invoice.number), 0) <> series.next_number - 1
        """,
    )
    yield Invariant(
        "inv_invoice_content",
        "A document says in print what its row says, and its content is what its hash says.",
        """
        SELECT id FROM folios_invoice
         WHERE encode(sha256(convert_to(content, 'UTF8')), 'hex') <> content_hash
            OR (content::jsonb #>> '{totals,total}')::numeric <> total
            OR (content::jsonb #>> '{totals,tax}')::numeric <> tax
            OR content::jsonb ->> 'number' <> number_text
            OR (SELECT coalesce(sum((line ->> 'gross')::numeric), 0)
                  FROM jsonb_array_elements(content::jsonb -> 'lines') AS line) <> total
        """,
    )
    yield Invariant(
        "inv_invoice_is_ledger",
        "The total of a document is that of the postings among its lines.",
        """
        SELECT invoice.id, invoice.total, coalesce(lines.gross, 0) AS posted
          FROM folios_invoice AS invoice
          LEFT JOIN (SELECT row.invoice_id, sum(posting.gross) AS gross
                       FROM folios_invoicedposting AS row JOIN folios_posting AS posting ON posting.id = row.posting_id
                      WHERE NOT row.is_payment GROUP BY row.invoice_id) AS lines ON lines.invoice_id = invoice.id
         WHERE invoice.journal_id IS NULL AND NOT invoice.is_cancellation
           AND invoice.total <> coalesce(lines.gross, 0)
        """,
    )
    yield Invariant(
        "inv_invoice_credited",
        "No more is credited than was invoiced; a cancelled document is credited whole, and covers nothing.",
        """
        SELECT invoice.id, invoice.total, sum(note.total) AS credited
          FROM folios_invoice AS invoice
          JOIN folios_invoice AS note
            ON note.property_id = invoice.property_id AND note.corrects_id = invoice.id
         GROUP BY invoice.id
        HAVING NOT bool_or(note.is_cancellation) AND invoice.total + sum(note.total) < 0
            OR bool_or(note.is_cancellation) AND (invoice.total + sum(note.total) <> 0 OR EXISTS (
               SELECT FROM folios_invoicedposting AS row
                WHERE row.invoice_id = invoice.id AND row.released_by_id IS NULL))
        """,
    )
    yield Invariant(
        "inv_invoice_property",
        "A document, its series and what it covers are of one property.",
        """
        SELECT invoice.id FROM folios_invoice AS invoice
          JOIN folios_fiscalseries AS series ON series.id = invoice.series_id
         WHERE series.property_id <> invoice.property_id OR series.kind <> invoice.kind
         UNION ALL
        SELECT row.invoice_id FROM folios_invoicedposting AS row
          JOIN folios_invoice AS invoice ON invoice.id = row.invoice_id
          JOIN folios_posting AS posting ON posting.id = row.posting_id
         WHERE (row.property_id, posting.property_id) <> (invoice.property_id, invoice.property_id)
            OR posting.window_id <> invoice.window_id
        """,
    )
    yield Invariant(
        "inv_allocations_fit",
        "An allocation joins an item and a payment of its account, and no more is allocated than either has.",
        """
        SELECT part.account_id, part.debit_id, part.credit_id FROM folios_cityallocation AS part
          JOIN folios_ledgerentry AS debit ON debit.id = part.debit_id
          JOIN folios_ledgerentry AS credit ON credit.id = part.credit_id
         WHERE (debit.account_id, credit.account_id, debit.property_id, debit.currency)
               IS DISTINCT FROM (part.account_id, part.account_id, part.property_id, part.currency)
            OR debit.amount <= 0 OR credit.amount >= 0
         UNION ALL
        SELECT entry.account_id, entry.id, NULL FROM folios_ledgerentry AS entry
          JOIN (SELECT debit_id AS entry_id, amount FROM folios_cityallocation WHERE undone_on IS NULL
                 UNION ALL
                SELECT credit_id, amount FROM folios_cityallocation WHERE undone_on IS NULL) AS part
            ON part.entry_id = entry.id
         GROUP BY entry.account_id, entry.id HAVING sum(part.amount) > abs(entry.amount)
        """,
    )
