"""Stays are combined, linked and taken apart by their page; a refusal is told there and changes nothing."""

import uuid

import pytest

from hotel.reservations.models import Reservation, ReservationLink
from tests.contracts.queries import queries_of
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make


@pytest.fixture
def guest(house):
    return guest_make(house.place, first_name="Anna", last_name="Moser")


@pytest.fixture
def stay(house, guest):
    """Two nights from tomorrow."""
    return house.reserve(1, 2, primary_guest=guest)


@pytest.fixture
def following(house, guest):
    """Three nights of the same guest after them."""
    return house.reserve(3, 3, primary_guest=guest)


def page_of(stay) -> str:
    return f"/dashboard/reservations/{stay.pk}/together"


def text_of(response) -> str:
    return response.content.decode()


def fresh(stay):
    return Reservation.objects.get(pk=stay.pk)


def versioned(client, stay, act, version=None, **values):
    data = {"do": act, f"{act}-version": fresh(stay).version if version is None else version}
    data |= {f"{act}-{name}": value for name, value in values.items()}
    return client.post(page_of(stay), data, follow=True)


def linked() -> list[tuple[str, set[int]]]:
    rows = ReservationLink.objects.order_by("pk")
    return [(row.kind, set(row.reservations.values_list("pk", flat=True))) for row in rows]


def test_stays_that_follow_one_another_are_made_one(desk, house, stay, following, cast):
    assert f"Dbl · Confirmed · {following.number}" in text_of(desk.get(page_of(stay)))

    answer = versioned(desk, stay, "combine", others=[following.pk])

    assert answer.redirect_chain[-1][0] == f"/dashboard/reservations/{stay.pk}"
    assert f"{stay.number}: the stays are one." in text_of(answer)
    assert (fresh(stay).arrival, fresh(stay).departure) == (stay.arrival, following.departure)
    assert fresh(following).status == "cancelled"
    assert house.counted("sold") == [0, 1, 1, 1, 1, 1, 0, 0]
    assert fresh(stay).changes.latest("pk").actor == cast.bo


def test_a_double_click_combines_once_and_says_so(desk, stay, following):
    for _ in range(2):
        answer = versioned(desk, stay, "combine", 1, others=[following.pk])

    assert "already; the second time did nothing" in text_of(answer)
    assert fresh(stay).version == 2


@pytest.mark.parametrize(
    ("case", "others", "told"),
    [
        ("nothing ticked", lambda other: [], "Tick at least one stay."),
        ("no number", lambda other: ["x"], "“x” is not a valid value."),
        ("a number beyond all", lambda other: [10**30], "is not one of the available choices."),
        ("nobody's", lambda other: [2**60], "is not one of the available choices."),
        ("too many", lambda other: range(1, 22), "Tick 20 stays at most."),
        ("a gap between", lambda other: [other.pk], "do not follow one another"),
    ],
)
def test_what_cannot_be_one_is_told_on_the_form(desk, house, guest, stay, following, case, others, told):
    apart = house.reserve(8, 1, primary_guest=guest)

    answer = versioned(desk, stay, "combine", others=others(apart))

    assert told in text_of(answer)
    assert (fresh(stay).version, fresh(apart).status) == (1, "confirmed")


def test_what_touches_but_differs_is_shown_with_why(desk, house, guest, stay):
    suite = house.reserve(3, 1, primary_guest=guest, room_type=house.suite)

    page = text_of(desk.get(page_of(stay)))

    assert "They differ in room type." in page
    assert "No other stay can be one with this." in page
    assert suite.number in page


def test_stays_are_linked_seen_and_taken_apart(desk, house, stay, send):
    other = house.reserve(1, 2, primary_guest=guest_make(house.place, last_name="Berger"))
    assert "This stay is linked with no other." in text_of(desk.get(page_of(stay)))
    found = f"{page_of(stay)}?text=berger"
    assert f'value="{other.pk}"' in text_of(desk.get(found))

    answer = send(desk, found, "link", others=[other.pk], kind="together")

    assert f"{stay.number}: the stays are linked." in text_of(answer)
    assert linked() == [("together", {stay.pk, other.pk})]
    for one, another in ((stay, other), (other, stay)):
        shown = text_of(desk.get(f"/dashboard/reservations/{one.pk}"))
        assert f'<a href="/dashboard/reservations/{another.pk}">{another.number}</a>' in shown

    answer = versioned(desk, stay, "unlink_together")

    assert f"{stay.number} is in this link no more." in text_of(answer)
    assert linked() == []


def test_a_stay_is_taken_out_of_one_of_its_links(desk, house, stay, following, send):
    for kind in ("together", "back_to_back"):
        send(desk, page_of(stay), "link", others=[following.pk], kind=kind)

    versioned(desk, stay, "unlink_back_to_back")

    assert linked() == [("together", {stay.pk, following.pk})]


def test_a_double_click_links_once(desk, stay, following, send):
    key = uuid.uuid4()
    for _ in range(2):
        answer = send(desk, page_of(stay), "link", key, others=[following.pk], kind="together")

    assert "This was done already; the second time did nothing." in text_of(answer)
    assert (len(linked()), fresh(stay).version) == (1, 2)


def test_a_link_that_cannot_be_is_told_on_the_form(desk, house, stay, guest, send):
    apart = house.reserve(8, 1, primary_guest=guest)

    answer = send(desk, page_of(stay), "link", others=[apart.pk], kind="back_to_back")

    assert 'role="alert"' in text_of(answer)
    assert "do not follow one another" in text_of(answer)
    assert (linked(), fresh(stay).version) == ([], 1)


def test_a_stale_page_takes_nothing_apart(desk, stay, following, send):
    send(desk, page_of(stay), "link", others=[following.pk], kind="together")

    answer = versioned(desk, stay, "unlink_together", 1)

    assert "the second time did nothing" in text_of(answer)
    assert len(linked()) == 1


def test_the_page_needs_its_right_and_stays_within_the_property(
    house, stay, following, cast, signed_in, send
):
    abroad = house_make(cast.beta).reserve(3, 2)
    reader, stranger = signed_in(cast.cy), signed_in(cast.eve)

    assert signed_in(cast.ida).get(page_of(stay)).status_code == 403
    assert "Your role only reads reservations." in text_of(reader.get(page_of(stay)))
    assert "Combine stays" not in text_of(reader.get(page_of(stay)))
    assert versioned(reader, stay, "combine", others=[following.pk]).status_code == 403
    assert send(reader, page_of(stay), "link", others=[following.pk], kind="together").status_code == 403
    assert stranger.get(page_of(stay)).status_code == 404
    assert send(stranger, page_of(stay), "link", others=[following.pk], kind="together").status_code == 404
    answer = send(signed_in(cast.bo), page_of(stay), "link", others=[abroad.pk], kind="together")
    assert "is not one of the available choices" in text_of(answer)
    assert (linked(), fresh(stay).version, fresh(following).version) == ([], 1, 1)


def test_an_ended_stay_says_why_nothing_can_be_done(desk, stay, following):
    versioned(desk, stay, "combine", others=[following.pk])

    page = text_of(desk.get(page_of(following)))

    assert page.count("Not possible while the reservation is cancelled.") == 2
    assert "Combine stays" not in page


def test_the_page_costs_the_same_for_many_stays(desk, house, guest, stay, following, send):
    send(desk, page_of(stay), "link", others=[following.pk], kind="together")
    desk.get(page_of(stay))
    few = len(queries_of(lambda: desk.get(page_of(stay))))
    others = [house.reserve(start, 1, primary_guest=guest).pk for start in (6, 7, 8)]
    send(desk, page_of(stay), "link", others=others, kind="together")

    assert len(queries_of(lambda: desk.get(page_of(stay)))) == few
    assert few <= 18
