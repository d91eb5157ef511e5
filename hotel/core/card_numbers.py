"""Finds card numbers and card codes in text, so that none is kept; knows nothing of the web or the database.

A number counts when its digits, whatever stands between them, begin like those of a card scheme, have a length of that
scheme and pass the check digit of ISO/IEC 7812; IBANs, telephone numbers with a plus and hexadecimal ids are left
alone.

Source: PCI DSS 4.0.1 requirement 3; security reference §4.6.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

# (first, last) of the leading digits -> lengths
SCHEMES: dict[tuple[int, int], frozenset[int]] = {
    (4, 4): frozenset({13, 16, 19}),  # Visa
    (51, 55): frozenset({16}),  # Mastercard
    (2221, 2720): frozenset({16}),
    (34, 34): frozenset({15}),  # American Express
    (37, 37): frozenset({15}),
    (300, 305): frozenset({14, 16}),  # Diners
    (3095, 3095): frozenset({14, 16}),
    (36, 36): frozenset({14, 16}),
    (38, 39): frozenset({14, 16}),
    (6011, 6011): frozenset({16, 19}),  # Discover
    (644, 649): frozenset({16, 19}),
    (65, 65): frozenset({16, 19}),
    (3528, 3589): frozenset({16, 17, 18, 19}),  # JCB
    (62, 62): frozenset({16, 17, 18, 19}),  # UnionPay
    (8100, 8171): frozenset({16, 17, 18, 19}),
    (2200, 2204): frozenset({16, 17, 18, 19}),  # Mir
    (9792, 9792): frozenset({16}),  # Troy
    (5018, 5018): frozenset({12, 13, 14, 15, 16, 17, 18, 19}),  # Maestro
    (5020, 5020): frozenset({12, 13, 14, 15, 16, 17, 18, 19}),
    (5038, 5038): frozenset({12, 13, 14, 15, 16, 17, 18, 19}),
    (5893, 5893): frozenset({12, 13, 14, 15, 16, 17, 18, 19}),
    (6304, 6304): frozenset({12, 13, 14, 15, 16, 17, 18, 19}),
    (6759, 6759): frozenset({12, 13, 14, 15, 16, 17, 18, 19}),
    (6761, 6763): frozenset({12, 13, 14, 15, 16, 17, 18, 19}),
    (508500, 508999): frozenset({16}),  # RuPay
    (606985, 607984): frozenset({16}),
    (636368, 636368): frozenset({16}),  # Elo
    (636297, 636297): frozenset({16}),
    (506699, 506778): frozenset({16}),
}
SHORTEST, LONGEST = 12, 19
MOST_GROUPS = 400
# (leading digit, length) -> the same table, quick to ask
_OF: dict[tuple[str, int], list[tuple[str, str]]] = {}
for (_low, _high), _lengths in SCHEMES.items():
    for _length in _lengths:
        for _digit in range(int(str(_low)[0]), int(str(_high)[0]) + 1):
            _OF.setdefault((str(_digit), _length), []).append((str(_low), str(_high)))
_DOUBLED = dict(zip("0123456789", (0, 2, 4, 6, 8, 1, 3, 5, 7, 9), strict=True))
_WRITTEN = {
    (4, 6, 5),
    (4, 6, 4),
    (6, 10),
    (6, 13),
    (8, 8),
    (4, 4, 5),
    (4, 4, 4, 4, 3),
    (6, 9),
    (6, 8),
    (4, 12),
}
_MAYBE = re.compile(r"\d(?:\D{0,3}\d){11}")
_RUN = re.compile(r"[0-9](?:[^0-9A-Za-z]{0,3}[0-9])*", re.ASCII)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]){11,30}(?![A-Za-z0-9])", re.ASCII)
_ID = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|(?=[0-9]*[a-f])[0-9a-f]{32,128})(?![0-9A-Za-z])",
    re.ASCII | re.IGNORECASE,
)
_CODE = re.compile(
    r"(?<![a-z])(?:cvv2?|cvc2?|cav2|csc|card[ _-]?(?:verification|security)[ _-]?(?:code|value|number)"
    r"|karten(?:pr[uü]f|sicherheits)(?:nummer|ziffer|code)|c[oó]digo de (?:seguridad|verificaci[oó]n) de la tarjeta"
    r"|cryptogramme)[^0-9]{0,12}([0-9]{3,4})(?![0-9])",
    re.IGNORECASE,
)
_CODE_WORD = re.compile(r"cvv|cvc|cav2|csc|card|karten|tarjeta|crypto", re.IGNORECASE)
REMOVED = "[card data removed]"


@dataclass(frozen=True)
class Found:
    """Where card data stands in a text; what it is, not what it says.

    Attributes:
        kind: ``number`` or ``code``.
        start, end: positions in the text.
    """

    kind: str
    start: int
    end: int


def card_data_in(text: str) -> list[Found]:
    """All card data of a text, ascending; linear in its length."""
    found: list[Found] = []
    may_hold_number, may_hold_code = _MAYBE.search(text), _CODE_WORD.search(text)
    if not may_hold_number and not may_hold_code:
        return found
    plain = _plain(text)
    if may_hold_number:
        found += _numbers(plain)
    if may_hold_code:
        found += [Found("code", *match.span(1)) for match in _CODE.finditer(plain)]
    return sorted(found, key=lambda one: one.start)


def holds_card_data(text: str) -> bool:
    """Whether there is any."""
    return bool(card_data_in(text))


def redacted(text: str) -> str:
    """The text without its card data."""
    parts, at = [], 0
    for one in card_data_in(text):
        if one.start >= at:
            parts += [text[at : one.start], REMOVED]
        at = max(at, one.end)
    return "".join([*parts, text[at:]])


def is_card_number(digits: str) -> bool:
    """Whether ASCII digits alone make a card number."""
    return _is_of_a_scheme(digits) and _check_digit_fits(digits)


def _plain(text: str) -> str:
    """The same length, with all digits as ASCII, and what is no Latin letter as itself or a space."""
    return text if text.isascii() else "".join(_plain_sign(sign) for sign in text)


def _plain_sign(sign: str) -> str:
    if sign.isascii():
        return sign
    value = unicodedata.digit(sign, None)
    if value is not None:
        return str(value)
    if sign.isalpha():
        narrow = unicodedata.normalize("NFKC", sign)
        return narrow if len(narrow) == 1 and (narrow.isascii() or narrow in "üóÜÓ") else "x"
    return " "


def _numbers(text: str) -> Iterator[Found]:
    ids = [match.span() for match in _ID.finditer(text)]
    ids += [match.span() for match in _IBAN.finditer(text) if _is_iban(match[0])]
    for run in _RUN.finditer(text):
        if len(run[0]) < SHORTEST or any(start <= run.start() and run.end() <= end for start, end in ids):
            continue
        yield from _numbers_of_a_run(run[0], run.start(), is_phone=text[max(0, run.start() - 1)] == "+")


def _numbers_of_a_run(run: str, offset: int, *, is_phone: bool) -> Iterator[Found]:
    """Card numbers among the groups of digits of a run; none of them overlap."""
    groups = [match.span() for match in re.finditer(r"[0-9]+", run)]
    if len(groups) > MOST_GROUPS:  # a column of figures, in which only whole numbers can be told apart
        groups = [group for group in groups if group[1] - group[0] >= SHORTEST]
    first = 0
    while first < len(groups):
        last = _end_of_number(run, groups, first, is_phone=is_phone)
        if last is not None:
            yield Found("number", offset + groups[first][0], offset + groups[last][1])
            first = last
        first += 1


def _end_of_number(run: str, groups: list[tuple[int, int]], first: int, *, is_phone: bool) -> int | None:
    """The last group of the longest card number that begins with a group; None when none does."""
    digits, found = "", None
    for last in range(first, len(groups)):
        digits += run[slice(*groups[last])]
        if len(digits) > LONGEST:
            break
        if len(digits) < SHORTEST or (is_phone and first == 0 and len(digits) < 16):
            continue
        if is_card_number(digits) and _is_written_so(run, groups[first : last + 1]):
            found = last
    return found


def _is_written_so(run: str, groups: list[tuple[int, int]]) -> bool:
    """Whether anybody writes one number in such groups: equal ones (the last may be shorter), or as on cards."""
    sizes = tuple(end - start for start, end in groups)
    if len(sizes) == 1 or sizes in _WRITTEN:
        return True
    if set(sizes[:-1]) != {sizes[0]} or sizes[-1] > sizes[0]:
        return False
    values = [int(run[start:end]) for start, end in groups]
    # Room numbers and years one after the other are a list.
    is_list = len(values) > 2 and all(b - a == 1 for a, b in pairwise(values))
    return not is_list or sizes[0] == 1


def _is_of_a_scheme(digits: str) -> bool:
    return any(low <= digits[: len(low)] <= high for low, high in _OF.get((digits[0], len(digits)), ()))


def _check_digit_fits(digits: str) -> bool:
    total = sum(map(int, digits[-1::-2])) + sum(_DOUBLED[digit] for digit in digits[-2::-2])
    return total % 10 == 0 and len(set(digits)) > 1


def _is_iban(text: str) -> bool:
    plain = text.replace(" ", "")
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
