"""The feed: committed facts in the order of their positions, and nothing one may not see."""

from hotel.messaging.selectors.changes import changes_page, last_position, topic_areas, topics_known
from hotel.properties.scoping import Grants, codename
from tests.factories.messaging import outbox_make


def may_view(**places) -> Grants:
    return Grants({codename("view", area): frozenset(p.pk for p in held) for area, held in places.items()})


def page(grants, *places, after=0, limit=10, **over):
    found = changes_page(after=after, limit=limit, grants=grants, property_ids={p.pk for p in places}, **over)
    return [row.position for row in found.rows], found.next_position, found.has_more


def test_pages_are_walked_without_a_gap(cast):
    for position in range(1, 6):
        outbox_make(cast.alpha if position % 2 else cast.beta, position)
    grants = may_view(messaging=[cast.alpha, cast.beta])
    both = (cast.alpha, cast.beta)
    assert page(grants, *both, limit=2) == ([1, 2], 2, True)
    assert page(grants, *both, limit=2, after=2) == ([3, 4], 4, True)
    assert page(grants, *both, limit=2, after=4) == ([5], 5, False)
    assert page(grants, *both, after=5) == ([], 5, False)
    assert page(grants, cast.beta) == ([2, 4], 5, False)


def test_each_topic_needs_view_on_its_area_at_its_property(cast):
    outbox_make(cast.alpha, 1, topic="RoomStatusChanged")
    outbox_make(cast.beta, 2, topic="RoomStatusChanged")
    outbox_make(cast.alpha, 3, topic="MessageSent")
    outbox_make(cast.alpha, 4, topic="OfAnAppThatWasTakenOut")
    both = (cast.alpha, cast.beta)
    assert page(may_view(rooms=[cast.alpha]), *both)[0] == [1]
    assert page(may_view(messaging=[cast.alpha]), *both)[0] == [3, 4]
    assert page(may_view(rooms=both, messaging=both), *both)[0] == [1, 2, 3, 4]
    assert page(may_view(rooms=both), *both, topics=["MessageSent"])[0] == []
    assert page(may_view(guests=both), *both) == ([], 4, False)
    assert page(may_view(), *both) == ([], 4, False)


def test_a_fact_without_a_position_is_not_there_yet(cast):
    assert last_position() == 0
    outbox_make(cast.alpha, None)
    assert last_position() == 0
    assert page(may_view(messaging=[cast.alpha]), cast.alpha) == ([], 0, False)


def test_every_fact_of_the_published_language_has_an_area():
    assert topic_areas()["RoomStatusChanged"] == "rooms"
    assert topic_areas()["MessageSent"] == "messaging"
    assert topics_known() == sorted(topics_known())
    assert not [topic for topic in topics_known() if topic.startswith("_")]
