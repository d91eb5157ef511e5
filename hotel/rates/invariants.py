"""Rules of rates that hold whatever code does, as queries that return the violations."""

from hotel.core.invariants import Invariant

_CYCLE = """
WITH RECURSIVE up(plan, ancestor, depth) AS (
    SELECT id, parent_id, 1 FROM rates_rateplan WHERE parent_id IS NOT NULL
    UNION ALL
    SELECT up.plan, p.parent_id, up.depth + 1 FROM up JOIN rates_rateplan p ON p.id = up.ancestor
    WHERE p.parent_id IS NOT NULL AND up.depth < 100
)
SELECT DISTINCT plan FROM up WHERE plan = ancestor
"""

_OVERLAP = """
SELECT a.id, b.id FROM {table} a JOIN {table} b ON b.id > a.id AND b.property_id = a.property_id
WHERE {same} AND a.start_on < b.end_on AND b.start_on < a.end_on AND a.weekdays & b.weekdays > 0
"""

_CURRENCY = """
SELECT 'price', r.id FROM rates_rateprice r JOIN properties_property p ON p.id = r.property_id
WHERE r.amount_currency <> p.currency
UNION ALL
SELECT 'tax', r.id FROM rates_taxrule r JOIN properties_property p ON p.id = r.property_id
WHERE r.amount IS NOT NULL AND r.amount_currency <> p.currency
UNION ALL
SELECT 'package element', r.id FROM rates_packageelement r JOIN properties_property p ON p.id = r.property_id
WHERE r.amount IS NOT NULL AND r.amount_currency <> p.currency
"""

_PROPERTY = """
SELECT 'price', r.id FROM rates_rateprice r
JOIN rates_rateplan p ON p.id = r.rate_plan_id JOIN rooms_roomtype t ON t.id = r.room_type_id
WHERE p.property_id <> r.property_id OR t.property_id <> r.property_id
UNION ALL
SELECT 'plan', r.id FROM rates_rateplan r JOIN rates_rateplan p ON p.id = r.parent_id
WHERE p.property_id <> r.property_id
UNION ALL
SELECT 'restriction', r.id FROM rates_restriction r
LEFT JOIN rates_rateplan p ON p.id = r.rate_plan_id LEFT JOIN rooms_roomtype t ON t.id = r.room_type_id
WHERE p.property_id <> r.property_id OR t.property_id <> r.property_id
"""


def invariants() -> list[Invariant]:
    """All invariants of rates."""
    same_price = "b.rate_plan_id = a.rate_plan_id AND b.room_type_id = a.room_type_id"
    same_rule = (
        "b.kind = a.kind AND b.rate_plan_id IS NOT DISTINCT FROM a.rate_plan_id"
        " AND b.room_type_id IS NOT DISTINCT FROM a.room_type_id"
    )
    return [
        Invariant("inv_rate_plan_cycle", "No plan derives from itself.", _CYCLE),
        Invariant(
            "inv_rate_price_overlap",
            "Dated prices of one plan and type never share a night.",
            _OVERLAP.format(table="rates_rateprice", same=same_price),
        ),
        Invariant(
            "inv_restriction_overlap",
            "Restrictions of one kind and level never share a night.",
            _OVERLAP.format(table="rates_restriction", same=same_rule),
        ),
        Invariant("inv_rate_currency", "Amounts are in the property's currency.", _CURRENCY),
        Invariant("inv_rate_property", "Plans, types and prices are of one property.", _PROPERTY),
    ]
