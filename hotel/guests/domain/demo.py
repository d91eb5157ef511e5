"""Invented people of the demo: names, places and habits by nationality; the same seed gives the same people."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Nation:
    """Where guests come from: names, cities with postal code, language of letters, telephone with ``#`` for digits."""

    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    cities: tuple[tuple[str, str], ...]
    streets: tuple[str, ...]
    language: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """An invented person."""

    first_name: str
    last_name: str
    salutation: str
    email: str
    phone: str
    birth_date: date
    nationality: str
    language: str
    street: str
    postal_code: str
    city: str


NATIONS: Mapping[str, Nation] = {
    "AT": Nation(
        ("Anna", "Lukas", "Katharina", "Florian", "Theresa", "Matthias", "Magdalena", "Stefan"),
        ("Huber", "Bauer", "Wagner", "Pichler", "Moser", "Mayer", "Hofer", "Leitner", "Eder", "Fischer"),
        (
            ("8010", "Graz"),
            ("5020", "Salzburg"),
            ("4020", "Linz"),
            ("6020", "Innsbruck"),
            ("9020", "Klagenfurt"),
        ),
        ("Hauptstraße", "Kirchengasse", "Bahnhofstraße", "Schulweg"),
        "de",
        "+43664#######",
    ),
    "DE": Nation(
        ("Julia", "Thomas", "Sabine", "Michael", "Lena", "Jürgen", "Heike", "Sebastian", "Nina", "Felix"),
        ("Müller", "Schmidt", "Schneider", "Weber", "Becker", "Koch", "Richter", "Klein", "Wolf", "Neumann"),
        (
            ("80331", "München"),
            ("10117", "Berlin"),
            ("50667", "Köln"),
            ("20095", "Hamburg"),
            ("01067", "Dresden"),
        ),
        ("Lindenstraße", "Goethestraße", "Am Markt", "Rosenweg"),
        "de",
        "+49151########",
    ),
    "IT": Nation(
        ("Giulia", "Marco", "Francesca", "Alessandro", "Chiara", "Luca", "Elena", "Matteo"),
        ("Rossi", "Russo", "Ferrari", "Esposito", "Bianchi", "Romano", "Colombo", "Ricci"),
        (("20121", "Milano"), ("00184", "Roma"), ("40121", "Bologna"), ("35122", "Padova")),
        ("Via Garibaldi", "Via Roma", "Corso Italia", "Via Dante"),
        "en",
        "+39347#######",
    ),
    "GB": Nation(
        ("Emily", "James", "Charlotte", "Oliver", "Sophie", "William", "Hannah", "Daniel"),
        ("Smith", "Jones", "Taylor", "Brown", "Wilson", "Davies", "Evans", "Thompson", "Clarke"),
        (("SW1A 1AA", "London"), ("M1 1AE", "Manchester"), ("EH1 1YZ", "Edinburgh"), ("BS1 4DJ", "Bristol")),
        ("High Street", "Station Road", "Church Lane", "Park Avenue"),
        "en",
        "+447700900###",
    ),
    "US": Nation(
        ("Jennifer", "Robert", "Ashley", "David", "Megan", "Christopher", "Laura", "Kevin"),
        ("Johnson", "Williams", "Miller", "Davis", "Anderson", "Martin", "Thompson", "Harris", "Walker"),
        (("10001", "New York"), ("60601", "Chicago"), ("94103", "San Francisco"), ("02108", "Boston")),
        ("Maple Street", "Oak Avenue", "2nd Street", "Lake Drive"),
        "en",
        "+1212555####",
    ),
    "FR": Nation(
        ("Camille", "Antoine", "Manon", "Nicolas", "Léa", "Julien", "Élodie", "Pierre"),
        ("Martin", "Bernard", "Dubois", "Moreau", "Laurent", "Lefèvre", "Girard", "Roux"),
        (("75004", "Paris"), ("69002", "Lyon"), ("33000", "Bordeaux"), ("67000", "Strasbourg")),
        ("Rue de la Paix", "Rue Victor Hugo", "Avenue Foch"),
        "en",
        "+336########",
    ),
    "ES": Nation(
        ("María", "Javier", "Lucía", "Carlos", "Carmen", "Alejandro", "Marta", "Diego"),
        ("García", "Martínez", "López", "Sánchez", "Pérez", "Gómez", "Fernández", "Navarro"),
        (("28013", "Madrid"), ("08002", "Barcelona"), ("41004", "Sevilla"), ("46002", "Valencia")),
        ("Calle Mayor", "Calle del Sol", "Avenida de la Paz"),
        "es",
        "+346########",
    ),
    "JP": Nation(
        ("Sakura", "Haruto", "Yui", "Ren", "Aoi", "Sota", "Hina", "Kaito", "Mei", "Riku"),
        ("Sato", "Suzuki", "Takahashi", "Tanaka", "Watanabe", "Ito", "Yamamoto", "Nakamura", "Kobayashi"),
        (("100-0001", "Tokyo"), ("530-0001", "Osaka"), ("220-0012", "Yokohama"), ("460-0008", "Nagoya")),
        ("Chuo 1-2", "Sakae 3-4", "Minato 2-5", "Honcho 1-8"),
        "en",
        "+8190########",
    ),
    "AU": Nation(
        ("Chloe", "Jack", "Olivia", "Lachlan", "Isla", "Cooper"),
        ("Kelly", "Ryan", "Murphy", "Walker", "King", "Campbell"),
        (("2000", "Sydney"), ("3000", "Melbourne"), ("4000", "Brisbane")),
        ("George Street", "Collins Street", "Queen Street"),
        "en",
        "+614########",
    ),
}
# Property code to nationality and weight.
ORIGINS: Mapping[str, Mapping[str, int]] = {
    "VIENNA": {"AT": 24, "DE": 30, "IT": 11, "GB": 9, "US": 9, "FR": 6, "ES": 6, "JP": 4, "AU": 1},
    "IZU": {"JP": 62, "US": 10, "AU": 9, "GB": 6, "DE": 5, "FR": 4, "IT": 2, "ES": 1, "AT": 1},
}
_SALUTED = ("", "", "", "", "", "", "", "", "Dr", "Prof.")


def people(property_code: str, count: int, *, born_before: date, seed: int) -> Iterator[Person]:
    """So many adults of the mix of a property.

    Args:
        property_code: a key of ``ORIGINS``.
        count: how many.
        born_before: calendar day; everybody is 20 to 84 years old on it.
        seed: the same one gives the same people.

    Yields:
        Persons whose e-mail addresses are all different within one call.
    """
    dice = random.Random(f"{property_code}:{seed}")  # noqa: S311  (believable, not secret)
    weights = ORIGINS[property_code]
    drawn = dice.choices(list(weights), weights=list(weights.values()), k=count)
    for number, code in enumerate(drawn, 1):
        nation = NATIONS[code]
        first, last = dice.choice(nation.first_names), dice.choice(nation.last_names)
        postal_code, city = dice.choice(nation.cities)
        age_days = dice.randrange(20 * 365, 84 * 365)
        yield Person(
            first_name=first,
            last_name=last,
            salutation=dice.choice(_SALUTED),
            email=f"{_plain(first)}.{_plain(last)}.{property_code.lower()}{seed}{number}@example.com",
            phone="".join(str(dice.randrange(10)) if sign == "#" else sign for sign in nation.phone),
            birth_date=born_before - timedelta(days=age_days),
            nationality=code,
            language=nation.language,
            street=f"{dice.choice(nation.streets)} {dice.randrange(1, 140)}",
            postal_code=postal_code,
            city=city,
        )


def _plain(name: str) -> str:
    table = str.maketrans({"ü": "ue", "é": "e", "É": "e", "è": "e", "í": "i", "á": "a", "ó": "o"})
    return name.translate(table).lower()
