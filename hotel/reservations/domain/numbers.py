"""Confirmation numbers: short, said over the phone without mistakes, and silent about how much is sold.

``ALPHA-7K3QX9CM`` = property code, seven random symbols of Crockford's base 32 (no I, L, O, U), one check
symbol. Random instead of counted, because a counter tells a rival how many bookings a hotel makes. The check
symbol is the remainder of a polynomial over GF(32): it catches every wrong symbol and every exchange of two.
The n-th reservation of a booking is ``<confirmation number>-n``; a cancellation ``<reservation number>-X<v>``.
"""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_SYMBOLS = 7
SPACE = len(ALPHABET) ** RANDOM_SYMBOLS
_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
_HEARD_WRONG = str.maketrans("OIL", "011")
_SHAPE = re.compile(r"(.+-)?([0-9A-Z]{8})(-\d{1,4}(?:-X\d+)?)?")


def check_symbol(symbols: str) -> str:
    """The check symbol of a run of symbols of the alphabet.

    Raises:
        KeyError: a symbol is not of the alphabet.
    """
    state = 0
    for symbol in symbols:
        state = _times_alpha(state ^ _VALUE[symbol])
    return ALPHABET[state]


def _times_alpha(value: int) -> int:
    """Multiply by the primitive element of GF(2^5) modulo x^5 + x^2 + 1."""
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled


def confirmation_number(code: str, random_value: int) -> str:
    """The confirmation number for a random value.

    Args:
        code: of the property.
        random_value: 0 ≤ value < ``SPACE``, from a source nobody can predict.

    Raises:
        ValueError: the value is outside the space.
    """
    if not 0 <= random_value < SPACE:
        raise ValueError(f"0 ≤ random_value < {SPACE}")
    symbols = ""
    for _ in range(RANDOM_SYMBOLS):
        random_value, digit = divmod(random_value, len(ALPHABET))
        symbols += ALPHABET[digit]
    return f"{code}-{symbols}{check_symbol(symbols)}"


def reservation_number(confirmation: str, position: int) -> str:
    """The number of the reservation at a position (from 1) in its booking."""
    return f"{confirmation}-{position}"


def cancellation_number(reservation: str, version: int) -> str:
    """The number given for a cancellation; unique, because versions only rise."""
    return f"{reservation}-X{version}"


def normalised(text: str) -> str:
    """What someone meant who typed or heard a number: capitals, and no O, I, L in the random part.

    Args:
        text: a confirmation or reservation number, with or without the property code.

    Returns:
        The text as stored; unknown shapes come back in capitals only.
    """
    text = text.strip().upper()
    match = _SHAPE.fullmatch(text.replace(" ", ""))
    if match is None:
        return text
    code, symbols, suffix = match.groups()
    return f"{code or ''}{symbols.translate(_HEARD_WRONG)}{suffix or ''}"


def is_valid(number: str) -> bool:
    """Whether the check symbol of a confirmation number fits; the property code may contain dashes."""
    symbols = number.rsplit("-", 1)[-1]
    if len(symbols) != RANDOM_SYMBOLS + 1 or not set(symbols) <= set(ALPHABET):
        return False
    return check_symbol(symbols[:-1]) == symbols[-1]
