"""What a component gives to the house: one frozen constant per app, discovered by convention."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from hotel.core.component import component_package


@dataclass(frozen=True)
class Schedule:
    """A periodic task.

    Attributes:
        name: unique name, ``<area>: <what>``.
        task: dotted name of the celery task.
        cron: five fields in ``timezone``; or empty when ``every_seconds`` is given.
        every_seconds: interval; 0 means ``cron`` is used.
        expires_seconds: a tick not started after so many seconds is dropped.
        timezone: IANA name the cron is read in.
        queue: celery queue; empty for the routed default.
    """

    name: str
    task: str
    cron: str = ""
    every_seconds: int = 0
    expires_seconds: int = 300
    timezone: str = "UTC"
    queue: str = ""


@dataclass(frozen=True)
class NavItem:
    """A page in the staff navigation: shown to people who hold ``verb`` on ``area`` at the current property.

    Attributes:
        key: the letter that leads there after G; none for a page that has no key.
        is_home: whether a person whose first page it is lands there after signing in; else on the next one that is.
    """

    title: str | Promise
    route: str
    area: str
    verb: str = "view"
    icon: str = "circle"
    order: int = 100
    key: str = ""
    is_home: bool = True


@dataclass(frozen=True)
class AdminGroup:
    """A part of the first page of the administration, named by what a person does there.

    Attributes:
        title: in the hotel's words.
        order: among all groups; what is done often stands first.
        models: labels such as ``rates.RatePlan``, of the app or of one below; empty for all models of the app that no
            group names.
        desk: routes of the staff navigation where the real flow is.
        takes_others: also what belongs to no app of the house.
    """

    title: str
    order: int
    models: tuple[str, ...] = ()
    desk: tuple[str, ...] = ()
    takes_others: bool = False


@dataclass(frozen=True)
class Widget:
    """A card of the first page of a shift, for people who hold ``verb`` on ``area`` at the property.

    Attributes:
        template: is drawn with ``card``.
        context: dotted selector that takes the property and gives ``card``; None draws nothing.
    """

    name: str
    template: str
    context: str
    area: str
    verb: str = "view"
    order: int = 100


@dataclass(frozen=True)
class Panel:
    """A part of another app's page about a guest or a reservation; see ``properties.panels``.

    Attributes:
        subject: ``guest`` or ``reservation``: which pages it is drawn on. On the desk's page of a guest: ``guest_mark``
            beside his name, in one query, and ``guest_act`` among what can be done, in none.
        template: drawn with what ``context`` returns as ``shown``.
        context: dotted selector of the subject's id and the ids of the properties at which the person holds ``verb``
            on ``area``; returns what to show, nothing for no panel, in at most ``PANEL_QUERIES``.
    """

    name: str
    subject: str
    template: str
    context: str
    area: str
    verb: str = "view"
    order: int = 100


PANEL_QUERIES = 6


@dataclass(frozen=True)
class JourneySource:
    """What an app knows of a guest's way through the house; all sources together are one statement.

    Attributes:
        name: unique in the house; breaks the tie of two things that happened at one instant.
        kinds: each with what its filter is called.
        rows: dotted selector of a guest's id, the ids of properties and a kind, empty for all; gives
            ``properties.journeys.journey_rows``.
        told: dotted function that puts one row into words.
        route: of the page that shows the thing, by its id; whoever holds ``verb`` on ``area`` may open it.
    """

    name: str
    kinds: Mapping[str, str | Promise]
    rows: str
    told: str
    route: str
    area: str
    verb: str = "view"


@dataclass(frozen=True)
class Dataset:
    """Rows that reports are made of; ``manage.py dataset`` writes them as CSV.

    Attributes:
        name: ``<area>.<what>``.
        columns: titles, in order.
        rows: dotted selector that takes a property and the first and last business date; gives tuples of plain values.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: str


@dataclass(frozen=True)
class PrivacyProvider:
    """Dotted services that export and erase what an app knows of one guest; each takes ``guest_id``.

    Attributes:
        export: returns rows as plain values; empty when the declared columns say all.
        erase: returns how many rows it emptied; repeatable, in the caller's transaction, calls nobody.
        blockers: returns sentences that say why the guest cannot be erased now; empty for none.
    """

    name: str
    export: str
    erase: str
    blockers: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """Columns of one model that tell something of a person: one row of the record of processing (GDPR 30).

    Attributes:
        model: label such as ``guests.Guest``; of a package as well, such as ``auditlog.LogEntry``.
        fields: the columns.
        tier: T1 identity, T2 contact, T3 secret or special; what that means stands in docs/guide/privacy.md.
        purpose: why it is processed, in a few words.
        legal_basis: ``contract``, ``legal_obligation``, ``consent`` or ``legitimate_interest`` (GDPR 6).
        retention: the document class that rules of retention are found by, such as ``guest_profile``.
        recipients: categories of those who are told.
        whose: ``guest``, ``business`` or ``staff``.
        subjects: look-ups from a row to the id of its guest, any of which may hit; empty when not of guests.
        source: where it comes from.
        kept: why an erasure leaves it; empty when it is erased.
    """

    model: str
    fields: tuple[str, ...]
    tier: str
    purpose: str
    legal_basis: str
    retention: str
    recipients: tuple[str, ...] = ("the hotel's staff",)
    whose: str = "guest"
    subjects: tuple[str, ...] = ()
    source: str = "the guest, or who books for him"
    kept: str = ""


@dataclass(frozen=True)
class BlindIndex:
    """A column that finds rows by an encrypted one: its keyed hash.

    Attributes:
        model: label such as ``guests.Guest``.
        field: the encrypted column.
        fingerprint: the column of the hash.
        context: of the hash.
        part: a column whose value ends the context, such as ``channel`` in ``messaging.address.email``; or none.
    """

    model: str
    field: str
    fingerprint: str
    context: str
    part: str = ""


@dataclass(frozen=True)
class SocketRoute:
    """A websocket path below ``/ws/`` and the dotted consumer class that serves it."""

    path: str
    consumer: str


@dataclass(frozen=True)
class HealthCheck:
    """A look at something the house depends on; ``run`` is a dotted function without arguments giving a ``Finding``.

    Attributes:
        name: one word, unique in the house.
        title: what people read.
        is_vital: without it nobody can work; others only make the house degraded.
    """

    name: str
    title: str | Promise
    run: str
    is_vital: bool = False


@dataclass(frozen=True)
class ComponentPlug:
    """All that one app plugs into the house.

    Attributes:
        area: the noun rights are granted on; permission codenames are ``<verb>_<area>_area``.
        verbs: rights of the area, weakest first. Each verb stands alone: ``manage`` does not imply ``view``.
        admin: groups of the administration's first page.
        demo: dotted service that seeds believable data, called in order of the floors; empty for none.
        health: looks at what the app depends on; made each minute, see ``core.health_checks``.
        invariants: dotted callables returning ``Iterable[Invariant]`` for ``verify_invariants``.
        audit_excluded: model labels left out of the readable audit, each with its reason.
        trail_excluded: model labels whose tables the trail of security does not watch, each with its reason.
        audit_masked: model label to field names whose values are masked in the readable audit and in the trail.
        personal: what the app knows of persons; see ``core.personal`` for what must be declared.
        blind_indexes: how encrypted columns are searched; read when the index key is changed.
        impersonal: ``Model.field`` that only looks personal, to the reason why it is not.
        untied: ``app.Model.field`` of a foreign key that may leave the row's property, to the reason; see
            ``properties.selectors.ties``.
        payment_codes: ways of payment that the component alone posts with, its area the source; nobody chooses them.
    """

    area: str
    verbs: tuple[str, ...] = ("view", "manage")
    schedules: tuple[Schedule, ...] = ()
    navigation: tuple[NavItem, ...] = ()
    admin: tuple[AdminGroup, ...] = ()
    widgets: tuple[Widget, ...] = ()
    panels: tuple[Panel, ...] = ()
    journey: tuple[JourneySource, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    privacy: tuple[PrivacyProvider, ...] = ()
    sockets: tuple[SocketRoute, ...] = ()
    demo: str = ""
    health: tuple[HealthCheck, ...] = ()
    invariants: tuple[str, ...] = ()
    audit_excluded: Mapping[str, str] = field(default_factory=dict)
    trail_excluded: Mapping[str, str] = field(default_factory=dict)
    audit_masked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    personal: tuple[PersonalData, ...] = ()
    impersonal: Mapping[str, str] = field(default_factory=dict)
    blind_indexes: tuple[BlindIndex, ...] = ()
    untied: Mapping[str, str] = field(default_factory=dict)
    payment_codes: tuple[str, ...] = ()


@cache
def plugs_by_component() -> dict[str, ComponentPlug]:
    """Map each component's dotted name to its plug, in order of the floors."""
    found = {}
    for component in settings.COMPONENTS:
        if module_has_submodule(component_package(component), "plugs"):
            found[component] = import_module(f"{component}.plugs").PLUG
    return found


def plugs() -> tuple[ComponentPlug, ...]:
    """All plugs, in order of the floors."""
    return tuple(plugs_by_component().values())


def payment_code_owners() -> dict[str, str]:
    """Ways of payment that components alone post with, to the area of each."""
    return {code: plug.area for plug in plugs() for code in plug.payment_codes}


def dataset_named(name: str) -> Dataset:
    """The dataset with this name.

    Raises:
        LookupError: no component offers it; says which there are.
    """
    found = {dataset.name: dataset for plug in plugs() for dataset in plug.datasets}
    if name not in found:
        raise LookupError(f"There is no dataset {name}; there are {', '.join(found) or 'none'}.")
    return found[name]


def area_of(app_label: str) -> str:
    """The area of the component with this app label.

    Raises:
        LookupError: no component with this label has a plug.
    """
    for component, plug in plugs_by_component().items():
        if component.rsplit(".", 1)[-1] == app_label:
            return plug.area
    raise LookupError(f"No plug for the app {app_label!r}.")


PLUG = ComponentPlug(
    area="system",
    admin=(AdminGroup("Workings of the installation", 200, takes_others=True),),
    schedules=(
        Schedule(
            "system: relay the outbox", "hotel.core.tasks.outbox_relay", every_seconds=5, expires_seconds=5
        ),
        Schedule(
            "system: forget idempotency keys", "hotel.core.tasks.idempotency_records_purge", cron="40 3 * * *"
        ),
        Schedule(
            "system: look for card data",
            "hotel.core.tasks.card_data_scan",
            cron="20 4 * * 0",
            expires_seconds=7200,
            queue="default",
        ),
        Schedule(
            "system: verify invariants",
            "hotel.core.tasks.invariants_verify",
            cron="10 3 * * *",
            expires_seconds=3600,
            queue="default",
        ),
    ),
    invariants=("hotel.core.invariants.kernel_invariants",),
    audit_excluded={
        "core.OutboxMessage": "a record of changes itself; high volume",
        "core.HandledFact": "delivery book-keeping; high volume",
        "core.IdempotencyRecord": "answers to callers, encrypted; high volume",
        "core.InvariantCheck": "a report itself; never changed",
        "core.SecurityEvent": "a record of events itself; never changed",
        "core.DataKey": "a copy of a wrapped key would outlive its erasure",
    },
    personal=(
        PersonalData(
            model="core.SecurityEvent",
            fields=("address", "detail"),
            tier="T2",
            purpose="to find attacks",
            legal_basis="legitimate_interest",
            retention="access_log",
            whose="staff",
            source="the house itself",
        ),
    ),
    impersonal={
        "core.IdempotencyRecord.body_hash": "a hash; forgotten after seven days",
        "core.IdempotencyRecord.response_headers": "of our own answers; forgotten after seven days",
        "core.IdempotencyRecord.response_body": "our own answers, encrypted; forgotten after seven days",
        "core.InvariantCheck.broken": "ids and amounts",
        "core.OutboxMessage.payload": "facts hold ids and plain values, never names or addresses",
        "core.OutboxMessage.last_error": "the kind of an error",
        "core.DeclaredSchedule.written": "of the installation",
        "core.DataKey.wrapped": "a key, wrapped",
        "core.DataKey.subject": "a kind and an id",
    },
    trail_excluded={
        "core.DataKey": "no copy of a key may outlive its erasure, which has a certificate",
        "core.OutboxMessage": "tells of changes that the trail has; its delivery changes it many times",
        "core.HandledFact": "delivery book-keeping; high volume",
        "core.IdempotencyRecord": "answers to callers, encrypted, gone after a day; high volume",
        "core.InvariantCheck": "a report itself",
    },
)
