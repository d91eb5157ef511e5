"""What holds in the tables of folios whatever code does; SQL that returns the violations."""

from collections.abc import Iterator

from hotel.core.invariants import Invariant


def invariants() -> Iterator[Invariant]:
    """The invariants of folios."""
    yield from _ledger()
    yield from _corrections()
    yield from _folios()


def _ledger() -> Iterator[Invariant]:
    """The journal balances and says what the postings say."""
    yield Invariant(
        "inv_journal_balances",
        "The entries of each journal add up to zero in each currency.",
        """
        SELECT journal_id, currency, sum(amount) FROM folios_ledgerentry
         GROUP BY journal_id, currency HAVING sum(amount) <> 0
        """,
    )
    yield Invariant(
        "inv_posting_amounts",
        "A posting's gross amount is its net amount and its taxes.",
        """
        SELECT posting.id, posting.gross, posting.net, coalesce(tax.amount, 0) AS taxes
          FROM folios_posting AS posting
          LEFT JOIN (SELECT posting_id, sum(amount) AS amount FROM folios_postingtax GROUP BY posting_id) AS tax
            ON tax.posting_id = posting.id
         WHERE posting.gross <> posting.net + coalesce(tax.amount, 0)
        """,
    )
    yield Invariant(
        "inv_posting_has_entries",
        "What a posting says the guest owes is what the guest ledger says of it, on the same window.",
        """
        SELECT posting.id, posting.gross, coalesce(guest.amount, 0) AS entered
          FROM folios_posting AS posting
          LEFT JOIN (SELECT posting_id, window_id, sum(amount) AS amount FROM folios_ledgerentry
                      WHERE ledger = 'guest' GROUP BY posting_id, window_id) AS guest
            ON guest.posting_id = posting.id AND guest.window_id = posting.window_id
         WHERE posting.gross <> coalesce(guest.amount, 0)
        """,
    )
    yield Invariant(
        "inv_ledger_one_day",
        "Postings and entries are of the day of their journal, and no day is written before it opens.",
        """
        SELECT 'entry' AS what, entry.id FROM folios_ledgerentry AS entry
          JOIN folios_journal AS journal ON journal.id = entry.journal_id
         WHERE entry.business_date <> journal.business_date
         UNION ALL
        SELECT 'posting', posting.id FROM folios_posting AS posting
          JOIN folios_journal AS journal ON journal.id = posting.journal_id
         WHERE posting.business_date <> journal.business_date
         UNION ALL
        SELECT 'journal', journal.id FROM folios_journal AS journal
          JOIN properties_property AS place ON place.id = journal.property_id
         WHERE journal.business_date > place.business_date
        """,
    )
    yield Invariant(
        "inv_ledger_currency",
        "Folios, postings and entries are in the property's currency.",
        """
        SELECT 'folio' AS what, row.id FROM folios_folio AS row
          JOIN properties_property AS place ON place.id = row.property_id WHERE row.currency <> place.currency
         UNION ALL
        SELECT 'posting', row.id FROM folios_posting AS row
          JOIN properties_property AS place ON place.id = row.property_id WHERE row.currency <> place.currency
         UNION ALL
        SELECT 'entry', row.id FROM folios_ledgerentry AS row
          JOIN properties_property AS place ON place.id = row.property_id WHERE row.currency <> place.currency
        """,
    )
    yield Invariant(
        "inv_ledger_property",
        "A posting, its window, its code, its journal and its entries are of one property.",
        """
        SELECT posting.id FROM folios_posting AS posting
          JOIN folios_foliowindow AS payer ON payer.id = posting.window_id
          JOIN folios_folio AS folio ON folio.id = payer.folio_id
          JOIN folios_transactioncode AS code ON code.id = posting.code_id
          JOIN folios_journal AS journal ON journal.id = posting.journal_id
         WHERE (payer.property_id, folio.property_id, code.property_id, journal.property_id)
               <> (posting.property_id, posting.property_id, posting.property_id, posting.property_id)
         UNION ALL
        SELECT entry.id FROM folios_ledgerentry AS entry
          JOIN folios_journal AS journal ON journal.id = entry.journal_id
         WHERE entry.property_id <> journal.property_id
        """,
    )


def _corrections() -> Iterator[Invariant]:
    """Corrections are linked to what they correct."""
    yield Invariant(
        "inv_reversal_is_opposite",
        "A reversal takes back exactly what it reverses, on the same window and for the same revenue day.",
        """
        SELECT reversal.id FROM folios_posting AS reversal
          JOIN folios_posting AS posting ON posting.id = reversal.reverses_id
         WHERE reversal.gross <> -posting.gross OR reversal.net <> -posting.net
            OR reversal.window_id <> posting.window_id OR reversal.revenue_date <> posting.revenue_date
            OR posting.reverses_id IS NOT NULL
        """,
    )


def _folios() -> Iterator[Invariant]:
    """Folios, their windows and their status."""
    yield Invariant(
        "inv_closed_folio_is_settled",
        "No window of a closed folio is open or has a balance.",
        """
        SELECT folio.id, payer.number, sum(entry.amount) AS balance
          FROM folios_folio AS folio
          JOIN folios_foliowindow AS payer ON payer.folio_id = folio.id
          LEFT JOIN folios_ledgerentry AS entry
            ON entry.property_id = folio.property_id AND entry.window_id = payer.id AND entry.ledger = 'guest'
         WHERE folio.status = 'closed'
         GROUP BY folio.id, payer.id
        HAVING payer.closed_at IS NULL OR coalesce(sum(entry.amount), 0) <> 0
        """,
    )
    yield Invariant(
        "inv_folio_has_first_window",
        "Each folio has a first window, where postings go that no rule sends elsewhere.",
        """
        SELECT folio.id FROM folios_folio AS folio
         WHERE NOT EXISTS (SELECT FROM folios_foliowindow AS payer
                            WHERE payer.folio_id = folio.id AND payer.number = 1)
        """,
    )
