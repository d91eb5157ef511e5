"""What is written on a card of a tier's colour is light or dark, whichever reads better."""

from decimal import Decimal
from typing import Literal

_SHARES = (Decimal("0.2126"), Decimal("0.7152"), Decimal("0.0722"))  # of red, green and blue; WCAG 2.2
_EVEN = Decimal("0.179")  # here white and black have the same contrast: 4.58, the least there is


def ink_on(colour: str) -> Literal["light", "dark"]:
    """The writing on a colour.

    Args:
        colour: such as ``#b8862b``.
    """
    parts = (Decimal(int(colour[i : i + 2], 16)) / 255 for i in (1, 3, 5))
    luminance = sum((share * _linear(part) for share, part in zip(_SHARES, parts, strict=True)), Decimal(0))
    return "dark" if luminance > _EVEN else "light"


def _linear(part: Decimal) -> Decimal:
    if part <= Decimal("0.04045"):
        return part / Decimal("12.92")
    return ((part + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")
