from dataclasses import replace
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from hotel.reservations.domain.assignment import (
    REASONS,
    Hindrance,
    Plan,
    RoomOption,
    StayRequest,
    assign,
    first_fit,
    hindrances,
    open_gap,
    reasons,
    room_cost,
)
from tests.config.stack.observing import start_python

DAY = 24 * 60


def stay(pk, start, end, room=None, types=(1,), **over):
    return StayRequest(pk, start * DAY, end * DAY, types, room_id=room, **over)


def room(pk, room_type=1, *features, busy=()):
    return RoomOption(pk, room_type, frozenset(features), busy)


def test_a_long_stay_fits_only_when_two_movable_stays_swap():
    # 101: [1,3) a, [5,7) c — 102: [3,5) b. Nights 1–4 are free in no single room.
    rooms = [room(101), room(102)]
    stays = [stay(1, 1, 3, 101), stay(2, 3, 5, 102), stay(3, 5, 7, 101)]

    plan = open_gap(rooms, stays, stay(9, 1, 5))

    assert plan == Plan({1: 101, 2: 101, 3: 101, 9: 102}, (2,), ())


def test_locked_stays_are_never_touched():
    rooms = [room(101), room(102)]
    stays = [stay(1, 1, 3, 101, is_movable=False), stay(2, 3, 5, 102, is_movable=False)]

    assert open_gap(rooms, stays, stay(9, 1, 5)) is None


def test_of_two_ways_the_one_with_fewer_moves_is_taken():
    rooms = [room(101), room(102), room(103)]
    # Into 101 two stays must move out; into 103 only one.
    stays = [stay(1, 1, 2, 101), stay(2, 3, 4, 101), stay(3, 1, 4, 102), stay(4, 2, 3, 103)]

    plan = open_gap(rooms, stays, stay(9, 1, 4))

    assert plan is not None
    assert plan.moved == (4,)
    assert plan.rooms == {1: 101, 2: 101, 3: 102, 4: 101, 9: 103}


def test_required_features_bind_and_wishes_choose():
    rooms = [room(101, 1, "quiet"), room(102, 1, "balcony", "sea"), room(103, 1, "balcony")]
    wanted = stay(1, 1, 2, required=frozenset({"balcony"}), preferred={"sea": 30})

    assert assign(rooms, [wanted]).rooms == {1: 102}
    assert assign(rooms, [stay(2, 1, 2, required=frozenset({"bath"}))]) == Plan({}, (), (2,))


def test_plain_guests_do_not_take_the_room_with_the_sea_view():
    rooms = [room(101, 1, "sea"), room(102, 1)]

    assert assign(rooms, [stay(1, 1, 2)]).rooms == {1: 102}


def test_an_upgrade_is_used_only_when_the_own_type_is_full():
    rooms = [room(101, 1), room(201, 2)]

    plan = assign(rooms, [stay(1, 1, 3, types=(1, 2)), stay(2, 2, 4, types=(1,))])

    assert plan.rooms == {1: 201, 2: 101}


def test_busy_spans_of_others_are_respected_and_half_open():
    rooms = [room(101, busy=((DAY, 2 * DAY),))]

    assert assign(rooms, [stay(1, 2, 3)]).rooms == {1: 101}
    assert assign(rooms, [stay(1, 1, 3)]).unplaced == (1,)


def test_when_not_all_fit_the_higher_priority_is_placed():
    plan = assign([room(101)], [stay(1, 1, 3, priority=10), stay(2, 2, 4, priority=90)])

    assert plan == Plan({2: 101}, (), (1,))


def test_without_time_to_think_everybody_keeps_what_he_has_and_others_get_what_is_free():
    stays = [stay(1, 1, 3, 101), stay(2, 1, 3), stay(3, 1, 3), stay(4, 3, 4)]

    plan = assign([room(101), room(102)], stays, seconds=0.0)

    assert plan == Plan({1: 101, 2: 102, 4: 101}, (), (3,))


def test_a_house_too_large_to_think_to_the_end_still_places_everybody_who_fits():
    rooms = [room(n, busy=((0, (n % 7) * DAY),)) for n in range(100)]
    stays = [stay(n, n % 7, n % 7 + 1 + n % 3) for n in range(100)]

    assert assign(rooms, stays, seconds=0.01).unplaced == ()


def test_the_search_begins_with_the_cheapest_free_rooms_by_priority_and_arrival():
    rooms = [room(101, 1, "sea"), room(102), room(103)]
    stays = [
        stay(1, 2, 4),
        stay(2, 1, 3, preferred={"sea": 50}),
        stay(3, 1, 9, priority=90),
        stay(4, 1, 2, 103),
    ]
    options = {one.id: [(r, room_cost(one, r)) for r in rooms] for one in stays}

    assert first_fit(stays, options) == {4: 103, 3: 102, 2: 101, 1: 103}


@pytest.mark.parametrize("parts", [(), (101,)])
def test_the_search_begins_without_a_suite_whose_part_is_taken(parts):
    suite = replace(room(900), parts=parts)
    options = {1: [(room(101), 0)], 2: [(suite, 0)]}

    found = first_fit([stay(1, 1, 3, 101), stay(2, 2, 4)], options)

    assert found == ({1: 101} if parts else {1: 101, 2: 900})


def test_the_same_question_gives_the_same_answer():
    rooms = [room(n) for n in range(1, 9)]
    stays = [stay(n, n % 5, n % 5 + 2) for n in range(1, 15)]

    assert assign(rooms, stays) == assign(rooms, list(reversed(stays)))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 8), st.integers(1, 4), st.booleans()), min_size=1, max_size=8),
    st.integers(1, 4),
)
def test_no_room_is_ever_shared_and_nobody_is_put_out(spans, room_count):
    rooms = [room(n) for n in range(1, room_count + 1)]
    held, stays = {n: [] for n in range(1, room_count + 1)}, []
    for pk, (start, nights, may_move) in enumerate(spans, 1):
        free = [n for n, taken in held.items() if all(start >= e or start + nights <= s for s, e in taken)]
        if free:
            held[free[0]].append((start, start + nights))
        stays.append(stay(pk, start, start + nights, free[0] if free else None, is_movable=may_move))

    plan = assign(rooms, stays)

    by_id = {s.id: s for s in stays}
    assert all(s.id in plan.rooms for s in stays if s.room_id is not None)
    assert all(plan.rooms[s.id] == s.room_id for s in stays if s.room_id is not None and not s.is_movable)
    assert set(plan.rooms) | set(plan.unplaced) == set(by_id)
    for a, b in product(plan.rooms, plan.rooms):
        if a < b and plan.rooms[a] == plan.rooms[b]:
            assert by_id[a].end <= by_id[b].start or by_id[b].end <= by_id[a].start


def test_reasons_add_up_to_the_cost_and_say_what_they_are_about():
    option = RoomOption(101, 2, frozenset({"sea", "lift", "bar"}), connects=frozenset({7}), floor=1)
    asked = stay(
        1, 1, 3, types=(1, 2), required=frozenset({"lift"}), preferred={"sea": 30, "bath": 20},
        beside=frozenset({9}), companions={8: 1},
    )  # fmt: skip

    found = reasons(asked, option)

    assert [(reason.kind, reason.subject, reason.points) for reason in found] == [
        ("required_met", "lift", 0),
        ("wish_unmet", "bath", 20),
        ("wish_met", "sea", 0),
        ("spare_feature", "bar", 1),
        ("upgrade", "", 200),
        ("room_change", "", 500),
        ("same_floor", "", 10),
    ]
    assert room_cost(asked, option) == 731
    assert {reason.kind for reason in found} < set(REASONS)
    near = replace(asked, beside=frozenset({101}), companions={7: None})
    assert [reason.kind for reason in reasons(near, option)][-2:] == ["same_room", "connecting"]
    far = replace(asked, beside=frozenset(), companions={8: 2})
    assert [(reason.kind, reason.points) for reason in reasons(far, option)][-1] == ("apart", 20)


def test_hindrances_name_each_thing_that_stands_in_the_way():
    option = RoomOption(101, 2, frozenset({"sea"}), busy=((2 * DAY, 3 * DAY),))
    asked = stay(1, 1, 3, required=frozenset({"lift", "bath"}))

    assert hindrances(asked, option) == [
        Hindrance("other_type"),
        Hindrance("feature_missing", "bath"),
        Hindrance("feature_missing", "lift"),
        Hindrance("taken"),
    ]
    assert hindrances(stay(1, 1, 2, types=(2,)), option) == []


def test_a_part_of_a_stay_stays_in_the_room_of_the_nights_beside():
    rooms = [room(101), room(102, 1, "sea")]
    part = stay(1, 3, 5, beside=frozenset({101}), preferred={"sea": 99})

    assert assign(rooms, [part]).rooms == {1: 101}
    assert assign([replace(rooms[0], busy=((3 * DAY, 4 * DAY),)), rooms[1]], [part]).rooms == {1: 102}


def test_the_solver_with_all_that_it_brings_is_imported_by_the_first_question_only():
    code = "import sys, hotel.reservations.domain.assignment as a; print('ortools' in sys.modules)"
    with start_python(code + "; a.assign([], []); print('ortools' in sys.modules)") as process:
        assert process.stdout.read().split() == ["False", "True"]


def evening(random):
    """Forty-six rooms of five types, and thirty guests in house who have none yet."""
    features = ("balcony", "bath", "high", "quiet")
    rooms = [room(100 + n, n % 5, *(name for name in features if random.random() < 0.4)) for n in range(46)]
    stays = []
    for pk in range(30):
        types = tuple(range(random.randint(0, 4), 5))
        wishes = {name: random.randint(5, 40) for name in ("quiet", "bath") if random.random() < 0.3}
        stays.append(stay(pk, -random.randint(0, 5), random.randint(1, 6), types=types, preferred=wishes))
    return rooms, stays


def test_the_best_plan_of_a_full_evening_is_known_to_be_the_best(monkeypatch):
    solve, said = cp_model.CpSolver.solve, []

    def heard(solver, model):
        said.append(solve(solver, model))
        return said[-1]

    monkeypatch.setattr(cp_model.CpSolver, "solve", heard)
    rooms, stays = evening(Random(8))

    plan = assign(rooms, stays, seconds=0.5)

    assert said == [cp_model.OPTIMAL]
    assert plan.unplaced == ()
