"""Who else has a page open: told to who may see it, when it changes and no oftener, and kept by nobody."""

import asyncio
import json

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from channels.layers import InMemoryChannelLayer
from django.core.cache import cache

from hotel.accounts.models import RoleAssignment, StaffSession, User
from hotel.accounts.services.roles import role_revoke
from hotel.dashboard import consumers, here
from hotel.dashboard.here import Colleague, Company, area_of_subject, group_here, initials, subject_of
from hotel.dashboard.live import last_key, moment
from tests.cast import make_cast
from tests.hotel.dashboard.test_consumers import door

sockets = pytest.mark.django_db(transaction=True)
QUIET = 0.3
PAGE = "reservation:5"


@pytest.fixture
def cast():
    cache.clear()
    made = make_cast()
    for person, name in ((made.bo, "Bo Berg"), (made.rae, "Rae Rossi"), (made.ada, "Ada")):
        User.objects.filter(pk=person.pk).update(display_name=name)
    for place in (made.alpha, made.beta):
        cache.set(last_key(place.pk), moment() - 60_000)
    return made


class Tab:
    """The socket of a page that somebody has open."""

    def __init__(self, user, place, subject=PAGE, topics="") -> None:
        self.socket = door(user, place, topics=topics, here=subject)

    async def open(self) -> bool:
        await self.socket.send_input({"type": "websocket.connect"})
        return (await self.socket.receive_output(timeout=10))["type"] == "websocket.accept"

    async def told(self, count: int) -> list:
        """What it was told, and nothing more after that: names of who is here, or ``closed``."""
        found = []
        for _ in range(count):
            output = await self.socket.receive_output(timeout=20)
            if output["type"] == "websocket.close":
                return [*found, "closed"]
            message = json.loads(output["text"])
            assert set(message) == {"here"}
            found.append([name for _, name in message["here"]])
        assert await self.socket.receive_nothing(timeout=QUIET)
        return found

    async def close(self) -> None:
        await self.socket.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.socket.wait()


def play(scene):
    """Play a scene of several tabs."""
    return async_to_sync(scene)()


@sockets
def test_two_people_at_one_page_are_told_of_each_other_and_of_a_leave(cast):
    bo, rae = Tab(cast.bo, cast.alpha), Tab(cast.rae, cast.alpha)

    async def scene():
        assert await bo.open()
        alone = await bo.told(0)
        assert await rae.open()
        both = await bo.told(1), await rae.told(1)
        await rae.close()
        after = await bo.told(1)
        await bo.close()
        return alone, both, after

    assert play(scene) == ([], ([["Rae Rossi"]], [["Bo Berg"]]), [[]])


@sockets
def test_who_is_elsewhere_is_not_told_of(cast):
    bo = Tab(cast.bo, cast.alpha)
    others = (
        Tab(cast.rae, cast.alpha, "reservation:6"),
        Tab(cast.rae, cast.alpha, "chart"),
        Tab(cast.rae, cast.alpha, "", topics="reservations"),
        Tab(cast.eve, cast.beta),
    )

    async def scene():
        assert await bo.open()
        for far in others:
            assert await far.open()
        assert [await tab.told(0) for tab in (bo, *others)] == [[]] * 5
        for tab in (bo, *others):
            await tab.close()

    play(scene)


@sockets
def test_who_may_not_see_the_page_or_names_none_is_refused(cast):
    wrong = (
        *((cast.di, subject) for subject in (PAGE, "folio:5", "chart", "rates")),
        *((user, PAGE) for user in (cast.eve, cast.ida, None)),
        *((cast.bo, subject) for subject in ("guest:5", "reservation:x", "chart.1", f"folio:{'9' * 19}")),
    )

    tabs = [Tab(user, cast.alpha, subject) for user, subject in wrong]

    async def tried():
        return [await tab.open() for tab in tabs]

    assert play(tried) == [False] * 11


@sockets
def test_who_hears_other_topics_is_not_there_without_the_right(cast):
    """Housekeeping may hear of rooms; that it names a stay beside them makes it no company."""
    bo, di = Tab(cast.bo, cast.alpha), Tab(cast.di, cast.alpha, topics="rooms")

    async def scene():
        assert await bo.open()
        assert await di.open()
        told = await bo.told(0), await di.told(0)
        await bo.close()
        await di.close()
        return told

    assert play(scene) == ([], [])


@sockets
def test_several_tabs_of_a_person_are_one_and_his_own_are_none(cast):
    bo, first, second = Tab(cast.bo, cast.alpha), Tab(cast.rae, cast.alpha), Tab(cast.rae, cast.alpha)

    async def scene():
        for tab in (bo, first, second):
            assert await tab.open()
        begun = await bo.told(1), await first.told(1), await second.told(1)
        await first.close()
        still = await bo.told(0)
        await second.close()
        gone = await bo.told(1)
        await bo.close()
        return begun, still, gone

    assert play(scene) == (([["Rae Rossi"]], [["Bo Berg"]], [["Bo Berg"]]), [], [[]])


@sockets
def test_a_tab_that_vanished_without_a_word_is_forgotten(cast, monkeypatch):
    dead, renew = set(), Company.renew

    async def renewed(company):
        if company.me is None or company.me.name not in dead:
            await renew(company)

    monkeypatch.setattr(Company, "renew", renewed)
    monkeypatch.setattr(here, "RENEWED_EVERY_SECONDS", 0.1)
    monkeypatch.setattr(here, "KEPT_SECONDS", 2)
    bo, rae = Tab(cast.bo, cast.alpha), Tab(cast.rae, cast.alpha)

    async def scene():
        assert await bo.open()
        assert await rae.open()
        met = await bo.told(1)
        await asyncio.sleep(3)
        stays = await bo.told(0)
        dead.add("Rae Rossi")  # the process does nothing any more, and nobody says good-bye
        gone = await bo.told(1)
        await bo.close()
        return met, stays, gone

    assert play(scene) == ([["Rae Rossi"]], [], [[]])


def test_who_vanished_is_shown_for_less_than_a_minute():
    assert here.KEPT_SECONDS + here.RENEWED_EVERY_SECONDS < 60
    assert here.KEPT_SECONDS > 2 * here.RENEWED_EVERY_SECONDS


def lose_role(user):
    for held in RoleAssignment.objects.filter(user=user):
        role_revoke(assignment=held)


@sockets
@pytest.mark.parametrize(
    "act",
    [
        lambda user: StaffSession.objects.filter(user=user).delete(),
        lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
        lose_role,
    ],
    ids=["session", "person", "right"],
)
def test_with_the_session_the_person_or_the_right_one_is_there_no_more(cast, monkeypatch, act):
    monkeypatch.setattr(consumers, "LOOKED_EVERY_SECONDS", 0.05)
    bo, rae = Tab(cast.bo, cast.alpha), Tab(cast.rae, cast.alpha)

    async def scene():
        assert await bo.open()
        assert await rae.open()
        met = await bo.told(1), await rae.told(1)
        await sync_to_async(act)(cast.rae)
        after = await bo.told(1), await rae.told(2)
        await bo.close()
        return met, after

    assert play(scene) == (([["Rae Rossi"]], [["Bo Berg"]]), ([[]], [[], "closed"]))


class Counting:
    """A layer that counts what is sent."""

    def __init__(self):
        self.inner, self.sent = InMemoryChannelLayer(), 0
        self.group_add, self.group_discard = self.inner.group_add, self.inner.group_discard
        self.receive = self.inner.receive

    async def send(self, channel, message):
        """To one tab."""
        self.sent += 1
        await self.inner.send(channel, message)

    async def group_send(self, group, message):
        """To all that have the page open."""
        self.sent += 1
        await self.inner.group_send(group, message)


def test_time_alone_sends_nothing_and_nothing_is_written_to_the_database():
    layer, told = Counting(), []

    async def scene():
        async def tell(people):
            told.append(people)

        one, other = Company(layer, "tab1", tell), Company(layer, "tab2", tell)
        await one.join("g", Colleague(1, "Bo Berg"))
        await other.join("g", Colleague(2, "Rae Rossi"))
        await one.heard(await layer.receive("tab1"))  # its own coming
        await one.heard(await layer.receive("tab1"))
        await other.heard(await layer.receive("tab2"))
        await other.heard(await layer.receive("tab2"))
        begun = layer.sent
        for _ in range(50):
            await one.renew()
            await other.renew()
        return begun, layer.sent

    begun, after = play(scene)  # without access to the database: a statement would fail

    assert (begun, after) == (3, 3)
    assert told == [[["RR", "Rae Rossi"]], [["BB", "Bo Berg"]]]


def test_who_was_forgotten_comes_anew():
    layer, told = Counting(), []

    async def scene():
        async def tell(people):
            told.append([name for _, name in people])

        async def hear(tab, company):
            while layer.inner.channels.get(tab) and not layer.inner.channels[tab].empty():
                await company.heard(await layer.receive(tab))

        one, other = Company(layer, "tab1", tell), Company(layer, "tab2", lambda people: asyncio.sleep(0))
        await one.join("g", Colleague(1, "Bo Berg"))
        await other.join("g", Colleague(2, "Rae Rossi"))
        await hear("tab1", one)
        await hear("tab2", other)
        await cache.aclear()
        await one.renew()
        sent = layer.sent
        await other.renew()
        await hear("tab1", one)
        return layer.sent - sent

    assert play(scene) == 2  # that he comes, and the answer to him
    assert told == [["Rae Rossi"], [], ["Rae Rossi"]]


def test_what_is_told_of_another_page_or_by_oneself_is_not_heard():
    layer, told = Counting(), []

    async def scene():
        async def tell(people):
            told.append(people)

        mine = Company(layer, "tab1", tell)
        event = {"what": "come", "group": "g", "tab": "tab2", "person": 2, "name": "Rae"}
        await mine.heard(event)
        await mine.join("g", Colleague(1, "Bo"))
        await mine.heard({**event, "group": "h"})
        await mine.heard({**event, "tab": "tab1"})
        await mine.leave()
        await mine.heard(event)
        await mine.leave()

    play(scene)

    assert (told, layer.sent) == ([], 2)


def test_a_page_that_very_many_have_open_answers_no_more_than_some(monkeypatch):
    monkeypatch.setattr(here, "TABS_AT_MOST", 2)
    layer, told = Counting(), []

    async def scene():
        async def tell(people):
            told.append(len(people))

        mine = Company(layer, "tab0", tell)
        await mine.join("g", Colleague(0, "Bo"))
        for number in range(1, 5):
            tab = f"tab{number}"
            await mine.heard(
                {"what": "come", "group": "g", "tab": tab, "person": number, "name": f"P {number}"}
            )

    play(scene)

    assert (told, layer.sent) == ([1, 2], 3)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ada Moser", "AM"), ("María José de la Torre", "MT"), ("bo", "BO"), ("X", "X"), (" ", ""), ("ß", "SS")],
)
def test_initials(name, letters):
    assert initials(name) == letters


def test_what_a_page_is_about():
    assert [subject_of(text) for text in ("chart", "folio:12", "folio:", "tasks", "rates\n")] == [
        "chart",
        "folio:12",
        "",
        "",
        "",
    ]
    assert (area_of_subject("folio:12"), area_of_subject("chart")) == ("folios", "reservations")
    assert group_here(7, "folio:12") == "here.7.folio.12"
