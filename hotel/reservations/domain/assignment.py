"""Which room for which stay: automatic assignment, and the fewest moves that open a gap.

Both questions are one constraint problem: every stay gets one eligible room, no room is shared, locked
stays keep theirs. It is solved by CP-SAT (OR-Tools), single-threaded and seeded, so the same question
gives the same answer. OR-Tools is imported when a question is asked: it brings pandas and NumPy, which would
make every process start later and larger. Source: features reference §2.3 (B7), docs/algorithms/assignment.md.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

MOVE_COST = 1_000
CHANGE_COST = 500
UPGRADE_COST = 200
SAME_FLOOR_COST = 10
APART_COST = 20
UNPLACED_COST = 1_000_000
DEFAULT_SECONDS = 5.0
# Rooms to choose from, of all stays together. Up to here the linear bound of rooms that many want at once proves a
# best plan in a fraction of the time; of larger questions it would eat all time before there is any plan.
LINEAR_OPTIONS = 10_000
REASONS = (
    *("required_met", "wish_met", "wish_unmet", "spare_feature", "upgrade"),
    *("same_room", "room_change", "connecting", "same_floor", "apart"),
)


@dataclass(frozen=True)
class RoomOption:
    """A physical room: its type, what it offers, and spans that are taken by others ([start, end) minutes).

    ``parts`` are the rooms that a suite takes with it, ``connects`` those with a door between, ``floor`` its floor.
    """

    id: int
    room_type_id: int
    features: frozenset[str] = frozenset()
    busy: tuple[tuple[int, int], ...] = ()
    parts: tuple[int, ...] = ()
    connects: frozenset[int] = frozenset()
    floor: int | None = None


@dataclass(frozen=True)
class StayRequest:
    """A stay, or a part of one, to be placed.

    Attributes:
        id: of the request, such as that of its reservation.
        start: minutes since any epoch, the same for all; ``[start, end)``.
        room_type_ids: acceptable types, best first; later ones cost an upgrade.
        required: features a room must have.
        preferred: feature to weight (1–100), wishes.
        room_id: the room it holds now; None when unassigned.
        is_movable: whether it may change rooms; locked and in-house stays may not.
        priority: 1–100; when not all can be placed, higher ones are placed first.
        beside: rooms it has on the nights before or after, when this is a part of a stay.
        companions: rooms of the others of its booking in these nights, each with its floor.
    """

    id: int
    start: int
    end: int
    room_type_ids: tuple[int, ...]
    required: frozenset[str] = frozenset()
    preferred: Mapping[str, int] = field(default_factory=dict)
    room_id: int | None = None
    is_movable: bool = True
    priority: int = 50
    beside: frozenset[int] = frozenset()
    companions: Mapping[int, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Reason:
    """What speaks for a room (no points) or against it; ``kind`` for programs, ``subject`` what it is about.

    ``kind`` is one of ``REASONS``.
    """

    kind: str
    points: int = 0
    subject: str = ""


@dataclass(frozen=True)
class Hindrance:
    """Why a room cannot be had at all: ``other_type``, ``feature_missing`` (which one) or ``taken``."""

    kind: str
    subject: str = ""


@dataclass(frozen=True)
class Plan:
    """The answer: request id to room id; ids that changed rooms; ids that found none."""

    rooms: dict[int, int]
    moved: tuple[int, ...]
    unplaced: tuple[int, ...]


def overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether ``[start, end)`` touches any of the half-open spans."""
    return any(start < until and since < end for since, until in spans)


def hindrances(stay: StayRequest, room: RoomOption) -> list[Hindrance]:
    """Why the stay cannot have the room even if no other stay of the question were there; empty when it can."""
    found = [] if room.room_type_id in stay.room_type_ids else [Hindrance("other_type")]
    found += [Hindrance("feature_missing", name) for name in sorted(stay.required - room.features)]
    return [*found, Hindrance("taken")] if overlaps(stay.start, stay.end, room.busy) else found


def eligible(stay: StayRequest, rooms: Sequence[RoomOption]) -> list[RoomOption]:
    """Rooms the stay could have if no other stay were there: its own always, the only one if it may not move."""
    if stay.room_id is not None and not stay.is_movable:
        return [room for room in rooms if room.id == stay.room_id]
    return [room for room in rooms if room.id == stay.room_id or not hindrances(stay, room)]


def reasons(stay: StayRequest, room: RoomOption) -> list[Reason]:
    """What speaks for and against this room for this stay, with the points that make its cost."""
    found = [Reason("required_met", 0, name) for name in sorted(stay.required & room.features)]
    for name, weight in sorted(stay.preferred.items()):
        is_met = name in room.features
        found.append(Reason("wish_met" if is_met else "wish_unmet", 0 if is_met else weight, name))
    # A room with features nobody asked for is kept for guests who will.
    spare = sorted(room.features - set(stay.preferred) - stay.required)
    found += [Reason("spare_feature", 1, name) for name in spare]
    if room.room_type_id in stay.room_type_ids[1:]:
        found.append(Reason("upgrade", UPGRADE_COST * stay.room_type_ids.index(room.room_type_id)))
    if stay.beside:
        is_same = room.id in stay.beside
        found.append(Reason("same_room" if is_same else "room_change", 0 if is_same else CHANGE_COST))
    if stay.companions:
        found.append(_nearness(stay.companions, room))
    return found


def _nearness(companions: Mapping[int, int | None], room: RoomOption) -> Reason:
    """How near a room is to those of the others of the booking; the nearest of them counts."""
    if room.connects & companions.keys():
        return Reason("connecting")
    if room.floor is not None and room.floor in companions.values():
        return Reason("same_floor", SAME_FLOOR_COST)
    return Reason("apart", APART_COST)


def room_cost(stay: StayRequest, room: RoomOption) -> int:
    """What this room costs for this stay: the points of all reasons; lower is better."""
    return sum(reason.points for reason in reasons(stay, room))


def first_fit(
    stays: Sequence[StayRequest], options: Mapping[int, Sequence[tuple[RoomOption, int]]]
) -> dict[int, int]:
    """Where the search begins, and what it never falls behind: who holds a room keeps it, the others come by arrival.

    Each gets the cheapest room that is free by then. Alone it would do for stays of one type without wishes: no order
    of arrival leaves one of them without a room while there is one.

    Args:
        stays: of the question.
        options: eligible rooms with their costs, by id of the stay.

    Returns:
        Request id to room id.
    """
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    found: dict[int, int] = {}
    for stay in sorted(stays, key=lambda one: (one.room_id is None, -one.priority, one.start, one.id)):
        for room, _ in sorted(
            options[stay.id], key=lambda one: (one[0].id != stay.room_id, one[1], one[0].id)
        ):
            needed = (room.id, *room.parts)
            if not any(overlaps(stay.start, stay.end, taken[pk]) for pk in needed):
                found[stay.id] = room.id
                for pk in needed:
                    taken[pk].append((stay.start, stay.end))
                break
    return found


def assign(
    rooms: Sequence[RoomOption], stays: Sequence[StayRequest], *, seconds: float = DEFAULT_SECONDS
) -> Plan:
    """Place all stays: as many as possible by priority, then with the fewest moves, then the best rooms.

    Args:
        rooms: of one property.
        stays: those to place and those that hold a room in the same span; order does not matter.
        seconds: solver's deterministic time limit.

    Returns:
        A plan; stays that held a room and kept it are in ``rooms`` too. Never two stays in one room at once. When the
        time is over it is the best one found, and never worse than ``first_fit``.
    """
    from ortools.sat.python import cp_model

    ordered = sorted(stays, key=lambda stay: stay.id)
    options = {stay.id: [(room, room_cost(stay, room)) for room in eligible(stay, rooms)] for stay in ordered}
    begun = first_fit(ordered, options)
    model = cp_model.CpModel()
    chosen: dict[tuple[int, int], cp_model.IntVar] = {}
    by_room: dict[int, list[cp_model.IntervalVar]] = defaultdict(list)
    costs: list[cp_model.LinearExprT] = []
    for stay in ordered:
        literals = []
        for room, cost in options[stay.id]:
            literal = model.new_bool_var(f"s{stay.id}r{room.id}")
            chosen[stay.id, room.id] = literal
            literals.append(literal)
            span = model.new_optional_fixed_size_interval_var(stay.start, stay.end - stay.start, literal, "")
            for taken in (room.id, *room.parts):
                by_room[taken].append(span)
            moved = MOVE_COST if stay.room_id not in (None, room.id) else 0
            costs.append((cost + moved) * literal)
            model.add_hint(literal, room.id == begun.get(stay.id))
        is_fixed = stay.room_id is not None
        if is_fixed:  # a stay that holds a room may be moved, never put out
            model.add_exactly_one(literals)
        else:
            model.add_at_most_one(literals)
            costs.append(UNPLACED_COST // 100 * stay.priority * (1 - sum(literals)))
    for intervals in by_room.values():
        model.add_no_overlap(intervals)
    model.minimize(sum(costs))
    return _solved(model, chosen, ordered, begun, seconds)


def _solved(
    model: "cp_model.CpModel",
    chosen: "Mapping[tuple[int, int], cp_model.IntVar]",
    stays: Sequence[StayRequest],
    begun: dict[int, int],
    seconds: float,
) -> Plan:
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 7
    solver.parameters.linearization_level = 2 if len(chosen) <= LINEAR_OPTIONS else 1
    solver.parameters.max_deterministic_time = seconds
    status = solver.solve(model)
    held = {stay.id: stay.room_id for stay in stays if stay.room_id is not None}
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        rooms = {
            stay_id: room_id
            for (stay_id, room_id), literal in chosen.items()
            if solver.boolean_value(literal)
        }
    else:
        rooms = begun if begun.items() >= held.items() else held
    moved = tuple(sorted(stay_id for stay_id, room_id in held.items() if rooms[stay_id] != room_id))
    unplaced = tuple(stay.id for stay in stays if stay.id not in rooms)
    return Plan(rooms, moved, unplaced)


def open_gap(
    rooms: Sequence[RoomOption],
    stays: Sequence[StayRequest],
    *wanted: StayRequest,
    seconds: float = DEFAULT_SECONDS,
) -> Plan | None:
    """The plan with the fewest moves in which all ``wanted`` get a room; None when there is none.

    Args:
        rooms: of one property.
        stays: all that hold a room around the wanted span.
        wanted: an unassigned stay, or the parts of one; their rooms are in the plan under their ids.
        seconds: solver's deterministic time limit.
    """
    plan = assign(rooms, [*[stay for stay in stays if stay.room_id is not None], *wanted], seconds=seconds)
    return None if {stay.id for stay in wanted} & {*plan.unplaced} else plan
