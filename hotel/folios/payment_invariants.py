"""What holds of payments, orders to processors and tills whatever code does; SQL that returns the violations."""

from collections.abc import Iterator

from hotel.core.invariants import Invariant


def invariants() -> Iterator[Invariant]:
    """The invariants of payments."""
    yield Invariant(
        "inv_payment_in_ledger",
        "A payment that has gone through is in the payments ledger with exactly its amount; a refund below zero.",
        """
        SELECT payment.id, payment.number, payment.captured_amount, coalesce(sum(entry.amount), 0) AS booked
          FROM folios_payment AS payment
          LEFT JOIN folios_ledgerentry AS entry
            ON entry.journal_id = payment.journal_id AND entry.ledger = 'payment'
         GROUP BY payment.id
        HAVING coalesce(sum(entry.amount), 0)
               <> CASE WHEN payment.kind IN ('payment', 'reinstated') THEN payment.captured_amount
                    ELSE -payment.captured_amount END
        """,
    )
    yield Invariant(
        "inv_payment_status",
        "What is captured, refunded or charged back is in the ledger; what is begun, let go or failed is not.",
        """
        SELECT id, number, kind, status, captured_amount FROM folios_payment
         WHERE (status IN ('captured', 'partially_refunded', 'refunded', 'reinstated')) <> (captured_amount > 0)
           AND status <> 'unknown'
        """,
    )
    yield Invariant(
        "inv_payment_refunds",
        "What is reserved for paying back is what the refunds of the payment say, and never more than was taken.",
        """
        SELECT payment.id, payment.number, payment.captured_amount, payment.refunded_amount, back.refunds
          FROM folios_payment AS payment
          LEFT JOIN (SELECT of_id,
                            coalesce(sum(amount) FILTER (WHERE kind = 'refund' AND status <> 'failed'), 0) AS refunds,
                            coalesce(sum(amount) FILTER (WHERE kind = 'chargeback' AND status <> 'reinstated'), 0)
                                AS chargebacks
                       FROM folios_payment WHERE of_id IS NOT NULL GROUP BY of_id) AS back ON back.of_id = payment.id
         WHERE payment.refunded_amount <> coalesce(back.refunds, 0)
            OR payment.charged_back_amount <> coalesce(back.chargebacks, 0)
            OR payment.refunded_amount > payment.captured_amount
        """,
    )
    yield Invariant(
        "inv_chargeback_won",
        "A chargeback is reinstated when, and only when, its amount was given back, once.",
        """
        SELECT back.id, back.number, back.status, back.amount, won.amount AS given
          FROM folios_payment AS back
          LEFT JOIN folios_payment AS won ON won.of_id = back.id AND won.kind = 'reinstated'
         WHERE (back.status = 'reinstated') <> (won.id IS NOT NULL) OR won.amount <> back.amount
            OR won.id IS NOT NULL AND (back.kind <> 'chargeback' OR won.status <> 'captured')
        """,
    )
    yield Invariant(
        "inv_payment_unknown_is_clarified",
        "A payment that is not clear has an order that will be asked for, or is a page that is looked at.",
        """
        SELECT payment.id, payment.number, payment.status FROM folios_payment AS payment
         WHERE payment.status IN ('unknown', 'pending')
           AND NOT EXISTS (SELECT FROM folios_gatewaycall AS sent
                            WHERE sent.payment_id = payment.id AND sent.status = 'open'
                              AND sent.next_attempt_at IS NOT NULL)
           AND NOT EXISTS (SELECT FROM folios_hostedpage AS page
                            WHERE page.payment_id = payment.id AND page.status = 'open'
                              AND page.next_check_at IS NOT NULL)
        """,
    )
    yield Invariant(
        "inv_payment_property",
        "A payment, what it pays, what it takes back, its journal, account, card and till are of one property.",
        """
        SELECT payment.id, payment.number FROM folios_payment AS payment
          LEFT JOIN folios_foliowindow AS payer ON payer.id = payment.window_id
          LEFT JOIN reservations_reservation AS stay ON stay.id = payment.reservation_id
          LEFT JOIN folios_payment AS original ON original.id = payment.of_id
          LEFT JOIN folios_journal AS journal ON journal.id = payment.journal_id
          LEFT JOIN folios_gatewayaccount AS account ON account.id = payment.account_id
          LEFT JOIN folios_cardtoken AS card ON card.id = payment.card_id
          LEFT JOIN folios_cashiersession AS till ON till.id = payment.session_id
         WHERE EXISTS (SELECT FROM unnest(ARRAY[payer.property_id, stay.property_id, original.property_id,
                                                journal.property_id, account.property_id, card.property_id,
                                                till.property_id]) AS other
                        WHERE other <> payment.property_id)
        """,
    )
    yield Invariant(
        "inv_till_payments",
        "Cash taken, changed or paid back went through the till of whoever did it, in the currency handed over.",
        """
        WITH handed AS (
            SELECT id, session_id, CASE WHEN kind = 'payment' THEN 1 ELSE -1 END AS sign, currency,
                   captured_amount, tendered, tendered_currency, change_foreign, change_home
              FROM folios_payment WHERE session_id IS NOT NULL
        ), wanted AS (
            SELECT id, session_id, currency, sign * captured_amount AS amount FROM handed WHERE tendered IS NULL
             UNION ALL
            SELECT id, session_id, tendered_currency, sign * tendered - change_foreign FROM handed
             WHERE tendered IS NOT NULL
             UNION ALL
            SELECT id, session_id, currency, -change_home FROM handed WHERE change_home <> 0
        ), moved AS (
            SELECT payment_id AS id, session_id, currency, sum(amount) AS amount
              FROM folios_cashmovement WHERE payment_id IS NOT NULL GROUP BY payment_id, session_id, currency
        )
        SELECT coalesce(wanted.id, moved.id), wanted.amount AS wanted, moved.amount AS moved
          FROM wanted FULL JOIN moved USING (id, session_id, currency)
         WHERE wanted.amount IS DISTINCT FROM moved.amount
        """,
    )
