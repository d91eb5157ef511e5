import re

from hotel.dashboard.templatetags.floor import once
from hotel.operations.models import Task


def fields_of(html):
    return dict(re.findall(r'name="([^"]*)" value="([^"]*)"', html))


def test_a_form_names_its_act_and_has_a_key_of_its_own():
    first, second = fields_of(once("note")), fields_of(once("note"))
    assert first["do"] == second["do"] == "note"
    assert re.fullmatch(r"[0-9a-f-]{36}", first["note-key"])
    assert first["note-key"] != second["note-key"]
    assert set(first) == {"do", "note-key"}


def test_of_a_task_it_tells_the_version_that_is_seen():
    fields = fields_of(once("start", Task(pk=7, version=3)))
    assert (fields["start-task"], fields["start-version"]) == ("7", "3")
    assert fields_of(once("give", Task(pk=7, version=3), "row"))["give-row"] == "7"
