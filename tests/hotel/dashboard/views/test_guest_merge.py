"""Two profiles side by side, one of them chosen field by field, and two again."""

import re
import uuid

import pytest

from hotel.guests.models import Guest, GuestMerge
from tests.factories.guests import guest_make
from tests.factories.messaging import message_make


def words(answer):
    return answer.content.decode()


def plain(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", words(answer)).split())


@pytest.fixture
def anna(cast):
    return guest_make(
        cast.alpha,
        first_name="Anna",
        last_name="Moser",
        phone="+4315550100",
        email="anna@old.example",
        city="Graz",
    )


@pytest.fixture
def twin(cast, anna):
    return guest_make(
        cast.alpha,
        first_name="Anna",
        last_name="Moser",
        phone="+4315550100",
        email="anna@new.example",
        language="de",
    )


@pytest.fixture
def boss(cast, signed_in):
    return signed_in(cast.ada)


def path(guest, more=""):
    return f"/dashboard/guests/{guest.pk}/merge{more}"


def sent(other, key=None, **more):
    values = {
        "merge-reason": "Showed her passport",
        "merge-take_email": "kept",
        "merge-take_language": "merged",
    }
    return {"do": "merge", "merge-key": key or uuid.uuid4(), "merge-other": other.pk, **values, **more}


def test_a_suspicion_is_told_on_his_page_and_leads_to_both(boss, anna, twin):
    assert "Another profile may be the same person." in plain(boss.get(f"/dashboard/guests/{anna.pk}"))
    page = words(boss.get(path(anna)))
    assert f'href="?with={twin.pk}"' in page
    assert f'href="?with={twin.pk}"' in words(boss.get(path(anna, "?who=moser")))
    assert "Nobody else fits." in words(boss.get(path(anna, "?who=nobodyatall")))


def test_only_what_differs_is_to_be_chosen(boss, anna, twin):
    page = words(boss.get(path(anna, f"?with={twin.pk}")))
    assert set(re.findall(r'name="merge-take_(\w+)"', page)) == {"email", "language"}
    assert ("anna@old.example" in page, "anna@new.example" in page) == (True, True)


def test_what_is_chosen_of_the_other_is_kept_and_comes_back_with_the_undo(boss, cast, anna, twin):
    message_make(cast.alpha, guest_id=twin.pk, template_code="pre_arrival")
    answer = boss.post(path(anna), sent(twin, **{"merge-take_email": "merged"}), follow=True)
    assert "Anna Moser is part of this profile now; it can be undone for 90 days." in plain(answer)
    assert "Pre arrival" in plain(answer)
    kept = Guest.objects.get(pk=anna.pk)
    assert (kept.email, kept.language, kept.city) == ("anna@new.example", "de", "Graz")
    assert Guest.objects.get(pk=twin.pk).merged_into == kept

    merge = GuestMerge.objects.get()
    form = {"do": "unmerge", "unmerge-key": uuid.uuid4(), "unmerge-merge": merge.pk}
    assert "They are two profiles again" in plain(boss.post(path(anna), form, follow=True))
    kept = Guest.objects.get(pk=anna.pk)
    assert (kept.email, kept.language) == ("anna@old.example", "")
    assert Guest.objects.get(pk=twin.pk).merged_into is None
    assert "Pre arrival" not in plain(boss.get(f"/dashboard/guests/{anna.pk}"))


def test_two_clicks_merge_once(boss, anna, twin):
    key = uuid.uuid4()
    boss.post(path(anna), sent(twin, key))
    again = plain(boss.post(path(anna), sent(twin, key), follow=True))
    assert "was done already" in again
    assert GuestMerge.objects.count() == 1


def test_it_needs_a_reason_and_the_right_and_somebody_else_of_this_house(boss, cast, anna, twin, desk):
    assert boss.post(path(anna), sent(twin, **{"merge-reason": ""})).status_code == 200
    foreign = guest_make(cast.beta, last_name="Far")
    assert boss.post(path(anna), sent(foreign)).status_code == 404
    assert boss.get(path(anna, f"?with={foreign.pk}")).status_code == 404
    assert boss.get(path(anna, f"?with={anna.pk}")).status_code == 404
    assert boss.post(path(anna), {"do": "merge"}).status_code == 404
    assert (desk.get(path(anna)).status_code, desk.post(path(anna), sent(twin)).status_code) == (403, 403)
    assert not GuestMerge.objects.exists()
    boss.post(path(anna), sent(anna))
    assert not GuestMerge.objects.exists()
