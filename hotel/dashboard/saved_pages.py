"""The lists of the desk whose filters are kept under names, and which of their parameters that keeps.

What people type to find somebody is left out everywhere: it names guests, and nobody looks for the same one each day.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hotel.accounts.domain.saved_views import Parameter, days_from
from hotel.core.templatetags.pms import short
from hotel.folios.choices import FolioStatus
from hotel.properties.models import Floor, Property
from hotel.reservations.choices import ReservationStatus
from hotel.rooms.choices import HousekeepingStatus
from hotel.rooms.models import RoomFeature, RoomType

Values = Mapping[str, str | Promise]


@dataclass(frozen=True)
class Kept:
    """A parameter with its words.

    Attributes:
        parameter: what the domain knows of it.
        label: what it filters.
        values: value to words, or how to read those of a property; a value that is not there is shown as it is.
    """

    parameter: Parameter
    label: str | Promise
    values: Values | Callable[[Property], Values] = field(default_factory=dict)


@dataclass(frozen=True)
class SavedPage:
    """A page that keeps views.

    Attributes:
        title: as the navigation calls it.
        area, verb: the right that opens it.
        kept: its parameters, in the order in which they are told.
    """

    title: str | Promise
    area: str
    kept: tuple[Kept, ...]
    verb: str = "view"

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What the domain needs to know."""
        return tuple(one.parameter for one in self.kept)

    def words(self, query: str, place: Property) -> list[tuple[str, str]]:
        """What a kept view filters, as label and value; a parameter that the page lost is not told."""
        found = dict(parse_qsl(query, keep_blank_values=True))
        return [
            (str(one.label), _words(one, found[one.parameter.name], place))
            for one in self.kept
            if one.parameter.name in found
        ]


def _words(one: Kept, value: str, place: Property) -> str:
    if one.parameter.is_day:
        return _day_words(days_from(value))
    if not value:
        return _("all")
    values = one.values(place) if callable(one.values) else dict(one.values)
    return str(values.get(value, value))


def _day_words(away: int | None) -> str:
    if not away:
        return _("the business date")
    if away < 0:
        told = ngettext("%(n)d day before the business date", "%(n)d days before the business date", -away)
        return told % {"n": -away}
    told = ngettext("%(n)d day after the business date", "%(n)d days after the business date", away)
    return told % {"n": away}


def _choices(of: Any) -> Values:
    """Of an enumeration; what stands after the colon is for those who learn it."""
    return {one.value: short(one.label) for one in of}


def _named(model: type) -> Callable[[Property], Values]:
    """Id to name, of the rows of a property."""

    def read(place: Property) -> Values:
        return {str(row.pk): str(row) for row in model.objects.at(place.pk)}  # type: ignore[attr-defined]

    return read


PAGES: Mapping[str, SavedPage] = {
    "reservation_list": SavedPage(
        gettext_lazy("Reservations"),
        "reservations",
        (
            Kept(Parameter("status"), gettext_lazy("Status"), _choices(ReservationStatus)),
            Kept(Parameter("day", is_day=True), gettext_lazy("Stays on")),
        ),
    ),
    "messages": SavedPage(
        gettext_lazy("Messages"),
        "messaging",
        (
            Kept(
                Parameter("state"),
                gettext_lazy("How they stand"),
                {
                    "waiting": gettext_lazy("Waiting"),
                    "sent": gettext_lazy("Sent"),
                    "failed": gettext_lazy("Failed"),
                    "bounced": gettext_lazy("Bounced"),
                    "held": gettext_lazy("Held back"),
                },
            ),
            Kept(
                Parameter("to"),
                gettext_lazy("To whom"),
                {"guests": gettext_lazy("To guests"), "others": gettext_lazy("To others")},
            ),
        ),
    ),
    "folio_list": SavedPage(
        gettext_lazy("Folios"),
        "folios",
        (
            Kept(
                Parameter("status", says_when_empty=True),
                gettext_lazy("Status"),
                _choices(FolioStatus),
            ),
        ),
    ),
    "board": SavedPage(
        gettext_lazy("Rooms"),
        "rooms",
        (Kept(Parameter("status"), gettext_lazy("Status"), _choices(HousekeepingStatus)),),
    ),
    "task_board": SavedPage(
        gettext_lazy("Tasks"),
        "operations",
        (Kept(Parameter("of"), gettext_lazy("Which board"), {"tasks": gettext_lazy("Tasks of today")}),),
    ),
    "chart": SavedPage(
        gettext_lazy("Tape chart"),
        "reservations",
        (
            Kept(Parameter("from", is_day=True), gettext_lazy("From")),
            Kept(Parameter("days"), gettext_lazy("Days")),
            Kept(Parameter("number"), gettext_lazy("Room")),
            Kept(Parameter("room_type"), gettext_lazy("Type"), _named(RoomType)),
            Kept(Parameter("floor"), gettext_lazy("Floor"), _named(Floor)),
            Kept(Parameter("status"), gettext_lazy("Housekeeping"), _choices(HousekeepingStatus)),
            Kept(Parameter("feature"), gettext_lazy("With"), _named(RoomFeature)),
        ),
    ),
}
