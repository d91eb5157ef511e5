"""Which refused sales are business turned away, and why.

Source: docs/algorithms/availability.md, "Turned away"; features reference §2.3.
"""

import hashlib
from collections.abc import Collection
from datetime import date

from hotel.rates.choices import RestrictionKind
from hotel.reservations.choices import TurnawayReason

DENIALS = {
    "room_type_sold_out": TurnawayReason.SOLD_OUT,
    "block_fully_booked": TurnawayReason.SOLD_OUT,
    "nights_not_open": TurnawayReason.NOT_OFFERED,
}
RESTRICTED = "rate_restrictions_violated"


def denial_reason(code: str, rules: Collection[str]) -> TurnawayReason | None:
    """Why a refusal denies a sale; None when it does not: what was asked made no sense, or may not be asked.

    Args:
        code: of the refusal.
        rules: codes of the broken rules, of a refusal by restrictions. A plan the guest has no access to, or that is
            not sold this way, is no restriction of demand.
    """
    if code == RESTRICTED:
        return TurnawayReason.RESTRICTED if set(rules) & set(RestrictionKind.values) else None
    return DENIALS.get(code)


def refusal_key(request: str, wish: Collection[int | date | None]) -> str:
    """By which a repeated request for the same rooms is known: 64 hex digits; empty when repetitions are not known.

    Args:
        request: what names the request and its repetitions.
        wish: what was wanted; a request that is repeated with other dates is another wish.
    """
    if not request:
        return ""
    return hashlib.sha256("\0".join([request, *map(str, wish)]).encode()).hexdigest()
