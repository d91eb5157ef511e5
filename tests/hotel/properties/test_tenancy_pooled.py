"""A pool that gives connections from hand to hand gives nothing of a scope away; a session's setting it does."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import Context

import psycopg
import pytest
from django.db import connection
from psycopg_pool import ConnectionPool

from hotel.core.postgresql.context import context_told
from hotel.properties.tenancy import SETTING, tenant_scope
from tests.bouncer import PROGRAM, bouncer
from tests.cast import make_cast

TRANSACTIONS, LINES, CONNECTIONS = 10_000, 4, 2
ROWS = "SELECT property_id FROM properties_businessday"


@contextmanager
def by_bouncer():
    """Each thread keeps a line to the bouncer, which has fewer to the server."""
    if PROGRAM is None:
        pytest.skip("PgBouncer is not installed")
    lines = threading.local()
    with bouncer(CONNECTIONS) as address:

        @contextmanager
        def borrow():
            if not hasattr(lines, "driver"):
                lines.driver = psycopg.connect(address, prepare_threshold=None)
                context_told(lines.driver)
            yield lines.driver
            lines.driver.commit()

        yield borrow


@contextmanager
def by_pool():
    """The pool in this process, as Django uses it."""
    settings = connection.settings_dict
    names = {"host": "HOST", "port": "PORT", "dbname": "NAME", "user": "USER", "password": "PASSWORD"}
    given = {name: settings[key] for name, key in names.items()}
    with ConnectionPool(kwargs=given, min_size=CONNECTIONS, configure=context_told) as pool:
        yield pool.connection


def strangers(borrow, places, *, is_told_once):
    """How many transactions saw anything but the row of their own property, of threads with one scope each."""

    def line(number):
        dice, place, wrong = random.Random(number), places[number % 2], 0
        for _ in range(TRANSACTIONS // LINES):
            if not is_told_once:
                with tenant_scope([place]), borrow() as driver:
                    wrong += driver.execute(ROWS).fetchall() != [(place,)]
                continue
            if dice.random() < 0.5:  # the mistake: told to the session, believed to hold
                with borrow() as driver:
                    driver.execute(f"SELECT set_config('{SETTING}', '{{{place}}}', false)")
            with borrow() as driver:
                wrong += driver.execute(ROWS).fetchall() != [(place,)]
        return wrong

    with ThreadPoolExecutor(LINES) as pool:  # in empty contexts: the test itself has told more
        return sum(pool.map(lambda number: Context().run(line, number), range(LINES)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("pooled", [by_bouncer, by_pool], ids=["PgBouncer", "in this process"])
def test_ten_thousand_transactions_leak_nothing_and_a_session_s_setting_leaks(pooled):
    cast = make_cast()
    with pooled() as borrow:
        places = [cast.alpha.pk, cast.beta.pk]
        assert strangers(borrow, places, is_told_once=False) == 0
        assert strangers(borrow, places, is_told_once=True) > 0
