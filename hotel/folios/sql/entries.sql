-- Write the entries of a journal's postings: the guest owes the gross amount; against it stand the ledger of the code
-- with the net amount, and the taxes. Call it once, after postings and taxes are written. Amounts of zero have no entry.
--
-- p_account is the debtor of postings that go to the city ledger. Returns how many entries were written.
CREATE FUNCTION folios_journal_entries(p_journal bigint, p_account bigint) RETURNS integer
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
    v_written integer;
BEGIN
    INSERT INTO folios_ledgerentry (property_id, journal_id, posting_id, business_date, ledger, amount, currency,
                                    code_id, window_id, reservation_id, account_id, created_at, updated_at)
    SELECT posting.property_id, posting.journal_id, posting.id, posting.business_date, side.ledger, side.amount,
           posting.currency, side.code_id, posting.window_id, folio.reservation_id,
           CASE WHEN side.ledger = 'city' THEN p_account END, posting.created_at, posting.updated_at
      FROM folios_posting AS posting
      JOIN folios_transactioncode AS code ON code.id = posting.code_id
      JOIN folios_foliowindow AS payer ON payer.id = posting.window_id
      JOIN folios_folio AS folio ON folio.id = payer.folio_id
     CROSS JOIN LATERAL (
           SELECT 1 AS place, 0 AS tax_id, 'guest' AS ledger, posting.gross AS amount, posting.code_id
            UNION ALL
           SELECT 2, 0, CASE code.kind WHEN 'charge' THEN 'revenue'
                                    WHEN 'adjustment' THEN 'revenue'
                                    WHEN 'city_ledger' THEN 'city'
                                    ELSE code.kind END, -posting.net, posting.code_id
            UNION ALL
           SELECT 3, tax.id, 'tax', -tax.amount, tax.code_id
             FROM folios_postingtax AS tax WHERE tax.posting_id = posting.id
     ) AS side
     WHERE posting.journal_id = p_journal AND side.amount <> 0
     ORDER BY posting.id, side.place, side.tax_id;
    GET DIAGNOSTICS v_written = ROW_COUNT;
    RETURN v_written;
END
$$;
