"""Programs that sell while something befalls the servers, and what must be there afterwards."""

import threading
from contextlib import contextmanager

import psycopg

from tests.config.stack.observing import wait_until
from tests.config.stack.test_kills import PROGRAMS
from tests.config.stack.test_scale_out import manage


@contextmanager
def selling(house):
    """Programs sell within, each key until it is settled."""
    threads = [threading.Thread(target=house.sell, args=(name,)) for name in range(PROGRAMS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        house.stop.set()
        for thread in threads:
            thread.join(60)


def everything_is_there(house, url, environment):
    """Each acknowledged booking is in this database, once, and the invariants hold."""
    with psycopg.connect(url, autocommit=True, options="-c app.properties=*") as connection:
        connection.execute("UPDATE core_idempotencyrecord SET lease_until = now() - interval '1 second'")
        for key in sorted(house.asked - house.told.keys()):
            wait_until(lambda key=key: house.ask(key), 60)
        statement = (
            "SELECT group_name, min(confirmation_number), count(*) FROM reservations_booking GROUP BY 1"
        )
        found = {key: (number, count) for key, number, count in connection.execute(statement)}
    assert {answer.status for answer in house.told.values()} == {201}
    assert found == {key: (answer.body["confirmation_number"], 1) for key, answer in house.told.items()}
    manage(environment | {"DATABASE_URL": url}, "verify_invariants")
