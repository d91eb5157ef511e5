"""Who asks: each role of the house, people between roles, machines with narrow tokens, and those who must not come in."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Permission
from django.test import Client

from hotel.accounts.domain.role_matrix import COMMON, EVERYTHING, ROLE_MATRIX
from hotel.accounts.domain.tokens import ID_BYTES, SECRET_BYTES, token_text, visible_part
from hotel.accounts.models import ApiToken, Role, User
from hotel.accounts.services.roles import role_assign
from hotel.core.clock import now
from hotel.properties.models import Property, PropertyGroup, PropertyUserObjectPermission
from hotel.properties.scoping import codename
from tests.factories.accounts import integrator_make
from tests.matrix.policy import policy

Rights = dict[str, frozenset[str]]
ALL = frozenset(
    f"{area}.{verb}" for area, verbs in {**COMMON, **EVERYTHING}.items() for verb in verbs.split()
)
EVERYWHERE = ("own", "sibling", "foreign")
LONG_AGO, LONG_HENCE = timedelta(days=400), timedelta(days=300)


@dataclass(frozen=True)
class Caller:
    """Somebody who asks.

    Attributes:
        rights: place (own, sibling, foreign) to the rights held there, such as ``rooms.view``.
        session: the cookie of a person; secret: the token of a machine.
        is_nobody: must be asked to sign in, whatever is sent along.
        is_root: runs the installation; everything is allowed.
        is_confirmed: named the password lately; a machine has none to name.
        asked_at: of rows of which hotels.
        alike, turn: of so many callers who must fare alike each is asked about other operations; which one this is.
    """

    name: str
    rights: Rights = field(default_factory=dict)
    session: str = ""
    secret: str = ""
    is_nobody: bool = False
    is_root: bool = False
    is_confirmed: bool = True
    asked_at: tuple[str, ...] = ("own", "foreign")
    alike: int = 1
    turn: int = 0

    def places(self, right: str = "") -> frozenset[str]:
        """The places where the right, or any right, is held."""
        if self.is_root:
            return frozenset(EVERYWHERE)
        return frozenset(place for place, held in self.rights.items() if (right in held if right else held))

    @property
    def sees_no_prices(self) -> bool:
        """Whether none of the rights that let one see prices is held anywhere."""
        return not any(self.places(right) for right in policy()["prices"]["rights"])


def of_role(code: str) -> frozenset[str]:
    """The rights of a seeded role, as its table says."""
    return frozenset(f"{area}.{verb}" for area, verb in ROLE_MATRIX[code].pairs())


@dataclass
class _People:
    """Makes people and machines."""

    places: dict[str, Property]
    roles: dict[int, dict[str, Role]]
    group: PropertyGroup
    found: dict[str, Caller] = field(default_factory=dict)

    def user(self, name: str, place: str = "own", **values: Any) -> User:
        chain = self.places[place].chain
        return User.objects.create(username=f"as_{name}", chain=chain, is_staff=True, **values)

    def assign(self, user: User, code: str, *words: str, **dates: Any) -> None:
        for word in words:
            to: dict[str, Any] = {"group": self.group} if word == "group" else {"place": self.places[word]}
            role = self.roles[self.places["own" if word == "group" else word].chain_id][code]
            role_assign(user=user, role=role, **to, **dates)

    def person(self, name: str, rights: Rights, user: User, **more: Any) -> None:
        self.found[name] = Caller(name, rights, session=session_begin(user, place=self.places["own"]), **more)

    def machine(self, name: str, user: User, rights: Rights, **more: Any) -> None:
        """A token for these rights at these places; ``more`` are columns of the token, and how its holder is asked."""
        asked = {key: more.pop(key) for key in ("is_nobody", "asked_at", "alike", "turn") if key in more}
        secret = token_text(
            id_bytes=secrets.token_bytes(ID_BYTES), secret_bytes=secrets.token_bytes(SECRET_BYTES)
        )
        names = {right for held in rights.values() for right in held}
        token = ApiToken.objects.create(
            **{
                "user": user,
                "name": name,
                "prefix": visible_part(secret),
                "digest": hashlib.sha256(secret.encode()).hexdigest(),
                "codenames": sorted(codename(*right.split(".")[::-1]) for right in names),
                "expires_at": now() + LONG_HENCE,
                "last_used_at": now() + LONG_HENCE,  # so that its use is not written down in each request
                **more,
            }
        )
        token.properties.set([self.places[place] for place in rights])
        self.found[name] = Caller(name, {} if "is_nobody" in asked else rights, secret=secret, **asked)


def session_begin(user: User, *, place: Property, is_confirmed: bool = True) -> str:
    """Sign a person in with a browser, who works at a place; the cookie."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["property_id"] = place.pk
    session["sign_in"] = {
        **session["sign_in"],
        # So that it is not written down in each request, and that a slow run does not outlast it.
        "seen": now().timestamp() + 3000,
        "step_up": 36_000,
    }
    if not is_confirmed:
        session["sign_in"] = {**session["sign_in"], "confirmed": (now() - LONG_AGO).timestamp()}
    session.save()
    return client.cookies["sessionid"].value


def callers_make(
    places: dict[str, Property], roles: dict[int, dict[str, Role]], group: PropertyGroup
) -> dict[str, Caller]:
    """Everybody who asks."""
    people = _People(places, roles, group)
    people.found["anonymous"] = Caller("anonymous", is_nobody=True)
    for code in ROLE_MATRIX:
        user, at = people.user(code), ("own", "sibling") if code == "group_manager" else ("own",)
        people.assign(user, code, "group" if code == "group_manager" else "own")
        people.person(code, dict.fromkeys(at, of_role(code)), user, **_everywhere(code))
    _between_roles(people)
    _of_other_houses(people)
    _machines(people)
    root = people.user("root", is_superuser=True)
    people.person("platform_admin", {}, root, is_root=True)
    return people.found


def _everywhere(code: str) -> dict[str, Any]:
    """Managers are asked about all hotels."""
    return {"asked_at": EVERYWHERE} if code in {"general_manager", "group_manager"} else {}


def _between_roles(people: _People) -> None:
    people.person("no_role", {}, people.user("no_role"))
    today = date(2020, 1, 1)
    ended, coming = people.user("ended"), people.user("coming")
    people.assign(ended, "general_manager", "own", valid_from=today, valid_to=today)
    people.person("ended_grant", {}, ended, alike=3)
    people.assign(coming, "general_manager", "own", valid_from=date(2090, 1, 1))
    people.person("coming_grant", {}, coming, alike=3, turn=1)
    lapsed = people.user("lapsed")
    PropertyUserObjectPermission.objects.create(
        user=lapsed,
        permission=Permission.objects.get(codename="view_rooms_area"),
        content_object=people.places["own"],
        valid_until=now() - timedelta(minutes=1),
    )
    people.person("lapsed_exception", {}, lapsed, alike=3, turn=2)
    suspended = people.user("suspended")
    people.assign(suspended, "general_manager", "own")
    people.person("suspended", {}, suspended, is_nobody=True, alike=5)
    User.objects.filter(pk=suspended.pk).update(is_active=False)
    careless = people.user("careless")
    people.assign(careless, "general_manager", "own")
    session = session_begin(careless, place=people.places["own"], is_confirmed=False)
    rights = {"own": of_role("general_manager")}
    people.found["unconfirmed_manager"] = Caller("unconfirmed_manager", rights, session, is_confirmed=False)


def _of_other_houses(people: _People) -> None:
    for name, code, place in (
        ("sibling_desk", "front_desk", "sibling"),
        ("sibling_manager", "general_manager", "sibling"),
        ("foreign_manager", "general_manager", "foreign"),
    ):
        user = people.user(name, place)
        people.assign(user, code, place)
        people.person(name, {place: of_role(code)}, user, asked_at=("own", place))
    both = people.user("two_hats")
    people.assign(both, "housekeeping", "own")
    people.assign(both, "front_desk", "sibling")
    rights = {"own": of_role("housekeeping"), "sibling": of_role("front_desk")}
    people.person("two_hats", rights, both, asked_at=EVERYWHERE)


def _machines(people: _People) -> None:
    machine = people.user("machine", is_machine=True)
    people.assign(machine, "general_manager", "own", "sibling")
    own, narrow = {"own": ALL}, {"own": frozenset({"rooms.view"})}
    people.machine("token_of_one_house", machine, own)
    people.machine("token_of_sibling", machine, {"sibling": ALL}, asked_at=("own", "sibling"))
    people.machine("narrow_token", machine, narrow)
    gone_by = {"is_nobody": True, "alike": 5}
    people.machine("expired_token", machine, own, expires_at=now() - timedelta(minutes=1), turn=1, **gone_by)
    people.machine("revoked_token", machine, own, revoked_at=now(), turn=2, **gone_by)
    people.machine("token_from_elsewhere", machine, own, networks=["203.0.113.0/24"], turn=3, **gone_by)
    rights = {"own": frozenset({"reservations.view", "rates.view", "rooms.view"})}
    integrator = integrator_make(people.places["own"], user=machine)
    people.machine("integrator", machine, rights, integrator=integrator)
    gone = people.user("gone", is_machine=True)
    people.assign(gone, "general_manager", "own")
    people.machine("token_of_suspended", gone, own, turn=4, **gone_by)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    root = people.user("root_machine", is_superuser=True)
    people.machine("narrow_token_of_root", root, narrow)
