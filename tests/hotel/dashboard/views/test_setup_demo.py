"""The demonstration by its page: for the owner of an empty house, once, with its log-ins when it is there."""

import pytest
from django.core.cache import cache

from hotel.accounts.models import User
from hotel.dashboard import tasks
from hotel.dashboard.tasks import DemoState

PATH = "/dashboard/setup/demo"


@pytest.fixture(autouse=True)
def known(settings):
    settings.DEMO_PASSWORD = "told-to-the-owner"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def owner(db, signed_in):
    return signed_in(User.objects.create_superuser(username="owner"))


@pytest.fixture
def sent(monkeypatch):
    found = []
    monkeypatch.setattr(tasks.demo_load, "apply_async", lambda **options: found.append(options))
    return found


def test_it_is_asked_for_once_and_shown_as_it_goes(owner, sent):
    assert "Two invented hotels" in owner.get(PATH).content.decode()
    for _ in range(2):
        answer = owner.post(PATH, follow=True)
    page = answer.content.decode()
    assert ("being loaded" in page, answer["Refresh"], len(sent)) == (True, "3", 1)

    cache.set(tasks.KEY, DemoState("running", ("VIENNA: 44 rooms",)))
    page = owner.get(PATH).content.decode()
    assert ("VIENNA: 44 rooms" in page, "told-to-the-owner" in page) == (True, False)

    cache.set(tasks.KEY, DemoState("done", ("VIENNA: 44 rooms",)))
    answer = owner.get(PATH)
    assert ("told-to-the-owner" in answer.content.decode(), "Refresh" in answer) == (True, False)


def test_without_hotels_only_the_owner_comes_here(db, client, signed_in, sent):
    someone = signed_in(User.objects.create_user(username="someone", is_staff=True))
    assert client.get(PATH)["Location"] == f"/login?next={PATH}"
    assert client.post(PATH)["Location"] == f"/login?next={PATH}"
    assert (someone.get(PATH).status_code, someone.post(PATH).status_code) == (403, 403)
    assert sent == []


def test_beside_a_hotel_or_where_none_is_shown_there_is_no_such_page(owner, settings, sent, request):
    settings.DEMO_ALLOWED = False
    assert (owner.get(PATH).status_code, owner.post(PATH).status_code) == (404, 404)
    settings.DEMO_ALLOWED = True
    request.getfixturevalue("cast")
    assert (owner.get(PATH).status_code, owner.post(PATH).status_code) == (404, 404)
    assert sent == []
