"""Names and texts in the form they are compared in."""

import re
import unicodedata

# Letters that Unicode does not decompose into a base letter and an accent.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h"}
)
_BLANKS = re.compile(r"\s+")


def folded(text: str) -> str:
    """Lower case, without accents, with single blanks: ``Łukasz  MÜLLER`` becomes ``lukasz muller``."""
    # Twice, because taking a styled letter apart may give a capital, and folding a capital an accent.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text).casefold()
    plain = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    return _BLANKS.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def name_key(*, first_name: str, last_name: str) -> str:
    """Last and first name folded, at most 400 characters; the key candidates are looked up by."""
    return folded(f"{last_name} {first_name}")[:400]


def search_text(*parts: str) -> str:
    """All parts folded, at most 800 characters, the first one leading; empty parts are left out."""
    return folded(" ".join(part for part in parts if part))[:800].strip()
