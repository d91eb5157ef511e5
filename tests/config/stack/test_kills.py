"""kill -9 in the middle of bookings: what was acknowledged is there, once, and every fact has had its effect, once."""

import json
import os
import re
import signal
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.client import HTTPException
from random import Random

import pytest

from config.stack import up
from tests.config.stack.observing import database, pid_of, wait_until
from tests.wire import Answer, Wire

PROGRAMS = 6
TOO_MANY = 429  # requests that wait for a killed server still count as under way
FIRST_NIGHT = date(2027, 3, 20)


@dataclass
class Programs:
    """Booking engines that sell one stay after the other; after an error each asks again with the same key.

    Attributes:
        told: key to the answer that settled it.
        asked: every key that was ever sent.
    """

    wire: Wire
    known: dict
    told: dict[str, Answer] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    stop: threading.Event = field(default_factory=threading.Event)

    def body(self, key: str) -> dict:
        """The same key always means the same stay; the key stands in the group's name."""
        random = Random(key)
        arrival = FIRST_NIGHT + timedelta(days=random.randrange(20))
        stay = {
            "room_type": self.known["room_type"],
            "rate_plan": self.known["rate_plan"],
            "arrival": arrival.isoformat(),
            "departure": (arrival + timedelta(days=random.randint(1, 7))).isoformat(),
            "adults": 2,
        }
        values = {"property": self.known["property"], "booker": self.known["guest"], "group_name": key}
        return {**values, "reservations": [stay]}

    def sell(self, name: int) -> None:
        """One program's work until told to stop."""
        for number in range(10_000):
            key = f"k-{name}-{number}"
            while not self.stop.is_set() and not self.ask(key):
                time.sleep(0.1)
            if self.stop.is_set():
                return

    def ask(self, key: str) -> bool:
        """Ask once; True when the answer settles it."""
        self.asked.add(key)
        try:
            answer = self.wire.post("bookings", self.body(key), key=key)
        except (OSError, HTTPException, ValueError):
            return False  # in doubt: it may have been done
        if answer.status >= 500 or answer.status == TOO_MANY or answer.code == "idempotency_key_in_flight":
            return False
        self.told[key] = answer
        return True

    def settled(self, more: int) -> None:
        """Wait until so many more keys are settled."""
        before = len(self.told)
        wait_until(lambda: len(self.told) >= before + more, 90)


@pytest.fixture
def programs(launcher, migrated):
    """The launcher runs with a hotel in it, and programs sell its rooms."""
    launcher.up()
    words = "from tests.config.stack.open_house import open_house; open_house()"
    said = launcher.command("manage", "shell", "-c", words)
    assert said.returncode == 0, said.stderr
    known = json.loads(re.search(r"^KNOWN (.*)$", said.stdout, re.M)[1])
    wire = Wire(f"http://127.0.0.1:{launcher.port}", known["secret"], timeout=60)
    made = Programs(wire, known)
    threads = [threading.Thread(target=made.sell, args=(name,)) for name in range(PROGRAMS)]
    for thread in threads:
        thread.start()
    yield made
    made.stop.set()
    for thread in threads:
        thread.join(30)


def rows(home, statement):
    with database(home) as connection:
        return connection.execute(statement).fetchall()


def is_ready(launcher) -> bool:
    return up.page_answers(f"http://127.0.0.1:{launcher.port}/api/health/ready")


@pytest.mark.chaos
@pytest.mark.stack
@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_nothing_is_lost_or_doubled_when_database_web_and_worker_are_killed(programs, launcher, home):
    for words in ("postgres -D", "uvicorn", "celery -A config worker", "uvicorn", "postgres -D"):
        programs.settled(8)
        victim = pid_of(home, words)
        os.kill(victim, signal.SIGKILL)
        wait_until(lambda words=words, victim=victim: pid_of(home, words) not in (0, victim), 60)
        wait_until(lambda: is_ready(launcher), 60)
    programs.settled(8)
    programs.stop.set()

    # A key whose server died is free again when its lease has run out; asking again settles every doubt.
    doubtful = programs.asked - programs.told.keys()
    with database(home) as connection:
        connection.execute("UPDATE core_idempotencyrecord SET lease_until = now() - interval '1 second'")
    for key in sorted(doubtful):
        wait_until(lambda key=key: programs.ask(key), 30)

    found = dict(
        rows(home, "SELECT group_name, min(confirmation_number) FROM reservations_booking GROUP BY 1")
    )
    assert {answer.status for answer in programs.told.values()} == {201}
    assert found == {key: answer.body["confirmation_number"] for key, answer in programs.told.items()}
    assert rows(home, "SELECT count(*) FROM reservations_booking") == [(len(programs.told),)]
    first = programs.told["k-0-0"].body
    # They may have sold so quickly that whoever comes now is throttled.
    wait_until(lambda: programs.ask("k-0-0"), 90)
    again = programs.told["k-0-0"]
    assert (again.status, again.headers["idempotency-replayed"]) == (201, "true")
    assert again.body == first

    # The facts of every booking reach their handlers although workers died: one letter each.
    waiting = "SELECT count(*) FROM core_outboxmessage WHERE delivered_at IS NULL"
    wait_until(lambda: rows(home, waiting) == [(0,)], 90)
    # Staff may be told of alarms besides.
    told = "SELECT count(*), count(DISTINCT dedupe_key) FROM messaging_message WHERE template_code = 'booking_confirmation'"
    letters = rows(home, told)
    assert letters == [(len(found), len(found))]
    assert rows(home, "SELECT count(*) FROM core_outboxmessage WHERE parked_at IS NOT NULL") == [(0,)]
    verified = launcher.command("manage", "verify_invariants")
    assert verified.returncode == 0, verified.stdout
    assert len(programs.told) >= 48
