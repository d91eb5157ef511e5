"""What the database refuses becomes a page that says so; what is a fault stays one."""

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError
from django.db.models import ProtectedError
from django.test import RequestFactory

from hotel.core.conflict_pages import ConflictPages


def page_of(path: str, error: Exception):
    request = RequestFactory().post(path)
    request.request_id = "r-12345678"
    return ConflictPages(lambda request: None).process_exception(request, error)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (IntegrityError("x"), "This would contradict what is stored already. Nothing was changed."),
        (ProtectedError("x", set()), "Other records still refer to this; close it with a date instead."),
    ],
    ids=["constraint", "in use"],
)
def test_a_conflict_is_told_with_the_number_of_the_request(error, words):
    page = page_of("/dashboard/till", error)

    assert page.status_code == 409
    assert words in page.content.decode()
    assert "r-12345678" in page.content.decode()


def test_the_api_has_its_own_answer_and_other_errors_are_no_conflict():
    assert page_of("/api/v1/rooms", IntegrityError("x")) is None
    for error in (OperationalError("x"), DatabaseError("x"), KeyError("x")):
        assert page_of("/dashboard/till", error) is None
