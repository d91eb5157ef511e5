"""Words that everybody guesses first in this house: they may be in a password and count for nothing.

Source: ASVS 5.0 6.1.2 and 6.2.11; NIST SP 800-63B 3.1.1.2.
"""

import re
from collections.abc import Iterable

LEAST_COUNTED = 12
LEAST_WORD = 4
# The documented list; the names of the chain and of its hotels come to it.
HOUSE_WORDS = frozenset(
    {
        *("auberge", "hotel", "hostel", "resort", "motel", "lodge", "reception", "frontdesk", "housekeeping"),
        *("booking", "reservation", "check-in", "checkin", "checkout", "nightaudit", "manager", "admin"),
        *("administrator", "welcome", "password", "passwort", "kennwort", "contraseña", "motdepasse"),
        *("empfang", "rezeption", "willkommen", "bienvenue", "accueil", "recepción", "bienvenido"),
    }
)
_LOOKALIKES = str.maketrans("01345789@$!€l", "oieastbgasiei")  # 1 stands for i and for l, so these are one


def names_split(names: Iterable[str]) -> set[str]:
    """The words of names that are long enough to matter, and each name written as one word."""
    found = set()
    for name in names:
        words = re.findall(r"\w+", name)
        found |= {word for word in (*words, "".join(words)) if len(word) >= LEAST_WORD}
    return found


def counted_length(password: str, words: Iterable[str]) -> int:
    """How many characters of a password count: all but those of the words, however they are written.

    Args:
        password: as typed.
        words: of the house; case does not matter, and look-alikes such as ``4`` for ``a`` are read.

    Returns:
        The characters that are left, at least 0.
    """
    known = sorted({_read(word) for word in words if word}, key=len, reverse=True)
    if not known:
        return len(password)
    return len(re.sub("|".join(map(re.escape, known)), "", _read(password)))


def _read(text: str) -> str:
    """Lower case with look-alikes as letters, one character for each."""
    return "".join(letter.lower()[:1] for letter in text).translate(_LOOKALIKES)
