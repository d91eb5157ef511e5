"""The button that checks the invariants, and what it shows."""

import pytest
from celery import current_app
from django.test import Client
from kombu.exceptions import OperationalError

from hotel.core.models import DeclaredSchedule, InvariantCheck
from hotel.core.tasks import invariants_verify

URL = "/admin/core/invariantcheck/"


@pytest.fixture(autouse=True)
def worker():
    """Work is done at once."""
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = False


@pytest.fixture
def root(cast):
    user = type(cast.ada).objects.create_superuser("root", password="x")
    client = Client()
    client.force_login(user)
    return client


def test_the_button_has_a_worker_check_and_the_list_shows_the_result(root, one_rule):
    assert "Verify all rules now" in root.get(URL).content.decode()

    page = root.post(f"{URL}verify", follow=True).content.decode()

    assert "All rules are being checked" in page
    assert "all hold" in page
    assert InvariantCheck.objects.get().checked == 1


def test_without_a_broker_the_button_says_so_and_checks_nothing(root, one_rule, monkeypatch):
    def away(**options: object) -> None:
        raise OperationalError

    monkeypatch.setattr(invariants_verify, "apply_async", away)

    page = root.post(f"{URL}verify", follow=True).content.decode()

    assert "the broker is away" in page
    assert not InvariantCheck.objects.exists()


def test_a_broken_rule_is_shown_with_its_rows_as_text(root, one_rule):
    DeclaredSchedule.objects.create(name="x", written={})
    root.post(f"{URL}verify")
    check = InvariantCheck.objects.get()
    check.broken[0]["violations"] = [["<b>7</b>", "2027-03-14"]]
    check.save()

    page = root.get(f"{URL}{check.pk}/change/").content.decode()

    assert "<strong>inv_no_x</strong>: No schedule is called x." in page
    assert "&lt;b&gt;7&lt;/b&gt; | 2027-03-14" in page
    assert "inv_no_x" in root.get(f"{URL}?q=no_x").content.decode()


def test_nobody_else_checks_and_looking_alone_checks_nothing(root, cast, one_rule):
    ada = Client()
    ada.force_login(cast.ada)

    assert ada.post(f"{URL}verify").status_code == 403
    assert root.get(f"{URL}verify").status_code == 405
    assert not InvariantCheck.objects.exists()
