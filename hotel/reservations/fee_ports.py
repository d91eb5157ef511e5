"""The port through which a higher floor posts the fees that commands make due, in the same transaction.

A fee that is owed and not on the bill would be lost when the house stops in between; hence a port and not a fact.
"""

from collections.abc import Callable, Sequence
from typing import Any

from hotel.accounts.models import User
from hotel.reservations.domain.fees import Fee
from hotel.reservations.models import Reservation

Posting = dict[str, Any]
Poster = Callable[[Reservation, Sequence[Fee], User | None], Sequence[Posting]]
_posters: list[Poster] = []


def register_fee_poster(poster: Poster) -> None:
    """Install who posts fees: ``poster(reservation, fees, actor)`` gives the postings made, as plain values.

    The last one installed counts.
    """
    _posters[:] = [poster]


def fees_posted(reservation: Reservation, fees: Sequence[Fee], actor: User | None) -> tuple[Posting, ...]:
    """Let the fees of a locked stay be posted, or taken back; those of nothing are left out.

    Locks: what the poster locks; call it before the counters.
    """
    due = [fee for fee in fees if fee.amount.amount]
    return tuple(posting for poster in _posters for posting in poster(reservation, due, actor)) if due else ()
