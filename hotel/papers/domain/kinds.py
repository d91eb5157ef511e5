"""What each kind of paper is: who may read it, as what it comes, how long it is held."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from hotel.papers.choices import PaperForm, PaperKind

DAY, WEEK = timedelta(days=1), timedelta(days=7)
ONE = (PaperForm.PDF,)
BOTH = (PaperForm.PDF, PaperForm.XLSX)


@dataclass(frozen=True)
class Kind:
    """One kind of paper.

    Attributes:
        rights: (verb, area) that who asks for it, sees that it is there, or takes its file must all hold.
        forms: as what it can be had.
        held: how long the file is there once it is made.
        is_wide: printed across the sheet.
        of: ``day`` of the house, one ``stay``, or a ``block``; of the registration cards the stay may be left out.
    """

    rights: tuple[tuple[str, str], ...]
    forms: tuple[PaperForm, ...] = BOTH
    held: timedelta = DAY
    is_wide: bool = False
    of: str = "day"


_STAYS = ("view", "reservations")
KINDS: Mapping[str, Kind] = {
    PaperKind.REGISTRATION: Kind((_STAYS, ("view", "guests")), ONE, of="stay"),
    PaperKind.ARRIVALS: Kind((_STAYS,), is_wide=True),
    PaperKind.IN_HOUSE: Kind((_STAYS, ("view", "folios")), is_wide=True),
    PaperKind.DEPARTURES: Kind((_STAYS, ("view", "folios")), is_wide=True),
    PaperKind.HOUSEKEEPING: Kind((("view", "rooms"),), is_wide=True),
    PaperKind.ROOMING: Kind((_STAYS,), is_wide=True, of="block"),
    PaperKind.AUDIT_PACK: Kind((_STAYS, ("view", "stays"), ("view", "folios")), held=WEEK),
    PaperKind.DOWNTIME_PACK: Kind((_STAYS, ("view", "rooms"), ("view", "folios")), held=WEEK, is_wide=True),
}


def may_read(kind: str, may: Callable[[str, str], bool]) -> bool:
    """Whether somebody may read what is in a kind of paper.

    Args:
        may: whether he holds a verb on an area at the property.
    """
    return all(may(verb, area) for verb, area in KINDS[kind].rights)
