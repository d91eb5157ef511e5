"""The handover book at the desk, and on the first page of a shift."""

import uuid

import pytest

from hotel.operations.models import HandoverNote
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.operations import handover_note_make

PATH = "/dashboard/handover"


@pytest.fixture
def bo(cast, signed_in):
    return signed_in(cast.bo)


def put(client, act, **more):
    sent = {"do": act, f"{act}-key": uuid.uuid4(), **{f"{act}-{name}": value for name, value in more.items()}}
    return client.post(PATH, sent, follow=True)


def words(answer):
    return answer.content.decode()


def test_a_note_stands_on_today_until_it_is_done(bo, house, cast):
    assert "Nothing is left to say." in words(bo.get(PATH))
    put(bo, "write", text="Parcel for <204>", is_urgent="on")
    note = HandoverNote.objects.get()
    assert (note.property, note.written_by, note.is_urgent) == (cast.alpha, cast.bo, True)
    for path in (PATH, "/dashboard"):
        page = words(bo.get(path))
        assert ("Parcel for &lt;204&gt;" in page, "Urgent</span>" in page) == (True, True)

    assert "That is done." in words(put(bo, "done", note=note.pk))
    assert "Parcel" not in words(bo.get("/dashboard"))
    assert "Parcel for &lt;204&gt;" in words(bo.get(PATH))

    assert "It stands again." in words(put(bo, "again", note=note.pk))
    assert "Parcel" in words(bo.get("/dashboard"))
    answer = bo.post(PATH, {"do": "done", "done-note": note.pk, "back": "today"})
    assert (answer.status_code, answer["Location"]) == (302, "/dashboard")


def test_nothing_said_and_done_twice_are_told(bo, house):
    assert "This field is required." in words(put(bo, "write", text=" "))
    assert not HandoverNote.objects.exists()
    note = handover_note_make(house.place)
    put(bo, "done", note=note.pk)
    assert "This is done already." in words(put(bo, "done", note=note.pk))


def test_notes_of_another_house_are_not_there(bo, house, cast):
    other = handover_note_make(cast.beta)
    assert put(bo, "done", note=other.pk).status_code == 404
    other.refresh_from_db()
    assert other.done_at is None


def test_who_may_look_only_is_shown_no_forms_and_refused(stage, signed_in):
    handover_note_make(stage.alpha)
    viewer = signed_in(stage.person({"view_operations_area"}))
    page = words(viewer.get(PATH))
    assert ("parcel" in page, 'name="write-text"' in page, "Done<span" in page) == (True, False, False)
    assert put(viewer, "write", text="Lamp").status_code == 403
    assert HandoverNote.objects.count() == 1


def test_its_queries_do_not_grow(bo, house):
    def more():
        for n in range(3):
            handover_note_make(house.place, n)

    more()
    few = queries_of(lambda: bo.get(PATH))
    more()
    assert_constant(few, queries_of(lambda: bo.get(PATH)))
