"""The words of a member's statement in each language it can be printed in; what the house typed stays as typed."""

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

from hotel.folios.domain.document_words import LANGUAGES
from loyalty.domain.tiers import Progress

# word -> its text by language, in the order of LANGUAGES
_WORDS: Mapping[str, tuple[str, str, str]] = {
    "title": ("Statement of points", "Punkteauszug", "Extracto de puntos"),
    "member": ("Member", "Mitglied", "Socio"),
    "tier": ("Tier", "Stufe", "Nivel"),
    "until": ("until", "bis", "hasta el"),
    "points": ("Points", "Punkte", "Puntos"),
    "rule": ("Rule", "Regel", "Regla"),
    "hotel": ("Hotel", "Hotel", "Hotel"),
    "ending": ("Points that end soon", "Punkte, die bald verfallen", "Puntos que caducan pronto"),
    "last_day": ("Last day", "Letzter Tag", "Último día"),
    "earned_by": ("Earned by", "Erworben durch", "Obtenidos por"),
    "none_ends": (
        "No points end within the next three months.",
        "In den nächsten drei Monaten verfallen keine Punkte.",
        "Ningún punto caduca en los próximos tres meses.",
    ),
    "nothing_moved": (
        "No points came or went in this time.",
        "In dieser Zeit kamen und gingen keine Punkte.",
        "En este tiempo no hubo movimientos de puntos.",
    ),
    "nights": ("nights", "Nächte", "noches"),
    "night": ("night", "Nacht", "noche"),
    "stays": ("stays", "Aufenthalte", "estancias"),
    "stay": ("stay", "Aufenthalt", "estancia"),
    "qualifying": ("points", "Punkte", "puntos"),
    "spend": ("spent", "Umsatz", "de gasto"),
    "or": ("or", "oder", "o"),
    "and": ("and", "und", "y"),
    "to": ("to", "bis", "para"),
    "by": ("by", "bis zum", "hasta el"),
}


def statement_words(language: str) -> dict[str, str]:
    """Every word in a language of ``LANGUAGES``."""
    place = LANGUAGES.index(language)
    return {word: texts[place] for word, texts in _WORDS.items()}


def whole(points: int, language: str) -> str:
    """``1.234`` or ``−70`` as people of the language write it."""
    return str(format_decimal(points, format="#,##0;−#,##0", locale=language))


def long_day(day: date, language: str) -> str:
    """``31. Dezember 2027``."""
    return str(format_date(day, "long", locale=language))


def progress_words(progress: Progress | None, language: str) -> str:
    """Such as ``2 Nächte oder 1 Aufenthalt bis Gold bis zum 31. Dezember 2027``; empty at the top."""
    if progress is None:
        return ""
    w = statement_words(language)
    parts = []
    for metric, amount in progress.missing.items():
        one = w.get(metric[:-1], w.get(metric)) if amount == 1 else w.get(metric)
        named = w["qualifying"] if metric == "points" else one
        parts.append(f"{format_decimal(amount.normalize(), locale=language)} {named}")
    joined = f" {w['or' if progress.tier.needs == 'any' else 'and']} ".join(parts)
    text = f"{joined} {w['to']} {progress.tier.name}"
    return text if progress.by is None else f"{text} {w['by']} {long_day(progress.by, language)}"
