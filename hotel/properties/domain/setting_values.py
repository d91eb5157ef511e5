"""What a value of each dated setting must look like."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hotel.core.words import _
from hotel.properties.domain.calendar import FiscalKind

ADDRESS = re.compile(r"[^@\s,;:<>\"()\\]+@[^@\s,;:<>\"()\\]+\.[^@\s,;:<>\"().\\]{2,}")
LONGEST = 254


@dataclass(frozen=True)
class WholeNumber:
    """A whole number between two bounds, both inclusive."""

    minimum: int
    maximum: int

    def checked(self, value: Any) -> int:
        """The value as it is stored.

        Raises:
            ValueError: not a whole number within the bounds; the text says which are allowed.
        """
        if isinstance(value, bool) or not isinstance(value, int) or not self.minimum <= value <= self.maximum:
            raise ValueError(
                _("Give a whole number from %(minimum)s to %(maximum)s.")
                % {"minimum": self.minimum, "maximum": self.maximum}
            )
        return value


@dataclass(frozen=True)
class OneOf:
    """One of a few words."""

    words: tuple[str, ...]

    def checked(self, value: Any) -> str:
        """The value as it is stored.

        Raises:
            ValueError: another word; the text says which are allowed.
        """
        if not isinstance(value, str) or value not in self.words:
            raise ValueError(_("Give one of %(words)s.") % {"words": ", ".join(self.words)})
        return value


@dataclass(frozen=True)
class Addresses:
    """E-mail addresses, so many at most."""

    most: int

    def checked(self, value: Any) -> list[str]:
        """The value as it is stored: lower case, each once, in alphabetical order.

        Raises:
            ValueError: no list, too many, or something that is no address; the text says which.
        """
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise ValueError(_("Give a list of e-mail addresses."))
        found = sorted({one.strip().lower() for one in value})
        if len(found) > self.most:
            raise ValueError(_("Give %(most)s addresses at most.") % {"most": self.most})
        wrong = next((one for one in found if not ADDRESS.fullmatch(one) or len(one) > LONGEST), None)
        if wrong is not None:
            raise ValueError(_("%(wrong)s is no e-mail address.") % {"wrong": wrong[:80]})
        return found


SHAPES: Mapping[str, WholeNumber | OneOf | Addresses] = {
    "overbooking.house": WholeNumber(0, 10_000),
    "reservations.option_hours": WholeNumber(1, 24 * 365),
    "reservations.hold_minutes": WholeNumber(1, 24 * 60),
    "rooms.turn_minutes": WholeNumber(0, 24 * 60),
    "reservations.selling_days": WholeNumber(1, 2_000),
    "reservations.waitlist_offer_hours": WholeNumber(1, 24 * 30),
    "reservations.release_hour": WholeNumber(-1, 23),
    "stays.room_ready": OneOf(("any", "clean", "inspected")),
    "stays.registration": OneOf(("none", "guest", "document")),
    "stays.night_audit_hour": WholeNumber(-1, 23),
    "folios.late_posting_days": WholeNumber(0, 3_660),
    "properties.fiscal_calendar": OneOf(tuple(FiscalKind)),
    "accounts.pin_hours": WholeNumber(0, 12),
    "operations.stayover_nights": WholeNumber(0, 30),
    "operations.linen_nights": WholeNumber(0, 30),
    "operations.arrival_check": OneOf(("yes", "no")),
    "operations.inspection": OneOf(("none", "departures", "all")),
    "operations.dnd_tries": WholeNumber(1, 20),
    "operations.credit_minutes": WholeNumber(1, 480),
    "operations.lost_days": WholeNumber(1, 3_650),
    "papers.audit_pack_to": Addresses(10),
    "papers.downtime_pack_to": Addresses(10),
    "folios.deposit_vat": OneOf(("at_payment", "at_invoice")),
}


def checked_value(key: str, value: Any) -> Any:
    """The value of a setting as it is stored.

    Raises:
        KeyError: no such setting.
        ValueError: the value has another shape.
    """
    return SHAPES[key].checked(value)
