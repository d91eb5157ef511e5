"""The cast, the clock and the clients."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.backends.signals import connection_created
from django.test import Client
from hypothesis import settings
from rest_framework.test import APIClient

from config.stack import up
from hotel.core.breakers import breakers
from hotel.core.crypto import key_ring
from hotel.core.disk import disk_watch
from hotel.properties.tenancy import EVERYTHING, tenant_scope
from tests.cast import Cast, make_cast
from tests.contracts.stage import Stage, make_stage
from tests.kept import kept_fixture
from tests.scope import scope_required, threads_inherit
from tests.structure import COUNTED, counts_take_back

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")

FIRST = ("stack", "long")


def pytest_collection_modifyitems(items):
    """Begin with the long tests, so that at the end no worker waits a minute for the other.

    Those of servers of their own come first, then those marked as long; what commits stays behind the others, as
    pytest-django sorts it, because it makes kept fixtures anew.
    """
    items.sort(
        key=lambda item: next(
            (n for n, mark in enumerate(FIRST) if item.get_closest_marker(mark)), len(FIRST)
        )
    )


def pytest_runtest_setup(item):
    """Where documents cannot be printed their tests are skipped, with the line that helps."""
    if item.get_closest_marker("pdf") and (missing := up.pdf_missing()):
        pytest.skip(missing)


@pytest.fixture(autouse=True)
def plans_made_anew(request, counts_taken_back):
    """A long test fills tables that nobody analyses: what was planned for another filling is planned anew.

    The connection keeps its statements over the tests of a worker, and the server keeps a plan until the table is
    analysed, which in a hotel happens by itself.
    """
    is_long = request.node.get_closest_marker("long") is not None
    if is_long:
        request.getfixturevalue("db")
        _plans_discard()
    yield
    if is_long:
        _plans_discard()


def _plans_discard():
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")


@pytest.fixture(autouse=True)
def counts_taken_back(django_db_blocker):
    """Begun before the database of the test, so that it ends when its rows are gone."""
    yield
    if COUNTED:
        with django_db_blocker.unblock():
            counts_take_back()


@pytest.fixture(autouse=True)
def content_types_known(request, counts_taken_back):
    """No test counts the question for a content type among its statements, whatever ran in the process before.

    A process asks once for each, and anew after a test with real commits, which empties their table.
    """
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        request.getfixturevalue("db")
        ContentType.objects.get_for_models(*apps.get_models())


@pytest.fixture(autouse=True)
def circuits_closed():
    """What did not answer one test is asked by the next."""
    yield
    breakers.forget()


@pytest.fixture(autouse=True)
def keys_asked_for_again(request):
    """Data keys are never deleted in a hotel, but here: with the tables after a test with real commits, or undone.

    An undone key still opens what was kept of its test; but for the next one the ring must look which key writes.
    """
    yield
    mark = request.node.get_closest_marker("django_db")
    if (mark and mark.kwargs.get("transaction")) or "transactional_db" in request.fixturenames:
        key_ring.cache_clear()
    elif mark or "db" in request.fixturenames:
        key_ring().current.clear()


@pytest.fixture(scope="session", autouse=True)
def every_property_told():
    """Tests and factories work for the whole installation; what a test asks the API is narrowed as in a hotel.

    A statement on rows of properties before anything was told finds nothing in a hotel, and fails here.
    """
    connection_created.connect(scope_required, weak=False)
    with tenant_scope(EVERYTHING), threads_inherit():
        yield
    connection_created.disconnect(scope_required)


kept_cast = kept_fixture(make_cast)
kept_stage = kept_fixture(make_stage)


@pytest.fixture
def cast(kept_cast, db) -> Cast:
    """Two properties and the people who work there; see tests/cast.py."""
    return kept_cast.again()


@pytest.fixture
def disk_left(settings, monkeypatch):
    """A function that says how many per cent of the disk are free, as this process sees it from now on."""
    settings.DISK_LOW_PERCENT, settings.DISK_READ_ONLY_PERCENT = 10, 5

    def free(percent: int) -> None:
        monkeypatch.setattr("hotel.core.disk.disk_free", lambda: (percent, percent << 30))
        disk_watch.refresh()

    yield free
    disk_watch.forget()


@pytest.fixture
def api(cast):
    """A function that gives an API client signed in as a person of the cast: ``api(cast.bo)``."""

    def client(user=None) -> APIClient:
        made = APIClient()
        if user is not None:
            made.force_authenticate(user=user)
        return made

    return client


@pytest.fixture
def signed_in():
    """A function that gives a browser-like client of the pages: ``signed_in(cast.bo)``."""

    def client(user) -> Client:
        made = Client()
        made.force_login(user)
        return made

    return client


@pytest.fixture
def stage(kept_stage, db) -> Stage:
    """Two properties and people with exactly the rights a test names; see tests/contracts/stage.py."""
    return kept_stage.again()


@pytest.fixture
def drain():
    """Deliver everything in the outbox now; returns how many messages were delivered."""
    from hotel.core.services.outbox import outbox_deliver, outbox_sequence

    def run() -> int:
        outbox_sequence()
        delivered = 0
        while done := outbox_deliver():
            delivered += done
        return delivered

    return run
