"""A refused check-in: one code for everybody, and the sentence in the language of whoever reads it."""

from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from hotel.accounts.services.tokens import token_issue
from hotel.core.clock import now
from hotel.folios.models import Folio
from hotel.reservations.models import Reservation
from hotel.reservations.services.assignment import room_assign
from hotel.rooms.services.status import room_status_set

TOLD = {
    "en": "The room is not ready.",
    "de": "Das Zimmer ist nicht bereit.",
    "es": "La habitación no está lista.",
}
HERE = ["view_reservations_area", "view_stays_area", "manage_stays_area"]


@pytest.fixture
def arrival(house):
    """One night from today in a room that is not made up."""
    row = house.reserve(0, 1)
    room_assign(reservation=row, room=house.rooms[0], actor=None)
    room_status_set(room=house.rooms[0], status="dirty")
    return row


def speaking(person, language):
    person.language = language
    person.save(update_fields=["language"])
    return person


def nothing_happened(arrival):
    status = Reservation.objects.values_list("status", flat=True).get(pk=arrival.pk)
    return status == "confirmed" and not Folio.objects.exists()


@pytest.mark.parametrize("language", TOLD)
def test_a_receptionist_reads_it_in_his_language(cast, signed_in, arrival, language):
    desk, page = signed_in(speaking(cast.bo, language)), f"/dashboard/reservations/{arrival.pk}/check-in"
    version = Reservation.objects.get(pk=arrival.pk).version

    answer = desk.post(page, {"do": "check_in", "check_in-version": version}, follow=True)

    assert answer.headers["Content-Language"] == language
    said = answer.content.decode()
    assert [words in said for words in TOLD.values()] == [name == language for name in TOLD]
    assert nothing_happened(arrival)


@pytest.mark.parametrize(("asked", "language"), [(None, "en"), ("de-AT, en;q=0.5", "de"), ("tlh", "en")])
def test_a_program_reads_it_in_english_unless_it_asks_otherwise(cast, arrival, asked, language):
    token = token_issue(
        user=speaking(cast.ada, "es"),
        name="Kiosk",
        codenames=HERE,
        properties=[cast.alpha],
        expires_at=now() + timedelta(days=1),
    )
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {token.secret}")
    headers = {"Accept-Language": asked} if asked else {}

    answer = client.post(f"/api/v1/reservations/{arrival.pk}/check-in", {}, format="json", headers=headers)

    told = answer.json()
    assert (answer.status_code, told["code"], told["detail"]) == (409, "room_not_ready", TOLD[language])
    assert told["extra"] == {"command": "check-in", "status": "confirmed", "can_override": False}
    assert nothing_happened(arrival)
