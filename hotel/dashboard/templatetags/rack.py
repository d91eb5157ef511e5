"""The rows of the rack and its choices of rooms, written by Python.

A page has up to 60 × 28 cells; as a template it cost three times as much.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from hotel.core.templatetags.pms import guest_name, room_mark
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.selectors.front_desk import RackStay
from hotel.rooms.models import Room, RoomBlock

if TYPE_CHECKING:
    from hotel.dashboard.views.rack import RackCell

register = template.Library()

FREE = mark_safe("<td></td>")
WEEKEND = mark_safe('<td class="weekend"></td>')
SATURDAY = 5
ROW = '<tr><th scope="row">{} <small>{}</small> {}</th>{}</tr>\n'
STAY = '<a class="bar bar-{}" href="{}" title="{}, {} – {}, {}">{}{}{}<span class="vh">, {}</span></a>'
STAYS = '<td colspan="{}" class="stay">{}</td>'
LOCK = '<svg class="i" aria-hidden="true"><use href="{}#lock"/></svg><span class="vh">{} </span>'
BLOCK = '<td colspan="{}" class="stay"><span class="bar bar-block" title="{}">{}{}</span></td>'
SMALL = " <small>{}</small>"


@register.simple_tag
def rack_rows(rows: Iterable[tuple[Room, Sequence["RackCell"]]]) -> SafeString:
    """A table row for each room: its number and state, then its cells from left to right."""
    words = _Words()
    return format_html_join(
        "",
        ROW,
        (
            (room.number, room.room_type.code, words.mark(room), _joined(_cells(room, cells, words)))
            for room, cells in rows
        ),
    )


@register.simple_tag
def room_options(rooms: Iterable[Room]) -> SafeString:
    """The options of a choice of rooms."""
    return format_html_join("", '<option value="{}">{}</option>', ((room.pk, room.number) for room in rooms))


class _Words:
    """Days and states in the reader's language and what else hundreds of stays have in common: escaped, once a page."""

    def __init__(self) -> None:
        self.day = cache(lambda day: escape(date_format(day, "j M")))
        self.status = cache(lambda status: escape(str(ReservationStatus(status).label)))
        self.lock = format_html(LOCK, static("hotel/img/icons.svg"), gettext("Room locked:"))
        self.page = reverse("dashboard:reservation_detail", args=[0]).removesuffix("0")
        self.marks: dict[str, SafeString] = {}

    def mark(self, room: Room) -> SafeString:
        """The housekeeping status of a room, written once for all that have it."""
        if room.housekeeping_status not in self.marks:
            self.marks[room.housekeeping_status] = room_mark(room)
        return self.marks[room.housekeeping_status]


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return SafeString("".join(parts))


def _cells(room: Room, cells: Iterable["RackCell"], words: _Words) -> Iterator[SafeString]:
    for cell in cells:
        if cell.reservation is not None:
            stays = (cell.reservation, *cell.others)
            yield SafeString(STAYS.format(cell.days, _joined(_stay(cell, stay, words) for stay in stays)))
        elif cell.block is not None:
            yield _block(cell, cell.block, room)
        else:
            yield WEEKEND if cell.day is not None and cell.day.weekday() >= SATURDAY else FREE


def _stay(cell: "RackCell", stay: RackStay, words: _Words) -> SafeString:
    name, status = escape(guest_name(stay)), words.status(stay.status)
    via = format_html(SMALL, f"{gettext('in')} {cell.via}") if cell.via else ""
    # All of these are escaped: doing it again for each of them took longer than all else here.
    return SafeString(
        STAY.format(
            stay.status,
            f"{words.page}{stay.pk}",
            name,
            words.day(stay.arrival),
            words.day(stay.departure),
            status,
            words.lock if cell.is_locked else "",
            name,
            via,
            status,
        )
    )


def _block(cell: "RackCell", block: RoomBlock, room: Room) -> SafeString:
    other = format_html(SMALL, block.room.number) if block.room_id != room.pk else ""
    return format_html(BLOCK, cell.days, block.reason, block.get_kind_display(), other)
