"""Members, their programme and their pools agree."""

from collections.abc import Iterator

from hotel.core.invariants import Invariant


def invariants() -> Iterator[Invariant]:
    """The rules."""
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
        "inv_pool_seats",
        "Members of a pool are of its programme, a closed one has none, and the head of an open one is in it.",
        "SELECT p.id FROM loyalty_pointpool p LEFT JOIN loyalty_poolmember s ON s.pool_id = p.id AND s.left_on IS NULL"
        " LEFT JOIN loyalty_loyaltymember m ON m.id = s.member_id WHERE m.program_id <> p.program_id"
        " OR p.closed_on IS NOT NULL AND s.id IS NOT NULL"
        " OR p.closed_on IS NULL AND NOT EXISTS (SELECT FROM loyalty_poolmember h WHERE h.pool_id = p.id"
        " AND h.member_id = p.head_id AND h.joined_on IS NOT NULL AND h.left_on IS NULL)",
    )
