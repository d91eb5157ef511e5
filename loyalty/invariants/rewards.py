"""Redemptions cost what was taken, and vouchers follow them."""

from collections.abc import Iterator

from hotel.core.invariants import Invariant


def invariants() -> Iterator[Invariant]:
    """The rules."""
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
        "inv_reward_stock",
        "No more of a reward are taken than there are.",
        "SELECT w.id FROM loyalty_reward w JOIN loyalty_rewardredemption r ON r.reward_id = w.id"
        " WHERE r.status IN ('held', 'confirmed', 'fulfilled')"
        " GROUP BY w.id HAVING sum(r.quantity) > w.stock",
    )
