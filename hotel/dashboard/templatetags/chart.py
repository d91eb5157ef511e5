"""The rows of the tape chart, written by Python: a page has up to sixty rooms with hundreds of bars."""

from collections.abc import Iterable
from functools import cache
from html import escape

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from hotel.core.templatetags.pms import guest_name, room_mark
from hotel.dashboard.selectors.chart import Bar, Chart, ChartGroup, ChartRow

register = template.Library()

ICON = '<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>'
ICONS = {
    "tentative": "circle-help",
    "due_in": "log-in",
    "due_out": "log-out",
    "late": "clock",
    "hold": "wrench",
}
LABEL = '<div class="rl"><b>{}</b>{}</div>'
UN = '<div class="rl un">{}</div>'
GROUP = '<div class="grp" data-type="{}">{}</div>'
FREE = '<span class="av{}">{}</span>'
ROW = '<ul class="row{}" id="{}" aria-label="{}" data-room="{}" data-number="{}" data-type="{}">{}</ul>\n'
BAR = '<li class="bar {}" id="{}" data-start="{}" data-end="{}">{}</li>'
STAY = (
    '<a href="{}" data-stay="{}" data-version="{}"{} data-status="{}"{}>{}'
    '<span>{}</span>{}<span class="vh">{}</span></a>'
)
PART = ' data-arrival="{}" data-departure="{}"'
OWES = '<b class="owes" aria-hidden="true"></b>'
HOLD = '<span class="in" title="{}">{}<span>{}</span><span class="vh">{}</span></span>'


@register.simple_tag
def chart_labels(chart: Chart) -> SafeString:
    """The pane of room numbers: hidden from readers that have the name of each row."""
    parts: list[str] = []
    for group in chart.groups:
        parts.append(f'<div class="lab">{escape(group.room_type.name)}</div>')
        parts += [UN.format(text) for text in _lane_labels(group)]
        parts += [
            LABEL.format(escape(row.room.number), room_mark(row.room)) for row in group.rows if row.room
        ]
    return _safe(parts)


@register.simple_tag
def chart_rows(chart: Chart) -> SafeString:
    """For each type the rooms left by day, then its lanes, then its rooms, each a list of bars."""
    words = _Words()
    parts: list[str] = []
    for group in chart.groups:
        free = "".join(FREE.format("" if count else " z", count) for count in group.free)
        parts.append(GROUP.format(group.room_type.pk, free))
        for lane, row in enumerate((*group.lanes, *group.rows)):
            place = f"r{row.room.pk}" if row.room else f"t{group.room_type.pk}-{lane}"
            parts.append(_row(row, group, place, words))
    return _safe(parts)


def _lane_labels(group: ChartGroup) -> list[str]:
    """The first lane says what they are, the last one how many more there are."""
    labels = [""] * len(group.lanes)
    if labels:
        labels[0] = escape(gettext("No room"))
    if group.more:
        labels[-1] = escape(gettext("%(n)d more in the list") % {"n": group.more})
    return labels


class _Words:
    """What hundreds of bars have in common, written once a page."""

    def __init__(self) -> None:
        self.day = cache(lambda day: escape(date_format(day, "j M")))
        icons = static("hotel/img/icons.svg")
        self.icon = cache(lambda name: ICON.format(icons, name))
        self.page = reverse("dashboard:reservation_detail", args=[0]).removesuffix("0")
        self.nights = cache(lambda count: ngettext("%(n)d night", "%(n)d nights", count) % {"n": count})
        self.locked = gettext("room locked")
        self.owing = gettext("owes something")


def _row(row: ChartRow, group: ChartGroup, place: str, words: _Words) -> str:
    number = row.room.number if row.room else ""
    name = gettext("Room %(number)s") % {"number": number} if row.room else gettext("Without a room")
    return ROW.format(
        "" if row.room else " un",
        place,
        escape(f"{name}, {group.room_type.name}"),
        row.room.pk if row.room else "",
        escape(number),
        group.room_type.pk,
        "".join(_bar(bar, place, words) for bar in row.bars),
    )


def _bar(bar: Bar, place: str, words: _Words) -> str:
    """A bar; its id, which no other has, lets a refresh move it instead of drawing it anew."""
    start, what = bar.start.isoformat(), f"s{bar.stay.pk}" if bar.stay else f"h{bar.block and bar.block.pk}"
    where = f"{what}-{place if bar.via or not bar.stay else ''}{start}"
    inner = _stay(bar, words) if bar.stay else _hold(bar, words)
    return BAR.format(_classes(bar), where, start, bar.end.isoformat(), inner)


def _stay(bar: Bar, words: _Words) -> str:
    stay = bar.stay
    assert stay is not None  # noqa: S101  (a bar is a stay or a hold)
    is_whole = (bar.start, bar.end) == (stay.arrival, stay.departure)
    icon = "lock" if bar.is_locked else ICONS.get(bar.look)
    told = [
        escape(stay.get_status_display()),
        f"{words.day(bar.start)} – {words.day(bar.end)}",
        words.nights((bar.end - bar.start).days),
        *([words.locked] if bar.is_locked else []),
        *([words.owing] if bar.is_owing else []),
        *([escape(gettext("in %(room)s") % {"room": bar.via})] if bar.via else []),
    ]
    return STAY.format(
        f"{words.page}{stay.pk}",
        stay.pk,
        stay.version,
        "" if is_whole else PART.format(stay.arrival.isoformat(), stay.departure.isoformat()),
        stay.status,
        " data-movable" if bar.is_movable else "",
        words.icon(icon) if icon else "",
        escape(guest_name(stay)),
        OWES if bar.is_owing else "",
        ", " + ", ".join(told),
    )


def _hold(bar: Bar, words: _Words) -> str:
    block = bar.block
    assert block is not None  # noqa: S101  (a bar is a stay or a hold)
    kind = escape(str(block.get_kind_display()))
    dates = f"{words.day(bar.start)} – {words.day(bar.end)}"
    return HOLD.format(kind, words.icon("wrench"), escape(block.reason), f", {kind}, {dates}")


def _classes(bar: Bar) -> str:
    found = [bar.look, f"c{bar.column}", f"n{bar.nights}"]
    if bar.begins_before:
        found.append("cut-l")
    if bar.goes_on:
        found.append("cut-r")
    if bar.via:
        found.append("via")
    if bar.is_shared:
        found.append("low" if bar.mates else "high")
    return " ".join(found)


def _safe(parts: Iterable[str]) -> SafeString:
    # Every part is escaped where it is put in: doing it again for each took longer than all else here.
    return SafeString("".join(parts))
