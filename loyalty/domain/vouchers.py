"""Codes of vouchers: nobody guesses one, and who reads one out is heard right.

``K7QX-2M9P-RT4C``: eleven random symbols without 0, O, 1 and I, and a check symbol that catches each wrong one and each
exchange of two, in groups of four.
"""

from datetime import date
from string import ascii_uppercase, digits

from hotel.core.days import day_told
from hotel.core.words import _
from hotel.reservations.domain import numbers

ALPHABET = "".join(symbol for symbol in digits + ascii_uppercase if symbol not in "01IO")
RANDOM_SYMBOLS = 11
SPACE = len(ALPHABET) ** RANDOM_SYMBOLS
GROUP = 4
_COUNTED = str.maketrans(ALPHABET, numbers.ALPHABET)
_WRITTEN = str.maketrans(numbers.ALPHABET, ALPHABET)
_BETWEEN = str.maketrans("", "", " -–.")


def voucher_code(random_value: int) -> str:
    """The code for a random value.

    Args:
        random_value: 0 ≤ value < ``SPACE``, from a source nobody can predict.

    Raises:
        ValueError: the value is outside the space.
    """
    if not 0 <= random_value < SPACE:
        raise ValueError(f"0 ≤ random_value < {SPACE}")
    symbols = ""
    for _place in range(RANDOM_SYMBOLS):
        random_value, digit = divmod(random_value, len(ALPHABET))
        symbols += ALPHABET[digit]
    symbols += _check_symbol(symbols)
    return "-".join(symbols[i : i + GROUP] for i in range(0, len(symbols), GROUP))


def code_read(text: str) -> str | None:
    """What somebody typed as the code that it is, however it is grouped; None when it is none."""
    symbols = text.upper().translate(_BETWEEN)
    if len(symbols) != RANDOM_SYMBOLS + 1 or not set(symbols) <= set(ALPHABET):
        return None
    if _check_symbol(symbols[:-1]) != symbols[-1]:
        return None
    return "-".join(symbols[i : i + GROUP] for i in range(0, len(symbols), GROUP))


def refusal(status: str, *, valid_from: date, valid_until: date | None, on: date) -> tuple[str, str] | None:
    """Why a voucher is not taken on a day: a code and words; None when it is.

    Args:
        status: of its redemption.
        valid_from, valid_until: business dates, both inclusive; without a last one it never ends.
        on: business date of the hotel that is to take it.
    """
    if status == "fulfilled":
        return "voucher_redeemed", _("This voucher is redeemed already.")
    if status != "confirmed":
        return "voucher_void", _("This voucher was given back: it is worth nothing any more.")
    if on < valid_from:
        return "voucher_not_yet", _("This voucher is good from %(valid_from)s on.") % {
            "valid_from": day_told(valid_from, "d M Y")
        }
    if valid_until is not None and on > valid_until:
        return "voucher_over", _("This voucher was good until %(valid_until)s.") % {
            "valid_until": day_told(valid_until, "d M Y")
        }
    return None


def _check_symbol(symbols: str) -> str:
    return numbers.check_symbol(symbols.translate(_COUNTED)).translate(_WRITTEN)
