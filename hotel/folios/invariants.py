"""What holds in the tables of folios whatever code does; SQL that returns the violations."""

from collections.abc import Iterator

from hotel.core.invariants import Invariant


def invariants() -> Iterator[Invariant]:
    """The invariants of folios."""
    yield from _ledger()
    yield from _days()
    yield from _corrections()
    yield from _allowances()
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


def _days() -> Iterator[Invariant]:
    """Frozen days say what the entries say."""
    yield Invariant(
        "inv_ledger_day_matches",
        "A frozen day has the movements of its entries, and begins with what the day before ended with.",
        """
        SELECT coalesce(frozen.property_id, moved.property_id) AS property_id,
               coalesce(frozen.business_date, moved.business_date) AS business_date,
               coalesce(frozen.ledger, moved.ledger) AS ledger, frozen.opening, frozen.before
          FROM (SELECT property_id, business_date, ledger, currency, opening, debits, credits,
                       lag(closing, 1, 0) OVER (PARTITION BY property_id, ledger, currency
                                                ORDER BY business_date) AS before
                  FROM folios_ledgerday) AS frozen
          FULL JOIN (SELECT entry.property_id, entry.business_date, entry.ledger, entry.currency,
                            coalesce(sum(amount) FILTER (WHERE amount > 0), 0) AS debits,
                            coalesce(sum(amount) FILTER (WHERE amount < 0), 0) AS credits
                       FROM folios_ledgerentry AS entry
                       JOIN (SELECT property_id, max(business_date) AS last FROM folios_ledgerday
                              GROUP BY property_id) AS done
                         ON done.property_id = entry.property_id AND entry.business_date <= done.last
                      GROUP BY 1, 2, 3, 4) AS moved
            ON (moved.property_id, moved.business_date, moved.ledger, moved.currency)
               = (frozen.property_id, frozen.business_date, frozen.ledger, frozen.currency)
         WHERE coalesce(frozen.debits, 0) <> coalesce(moved.debits, 0)
            OR coalesce(frozen.credits, 0) <> coalesce(moved.credits, 0)
            OR frozen.opening <> frozen.before
        """,
    )
    yield Invariant(
        "inv_trial_balance_zero",
        "On every frozen day the ledgers of a property together stand at zero.",
        """
        SELECT property_id, business_date, currency, sum(closing) FROM folios_ledgerday
         GROUP BY property_id, business_date, currency HAVING sum(closing) <> 0
        """,
    )
    yield Invariant(
        "inv_deposit_is_liability",
        "For no stay more deposit was used or paid back than was paid.",
        """
        SELECT reservation_id, sum(amount) FROM folios_ledgerentry
         WHERE ledger = 'deposit' GROUP BY reservation_id HAVING sum(amount) > 0
        """,
    )
    yield Invariant(
        "inv_city_entry_has_debtor",
        "Entries of the city ledger name their debtor, others none.",
        "SELECT id, ledger FROM folios_ledgerentry WHERE (ledger = 'city') <> (account_id IS NOT NULL)",
    )


def _corrections() -> Iterator[Invariant]:
    """Corrections are linked to what they correct."""
    yield Invariant(
        "inv_adjustments_within_charge",
        "No more is let off a charge than it was, and nothing of what was reversed.",
        """
        SELECT posting.id, posting.gross, sum(adjustment.gross) AS adjusted
          FROM folios_posting AS adjustment
          JOIN folios_posting AS posting ON posting.id = adjustment.adjusts_id
          LEFT JOIN folios_posting AS undone ON undone.reverses_id = adjustment.id
          LEFT JOIN folios_posting AS reversal ON reversal.reverses_id = posting.id
         WHERE undone.id IS NULL
         GROUP BY posting.id, posting.gross
        HAVING sum(adjustment.gross) < -posting.gross OR max(adjustment.gross) >= 0 OR count(reversal.id) > 0
        """,
    )
    yield Invariant(
        "inv_moved_is_whole",
        "What took the place of a posting is together the posting, which was taken back in the same event.",
        """
        SELECT posting.id, posting.gross, sum(part.gross) AS parts
          FROM folios_posting AS part
          JOIN folios_posting AS posting ON posting.id = part.moved_from_id
          LEFT JOIN folios_posting AS reversal ON reversal.reverses_id = posting.id
         GROUP BY posting.id, reversal.id
        HAVING sum(part.gross) <> posting.gross OR sum(part.net) <> posting.net
            OR reversal.id IS NULL OR bool_or(part.journal_id <> reversal.journal_id)
        """,
    )
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


def _allowances() -> Iterator[Invariant]:
    """The ledger of packages holds what is left of allowances, and nothing else."""
    yield Invariant(
        "inv_package_ledger_is_left",
        "The ledger of packages stands at what allowances have granted, less what was consumed and booked.",
        """
        SELECT property_id, sum(amount) AS balance
          FROM (SELECT property_id, amount FROM folios_ledgerentry WHERE ledger = 'package'
                 UNION ALL
                SELECT property_id, net FROM folios_posting WHERE allowance_id IS NOT NULL
                 UNION ALL
                SELECT property_id, -settled FROM folios_allowance) AS moved
         GROUP BY property_id HAVING sum(amount) <> 0
        """,
    )
    yield Invariant(
        "inv_allowance_settled",
        "What was booked of an allowance that is closed is what was left of it.",
        """
        SELECT allowance.id, allowance.settled, coalesce(sum(posting.net), 0) AS net
          FROM folios_allowance AS allowance
          LEFT JOIN folios_posting AS posting
            ON posting.property_id = allowance.property_id AND posting.allowance_id = allowance.id
         WHERE NOT allowance.is_open
         GROUP BY allowance.id HAVING allowance.settled <> coalesce(sum(posting.net), 0)
        """,
    )
    yield Invariant(
        "inv_charge_paid_once",
        "No more of a charge is paid by allowances and let off than it was, and nothing of what was reversed.",
        """
        SELECT charge.id, charge.gross, sum(use.gross) AS paid
          FROM folios_posting AS use
          JOIN folios_posting AS charge ON charge.id = use.covers_id
          LEFT JOIN folios_posting AS undone ON undone.reverses_id = use.id
          LEFT JOIN folios_posting AS reversal ON reversal.reverses_id = charge.id
         WHERE undone.id IS NULL
         GROUP BY charge.id
        HAVING sum(use.gross) < -charge.gross OR count(reversal.id) > 0
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
    yield Invariant(
        "inv_routing_limit",
        "No rule has sent more than its limit.",
        """
        SELECT rule.id, posting.revenue_date, sum(posting.gross)
          FROM folios_routingrule AS rule
          JOIN folios_posting AS posting ON posting.routing_rule_id = rule.id
         WHERE rule.limit_amount IS NOT NULL
         GROUP BY GROUPING SETS ((rule.id, posting.revenue_date), (rule.id))
        HAVING (GROUPING(posting.revenue_date) = 0) = (min(rule.limit_per) = 'day')
           AND sum(posting.gross) > min(rule.limit_amount)
        """,
    )
    yield Invariant(
        "inv_routing_no_loop",
        "No rules lead back to the folio they start from.",
        """
        WITH RECURSIVE edge AS (
            SELECT DISTINCT rule.folio_id AS start, payer.folio_id AS target
              FROM folios_routingrule AS rule JOIN folios_foliowindow AS payer ON payer.id = rule.window_id
             WHERE payer.folio_id <> rule.folio_id
        ), reached AS (
            SELECT start, target FROM edge
             UNION
            SELECT reached.start, edge.target FROM reached JOIN edge ON edge.start = reached.target
        )
        SELECT start FROM reached WHERE start = target
        """,
    )
