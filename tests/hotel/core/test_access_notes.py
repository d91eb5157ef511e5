"""Notes of whose data was shown: gathered in a request, written at its end in one statement."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hotel.core import access_notes
from hotel.core.access_notes import AccessNote, access_note, access_noted, register_access_sink


@pytest.fixture
def written(monkeypatch):
    found = []
    monkeypatch.setattr(access_notes, "_sinks", [])
    register_access_sink(found.append)
    register_access_sink(found.append)
    return found


def test_notes_are_gathered_by_table_and_kind(written):
    with access_noted():
        access_note("guests_guest", [3, 1])
        access_note("guests_guest", [3, 2])
        access_note("guests_guest", [9], "search")
        access_note("guests_guest", [])
    view = AccessNote("guests_guest", "view", (1, 2, 3))
    assert written[0] == [view, AccessNote("guests_guest", "search", (9,))]
    assert len(written) == 1


def test_nothing_is_written_where_nothing_was_shown(written):
    access_note("guests_guest", [1])
    with access_noted():
        pass
    with pytest.raises(TypeError):
        _failing()
    assert written == []


def _failing():
    with access_noted():
        access_note("guests_guest", [1])
        access_note("guests_guest", None)


def test_the_notes_of_a_request_are_one_statement(db):
    with CaptureQueriesContext(connection) as asked, access_noted():
        access_note("guests_guest", range(1, 200), "list")
        access_note("guests_guest", [1])
    assert len(asked) == 1
