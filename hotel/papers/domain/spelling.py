"""Plain values as people of a language read them on paper."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal, format_percent
from moneyed import Money

from hotel.core.money import exponent

MINUS = "\N{MINUS SIGN}"


class Spelling:
    """Writes cells of papers in a language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def cell(self, value: Any, kind: str = "text") -> str:
        """A cell of a column of this kind; empty for nothing."""
        if value is None or value == "":
            return ""
        if isinstance(value, Money):
            return self.amount(value)
        if isinstance(value, datetime):
            return format_datetime(value, "short", locale=self.language)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, time):
            return format_time(value, "HH:mm", locale=self.language)
        if kind == "share":
            return format_percent(value, format="#,##0.0 %", locale=self.language)
        if isinstance(value, int | Decimal):
            return format_decimal(value, locale=self.language).replace("-", MINUS)
        return str(value)

    def amount(self, value: Money) -> str:
        """``1.234,50`` without its currency, which the head of the column names."""
        places = exponent(value.currency.code)
        pattern = "#,##0" + ("." + "0" * places if places else "")
        return format_decimal(value.amount, format=pattern, locale=self.language).replace("-", MINUS)

    def money(self, value: Money) -> str:
        """``EUR 1.234,50``."""
        return f"{value.currency.code}\N{NO-BREAK SPACE}{self.amount(value)}"

    def day(self, value: date | None) -> str:
        """``14.03.2027``; empty for no day."""
        return "" if value is None else format_date(value, "medium", locale=self.language)

    def long_day(self, value: date) -> str:
        """``Sonntag, 14. März 2027``."""
        return format_date(value, "full", locale=self.language)

    def country(self, code: str) -> str:
        """The name of a country by ISO 3166; the code when it has none."""
        return str(Locale(self.language).territories.get(code, code)) if code else ""
