"""The sheet of housekeeping: every room once, with its letter and what happens in it today."""

from datetime import time, timedelta

from hotel.papers.selectors.rooms import housekeeping_content
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.details import note_add
from hotel.rooms.models import Room
from tests.cast import TODAY
from tests.contracts.queries import queries_of
from tests.factories.operations import task_make


def test_each_room_has_its_letter_and_what_happens_in_it(full, w, cast):
    Room.objects.filter(pk=full.rooms[0].pk).update(housekeeping_status="dirty")
    Room.objects.filter(pk=full.rooms[3].pk).update(housekeeping_status="inspected")
    room_assign(reservation=full.cleo, room=full.rooms[2], actor=None)
    task_make(full.place, kind="stayover", room=full.rooms[0], location="", assignee=cast.di)
    note_add(
        reservation=full.ana,
        actor=None,
        kind="trace",
        text="Two pillows",
        department="Housekeeping",
        due_on=TODAY,
    )
    note_add(
        reservation=full.ana, actor=None, kind="trace", text="Invoice", department="Reception", due_on=TODAY
    )

    content = housekeeping_content(full.place, w)

    (table,) = content.tables
    rows = {row[0]: row[1:] for row in table.rows}
    assert len(table.rows) == Room.objects.filter(property=full.place).count() == 13
    assert rows[full.rooms[0].number] == (
        "DBL", "D", "occupied", 2, TODAY + timedelta(days=2), None, "Stayover", "di", "Two pillows", None,
    )  # fmt: skip
    assert rows[full.rooms[1].number][1:5] == ("C", "occupied · due out", 2, TODAY)
    assert rows[full.rooms[2].number][1:6] == ("C", "vacant · arrival", 2, None, time(17, 30))
    assert rows[full.rooms[3].number][1:4] == ("I", "vacant", None)
    assert content.facts == (("rooms", 13), ("occupied", 2), ("due_out", 1), ("arrives", 1))


def test_it_names_no_guest(full, w):
    content = housekeeping_content(full.place, w)

    assert content.guests == frozenset()
    assert not any(name in str(content) for name in ("Gruber", "Huber", "Ibrahim"))


def test_the_number_of_queries_does_not_grow(full, w):
    few = len(queries_of(lambda: housekeeping_content(full.place, w)))
    for room in full.rooms[4:8]:
        room_assign(reservation=full.reserve(0, 1), room=room, actor=None)

    assert len(queries_of(lambda: housekeeping_content(full.place, w))) == few == 4
