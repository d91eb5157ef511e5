"""Duplicate payments in a storm through a real server: one effect and one answer a key, sums exact everywhere."""

import random
import uuid
from collections import defaultdict
from decimal import Decimal
from queue import Empty, SimpleQueue

import httpx
import pytest
import time_machine
from django.db import connection

from hotel.core.api import viewsets
from hotel.core.clock import now
from hotel.core.invariants import invariants_verify
from hotel.folios.adapters import http
from hotel.folios.adapters.simulator.server import Lie
from hotel.folios.api.views import payments as payment_views
from hotel.folios.models import GatewayCall, Payment, Posting
from hotel.folios.selectors.balances import window_balances
from hotel.folios.services.gateway_calls import PAUSE
from hotel.folios.tasks import payments_reconcile
from tests.hotel.folios.desk import make_desk
from tests.together import together
from tests.wire import Line, secret_of

pytestmark = pytest.mark.django_db(transaction=True)

PROGRAMS, AT_ONCE = 8, 3  # connections that are kept, keys in the air at a time
IN_FLIGHT = (409, "idempotency_key_in_flight")


@pytest.fixture
def desk(simulator, cast, monkeypatch):
    """As elsewhere, but the processor is waited for: the machine is busy, and that is not what is tried here."""
    monkeypatch.setattr(http, "TIMEOUT", httpx.Timeout(10))
    return make_desk(cast.alpha, simulator)


@pytest.fixture
def server(live_server, monkeypatch):
    """Its threads keep their connections to the database, as the pool of a real server does.

    They wait longer for a lock than a real server's: eight programs share one interpreter with it.
    """
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 600)
    options = connection.settings_dict["OPTIONS"]
    monkeypatch.setitem(options, "options", f"{options['options']} -c lock_timeout=20s")
    return live_server.url


@pytest.fixture
def secret(cast):
    return secret_of(cast.ada, cast.alpha)


def amounts(keys):
    """An amount of its own for each key."""
    return {uuid.uuid4().hex: Decimal(number) + Decimal("0.01") for number in range(1, keys + 1)}


def storm(address, secret, desk, due, times):
    """Each key so many times, by programs side by side; returns the answers by key."""
    queue, keys, dice = SimpleQueue(), list(due), random.Random(7)
    for first in range(0, len(keys), AT_ONCE):
        repeated = keys[first : first + AT_ONCE] * times
        dice.shuffle(repeated)
        for key in repeated:
            queue.put(key)

    def program():
        answers, line = [], Line(address, secret)
        while True:
            try:
                key = queue.get_nowait()
            except Empty:
                line.close()
                return answers
            money = {"amount": str(due[key]), "currency": "EUR"}
            body = {"window": desk.window.pk, "card": desk.card.pk, "amount": money}
            answers.append((key, line.post("payments", body, key=key)))

    found = defaultdict(list)
    for key, answer in (pair for pairs in together(*[program] * PROGRAMS) for pair in pairs):
        found[key].append(answer)
    return found


def test_sixty_keys_sent_thirty_two_times_each_are_sixty_payments(server, desk, secret):
    due = amounts(60)
    desk.simulator.lies.extend([Lie.HANG_UP, Lie.TWICE, Lie.GARBAGE, Lie.BROKEN] * 3)

    found = storm(server, secret, desk, due, times=32)

    assert {len(answers) for answers in found.values()} == {32}
    payments = {payment.pk: payment for payment in Payment.objects.all()}
    for key, amount in due.items():
        made = [answer for answer in found[key] if answer.status == 201]
        refused = {(answer.status, answer.code) for answer in found[key] if answer.status != 201}
        assert refused <= {IN_FLIGHT}
        assert all(answer.body == made[0].body for answer in made)
        assert payments.pop(made[0].body["id"]).amount.amount == amount
    assert payments == {}
    assert set(Payment.objects.values_list("status", flat=True)) == {"captured", "unknown"}
    with time_machine.travel(now() + 2 * PAUSE, tick=True):
        assert payments_reconcile() == 9
    total = sum(due.values())
    assert (desk.booked(), desk.moved()) == (total, (total, 0))
    assert window_balances(desk.place.pk, [desk.window.pk])[desk.window.pk].amount == -total
    assert set(Payment.objects.values_list("status", flat=True)) == {"captured"}
    assert Payment.objects.count() == GatewayCall.objects.count() == Posting.objects.count() == 60
    assert len(desk.simulator.book.orders) == 60
    assert [finding.invariant.name for finding in invariants_verify() if finding.violations] == []


def test_the_storm_sees_a_house_that_does_not_know_its_keys(server, desk, secret, monkeypatch):
    """The control: answers are not kept, and the service does not know a repetition."""
    monkeypatch.setattr(viewsets, "answer_once", lambda request, *, execute, **how: execute())
    monkeypatch.setattr(payment_views, "request_key", lambda request: uuid.uuid4().hex * 2)
    due = amounts(2)

    storm(server, secret, desk, due, times=4)

    assert desk.moved()[0] == 4 * sum(due.values())
