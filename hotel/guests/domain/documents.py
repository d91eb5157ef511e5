"""Numbers of identity documents."""

import re

LENGTHS = range(5, 21)  # ICAO 9303 prints nine characters; national documents have up to twenty


def normal_number(number: str) -> str:
    """Capitals and digits only: ``p 123-456`` becomes ``P123456``."""
    return re.sub(r"[^0-9A-Z]", "", number.upper())


def number_searched(text: str) -> str:
    """The number that a search may mean, as ``normal_number`` gives it; empty when it can be none.

    A number has digits, and nothing but letters, digits, blanks and hyphens.
    """
    number = normal_number(text)
    has_shape = re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z -]*", text.strip()) is not None
    return number if has_shape and re.search(r"\d", number) and len(number) in LENGTHS else ""
