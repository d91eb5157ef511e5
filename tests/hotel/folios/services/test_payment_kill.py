"""Payments with the power cut at every point: claimed, written down, sent, settled, answered. Money moves once."""

from datetime import timedelta

import httpx
import pytest
import time_machine

from hotel.accounts.models import Role
from hotel.accounts.services.roles import role_assign
from hotel.core.clock import now
from hotel.core.invariants import invariants_verify
from hotel.folios.adapters.simulator import server
from hotel.folios.adapters.simulator.server import Lie, simulator_running
from hotel.folios.models import Payment
from hotel.folios.services.codes import codes_seed
from hotel.folios.services.payment_links import link_create, link_follow
from hotel.folios.tasks import payments_reconcile
from tests.cast import make_cast, make_property
from tests.contracts.stage import Client
from tests.dying import dies_at
from tests.hotel.folios.desk import GOOD, Desk, make_desk
from tests.state import state_of


def said(amount) -> dict[str, str]:
    return {"amount": f"{amount}.00", "currency": "EUR"}


def charge(desk: Desk, amount: int):
    return "payments", {
        "window": desk.window.pk, "card": desk.card.pk, "amount": said(amount), "is_capture": True,
    }  # fmt: skip


def voucher(desk: Desk, amount: int):
    return "payments", {"window": desk.window.pk, "code": "voucher", "amount": said(amount)}


def capture(desk: Desk, amount: int):
    return f"payments/{desk.authorised(amount).pk}/capture", {}


def refund(desk: Desk, amount: int):
    return f"payments/{desk.charged(amount).pk}/refund", {"amount": said(amount - 1), "reason": "mistake"}


def points(*names: str) -> list[str]:
    return [f"{when} {name}" for name in names for when in ("before", "after")]


def phased(claims: str) -> list[str]:
    """The key is claimed; the order is written, sent, settled; the answer is kept."""
    return points("idempotency_claim", claims, "_first_sent", "call_send", "answer_once")


# What is asked, where it may die, and who comes first afterwards: the sweep, or whoever asked.
WORKS = [
    (charge, phased("payment_authorise"), "asks again"),
    (capture, phased("_sent"), "sweep"),
    (refund, phased("payment_refund"), "sweep"),
    (voucher, points("idempotency_claim", "create", "answer_once"), "asks again"),
]


def lost_charge(desk: Desk, amount: int) -> None:
    """Taken, and the answer was not heard."""
    desk.simulator.lies.append(Lie.HANG_UP)
    assert desk.charged(amount).status == "unknown"


def paid_link(desk: Desk, amount: int) -> None:
    """Paid at the processor's page, and nobody has looked yet."""
    link = link_create(target=desk.window, amount=desk.money(amount), expires_at=now() + timedelta(days=1))
    page = link_follow(link=link)
    assert httpx.post(page.url, data={"number": GOOD, "expiry": "11/31"}).status_code == 303


SWEEPS = [
    (lost_charge, points("call_clarify", "call_clarify")),
    (paid_link, points("page_check", "page_check")),
]


def later(**delta):
    return time_machine.travel(now() + timedelta(**delta), tick=True)


def gist(answer) -> dict:
    """What an answer says, without ids and instants."""
    body = answer.json()
    told = ("kind", "status", "method", "amount", "authorised", "captured", "refunded", "version")
    calls = [(call["kind"], call["status"]) for call in body["calls"]]
    return {"http": answer.status_code, "calls": calls, **{name: body[name] for name in told}}


def book_of(desk: Desk) -> list[dict[str, str]]:
    """What the processor knows of the payments of a desk."""
    references = set(
        Payment.objects.at(desk.place.pk)
        .exclude(gateway_reference="")
        .values_list("gateway_reference", flat=True)
    )
    known = desk.simulator.book.payments
    told = ("authorised", "captured", "refunded", "status")
    return sorted(({name: known[key][name] for name in told} for key in references), key=str)


@pytest.fixture
def desks(settings, transactional_db, monkeypatch):
    """A desk that nobody disturbs and one whose processes die, in two like properties at one processor.

    Nobody hears the processor's bells.
    """
    monkeypatch.setattr(server, "_post", lambda told: None)
    cast = make_cast()
    twin = make_property(
        cast.chain, "TWIN", name="Twin", time_zone="Europe/Vienna", currency="EUR", country="AT"
    )
    role_assign(user=cast.ada, role=Role.objects.get(code="general_manager"), place=twin)
    with simulator_running(hold_seconds=1) as simulator:
        settings.SIMULATOR_URL = simulator.url
        made = [make_desk(place, simulator) for place in (cast.alpha, twin)]
        for desk in made:
            codes_seed(place=desk.place)
        yield cast.ada, *made


@pytest.mark.chaos
@pytest.mark.django_db(transaction=True)
def test_payments_killed_everywhere_end_as_if_nobody_had_disturbed_them(desks, drain):
    ada, calm, killed = desks
    client = Client()
    client.force_authenticate(user=ada)

    def ask(path, body, key):
        return client.post(f"/api/v1/{path}", body, key=key)

    def finished(path, body, key, who):
        """What whoever asked hears in the end."""
        at_once = ask(path, body, key)
        assert at_once.status_code in (200, 201) or at_once.json()["code"] == "idempotency_key_in_flight"
        with later(seconds=61):
            if who == "sweep":
                payments_reconcile()
            answer = ask(path, body, key)
            payments_reconcile()
        return gist(answer)

    for work, where, who in WORKS:
        for nth, point in enumerate([*where, None], 1):
            key, amount = f"{work.__name__}-{nth}", 80 + nth
            path, body = work(killed, amount)
            assert dies_at(nth, lambda: ask(path, body, key)) == point  # noqa: B023
            undisturbed = gist(ask(*work(calm, amount), f"calm-{key}"))
            assert finished(path, body, key, who) == undisturbed, (key, point)
    assert book_of(killed) == book_of(calm)
    assert len(killed.simulator.book.payments) == 2 * len(book_of(calm))
    drain()
    assert state_of(killed.place) == state_of(calm.place)
    assert [f.invariant.name for f in invariants_verify() if f.violations] == []


@pytest.mark.chaos
@pytest.mark.django_db(transaction=True)
def test_sweeps_killed_everywhere_end_as_if_nobody_had_disturbed_them(desks, drain):
    _, calm, killed = desks
    for begin, where in SWEEPS:
        for nth, point in enumerate([*where, None], 1):
            begin(calm, 80 + nth)
            with later(minutes=3):
                payments_reconcile()
            begin(killed, 80 + nth)
            with later(minutes=3):
                assert dies_at(nth, payments_reconcile) == point
            with later(minutes=6):
                payments_reconcile()
    assert book_of(killed) == book_of(calm)
    assert len(killed.simulator.book.payments) == 2 * len(book_of(calm))
    drain()
    assert state_of(killed.place) == state_of(calm.place)
    assert [f.invariant.name for f in invariants_verify() if f.violations] == []
