"""The ledger of points adds up."""

from collections.abc import Iterator

from hotel.core.invariants import Invariant


def invariants() -> Iterator[Invariant]:
    """The rules."""
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
