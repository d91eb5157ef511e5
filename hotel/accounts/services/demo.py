"""The demo's people: one for each seeded role, the owner, and a machine with a token."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from hotel.accounts.models import User
from hotel.accounts.services.roles import role_assign, roles_seed
from hotel.accounts.services.tokens import LONGEST_LIFE, token_issue
from hotel.accounts.services.users import owner_create, user_create
from hotel.core.clock import now
from hotel.core.locks import LockSpace, advisory_lock
from hotel.properties.models import Property
from hotel.properties.scoping import codename
from hotel.properties.services.demo import demo_group, demo_places

OWNER = "owner"
MACHINE = "web-shop"
EVERYWHERE = "both hotels"
TOKEN_RIGHTS = (
    ("view", "properties"),
    ("view", "rooms"),
    ("view", "rates"),
    ("view", "reservations"),
    ("manage", "reservations"),
    ("view", "guests"),
    ("manage", "guests"),
)


@dataclass(frozen=True)
class Person:
    """An employee: user name, full name, role code, and where; ``VIENNA``, ``IZU`` or ``both hotels``."""

    username: str
    name: str
    role: str
    place: str


PEOPLE = (
    Person("helena", "Helena Gruber", "general_manager", "VIENNA"),
    Person("jonas", "Jonas Berger", "front_desk", "VIENNA"),
    Person("clara", "Clara Steiner", "reservations", EVERYWHERE),
    Person("victor", "Victor Lang", "revenue_manager", EVERYWHERE),
    Person("ruth", "Ruth Lindner", "housekeeping_supervisor", "VIENNA"),
    Person("danuta", "Danuta Kowalska", "housekeeping", "VIENNA"),
    Person("marisol", "Marisol Vega", "housekeeping", "VIENNA"),
    Person("milan", "Milan Horvat", "maintenance", "VIENNA"),
    Person("beatrice", "Beatrice Conti", "food_beverage", "VIENNA"),
    Person("emil", "Emil Novak", "events_sales", "VIENNA"),
    Person("sophie", "Sophie Laurent", "marketing", EVERYWHERE),
    Person("anton", "Anton Maier", "accountant", "VIENNA"),
    Person("ines", "Ines Weber", "it_security", EVERYWHERE),
    Person("george", "George Whitfield", "group_manager", EVERYWHERE),
    Person("agnes", "Agnes Pichler", "auditor", EVERYWHERE),
    Person("haruto", "Haruto Sato", "general_manager", "IZU"),
    Person("yuki", "Yuki Tanaka", "front_desk", "IZU"),
)


@transaction.atomic
def demo_seed(*, say: Callable[[str], None]) -> None:
    """Make the people and tell their log-ins. Repeatable: who is there keeps what he has become.

    All share the password of ``settings.DEMO_PASSWORD``, which the launcher makes once per installation; without
    one a random password is made and told now. The machine's token is told once, when it is issued.
    """
    advisory_lock(LockSpace.DEMO, "accounts")
    password = settings.DEMO_PASSWORD or secrets.token_urlsafe(12)
    known = set(User.objects.values_list("username", flat=True))
    if not User.objects.filter(is_superuser=True).exists():
        owner_create(username=OWNER, email="owner@linden.example", password=password)
        known.discard(OWNER)
    city, resort = demo_places()
    roles = roles_seed(chain=city.chain)
    places = {city.code: city, resort.code: resort}
    told = {OWNER: "Owner of the installation: everything, also the admin"}
    for person in PEOPLE:
        told[person.username] = f"{roles[person.role].name}, {person.place}"
        if person.username not in known:
            at = places.get(person.place)
            user = _employed(person, at or city, password)
            role_assign(user=user, role=roles[person.role], place=at, group=None if at else demo_group())
    for username, what in told.items():
        # A password made just now opens only what was made just now.
        if settings.DEMO_PASSWORD or username not in known:
            say(f"log-in  {username:<10} {password}   {what}")
    if MACHINE not in known:
        _machine(say, [city, resort])


def _employed(person: Person, home: Property, password: str) -> User:
    first, _, last = person.name.partition(" ")
    values = {
        "username": person.username,
        "email": f"{person.username}@linden.example",
        "first_name": first,
        "last_name": last,
        "display_name": person.name,
        "is_staff": True,
        "job_title": person.role.replace("_", " ").capitalize(),
    }
    return user_create(home=home, values=values, password=password)


def _machine(say: Callable[[str], None], places: list[Property]) -> None:
    values = {"username": MACHINE, "display_name": "Web shop", "job_title": "Sells rooms on the web site"}
    machine = user_create(home=places[0], values=values, is_machine=True)
    role_assign(user=machine, role=roles_seed(chain=places[0].chain)["reservations"], group=demo_group())
    issued = token_issue(
        user=machine,
        name="Demo",
        codenames=[codename(verb, area) for verb, area in TOKEN_RIGHTS],
        properties=places,
        expires_at=now() + LONGEST_LIFE - timedelta(minutes=1),
    )
    say(f"log-in  API token of {MACHINE}: {issued.secret}")
