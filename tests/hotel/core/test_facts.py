"""Publishing: only with the change, only once it is true; subscriptions."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

import pytest
from django.db import transaction

from hotel.core import facts
from hotel.core.fact import Fact
from hotel.core.facts import adapter, handlers_of, publish, subscribe, subscriptions
from hotel.core.models import OutboxMessage
from tests.hotel.core.bell import BellRang, page, porter, subscribed


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_can_be_published():
    with pytest.raises(RuntimeError, match="transaction"):
        publish(BellRang(property_id=1, bell_id=7, n=1))
    assert OutboxMessage.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_fact_is_as_true_as_its_transaction():
    class Undo(Exception):
        pass

    def ring_and_undo():
        with transaction.atomic():
            publish(BellRang(property_id=1, bell_id=7, n=1))
            raise Undo

    with pytest.raises(Undo):
        ring_and_undo()
    assert OutboxMessage.objects.count() == 0


def test_a_published_fact_carries_everything(db):
    publish(BellRang(property_id=4, bell_id=7, n=1), BellRang(property_id=None, bell_id=8, n=2))
    rows = list(
        OutboxMessage.objects.order_by("pk").values_list(
            "property_id", "aggregate", "topic", "payload", "position"
        )
    )
    assert rows == [
        (4, "bell:7", "BellRang", {"property_id": 4, "bell_id": 7, "n": 1}, None),
        (None, "bell:8", "BellRang", {"property_id": None, "bell_id": 8, "n": 2}, None),
    ]


@dataclass(frozen=True, kw_only=True)
class RoundTrip(Fact):
    aggregate_name: ClassVar[str] = "trip"
    aggregate_field: ClassVar[str] = "trip_id"
    trip_id: int
    day: date
    amount: Decimal
    nights: tuple[date, ...] = ()


def test_plain_values_survive_the_way_through_json():
    fact = RoundTrip(
        property_id=1, trip_id=2, day=date(2027, 3, 14), amount=Decimal("1.005"), nights=(date(2027, 3, 15),)
    )
    payload = adapter(RoundTrip).dump_python(fact, mode="json")
    assert payload["amount"] == "1.005"
    assert adapter(RoundTrip).validate_python(payload) == fact


def test_a_field_with_a_default_may_be_added_and_one_removed():
    old = {"property_id": 1, "trip_id": 2, "day": "2027-03-14", "amount": "1", "colour": "red"}
    assert adapter(RoundTrip).validate_python(old).nights == ()


def test_a_handler_subscribes_once_under_its_dotted_name():
    with subscribed(porter, page, porter):
        assert [handler.name for handler in handlers_of("BellRang")] == [
            "tests.hotel.core.bell.porter",
            "tests.hotel.core.bell.page",
        ]
        assert list(subscriptions()) == sorted(subscriptions())
    assert handlers_of("BellRang") == []


def test_two_facts_of_one_name_are_refused():
    @dataclass(frozen=True, kw_only=True)
    class Impostor(BellRang):
        pass

    Impostor.__name__ = "BellRang"
    with subscribed(porter), pytest.raises(TypeError, match="Two facts are called BellRang"):
        subscribe(Impostor)(page)


class Broker:
    def __init__(self, fails: bool) -> None:
        self.fails, self.sent = fails, []

    def send_task(self, name, **options):
        self.sent.append(name)
        if self.fails:
            raise ConnectionError("no broker")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fails", [False, True], ids=["broker there", "broker away"])
def test_the_relay_is_hinted_after_the_commit_and_a_dead_broker_loses_nothing(settings, monkeypatch, fails):
    broker = Broker(fails)
    settings.OUTBOX_HINTS = True
    monkeypatch.setattr("celery.current_app", broker)
    monkeypatch.setattr(facts, "_last_hint", 0.0)
    with transaction.atomic():
        publish(BellRang(property_id=1, bell_id=7, n=1))
        assert broker.sent == []
    assert broker.sent == ["hotel.core.tasks.outbox_relay"]
    with transaction.atomic():
        publish(BellRang(property_id=1, bell_id=7, n=2))
    assert len(broker.sent) == 1  # within the interval one hint is enough
    assert OutboxMessage.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_who_listens_hears_right_after_the_commit_and_takes_nothing_back(monkeypatch):
    heard = []

    def fall(told):
        raise ZeroDivisionError

    def hear(told):
        heard.append(told)

    monkeypatch.setattr(facts, "_listeners", [])
    for listener in (fall, hear, hear):
        facts.listen(listener)
    first, second = (BellRang(property_id=1, bell_id=7, n=n) for n in (1, 2))
    with transaction.atomic():
        publish(first, second)
        assert heard == []
    with transaction.atomic():
        publish(first)
        transaction.set_rollback(True)

    assert heard == [(first, second)]
    assert OutboxMessage.objects.count() == 2
