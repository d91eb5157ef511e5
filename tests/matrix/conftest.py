"""The world of the matrix, made once for all its tests in a transaction that is undone, and the one who asks."""

import gc
import logging
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests.fuzz.watching import Watch, undone
from tests.matrix.asking import Asked
from tests.matrix.world import world_make

DOORS = (request_started, request_finished)


@pytest.fixture(scope="package")
def made(django_db_setup, django_db_blocker):
    """The world, and the watch over its tables; requests share its transaction."""
    for door in DOORS:
        door.disconnect(close_old_connections)
    logging.disable(logging.CRITICAL)
    # What a page was rendered with is not asked for, and copying it takes as long as the page.
    not_kept = patch("django.test.client.store_rendered_templates", lambda *args, **kwargs: None)
    with not_kept, django_db_blocker.unblock(), undone():
        world = world_make()
        gc.collect()
        gc.freeze()  # what the world and the house are made of is not looked through again in each request
        yield world, Watch()
        gc.unfreeze()
    logging.disable(logging.NOTSET)
    for door in DOORS:
        door.connect(close_old_connections)


@pytest.fixture
def asked(made, record_property) -> Iterator[Asked]:
    """Asks as anybody."""
    world, watch = made
    assert watch.changed() == []
    asked = Asked(world, watch)
    yield asked
    record_property("cells", asked.cells)


def pytest_terminal_summary(terminalreporter) -> None:
    """Say how many cells were asked, by all processes."""
    ends = [one for one in terminalreporter.stats.get("", ()) if one.when == "teardown"]
    cells = sum(dict(one.user_properties).get("cells", 0) for one in ends)
    terminalreporter.write_line(f"The matrix asked {cells} cells.")
