"""The page that asks whom and why; the rest is in tests/hotel/accounts/test_shoulder_gate.py."""

import re
from datetime import timedelta

import pytest
import time_machine

from hotel.accounts.models import Impersonation, User
from hotel.core.clock import now
from tests.factories.accounts import impersonation_make, user_make

WHY = "Ticket 4711: the rack shows nothing."


@pytest.fixture
def noon():
    with time_machine.travel("2027-03-14T12:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def ada(cast, noon, signed_in):
    cast.ada.set_password("a-quite-long-phrase")
    cast.ada.save()
    client = signed_in(cast.ada)
    noon.shift(timedelta(minutes=6))  # so that the password is asked for again
    return client


def sent(person, **over):
    values = {"do": "begin", "begin-person": person.pk, "begin-reason": WHY, "begin-minutes": 30}
    return {**values, "begin-confirm": "a-quite-long-phrase", **over}


def test_the_page_offers_the_people_of_ones_hotels_and_teaches_what_it_is_for(cast, ada):
    User.objects.create_user(username="boss", is_superuser=True)
    user_make(cast.alpha, username="kiosk", is_machine=True)

    page = ada.get(f"/dashboard/view-as?user={cast.bo.pk}").content.decode()

    offered = re.findall(r'<option value="\d+"[^>]*>([^<]+)', page[page.index('name="begin-person"') :])
    assert offered == ["bo", "cy", "di", "eve", "rae", "val"]
    assert f'<option value="{cast.bo.pk}" selected>bo' in page
    assert "Nobody has looked as somebody else here." in page
    assert 'type="password" name="begin-confirm"' in page


def test_who_lacks_the_right_has_no_such_page(cast, signed_in):
    desk = signed_in(cast.bo)

    assert desk.get("/dashboard/view-as").status_code == 403
    assert desk.post("/dashboard/view-as", sent(cast.di)).status_code == 403
    assert "view-as" not in desk.get("/dashboard").content.decode()
    assert not Impersonation.objects.exists()


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"begin-confirm": "wrong"}, "This is not your password."),
        ({"begin-reason": "short"}, "at least 10 characters"),
        ({"begin-reason": ""}, "required"),
        ({"begin-minutes": "31"}, "less than or equal to 30"),
        ({"begin-person": ""}, "required"),
    ],
)
def test_a_refusal_is_told_beside_the_form(cast, ada, over, words):
    answer = ada.post("/dashboard/view-as", sent(cast.bo, **over))

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Impersonation.objects.exists()


def test_it_leads_to_the_first_page_as_the_other(cast, ada):
    answer = ada.post("/dashboard/view-as", sent(cast.bo))

    assert (answer.status_code, answer["Location"]) == (302, "/")
    row = Impersonation.objects.get()
    assert (row.user, row.until) == (cast.bo, now() + timedelta(minutes=30))


def test_the_last_ones_are_listed(cast, ada):
    impersonation_make(
        cast.alpha, user=cast.di, actor=cast.cy, reason="Seen by Cy", ended_at=now(), ending="asked"
    )

    page = ada.get("/dashboard/view-as").content.decode()

    assert "Seen by Cy" in page
    assert "Ended by who looked" in page


def test_the_administration_leads_here_from_one_person(cast, ada):
    users = "/admin/accounts/user/"
    one = ada.post(users, {"action": "view_as", "_selected_action": [cast.bo.pk]})
    assert (one.status_code, one["Location"]) == (302, f"/dashboard/view-as?user={cast.bo.pk}")

    two = ada.post(users, {"action": "view_as", "_selected_action": [cast.bo.pk, cast.cy.pk]}, follow=True)
    assert "Choose one person." in two.content.decode()
