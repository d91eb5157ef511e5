"""What a hotel of a country usually has: clock, money and language. Proposals to be looked at, nothing that counts.

Sources: the zone table of the time zone database (``zone.tab`` of the package tzdata) and Unicode's CLDR (Babel).
"""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from zoneinfo import available_timezones

from babel import Locale
from babel.languages import get_official_languages
from babel.numbers import get_territory_currencies
from moneyed import CURRENCIES

ENGLISH = "en"
# Of territories where CLDR names no official language, or where another is written first.
_LANGUAGES = {"US": "en", "AU": "en", "CA": "en", "IE": "en", "MT": "en", "SG": "en", "HK": "en"}


@dataclass(frozen=True)
class Proposal:
    """What is proposed for a country.

    Attributes:
        time_zones: all of the country, in the order of the zone table: by population within it.
        currency: ISO 4217; empty when none is in use, or one that is too new to be known here.
        language: of letters to guests, two or three letters.
    """

    country: str
    time_zones: tuple[str, ...]
    currency: str
    language: str


@cache
def countries(language: str = ENGLISH) -> tuple[tuple[str, str], ...]:
    """Countries that have a time zone, as (ISO 3166 code, name), by name in a language."""
    names = Locale.parse(language, sep="-").territories
    return tuple(
        sorted(((code, names.get(code, code)) for code in _zones()), key=lambda pair: pair[1].casefold())
    )


def proposal_for(country: str) -> Proposal | None:
    """What is proposed for a country; None when there is no such country."""
    zones = _zones().get(country)
    if zones is None:
        return None
    spoken = get_official_languages(country)
    language = _LANGUAGES.get(country) or (spoken[0] if spoken else ENGLISH)
    money = next((code for code in get_territory_currencies(country) if code in CURRENCIES), "")
    return Proposal(country, zones, money, language)


@cache
def languages(language: str = ENGLISH) -> tuple[tuple[str, str], ...]:
    """Languages that some country proposes, as (code, name in a language), by name."""
    names = Locale.parse(language, sep="-").languages
    found = {proposal.language for code in _zones() if (proposal := proposal_for(code)) is not None}
    return tuple(
        sorted(((code, names.get(code, code)) for code in found), key=lambda pair: pair[1].casefold())
    )


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    known, found = available_timezones(), dict[str, list[str]]()
    for line in resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, _place, zone = line.split("\t")[:3]
            if zone in known:
                found.setdefault(country, []).append(zone)
    return {country: tuple(zones) for country, zones in found.items()}
