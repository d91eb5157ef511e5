"""Formatting for templates: money, dates and status badges."""

from decimal import Decimal
from typing import Any

from babel.numbers import format_currency, format_decimal, format_percent
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from moneyed import Money

from hotel.core.money import exponent

register = template.Library()


@register.filter
def money(value: Money | None) -> str:
    """``EUR 129.00`` in the reader's language; empty for nothing."""
    if value is None:
        return ""
    code = value.currency.code
    pattern = "¤¤ #,##0" + ("." + "0" * exponent(code) if exponent(code) else "")
    return format_currency(value.amount, code, format=pattern, locale=_locale(), currency_digits=False)


@register.filter
def amount(value: Money | None) -> str:
    """``1,290.00`` or ``−7.00`` in the reader's language, for columns whose head names the currency."""
    if value is None:
        return ""
    shown = money(abs(value))[3:].lstrip()
    return f"−{shown}" if value.amount < 0 else shown


@register.filter
def percent(value: Decimal | None) -> str:
    """``66.7%`` of the share 0.667 in the reader's language; a dash for nothing to share."""
    return "–" if value is None else format_percent(value, format="#,##0.0%", locale=_locale())


@register.filter
def points(value: int) -> str:
    """``1,290`` in the reader's language; below zero with a minus, not a hyphen."""
    return format_decimal(value, format="#,##0;−#,##0", locale=_locale())


@register.filter
def signed(value: int) -> str:
    """Points that came as ``+1,290``, those that went as ``−7``."""
    return points(value) if value < 0 else f"+{points(value)}"


@register.filter
def words(code: str) -> str:
    """A code such as ``rate_plan`` as words."""
    return code.replace("_", " ")


@register.filter
def short(label: str) -> str:
    """A choice's label without what explains it: ``Elastic`` of ``Elastic: takes from the house``."""
    return str(label).partition(":")[0]


@register.simple_tag
def guest_name(reservation: Any) -> str:
    """Whom a stay is for; the names of confidential guests stay hidden."""
    if reservation.is_confidential:
        return gettext("Confidential")
    return str(reservation.primary_guest or reservation.number)


@register.simple_tag
def badge(status: str, label: str = "") -> SafeString:
    """A status badge: colour by class, text always there, so that colour is never the only sign."""
    text: Any = label or status.replace("_", " ")
    return format_html('<span class="badge badge-{}">{}</span>', status, text)


@register.simple_tag
def room_mark(room: Any) -> SafeString:
    """The housekeeping status of a room as a letter, the same in every language; in words for who hovers or listens."""
    label = room.get_housekeeping_status_display()
    mark = '<span class="badge badge-{}" title="{}"><span aria-hidden="true">{}</span><span class="vh">{}</span></span>'
    return format_html(mark, room.housekeeping_status, label, room.housekeeping_letter, label)


def _locale() -> str:
    return (get_language() or "en").replace("-", "_")
