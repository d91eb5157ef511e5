"""What the matrix is asked upon: two chains, three hotels, something of everything in each, and marks in its words."""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models import F, Q

from hotel.accounts.models import Role, User
from hotel.accounts.services.roles import role_assign, roles_seed
from hotel.core.clock import now
from hotel.core.fields import EncryptedMixin
from hotel.properties.models import Chain, Property, PropertyRestraint
from tests.architecture.survey import factories
from tests.cast import make_property
from tests.factories import accounts, monitoring, security, security_compliance, security_keys
from tests.factories.properties import group_make
from tests.factories.reservations import house_make
from tests.fuzz.ground import house_fill
from tests.matrix.principals import Caller, callers_make

PLACES = ("own", "sibling", "foreign")
MARK = {place: f"qz{place}qz" for place in PLACES}
CHAINS = dict.fromkeys(("own", "sibling"), frozenset({"own", "sibling"})) | {
    "foreign": frozenset({"foreign"})
}
# Words of people; what programs look up by, such as codes, keeps its value.
WORDS = frozenset(
    {
        "address",
        "address_line",
        "body",
        "city",
        "comment",
        "company_name",
        "contact",
        "description",
        "display_name",
    }
    | {
        "first_name",
        "job_title",
        "label",
        "last_name",
        "legal_name",
        "message",
        "name",
        "note",
        "notes",
        "number",
    }
    | {"purpose", "reason", "remarks", "requests", "special_requests", "street", "subject", "text", "title"}
)
# One of each chain: the first hotel's is the second's.
CHAINWIDE = {
    "accounts.Role",
    "security.AccessPolicy",
    "security.DutyConflict",
    "security.Permission",
    "security.Playbook",
    "security.PlaybookStep",
}
# By their names roles find them, so that they keep them.
FOUND_BY_NAME = {"auth.Group"}
# The factories of these build a house of their own, where one stands already.
# A settlement would make a second hotel of the foreign chain, and it names two hotels because that is its subject.
PARTS = {"folios.PostingTax", "loyalty.PropertySettlement", "rooms.RoomBed", "rooms.RoomStatusChange"}


def report_item_make() -> models.Model:
    """An item of a report of compliance that was made, and with it the report."""
    report = security_compliance.compliance_report_make(status="done")
    return security_compliance.compliance_item_make(report=report)


# What concerns the whole installation; last what tells the report.
WHOLE = (
    monitoring.api_plan_make,
    monitoring.api_alert_make,
    monitoring.api_health_make,
    monitoring.restore_drill_make,
    security.audit_seal_make,
    security.trail_job_make,
    security.incident_detector_make,
    security_keys.data_encryption_make,
    security_keys.key_rotation_make,
    report_item_make,
)


@dataclass
class World:
    """Where everything is.

    Attributes:
        places: own and sibling of one chain, foreign of another; by the word the matrix has for them.
        rows: model label to the ids of its rows, by place.
        callers: by name.
        marked: how many columns carry a mark, by place.
    """

    places: dict[str, Property] = field(default_factory=dict)
    rows: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    callers: dict[str, Caller] = field(default_factory=dict)
    marked: dict[str, int] = field(default_factory=dict)

    def row(self, label: str, place: str) -> Any:
        """The id of a row of a model at a place; None if there is none."""
        return next(iter(self.rows.get(label, {}).get(place, ())), None)


@transaction.atomic
def world_make() -> World:
    """Make everything, and then the people, so that nobody's rows are somebody's by chance."""
    world = World()
    ours, theirs = (Chain.objects.create(code=code, name=code.title()) for code in ("OURS", "THEIRS"))
    for word in PLACES:
        chain = theirs if word == "foreign" else ours
        values = {"time_zone": "Europe/Vienna", "currency": "EUR", "country": "AT"}
        name = f"{MARK[word]} house"
        world.places[word] = make_property(chain, word.upper(), name=name, **values)
    roles = {chain.pk: roles_seed(chain=chain) for chain in (ours, theirs)}
    for word, place in world.places.items():
        _filled(world, word, place, roles[place.chain_id])
    group = group_make(world.places["own"], world.places["sibling"])
    world.rows["properties.PropertyGroup"] = {"own": [group.pk], "sibling": [group.pk]}
    world.rows["properties.PropertyGroup"]["foreign"] = [group_make(world.places["foreign"]).pk]
    _chain_rows(world)
    _whole_rows(world)
    world.callers = callers_make(world.places, roles, group)
    return world


def _filled(world: World, word: str, place: Property, roles: dict[str, Role]) -> None:
    """Everything at a place; its rows are those that are new afterwards."""
    before = {model: set(model._base_manager.values_list("pk", flat=True)) for model in _models()}
    person = accounts.user_make(place, username=f"somebody_{word}", is_staff=True)
    _accounts(place, word, person, roles)
    house_fill(house_make(place, doubles=5, day_use_limit=2), cashier=person)
    place.refresh_from_db()
    _missing(place, word, before)
    PropertyRestraint.objects.at(place.pk).update(
        ended_at=now()
    )  # or its exports would be frozen for everybody
    for model in _models():
        rows = world.rows.setdefault(model._meta.label, {})[word] = _new_rows(model, place, before[model])
        world.marked[word] = world.marked.get(word, 0) + _mark(model, rows, word)
    world.rows["properties.Property"][word] = [place.pk]


def _new_rows(model: type[models.Model], place: Property, before: set[Any]) -> list[Any]:
    """The keys of some rows that were not there before; of those that may be of no hotel, the hotel's come first."""
    new = model._base_manager.exclude(pk__in=before).order_by("pk")
    if any(f.attname == "property_id" for f in model._meta.concrete_fields):
        new = new.filter(Q(property_id=place.pk) | Q(property_id=None))
        new = new.order_by(F("property_id").asc(nulls_last=True), "pk")
    return list(new.values_list("pk", flat=True)[:40])


def _missing(place: Property, word: str, before: dict[type[models.Model], set[Any]]) -> None:
    """What the house does not have yet, by the factories."""
    failed = []
    known = {model: make for model, make in factories().items() if model in before}
    for model in sorted(
        known, key=lambda found: found._meta.label, reverse=True
    ):  # parts before their wholes
        if (
            model._meta.label in (PARTS | CHAINWIDE if word == "sibling" else PARTS)
            or model._base_manager.exclude(pk__in=before[model]).exists()
        ):
            continue
        try:
            with transaction.atomic():
                known[model](place)
        except Exception as error:
            failed.append(f"{model._meta.label}: {error!r}"[:300])
    if failed:
        raise AssertionError(f"at {word}: " + "\n".join(failed))


def _accounts(place: Property, word: str, person: User, roles: dict[str, Role]) -> None:
    role = accounts.role_make(place.chain, "rooms.view", code=f"helper_{word}")
    digit = str(PLACES.index(word))
    accounts.assignment_make(place, user=person, role=role)
    accounts.token_make(place, user=person, prefix=f"abg_live_{word}", digest=digit * 64)
    accounts.integrator_make(place, user=person)
    asker = accounts.user_make(place, username=f"asker_{word}")
    role_assign(user=asker, role=roles["general_manager"], place=place)
    security.access_request_make(place, requested_by=asker)
    accounts.impersonation_make(place, user=person, actor=asker, session=digit * 40)
    accounts.desk_pin_make(place, user=person)
    device = accounts.sign_in_device_make(place, user=person, digest=digit * 64)
    accounts.desk_seat_make(place, device=device, session=digit * 40)


def _chain_rows(world: World) -> None:
    for word, place in world.places.items():
        for label in CHAINWIDE if word == "sibling" else ():
            world.rows[label]["sibling"] = world.rows[label]["own"]
        world.rows["properties.Chain"] = {**world.rows.get("properties.Chain", {}), word: [place.chain_id]}


def _whole_rows(world: World) -> None:
    """Rows of the whole installation, the same at every place and without a mark."""
    for make in WHOLE:
        row = make()
        world.rows[row._meta.label] = {word: [row.pk] for word in PLACES}
    world.rows["security.ComplianceReport"] = {word: [row.report_id] for word in PLACES}


def _models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]


def _mark(model: type[models.Model], keys: list[Any], word: str) -> int:
    """Write the mark of the place into the words of some rows, as far as the tables let; how many columns took it.

    What is encrypted is bound to its row, and is written by saving it.
    """
    marked = 0
    if model._meta.label in CHAINWIDE | FOUND_BY_NAME:
        return 0
    columns = [
        f for f in model._meta.concrete_fields if f.name in WORDS and not f.choices and not f.primary_key
    ]
    for column in columns:
        if not isinstance(column, models.CharField | models.TextField) or (column.max_length or 99) < len(
            MARK[word]
        ):
            continue
        unique = column.unique or any(column.name in c.fields for c in model._meta.total_unique_constraints)
        for key in keys[:1] if unique else keys:
            try:
                with transaction.atomic():
                    if isinstance(column, EncryptedMixin):
                        row = model._base_manager.get(pk=key)
                        setattr(row, column.attname, MARK[word])
                        row.save(update_fields=[column.name])
                    else:
                        model._base_manager.filter(pk=key).update(**{column.name: MARK[word]})
                marked += 1
            except (DatabaseError, ValueError, TypeError):
                break  # what a table does not let anybody change keeps its words
    return marked
