"""The staff page of the trail."""

import pytest

from hotel.accounts.models import User
from security.models import AuditSeal, TrailJob
from tests.factories.security import audit_log_make, audit_seal_make, trail_job_make

URL = "/dashboard/security/trail"


@pytest.fixture
def root(cast, client):
    client.force_login(User.objects.create_superuser(username="root", password="x", chain=cast.chain))
    return client


def test_entries_are_listed_with_their_state(cast, root):
    row = audit_log_make(cast.alpha, row_pk="77")
    page = root.get(f"{URL}?row_pk=77").content.decode()
    assert f'href="{URL}/{row.pk}"' in page
    assert "rooms_room 77" in page
    assert "waiting" in page
    assert "Nothing is sealed yet" in page


def test_an_entry_shows_before_and_after(cast, root):
    row = audit_log_make(cast.alpha, old='{"name": "<b>A</b>"}')
    page = root.get(f"{URL}/{row.pk}").content.decode()
    assert "&lt;b&gt;A&lt;/b&gt;" in page
    assert "<b>A</b>" not in page
    assert bytes(row.row_hash).hex() in page
    assert "waits for its seal" in page
    assert root.get(f"{URL}/999999999").status_code == 404


def test_what_is_no_text_is_shown_as_the_line_has_it(cast, root):
    row = audit_log_make(cast.alpha, old='{"gone": {"a": [1, true]}}', new='{"came": null}')
    page = root.get(f"{URL}/{row.pk}")
    assert page.context["columns"] == [("came", "", "null"), ("gone", '{"a": [1, true]}', "")]


def test_a_page_goes_on_with_older_entries(cast, root):
    rows = [audit_log_make(cast.alpha, row_pk="77") for _ in range(51)]
    first = root.get(f"{URL}?row_pk=77&table=rooms_room")
    assert first.context["older"] == rows[1].pk
    second = root.get(f"{URL}?row_pk=77&table=rooms_room&before={rows[1].pk}")
    assert [entry.pk for entry in second.context["entries"]] == [rows[0].pk]
    assert root.get(f"{URL}?before=x").status_code == 200


def test_filters_that_fit_nothing_say_so(root):
    assert "No entry fits" in root.get(f"{URL}?table=nothing").content.decode()


def test_a_check_is_asked_for_by_a_button_and_shown(root):
    answer = root.post(f"{URL}/check", follow=True)
    assert "being checked" in answer.content.decode()
    assert TrailJob.objects.get().status == "waiting"
    assert "checked already" in root.post(f"{URL}/check", follow=True).content.decode()
    TrailJob.objects.all().delete()
    trail_job_make(result={"is_sound": True, "rows": 5, "seals": 2, "heads": 2, "findings": []})
    assert "everything is as it was written" in root.get(URL).content.decode()
    trail_job_make(result={"is_sound": False, "findings": [{"kind": "x", "text": "Entry 5 is odd."}]})
    assert "Entry 5 is odd." in root.get(URL).content.decode()


def test_what_is_not_kept_outside_is_said(root):
    audit_seal_make()
    assert "not kept outside yet" in root.get(URL).content.decode()
    AuditSeal.objects.update(exported_at="2027-03-14T12:00Z")
    assert "not kept outside yet" not in root.get(URL).content.decode()


def test_it_is_closed_to_those_who_hold_nothing(cast, client):
    client.force_login(cast.di)
    assert client.get(URL).status_code == 403
    assert client.post(f"{URL}/check").status_code == 403
    assert TrailJob.objects.count() == 0
