"""The content of a document as people of its language read it: dates, amounts, shares and words as texts."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.dates import format_date, format_interval
from babel.numbers import format_decimal, format_percent

from hotel.folios.domain.document_words import words

Plain = Mapping[str, Any]


class Speller:
    """Writes values in a language, and amounts of one currency."""

    def __init__(self, language: str, currency: str, exponent: int) -> None:
        self.language, self.currency = language, currency
        self.pattern = "#,##0" + ("." + "0" * exponent if exponent else "")

    def amount(self, text: str) -> str:
        """``1.234,50``, a true minus sign before what is below zero."""
        return self._signed(format_decimal(Decimal(text), format=self.pattern, locale=self.language))

    def money(self, text: str) -> str:
        """``EUR 1.234,50``."""
        return f"{self.currency}\N{NO-BREAK SPACE}{self.amount(text)}"

    def day(self, text: str | None) -> str:
        """``14.03.2027``; empty for no day."""
        return "" if not text else format_date(date.fromisoformat(text), "medium", locale=self.language)

    def days(self, first: str, last: str) -> str:
        """``14. März 2027`` or ``14.–16. März 2027``, both inclusive."""
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        return str(format_interval(start, end, "yMMMd", locale=self.language))

    def quantity(self, text: str) -> str:
        """As few digits as needed."""
        return self._signed(format_decimal(Decimal(text), locale=self.language)) if text else ""

    def rate(self, text: str | None) -> str:
        """``10 %``; empty for no share."""
        if text is None:
            return ""
        return format_percent(Decimal(text), locale=self.language, decimal_quantization=False)

    def _signed(self, shown: str) -> str:
        return shown.replace("-", "\N{MINUS SIGN}")

    def country(self, code: str) -> str:
        """The name of a country by ISO 3166; the code when it has none."""
        return str(Locale(self.language).territories.get(code, code))


def printable(content: Plain) -> dict[str, Any]:
    """What the template of a document prints, from its frozen content.

    Returns:
        ``w`` (the words), ``title``, ``facts`` (pairs of word and text) and the parts of the content, all texts.
    """
    speller = Speller(content["language"], content["currency"], content["exponent"])
    w, sums = words(content["language"]), content["totals"]
    is_credit = content["kind"] == "credit_note"
    balance = Decimal(sums["balance"])
    return {
        "w": w,
        "language": content["language"],
        "title": w[content["kind"]],
        "number": content["number"],
        "is_pro_forma": content["kind"] == "pro_forma",
        "currency": content["currency"],
        "facts": _facts(content, w, speller),
        "reason": content["reason"],
        "seller": party(content["seller"], speller),
        "payee": party(content["payee"], speller),
        "lines": [_line(line, speller) for line in content["lines"]],
        "taxes": [_tax(tax, w, speller) for tax in content["taxes"]],
        "payments": [
            {**row, "day": speller.day(row["day"]), "amount": speller.amount(minus(row["amount"]))}
            for row in content["payments"]
        ],
        "net": speller.amount(sums["net"]),
        "tax": speller.amount(sums["tax"]),
        "total": speller.money(sums["total"]),
        "brought_forward": speller.amount(sums["brought_forward"])
        if Decimal(sums["brought_forward"])
        else "",
        "balance": "" if is_credit else speller.money(str(abs(balance))),
        "balance_word": w["balance"] if balance >= 0 else w["credit_balance"],
        "is_settled": not is_credit and balance == 0,
    }


def printable_statement(plain: Plain) -> dict[str, Any]:
    """What the template of a statement prints, from ``city_statement``."""
    speller = Speller(plain["language"], plain["currency"], plain["exponent"])
    w = words(plain["language"])
    return {
        "w": w,
        "language": plain["language"],
        "title": w["statement"],
        "number": plain["account"],
        "currency": plain["currency"],
        "facts": [
            (w["account"], plain["account"]),
            (w["issued_on"], speller.day(plain["issued_on"])),
            (w["period"], speller.days(plain["since"], plain["until"])),
            (w["balance"], speller.money(plain["closing"])),
        ],
        "seller": party(plain["seller"], speller),
        "payee": party(plain["payee"], speller),
        "opening": speller.amount(plain["opening"]),
        "closing": speller.money(plain["closing"]),
        "rows": [
            {
                "day": speller.day(row["day"]),
                "due_on": speller.day(row["due_on"]),
                "text": row["text"],
                "amount": speller.amount(row["amount"]),
                "open": speller.amount(row["open"]) if Decimal(row["open"]) else "",
                "balance": speller.amount(row["balance"]),
            }
            for row in plain["rows"]
        ],
        "aging": [(w[name], speller.amount(text)) for name, text in plain["aging"].items()],
    }


def party(plain: Plain, speller: Speller) -> dict[str, Any]:
    """Seller or payer, the country by its name."""
    return {**plain, "country": speller.country(plain["country"]) if plain["country"] else ""}


def minus(text: str) -> str:
    """An amount with its sign turned."""
    return str(-Decimal(text))


def _facts(content: Plain, w: Plain, speller: Speller) -> list[tuple[str, str]]:
    stay, corrects = content["stay"], content["corrects"]
    facts = [
        (w["number"], content["number"]),
        (w["issued_on"], speller.day(content["issued_on"])),
        (w["due_on"], speller.day(content["due_on"])),
    ]
    if corrects:
        facts.append(
            (w["corrects"], f"{corrects['number']} {w['of_day']} {speller.day(corrects['issued_on'])}")
        )
    if stay:
        facts += [
            (w["reservation"], stay["number"]),
            (w["guest"], stay["guest"]),
            (w["room"], stay["room"]),
            (w["stay"], speller.days(stay["arrival"], stay["departure"])),
        ]
    facts.append((w["account"], content["account"]))
    return [(word, text) for word, text in facts if text]


def _line(line: Plain, speller: Speller) -> dict[str, str]:
    return {
        "days": speller.days(line["first_day"], line["last_day"]),
        "text": line["text"],
        "quantity": speller.quantity(line["quantity"]),
        "unit": speller.amount(line["unit"]) if line["unit"] else "",
        "rates": " + ".join(speller.rate(rate) for rate in line["rates"]),
        "gross": speller.amount(line["gross"]),
    }


def _tax(tax: Plain, w: Plain, speller: Speller) -> dict[str, str]:
    gross = str(Decimal(tax["base"]) + Decimal(tax["amount"]))
    is_share = tax["rate"] is not None or not tax["code"]
    return {
        "name": tax["name"] or w["untaxed"],
        "rate": speller.rate(tax["rate"]),
        "base": speller.amount(tax["base"]) if is_share else "",
        "amount": speller.amount(tax["amount"]),
        "gross": speller.amount(gross) if is_share else "",
    }
