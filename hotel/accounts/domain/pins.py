"""PINs of a shared desk: six digits that open again what its person has opened in full within the shift."""

from itertools import pairwise

from hotel.core.words import _

DIGITS = 6
MOST_WRONG = 5
LASTS_DAYS = 180
_COMMON = frozenset(
    {"112233", "121314", "123321", "147258", "159753", "159357", "258456", "789456", "101010"}
)


def pin_problem(pin: str) -> str:
    """What is wrong with a PIN that somebody chooses, as a sentence; empty for nothing."""
    if len(pin) != DIGITS or not (pin.isascii() and pin.isdecimal()):
        return _("A PIN has %(digits)s digits.") % {"digits": DIGITS}
    if _is_weak(pin):
        return _("This PIN is guessed too easily. Take one without a row, a repetition or a pattern.")
    return ""


def _is_weak(pin: str) -> bool:
    digits = [int(digit) for digit in pin]
    steps = {(after - before) % 10 for before, after in pairwise(digits)}
    is_row = steps <= {1} or steps <= {9}
    is_repeated = pin[:3] == pin[3:] or pin[:2] == pin[2:4] == pin[4:]
    return is_row or is_repeated or len(set(pin)) < 3 or pin in _COMMON
