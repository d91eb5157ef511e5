"""What must hold about points whatever code does."""

from collections.abc import Iterator

from hotel.core.invariants import Invariant


def invariants() -> Iterator[Invariant]:
    """The rules of loyalty as SQL that returns violations."""
    yield Invariant(
        "inv_points_add_up",
        "A transaction of points is the sum of its movements.",
        "SELECT t.id FROM loyalty_pointtransaction t"
        " LEFT JOIN (SELECT transaction_id, sum(points) AS points FROM loyalty_pointmovement GROUP BY 1) AS moved"
        " ON moved.transaction_id = t.id WHERE t.points <> coalesce(moved.points, 0)",
    )
    yield Invariant(
        "inv_lot_left",
        "What a lot has left is the sum of its movements.",
        "SELECT l.id FROM loyalty_pointlot l"
        " LEFT JOIN (SELECT lot_id, sum(points) AS points FROM loyalty_pointmovement GROUP BY 1) AS moved"
        ' ON moved.lot_id = l.id WHERE l."left" <> coalesce(moved.points, 0)',
    )
    yield Invariant(
        "inv_member_debt",
        "What a member owes is what movements without a lot say, the other way round.",
        "SELECT m.id FROM loyalty_loyaltymember m LEFT JOIN"
        " (SELECT member_id, sum(points) AS points FROM loyalty_pointmovement WHERE lot_id IS NULL GROUP BY 1) AS moved"
        " ON moved.member_id = m.id WHERE m.debt <> -coalesce(moved.points, 0)",
    )
    yield Invariant(
        "inv_movement_of_one_member",
        "Transaction, lot and movement are of one member.",
        "SELECT v.id FROM loyalty_pointmovement v JOIN loyalty_pointtransaction t ON t.id = v.transaction_id"
        " LEFT JOIN loyalty_pointlot l ON l.id = v.lot_id"
        " WHERE v.member_id <> t.member_id OR l.member_id <> v.member_id",
    )
    yield Invariant(
        "inv_campaign_given",
        "What a campaign gave is what was booked by its rules.",
        "SELECT c.id FROM loyalty_bonuscampaign c LEFT JOIN"
        " (SELECT r.campaign_id, sum(t.points) AS points FROM loyalty_pointtransaction t"
        " JOIN loyalty_earningrule r ON r.id = t.rule_id WHERE r.campaign_id IS NOT NULL GROUP BY 1) AS booked"
        " ON booked.campaign_id = c.id WHERE c.given <> coalesce(booked.points, 0)",
    )
    yield Invariant(
        "inv_challenge_reward",
        "Who has reached a challenge has its points once, and nobody else has them.",
        "SELECT e.id FROM loyalty_challengeentry e JOIN loyalty_challenge c ON c.id = e.challenge_id LEFT JOIN"
        " (SELECT split_part(source_key, ':', 1)::bigint AS entry_id, sum(points) AS points"
        " FROM loyalty_pointtransaction WHERE source = 'challenge' GROUP BY 1) AS booked ON booked.entry_id = e.id"
        " WHERE coalesce(booked.points, 0) <> CASE e.status WHEN 'done' THEN c.points ELSE 0 END",
    )
    yield Invariant(
        "inv_tombstone_is_empty",
        "Who was merged into another member is closed, has and owes no points, and his stays are the other one's.",
        "SELECT m.id FROM loyalty_loyaltymember m WHERE m.merged_into_id IS NOT NULL AND (m.status <> 'closed'"
        " OR m.debt > 0 OR EXISTS (SELECT FROM loyalty_stayaccrual a WHERE a.member_id = m.id)"
        ' OR EXISTS (SELECT FROM loyalty_pointlot l WHERE l.member_id = m.id AND l."left" > 0))',
    )
    yield Invariant(
        "inv_member_of_his_program",
        "A member's tier and guest belong to his programme and its chain.",
        "SELECT m.id FROM loyalty_loyaltymember m JOIN loyalty_loyaltyprogram p ON p.id = m.program_id"
        " JOIN loyalty_loyaltytier t ON t.id = m.tier_id JOIN guests_guest g ON g.id = m.guest_id"
        " WHERE t.program_id <> m.program_id OR g.chain_id <> p.chain_id",
    )
    yield Invariant(
        "inv_redemption_points",
        "A redemption is of a member of its programme, and costs what its transaction took from him.",
        "SELECT r.id FROM loyalty_rewardredemption r JOIN loyalty_pointtransaction t ON t.id = r.spent_id"
        " JOIN loyalty_reward w ON w.id = r.reward_id JOIN loyalty_loyaltymember m ON m.id = t.member_id"
        " WHERE t.points <> -r.points OR t.kind <> 'redemption' OR t.member_id <> r.member_id"
        " OR w.program_id <> m.program_id",
    )
    yield Invariant(
        "inv_voucher_follows",
        "A voucher that was taken is of a used redemption, and a used one of a voucher was taken.",
        "SELECT v.id FROM loyalty_rewardvoucher v JOIN loyalty_rewardredemption r ON r.id = v.redemption_id"
        " WHERE r.kind <> 'voucher' OR r.status IN ('held', 'released')"
        " OR (r.status IN ('confirmed', 'fulfilled') AND (r.status = 'fulfilled') <> (v.redeemed_at IS NOT NULL))",
    )
    yield Invariant(
        "inv_redemption_returned",
        "What went back of a redemption is what its transactions of giving back say.",
        "SELECT r.id FROM loyalty_rewardredemption r LEFT JOIN"
        " (SELECT split_part(source_key, ':', 1)::bigint AS spent_id, sum(points) AS points"
        " FROM loyalty_pointtransaction WHERE source = 'given_back' GROUP BY 1) AS back ON back.spent_id = r.spent_id"
        " WHERE r.pool_id IS NULL AND r.returned <> coalesce(back.points, 0)",
    )
    yield Invariant(
        "inv_pool_payments",
        "The members of a pool pay what a redemption costs, by transactions of their own, and get back what went back.",
        "SELECT r.id FROM loyalty_rewardredemption r CROSS JOIN LATERAL (SELECT coalesce(sum(p.points), 0) AS points,"
        " coalesce(sum(p.returned), 0) AS returned, coalesce(bool_and("
        "t.points = -p.points AND t.member_id = p.member_id"
        " AND p.returned = (SELECT coalesce(sum(b.points), 0) FROM loyalty_pointtransaction b"
        " WHERE b.source = 'given_back' AND b.source_key LIKE p.spent_id || ':%')), true) AS is_booked"
        " FROM loyalty_poolpayment p JOIN loyalty_pointtransaction t ON t.id = p.spent_id"
        " WHERE p.redemption_id = r.id) AS paid WHERE r.pool_id IS NOT NULL"
        " AND (paid.points <> r.points OR paid.returned <> r.returned OR NOT paid.is_booked)",
    )
    yield Invariant(
        "inv_pool_seats",
        "Members of a pool are of its programme, a closed one has none, and the head of an open one is in it.",
        "SELECT p.id FROM loyalty_pointpool p LEFT JOIN loyalty_poolmember s ON s.pool_id = p.id AND s.left_on IS NULL"
        " LEFT JOIN loyalty_loyaltymember m ON m.id = s.member_id WHERE m.program_id <> p.program_id"
        " OR p.closed_on IS NOT NULL AND s.id IS NOT NULL"
        " OR p.closed_on IS NULL AND NOT EXISTS (SELECT FROM loyalty_poolmember h WHERE h.pool_id = p.id"
        " AND h.member_id = p.head_id AND h.joined_on IS NOT NULL AND h.left_on IS NULL)",
    )
    yield Invariant(
        "inv_partner_points",
        "What a partner posted is what its transaction gave, and its reversal took.",
        "SELECT a.id FROM loyalty_partneraccrual a JOIN loyalty_pointtransaction t ON t.id = a.transaction_id"
        " LEFT JOIN loyalty_pointtransaction r ON r.id = a.reversal_id"
        " WHERE t.points <> a.points OR t.member_id <> a.member_id OR t.kind <> 'partner'"
        " OR r.points <> -a.points OR r.kind <> 'partner'",
    )
    yield Invariant(
        "inv_partner_statement",
        "What a partner's statement says is what was posted and reversed in its month.",
        "SELECT s.id FROM loyalty_partnerstatement s CROSS JOIN LATERAL (SELECT"
        " coalesce(sum(a.points) FILTER (WHERE date_trunc('month', t.business_date) = s.month), 0) AS given,"
        " coalesce(sum(a.points) FILTER (WHERE date_trunc('month', r.business_date) = s.month), 0) AS taken_back"
        " FROM loyalty_partneraccrual a JOIN loyalty_pointtransaction t ON t.id = a.transaction_id"
        " LEFT JOIN loyalty_pointtransaction r ON r.id = a.reversal_id WHERE a.partner_id = s.partner_id) now"
        " WHERE s.given <> now.given OR s.taken_back <> now.taken_back",
    )
    yield Invariant(
        "inv_reward_stock",
        "No more of a reward are taken than there are.",
        "SELECT w.id FROM loyalty_reward w JOIN loyalty_rewardredemption r ON r.reward_id = w.id"
        " WHERE r.status IN ('held', 'confirmed', 'fulfilled')"
        " GROUP BY w.id HAVING sum(r.quantity) > w.stock",
    )
    yield Invariant(
        "inv_liability_latest",
        "The latest snapshot of a hotel's points is the sum of its lots, unless points moved since.",
        "SELECT s.id FROM (SELECT DISTINCT ON (property_id, program_id) * FROM loyalty_liabilitysnapshot"
        " ORDER BY property_id, program_id, day DESC) s"
        ' CROSS JOIN LATERAL (SELECT coalesce(sum(l."left"), 0) AS points'
        " FROM loyalty_pointlot l JOIN loyalty_loyaltymember m ON m.id = l.member_id"
        " WHERE l.property_id = s.property_id AND m.program_id = s.program_id AND m.status <> 'closed'"
        ' AND l."left" > 0 AND (l.expires_on IS NULL OR l.expires_on >= s.day)) now'
        " WHERE s.usable + s.pending <> now.points AND NOT EXISTS (SELECT FROM loyalty_pointmovement v"
        " JOIN loyalty_loyaltymember m ON m.id = v.member_id"
        " WHERE m.program_id = s.program_id AND v.created_at >= s.created_at - interval '1 minute')"
        " AND NOT EXISTS (SELECT FROM loyalty_loyaltymember m"
        " WHERE m.program_id = s.program_id AND m.updated_at >= s.created_at - interval '1 minute')",
    )
    yield Invariant(
        "inv_settlement_opposite",
        "What one hotel owes for a month's points, the other one gets.",
        "SELECT a.id FROM loyalty_propertysettlement a LEFT JOIN loyalty_propertysettlement b"
        " ON b.program_id = a.program_id AND b.month = a.month AND b.property_id = a.counterpart_id"
        " AND b.counterpart_id = a.property_id"
        " WHERE b.id IS NULL OR a.amount <> -b.amount OR a.given <> b.served OR a.served <> b.given",
    )
