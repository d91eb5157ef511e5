"""Who stays, sorted into the property's age bands."""

from collections import Counter
from collections.abc import Iterable

from hotel.core.exceptions import InvalidInput
from hotel.core.words import _
from hotel.properties.models import AgeBand
from hotel.rates.domain.quotes import Occupancy

ADULT = "adult"


def occupancy_sorted(property_id: int, occupancy: Occupancy) -> Occupancy:
    """The party as it is stored: adults, children by band, and the ages of those children if told.

    A "child" of an adult's age is an adult. One query, none for adults only.

    Raises:
        InvalidInput: an unknown band (``age_band_unknown``), an age without a band, or ages that do not fit the
            bands stated.
    """
    if not occupancy.children and not occupancy.child_ages:
        return occupancy
    bands = list(AgeBand.objects.at(property_id))
    known = {band.code for band in bands} - {ADULT}
    stated = {code: count for code, count in occupancy.children if count}
    if set(stated) - known:
        raise InvalidInput(
            _("No such age band of children: %(stated)s.")
            % {"stated": ", ".join(sorted(set(stated) - known))},
            code="age_band_unknown",
        )
    if not occupancy.child_ages:
        return Occupancy(adults=occupancy.adults, children=tuple(sorted(stated.items())))
    coded = [(_band(bands, age), age) for age in sorted(occupancy.child_ages)]
    counts = Counter(code for code, _ in coded if code != ADULT)
    ages = tuple(age for code, age in coded if code != ADULT)
    if stated and stated != counts:
        raise InvalidInput(_("The children's ages do not fit the bands stated."), code="occupancy_mismatch")
    adults = occupancy.adults + len(coded) - len(ages)
    return Occupancy(adults=adults, children=tuple(sorted(counts.items())), child_ages=ages)


def _band(bands: Iterable[AgeBand], age: int) -> str:
    code = next((band.code for band in bands if band.min_age <= age <= band.max_age), "")
    if not code:
        raise InvalidInput(_("No age band holds the age %(age)s.") % {"age": age}, code="age_band_unknown")
    return code
