"""What a person types into a search box, made ready for the index."""

import re
from dataclasses import dataclass

from hotel.guests.domain.names import folded

_PHONE = re.compile(r"[+0-9][0-9 ()./-]{2,}")
MAX_LENGTH = 120
MAX_WORDS = 8


@dataclass(frozen=True)
class SearchTerms:
    """A search.

    Attributes:
        wanted: the whole text folded, at most 120 characters; empty finds nothing.
        patterns: one LIKE pattern per word, at most 8; a row must match all.
        prefix: the LIKE pattern of rows that begin with the text.
    """

    wanted: str
    patterns: tuple[str, ...]
    prefix: str


def search_terms(text: str) -> SearchTerms:
    """Read a search; a telephone number is looked for without separators, country code or not."""
    wanted = folded(text)[:MAX_LENGTH].strip()
    if _PHONE.fullmatch(wanted):
        wanted = re.sub(r"\D", "", wanted).lstrip("0")
    words = [_escaped(word) for word in wanted.split()[:MAX_WORDS]]
    return SearchTerms(wanted, tuple(f"%{word}%" for word in words), f"{_escaped(wanted)}%")


def is_number(text: str) -> bool:
    """Whether a search is for a telephone number: digits and what stands between them."""
    return _PHONE.fullmatch(folded(text)[:MAX_LENGTH].strip()) is not None


def _escaped(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)
