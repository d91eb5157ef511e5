"""Two desks combine and link the same stays by the page at the same instant: one is done, the other is told why not."""

import uuid

import pytest
from django.test import Client

from hotel.reservations.models import Reservation, ReservationLink
from tests.cast import make_cast
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make
from tests.hotel.reservations.test_invariants import violated
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def desks(cast):
    """Two people of the house, each signed in at a desk of his own."""
    clients = []
    for person in (cast.bo, cast.rae):
        client = Client()
        client.force_login(person)
        clients.append(client)
    return clients


@pytest.fixture
def pair(cast):
    """Nights 1–2 and 3–4 of one guest."""
    house, guest = house_make(cast.alpha), guest_make(cast.alpha)
    return [house.reserve(start, 2, primary_guest=guest) for start in (1, 3)]


def sent(client, stay, act, **values) -> str:
    """What the desk reads after sending a form of the page."""
    data = {"do": act, **{f"{act}-{name}": value for name, value in values.items()}}
    answer = client.post(f"/dashboard/reservations/{stay.pk}/together", data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def both(desks, pair, act, **values) -> list[str]:
    """Each desk begins with another of the two stays and ticks the other one."""
    first, second = pair
    answers = together(
        lambda: sent(desks[0], first, act, others=[second.pk], **values),
        lambda: sent(desks[1], second, act, others=[first.pk], **values),
    )
    for answer in answers:
        if isinstance(answer, Exception):
            raise answer
    return answers


def test_two_desks_combine_and_the_slower_reads_who_was_faster(desks, pair):
    answers = both(desks, pair, "combine", version=1)

    (done,) = [n for n, answer in enumerate(answers) if "the stays are one." in answer]
    faster = ("bo", "rae")[done]
    assert f"{faster} changed this reservation at" in answers[1 - done]
    kept, absorbed = (Reservation.objects.get(pk=pair[n].pk) for n in (done, 1 - done))
    assert (kept.arrival, kept.departure) == (pair[0].arrival, pair[1].departure)
    assert (kept.status, absorbed.status) == ("confirmed", "cancelled")
    assert violated() == []


def test_two_desks_link_and_the_slower_reads_that_it_is_done(desks, pair):
    answers = both(desks, pair, "link", kind="together", key=uuid.uuid4())

    (done,) = [n for n, answer in enumerate(answers) if "the stays are linked." in answer]
    told = answers[1 - done]
    assert "These stays are linked already." in told or "Somebody else is linking these stays." in told
    assert {stay.pk for stay in ReservationLink.objects.get().reservations.all()} == {s.pk for s in pair}
    assert violated() == []
