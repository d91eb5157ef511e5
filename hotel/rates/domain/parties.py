"""Who stays: adults and children by band for the price, persons with ages for taxes."""

from collections.abc import Sequence
from dataclasses import dataclass

from hotel.core.words import _, gettext_noop
from hotel.rates.domain.quotes import BrokenRule, Occupancy
from hotel.rates.domain.terms import Band, TypeTerms

ADULT = "adult"


@dataclass(frozen=True, slots=True)
class Person:
    """A guest with the range his age is in; both ends the same when the age is known."""

    youngest: int
    oldest: int

    def may_be(self, min_age: int, max_age: int) -> bool:
        """Whether the age may lie in [min_age, max_age]: who does not tell his age counts as liable."""
        return self.youngest <= max_age and self.oldest >= min_age


@dataclass(frozen=True, slots=True)
class Party:
    """The occupancy as prices see it.

    Attributes:
        adults: guests priced as adults: children whose age is an adult's are among them.
        children: band code and count, in order of the bands.
        persons: everybody, adults first.
        broken: why the occupancy makes no sense at this property.
    """

    adults: int
    children: tuple[tuple[str, int], ...]
    persons: tuple[Person, ...]
    broken: tuple[BrokenRule, ...] = ()

    @property
    def size(self) -> int:
        """Everybody."""
        return len(self.persons)

    @property
    def child_count(self) -> int:
        """Guests priced as children."""
        return sum(count for _, count in self.children)


def party_of(occupancy: Occupancy, bands: Sequence[Band]) -> Party:
    """Sort guests into the property's age bands.

    Ages decide when they are given: a "child" of an adult's age is priced as an adult. Without ages, a child may
    be of any age of its band, an adult of any age of the adult band.

    Args:
        occupancy: as asked for.
        bands: of the property; the one called ``adult`` is for adults.
    """
    by_code = {band.code: band for band in bands}
    adult = by_code.get(ADULT, Band(ADULT, 18, 199))
    broken: list[BrokenRule] = []
    counts: dict[str, int] = {}
    persons = [Person(adult.min_age, adult.max_age)] * occupancy.adults
    adults = occupancy.adults
    stated = sum(count for _, count in occupancy.children)
    if occupancy.child_ages:
        if stated and stated != len(occupancy.child_ages):
            broken.append(_mismatch(stated, len(occupancy.child_ages)))
        for age in occupancy.child_ages:
            persons.append(Person(age, age))
            band = next((b for b in bands if b.min_age <= age <= b.max_age), adult)
            if band.code == ADULT:
                adults += 1
            else:
                counts[band.code] = counts.get(band.code, 0) + 1
    else:
        for code, count in occupancy.children:
            if code not in by_code or code == ADULT:
                broken.append(_unknown(code))
                continue
            counts[code] = counts.get(code, 0) + count
            persons += [Person(by_code[code].min_age, by_code[code].max_age)] * count
    return Party(adults, tuple(sorted(counts.items())), tuple(persons), tuple(broken))


def occupancy_broken(party: Party, room_type: TypeTerms) -> list[BrokenRule]:
    """The type's own limits that the party exceeds: persons, adults, children, guests of a band."""
    found = []
    checks = [
        (
            "max_occupancy",
            party.size,
            room_type.max_occupancy,
            gettext_noop("%(room_type)s takes at most %(limit)s persons; asked for %(count)s."),
        ),
        (
            "max_adults",
            party.adults,
            room_type.max_adults,
            gettext_noop("%(room_type)s takes at most %(limit)s adults; asked for %(count)s."),
        ),
        (
            "max_children",
            party.child_count,
            room_type.max_children,
            gettext_noop("%(room_type)s takes at most %(limit)s children; asked for %(count)s."),
        ),
    ]
    checks += [
        (
            "max_of_band",
            count,
            room_type.by_band[code],
            _(
                "%(room_type)s takes at most %(limit)s guests of the age band {code}; asked for %(count)s."
            ).format(code=code),
        )
        for code, count in party.children
        if code in room_type.by_band
    ]
    for code, count, limit, told in checks:
        if count > limit:
            text = _(told) % {
                "room_type": room_type.name,
                "limit": limit,
                "count": count,
            }
            found.append(BrokenRule(code, "room_type", None, text))
    if party.adults < 1:
        found.append(BrokenRule("no_adult", "request", None, _("At least one adult must stay in the room.")))
    return found


def _mismatch(stated: int, ages: int) -> BrokenRule:
    text = _("%(stated)s children were stated but %(ages)s ages. Give one age per child, or none.") % {
        "stated": stated,
        "ages": ages,
    }
    return BrokenRule("occupancy_mismatch", "request", None, text)


def _unknown(code: str) -> BrokenRule:
    text = _("This property has no age band %(code)r for children.") % {"code": code}
    return BrokenRule("age_band_unknown", "request", None, text)
