"""Whether two profiles are one person: points for what agrees and against what contradicts, explained.

Points are added and cut to 0–1. No single trait but a document reaches the review threshold by itself, so
that families sharing an address, agencies sharing a mailbox and relay addresses never look like one person.

======================  =======  =====================================================
trait                    points  remark
======================  =======  =====================================================
document                  +0.60  same kind, country and number
e-mail                    +0.40  personal addresses only: no relay, no shared mailbox
telephone                 +0.25
birth date                +0.20  −0.35 when both are known and differ
name                      +0.35  in proportion to the similarity above 0.80
                          −0.35  when first or last name differ (similarity under 0.75)
postal code               +0.20  in the same country
======================  =======  =====================================================

Thresholds: 0.55 asks a person to look (review queue), 0.85 is called likely. Nothing is merged by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rapidfuzz.distance import JaroWinkler

from hotel.guests.domain.names import folded

REVIEW = Decimal("0.550")
LIKELY = Decimal("0.850")

DOCUMENT, EMAIL, PHONE, BIRTH, NAME, POSTCODE = (
    Decimal(p) for p in ("0.6", "0.4", "0.25", "0.2", "0.35", "0.2")
)
CONTRADICTION = Decimal("-0.35")
SIMILAR, DIFFERENT = 0.80, 0.75
_DIGRAPHS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ph", "f"))


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What identifies a person.

    Attributes:
        email: normalised, personal; empty when unknown, a relay's or shared.
        phone: E.164 or empty.
        documents: fingerprints of kind, country and number.
        country: ISO 3166 code of the address.
    """

    last_name: str
    first_name: str = ""
    email: str = ""
    phone: str = ""
    birth_date: date | None = None
    documents: frozenset[str] = frozenset()
    postal_code: str = ""
    country: str = ""


@dataclass(frozen=True)
class Reason:
    """One trait that spoke for (points > 0) or against (points < 0)."""

    trait: str
    points: Decimal
    text: str


@dataclass(frozen=True)
class Likeness:
    """The score, 0–1 with three places, and its reasons in order of the table above."""

    score: Decimal
    reasons: tuple[Reason, ...]

    @property
    def is_likely(self) -> bool:
        """Whether it is above the upper threshold."""
        return self.score >= LIKELY


def likeness(one: Identity, other: Identity) -> Likeness:
    """How much two profiles look like one person; symmetric."""
    reasons = tuple(_reasons(one, other))
    score = sum((reason.points for reason in reasons), Decimal(0))
    return Likeness(min(max(score, Decimal(0)), Decimal(1)).quantize(Decimal("0.001")), reasons)


def is_surely(one: Identity, other: Identity) -> bool:
    """Whether two are one person without asking anybody; symmetric.

    They have the same personal e-mail address and the same whole name, in whichever order, case and accents, and
    were not born on different days.
    """
    if not one.email or one.email != other.email or _words(one) != _words(other):
        return False
    return not (one.birth_date and other.birth_date) or one.birth_date == other.birth_date


def name_similarity(one: str, other: str) -> float:
    """Jaro-Winkler similarity of two names, 0–1: folded, ``ue`` read as ``ü``; an initial fits its name."""
    one, other = folded(one), folded(other)
    if not one or not other:
        return 0.0
    shorter, longer = sorted((one.rstrip("."), other.rstrip(".")), key=len)
    if len(shorter) == 1 and longer.startswith(shorter):
        return 0.9
    plain = JaroWinkler.similarity(one, other)
    return max(plain, JaroWinkler.similarity(_undigraphed(one), _undigraphed(other)))


def _words(one: Identity) -> list[str]:
    return sorted(_undigraphed(folded(f"{one.first_name} {one.last_name}")).split())


def _undigraphed(name: str) -> str:
    for digraph, letter in _DIGRAPHS:
        name = name.replace(digraph, letter)
    return name


def _reasons(one: Identity, other: Identity) -> Iterator[Reason]:
    if one.documents & other.documents:
        yield Reason("document", DOCUMENT, "The same identity document.")
    if one.email and one.email == other.email:
        yield Reason("email", EMAIL, "The same personal e-mail address.")
    if one.phone and one.phone == other.phone:
        yield Reason("phone", PHONE, "The same telephone number.")
    if one.birth_date and other.birth_date:
        if one.birth_date == other.birth_date:
            yield Reason("birth_date", BIRTH, "Born on the same day.")
        else:
            yield Reason("birth_date", CONTRADICTION, "Born on different days.")
    yield from _name_reasons(one, other)
    if one.postal_code and (one.country, one.postal_code) == (other.country, other.postal_code):
        yield Reason("postal_code", POSTCODE, "The same postal code.")


def _name_reasons(one: Identity, other: Identity) -> Iterator[Reason]:
    straight = _pairs(one, other.last_name, other.first_name)
    crossed = (
        _pairs(one, other.first_name, other.last_name) if one.first_name and other.first_name else straight
    )
    parts = max(straight, crossed, key=lambda pair: sum(pair) / len(pair))
    similarity = sum(parts) / len(parts)
    if min(parts) < DIFFERENT:
        yield Reason("name", CONTRADICTION, "The names differ.")
    elif similarity > SIMILAR:
        share = Decimal(str((similarity - SIMILAR) / (1 - SIMILAR)))
        text = "The same name." if similarity == 1 else f"Similar names ({similarity:.0%})."
        yield Reason("name", (NAME * share).quantize(Decimal("0.001")), text)


def _pairs(one: Identity, last_name: str, first_name: str) -> tuple[float, ...]:
    """Similarity of the last names and, where both are known, of the first names."""
    last = name_similarity(one.last_name, last_name)
    return (last, name_similarity(one.first_name, first_name)) if one.first_name and first_name else (last,)
