"""What a room wants, and what becomes of its task: tables, and laws that hold whatever happens."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.operations.choices import SERVICES as SERVED
from hotel.operations.choices import TaskKind, TaskPriority
from hotel.operations.domain.day import (
    HIGH,
    NAMES,
    NORMAL,
    SERVICES,
    DayRules,
    Guest,
    Presence,
    RoomDay,
    TaskNow,
    Verdict,
    Wanted,
    rewritten_words,
    room_wants,
    settled,
    task_verdict,
    told_words,
    with_tied,
    without_parts,
)

DAY = date(2027, 3, 14)
NOW = datetime(2027, 3, 14, 9, tzinfo=UTC)
READY = datetime(2027, 3, 14, 14, tzinfo=UTC)
RULES = DayRules(DAY, 1, 3, True, 30, READY)
HOUR = timedelta(hours=1)


def guest(presence, nights=1, pk=1, **more):
    return Guest(pk, Presence(presence), DAY - timedelta(days=nights), **more)


def room(*guests, status="dirty", **more):
    return RoomDay(7, status, Decimal(1), guests, **more)


STAYS, LEAVES = guest("stays"), guest("leaves", at=NOW + HOUR)
LEFT, COMES = guest("left"), guest("arrives", 0, 2, at=READY + HOUR)


@pytest.mark.parametrize(
    ("case", "given", "kind", "stay", "due"),
    [
        ("somebody stays", room(STAYS), "stayover", 1, READY),
        ("third night: linen", room(guest("stays", 3)), "linen", 1, READY),
        ("sixth night: linen again", room(guest("stays", 6)), "linen", 1, READY),
        ("stays and is served", room(STAYS, status="clean"), None, None, None),
        ("came today into a dirty room", room(guest("stays", 0)), "departure", 1, READY),
        ("came today", room(guest("stays", 0), status="inspected"), None, None, None),
        ("moved in today", room(guest("stays", is_moved_in=True), status="clean"), "stayover", 1, READY),
        ("one of two who share it leaves", room(STAYS, guest("leaves", pk=3)), "stayover", 1, READY),
        ("due out", room(LEAVES), "departure", 1, NOW + HOUR),
        ("two leave, the later one counts", room(LEAVES, guest("leaves", pk=3, at=READY)), "departure", 3, READY),
        ("has left", room(LEFT), "departure", 1, None),
        ("left and the next one comes", room(LEFT, COMES), "departure", 1, None),
        ("empty and dirty", room(), "departure", None, None),
        ("empty, to be tidied", room(status="pickup"), "pickup", None, None),
        ("due out, to be tidied", room(LEAVES, status="pickup"), "departure", 1, NOW + HOUR),
        ("empty and clean", room(status="clean"), None, None, None),
        ("waits for a guest", room(COMES, status="clean"), "arrival", 2, READY),
        ("waits for an early one", room(replace(COMES, at=NOW), status="clean"), "arrival", 2, NOW),
        ("due out, clean, and a guest comes", room(LEAVES, COMES, status="clean"), None, None, None),
        ("out of order", room(LEFT, COMES, is_held=True), None, None, None),
        ("the guest declined", room(STAYS, declined=frozenset({1})), None, None, None),
        ("nobody's clean was cancelled", room(declined=frozenset({None})), None, None, None),
        ("another one declined", room(STAYS, declined=frozenset({9})), "stayover", 1, READY),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)  # fmt: skip
def test_what_a_room_wants(case, given, kind, stay, due):
    wanted = room_wants(given, RULES)
    assert (wanted and (wanted.kind, wanted.reservation_id, wanted.due_at)) == (kind and (kind, stay, due))


def test_by_the_cycle_of_the_house():
    every_other = replace(RULES, stayover_nights=2, linen_nights=0)
    kinds = [
        wanted and wanted.kind
        for wanted in (room_wants(room(guest("stays", n)), every_other) for n in (1, 2, 3, 4))
    ]
    assert kinds == [None, "stayover", None, "stayover"]
    assert room_wants(room(STAYS), replace(RULES, stayover_nights=0)) is None
    assert room_wants(room(guest("stays", 3)), replace(RULES, stayover_nights=0)).kind == "linen"
    assert room_wants(room(COMES, status="clean"), replace(RULES, checks_arrivals=False)) is None


def test_a_room_that_is_waited_for_comes_first():
    assert (room_wants(room(LEFT), RULES).priority, room_wants(room(LEFT, COMES), RULES).priority) == (
        NORMAL,
        HIGH,
    )
    assert (NORMAL, HIGH) == (TaskPriority.NORMAL, TaskPriority.HIGH)


def test_it_weighs_the_share_of_its_kind():
    wanted = room_wants(replace(room(STAYS), credits=Decimal("1.5")), RULES)
    assert (wanted.credits, wanted.standard_minutes) == (Decimal("0.75"), 23)


TERMS = Wanted("stayover", 1, NORMAL, READY, Decimal("0.5"), 15)
LEAVING = replace(TERMS, kind="departure", due_at=None)


@pytest.mark.parametrize(
    ("case", "task", "wanted", "elsewhere", "verdict"),
    [
        ("nothing, and nothing is wanted", None, None, False, "keep"),
        ("nothing there yet", None, TERMS, False, "make"),
        ("as wanted", (0, False), TERMS, False, "keep"),
        ("other terms", (0, False), replace(TERMS, priority=HIGH), False, "rewrite"),
        ("leaves now", (0, False), LEAVING, False, "rewrite"),
        ("moved", (0, False), LEAVING, True, "replace"),
        ("no longer wanted", (0, False), None, False, "cancel"),
        ("of yesterday", (1, False), TERMS, False, "skip"),
        ("of yesterday, not wanted", (1, False), None, False, "skip"),
        ("begun, as wanted", (0, True), TERMS, False, "keep"),
        ("begun, other terms of the same kind", (0, True), replace(TERMS, priority=HIGH), False, "keep"),
        ("begun, another kind", (0, True), LEAVING, False, "tell"),
        ("begun, moved", (0, True), LEAVING, True, "tell"),
        ("begun, no longer wanted", (0, True), None, False, "keep"),
        ("begun yesterday", (1, True), TERMS, False, "keep"),
    ],
)
def test_what_becomes_of_a_task(case, task, wanted, elsewhere, verdict):
    now = task and TaskNow(DAY - timedelta(days=task[0]), task[1], TERMS)
    assert task_verdict(now, wanted, day=DAY, now=NOW, is_elsewhere=elsewhere) is Verdict(verdict)


def test_a_departure_clean_stays_when_its_guest_is_elsewhere():
    now = TaskNow(DAY, False, replace(TERMS, kind="departure"))
    wanted = replace(TERMS, kind="departure")
    assert task_verdict(now, wanted, day=DAY, now=NOW, is_elsewhere=True) is Verdict.KEEP


def test_at_once_is_now_and_stays_what_it_was():
    assert settled(LEAVING, None, NOW).due_at == NOW
    assert settled(LEAVING, replace(TERMS, due_at=NOW - HOUR), NOW).due_at == NOW - HOUR
    assert settled(LEAVING, replace(TERMS, due_at=NOW + HOUR), NOW).due_at == NOW
    assert settled(TERMS, None, NOW) is TERMS


guests = st.builds(
    lambda presence, nights, pk: guest(presence, nights, pk, at=NOW),
    st.sampled_from([p.value for p in Presence]), st.integers(0, 9), st.integers(1, 5),
)  # fmt: skip
rooms = st.builds(
    lambda who, status, held: room(*who, status=status, is_held=held),
    st.lists(guests, max_size=3), st.sampled_from(["clean", "dirty", "pickup", "inspected"]), st.booleans(),
)  # fmt: skip


@given(rooms, rooms, st.booleans())
def test_what_was_settled_is_kept_and_a_begun_task_is_never_changed(before, after, begun):
    """Settled twice is settled once, whatever the room was before; nobody is interrupted."""
    old, new = room_wants(before, RULES), room_wants(after, RULES)
    if new is not None:
        task = TaskNow(DAY, False, settled(new, None, NOW))
        assert task_verdict(task, new, day=DAY, now=NOW, is_elsewhere=False) is Verdict.KEEP
        assert new.kind in NAMES
    if old is not None:
        task = TaskNow(DAY, begun, settled(old, None, NOW))
        verdict = task_verdict(task, new, day=DAY, now=NOW, is_elsewhere=False)
        assert not begun or verdict in {Verdict.KEEP, Verdict.TELL}


def test_a_suite_is_cleaned_with_its_parts():
    wants = {1: TERMS, 2: TERMS, 3: TERMS}
    suites = {2: frozenset({1}), 3: frozenset({9}), 4: frozenset({1})}
    assert without_parts(wants, suites).keys() == {1, 3}
    assert with_tied([2], suites) == {1, 2, 4}
    assert with_tied([1, 7], suites) == {1, 2, 4, 7}
    assert with_tied([7], suites) == {7}


def test_words():
    assert rewritten_words("stayover", "departure") == "Was a stayover clean, is a departure clean now."
    assert rewritten_words("stayover", "stayover") == "Its time, stay or priority changed."
    assert told_words("departure") == "Things have changed: the room wants a departure clean now."
    assert set(NAMES) <= set(TaskKind)
    assert set(SERVED) == SERVICES
