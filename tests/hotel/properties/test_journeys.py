"""The journey of a guest: sources of components, one statement, by right, and in parts that lose nothing."""

from datetime import timedelta

import pytest

from hotel.core.clock import now
from hotel.core.plugs import plugs
from hotel.messaging.models import Message
from hotel.properties.journeys import cursor_read, journey_of
from hotel.properties.scoping import codename
from tests.contracts.queries import queries_of
from tests.factories.guests import guest_make
from tests.factories.messaging import message_make
from tests.factories.reservations import house_make

AREAS = sorted({source.area for plug in plugs() for source in plug.journey})


@pytest.fixture
def anna(stage):
    return guest_make(stage.alpha, last_name="Moser")


@pytest.fixture
def reader(stage):
    return stage.person({codename("view", area) for area in AREAS})


def told(journey):
    return [(entry.words.title, entry.route, entry.target) for entry in journey.entries]


def test_all_sources_are_one_statement(stage, anna, reader):
    journey_of(anna.pk, reader, stage.alpha)
    house = house_make(stage.alpha)
    for n in range(1, 4):
        house.reserve(n, 1, primary_guest=anna)
        message_make(stage.alpha, guest_id=anna.pk)
    asked = queries_of(lambda: journey_of(anna.pk, reader, stage.alpha))
    assert len(asked) == 1
    assert asked[0].count("UNION ALL") == len([1 for plug in plugs() for _ in plug.journey]) - 1


def test_what_happened_in_one_instant_is_told_once_wherever_a_part_ends(stage, anna, reader):
    house = house_make(stage.alpha)
    stay = house.reserve(1, 1, primary_guest=anna)
    at = now() - timedelta(hours=1)
    stay.changes.update(at=at)
    letters = [message_make(stage.alpha, guest_id=anna.pk) for _ in range(3)]
    Message.objects.filter(guest_id=anna.pk).update(created_at=at)
    newest_first = [*(("Welcome", "dashboard:message", row.pk) for row in reversed(letters))]
    newest_first.append(("Created", "dashboard:reservation_detail", stay.pk))

    whole = journey_of(anna.pk, reader, stage.alpha)
    assert (told(whole), whole.older) == (newest_first, "")
    for limit in (1, 2, 3):
        found, before = [], ""
        for _ in range(4):
            part = journey_of(anna.pk, reader, stage.alpha, before=before, limit=limit)
            found += told(part)
            before = part.older
            if not before:
                break
        assert found == newest_first


def test_each_source_needs_its_right_and_offers_its_kinds(stage, anna, reader):
    house_make(stage.alpha).reserve(1, 1, primary_guest=anna)
    message_make(stage.alpha, guest_id=anna.pk)
    whole = journey_of(anna.pk, reader, stage.alpha)
    assert list(whole.kinds) == ["messages", "bookings", "stays", "requests", "money", "points"]
    assert len(whole.entries) == 2

    writer = stage.person({codename("view", "messaging")})
    part = journey_of(anna.pk, writer, stage.alpha)
    assert (list(part.kinds), len(part.entries)) == (["messages"], 1)
    assert journey_of(anna.pk, writer, stage.alpha, kind="bookings").entries == part.entries
    assert journey_of(anna.pk, stage.person(set()), stage.alpha).entries == []


def test_nothing_of_another_house_or_guest_is_told(stage, anna):
    other = guest_make(stage.alpha, last_name="Berger")
    message_make(stage.alpha, guest_id=other.pk)
    message_make(stage.beta, guest_id=anna.pk)
    message_make(stage.alpha, guest_id=anna.pk)
    both = stage.person({codename("view", "messaging")}, stage.alpha, stage.beta)
    assert [len(journey_of(anna.pk, both, place).entries) for place in (stage.alpha, stage.beta)] == [1, 1]
    (here,) = journey_of(anna.pk, both, stage.alpha).entries
    assert here.target == Message.objects.get(guest_id=anna.pk, property=stage.alpha).pk


@pytest.mark.parametrize(
    "text",
    ["", "x", "1", "-1-messages-2", "1-messages-", "1-messages-²", f"1-messages-{2**63}", f"{10**18}-m-1"],
)
def test_a_cursor_that_names_no_place_is_none(text):
    assert cursor_read(text) is None


def test_a_cursor_says_what_it_reads():
    assert str(cursor_read("1800000000000001-messages-7")) == "1800000000000001-messages-7"
