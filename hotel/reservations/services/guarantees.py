"""A stay is promised only with what the house asks to stand behind it."""

from collections.abc import Mapping
from typing import Any

from hotel.core.exceptions import RuleBroken
from hotel.core.words import _, in_english
from hotel.rates.domain.guarantees import is_enough
from hotel.reservations.choices import Guarantee
from hotel.reservations.models import Reservation
from hotel.reservations.services.authority import Authority

# A guest who stands at the desk needs no guarantee, nor does a stay that costs nothing.
UNASKED = frozenset({"is_walk_in", "is_complimentary", "is_house_use"})


def guarantee_enforce(*, policies: Mapping[str, Any], guarantee: str, authority: Authority) -> None:
    """Refuse a promise with less behind it than was asked when the stay was offered.

    Args:
        policies: as frozen with the stay; the least guarantee stands in ``guarantee``.
        guarantee: what stands behind it.
        authority: who may set it aside, with a reason.

    Raises:
        RuleBroken: ``guarantee_too_low``; ``extra`` has the least one and those that are enough.
    """
    asked = policies.get("guarantee")
    if not asked or is_enough(guarantee, asked["least"]):
        return
    enough = ", ".join(in_english(Guarantee(name).label) for name in asked["allowed"])
    authority.require(
        RuleBroken(
            _("%(text)s Give one of: %(enough)s.") % {"text": asked["text"], "enough": enough},
            code="guarantee_too_low",
            extra={"guarantee": guarantee, "least": asked["least"], "allowed": asked["allowed"]},
        )
    )


def is_asked(reservation: Reservation) -> bool:
    """Whether a stored stay needs its guarantee: not what another system sold, and none of ``UNASKED``."""
    return not reservation.is_taken_over and not any(getattr(reservation, name) for name in UNASKED)
