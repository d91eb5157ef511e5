"""Which facts make which parts of pages stale, and that open pages are told after the commit."""

import asyncio
import threading

import pytest
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.core.cache import cache
from django.db import transaction

from hotel.contracts.folios import FolioClosed
from hotel.contracts.messaging import MessageSent
from hotel.contracts.operations import (
    DiscrepancyChanged,
    LostItemChanged,
    RoundChanged,
    TasksChanged,
    WorkOrderChanged,
)
from hotel.contracts.papers import PaperAsked
from hotel.contracts.properties import PropertyOpened
from hotel.contracts.reservations import NoShowMarked
from hotel.contracts.rooms import AvailabilityChanged, RoomStatusChanged
from hotel.contracts.stays import BusinessDayClosed, NightAuditAdvanced
from hotel.core.clock import now
from hotel.core.facts import publish
from hotel.core.plugs import plugs
from hotel.dashboard import live
from hotel.dashboard.live import AREAS, TOPICS, announce, group_of, last_key, moment, topics_of
from tests.cast import TODAY


def status_changed(property_id: int) -> RoomStatusChanged:
    return RoomStatusChanged(
        property_id=property_id, room_id=4, from_status="dirty", to_status="clean",
        source="housekeeping", occurred_at=now(),
    )  # fmt: skip


STAY = {
    "property_id": 1, "reservation_id": 9, "booking_id": 2, "arrival": TODAY, "departure": TODAY,
    "room_type_id": 3, "status": "no_show", "version": 2, "business_date": TODAY,
}  # fmt: skip
LETTER = {"property_id": 1, "message_id": 4, "channel": "email"}
FACTS = [
    (status_changed(1), {"rooms"}),
    (AvailabilityChanged(property_id=1, room_type_id=3, first_night=TODAY, last_night=TODAY), {"availability"}),
    (NoShowMarked(**STAY, fee_amount=0, fee_currency="EUR"), {"reservations", "reservation:9"}),
    (FolioClosed(property_id=1, folio_id=5, reservation_id=9, business_date=TODAY), {"folios", "reservation:9"}),
    (FolioClosed(property_id=1, folio_id=5, reservation_id=None, business_date=TODAY), {"folios"}),
    (NightAuditAdvanced(property_id=1, business_date=TODAY, audit_id=7, step="checks"), {"audit"}),
    (TasksChanged(property_id=1, task_ids=(4, 5), business_date=TODAY), {"tasks"}),
    (RoundChanged(property_id=1, round_id=2, attendant_id=3, credit_target=14, business_date=TODAY), {"tasks"}),
    (
        DiscrepancyChanged(property_id=1, discrepancy_id=2, room_id=4, kind="skip", is_open=True, business_date=TODAY),
        {"tasks"},
    ),
    (LostItemChanged(property_id=1, item_id=6, state="kept", room_id=None), {"tasks"}),
    (WorkOrderChanged(property_id=1, order_id=8, state="new", severity=3, room_id=None), {"tasks"}),
    (PaperAsked(property_id=1, paper_id=3, kind="arrivals", business_date=TODAY), {"papers"}),
    (MessageSent(**LETTER, template_code="house_letter"), {"papers", "messages"}),
    (MessageSent(**LETTER, template_code="pre_arrival"), {"messages"}),
    (PropertyOpened(property_id=1, chain_id=1, business_date=TODAY, currency="EUR"), set()),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "topics"), FACTS, ids=lambda given: type(given).__name__)
def test_a_fact_makes_topics_stale(fact, topics):
    assert topics_of(fact) == topics


def test_a_closed_day_makes_the_lists_and_the_audit_stale():
    assert BusinessDayClosed in TOPICS["audit"]
    assert BusinessDayClosed in TOPICS["reservations"]


def test_every_topic_asks_for_the_right_of_an_area_that_there_is():
    assert set(AREAS) == {*TOPICS, "reservation"}
    assert set(AREAS.values()) <= {plug.area for plug in plugs()}


def heard(place_id: int, act) -> list[dict]:
    """What the open pages of a property are told while something is done."""
    layer = get_channel_layer()

    async def told() -> list[dict]:
        found = []
        while name in layer.channels:
            found.append(await layer.receive(name))
        return found

    name = async_to_sync(layer.new_channel)()
    async_to_sync(layer.group_add)(group_of(place_id), name)
    try:
        act()
        return async_to_sync(told)()
    finally:
        async_to_sync(layer.group_discard)(group_of(place_id), name)


@pytest.mark.django_db(transaction=True)
def test_open_pages_are_told_after_the_commit_and_only_at_their_property():
    def change():
        cache.clear()
        with transaction.atomic():
            publish(status_changed(1))
            assert cache.get(last_key(1)) is None

    before = moment()
    [message] = heard(1, change)

    assert (message["type"], message["topics"]) == ("news", ["rooms"])
    assert before <= message["v"] == cache.get(last_key(1))
    assert heard(2, change) == []


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_is_not_told():
    def undone():
        with transaction.atomic():
            publish(status_changed(1))
            transaction.set_rollback(True)

    assert heard(1, undone) == []


def test_facts_of_one_moment_are_told_together():
    [message] = heard(1, lambda: announce((FACTS[0][0], FACTS[2][0], FACTS[-1][0])))

    assert message["topics"] == ["reservation:9", "reservations", "rooms"]


def test_a_dead_layer_costs_freshness_and_nothing_else(monkeypatch, caplog):
    class Dead:
        async def group_send(self, group, message):
            raise OSError

    monkeypatch.setattr(live, "get_channel_layer", Dead)
    announce((FACTS[0][0],))

    assert "Open pages are not told of news (OSError)" in caplog.text


def test_a_layer_that_hangs_is_not_waited_for(monkeypatch, caplog):
    class Hanging:
        async def group_send(self, group, message):
            await live.asyncio.sleep(60)

    monkeypatch.setattr(live, "get_channel_layer", Hanging)
    monkeypatch.setattr(live, "PATIENCE_SECONDS", 0.01)
    announce((FACTS[0][0],))

    assert "Open pages are not told of news (TimeoutError)" in caplog.text


class Layer:
    """Notes which loop each message was sent from."""

    loops: list[asyncio.AbstractEventLoop]

    def __init__(self) -> None:
        self.loops = []

    async def group_send(self, group, message):
        self.loops.append(asyncio.get_running_loop())


def test_many_commits_are_told_by_one_loop(monkeypatch):
    layer = Layer()
    monkeypatch.setattr(live, "get_channel_layer", lambda: layer)
    monkeypatch.setattr(live, "_of_sockets", None)
    for _ in range(3):
        announce((FACTS[0][0],))

    assert len(layer.loops) == 3
    assert len(set(layer.loops)) == 1
    assert [thread.name.startswith("news-") for thread in threading.enumerate()].count(True) == 1


def test_news_are_sent_where_the_sockets_of_the_process_wait(monkeypatch):
    layer = Layer()
    monkeypatch.setattr(live, "get_channel_layer", lambda: layer)
    monkeypatch.setattr(live, "_of_sockets", None)

    async def serve():
        live.sockets_live_in(asyncio.get_running_loop())
        await asyncio.to_thread(announce, (FACTS[0][0],))
        return asyncio.get_running_loop()

    sockets = asyncio.run(serve())
    announce((FACTS[0][0],))  # their loop is over

    assert layer.loops[0] is sockets
    assert layer.loops[1] is not sockets
