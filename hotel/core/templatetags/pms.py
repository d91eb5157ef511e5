"""Formatting for templates: money, dates and status badges."""

from typing import Any

from babel.numbers import format_currency
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
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
    locale = (get_language() or "en").replace("-", "_")
    return format_currency(value.amount, code, format=pattern, locale=locale, currency_digits=False)


@register.simple_tag
def badge(status: str, label: str = "") -> SafeString:
    """A status badge: colour by class, text always there, so that colour is never the only sign."""
    text: Any = label or status.replace("_", " ")
    return format_html('<span class="badge badge-{}">{}</span>', status, text)
