"""A letter from the desk: shown as it is sent, in the guest's language, once for a form."""

import pytest

from hotel.core.exceptions import InvalidInput
from hotel.messaging.models import Message
from hotel.messaging.services.templates import MessageNotRenderable, TemplateMissing
from hotel.reservations.models import Reservation
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.reservations.services.guest_letters import GuestLetter, guest_letter_preview, guest_letter_queue
from tests.factories.guests import guest_make
from tests.factories.messaging import message_template_make, suppression_make
from tests.factories.reservations import house_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


@pytest.fixture
def anna(house):
    return guest_make(
        house.place,
        first_name="Anna",
        last_name="Moser",
        email="anna@example.com",
        phone="+4315550100",
        language="de",
    )


def letter(house, guest, code="welcome", channel="email", stay=None):
    return GuestLetter(place=house.place, guest=guest, template_code=code, channel=channel, stay=stay)


def test_it_reads_in_his_language_and_is_sent_as_it_was_shown_once(house, anna):
    message_template_make(house.place, body="Dear {{ guest.name }}")
    message_template_make(
        house.place,
        language="de",
        subject="Willkommen",
        body="Liebe {{ guest.first_name }}, {{ property.name }}",
    )
    shown = guest_letter_preview(letter(house, anna))
    assert (shown.address, shown.language, shown.stopped) == ("anna@example.com", "de", "")
    assert (shown.text.subject, shown.text.body) == ("Willkommen", "Liebe Anna, Alpha")
    assert not Message.objects.exists()

    first = guest_letter_queue(letter=letter(house, anna), key="k1")
    again = guest_letter_queue(letter=letter(house, anna), key="k1")
    assert (again.pk, Message.objects.count()) == (first.pk, 1)
    assert (first.body, first.address, first.guest_id, first.purpose) == (
        shown.text.body, "anna@example.com", anna.pk, "transactional",
    )  # fmt: skip
    assert guest_letter_queue(letter=letter(house, anna), key="k2").pk != first.pk


def test_a_letter_about_a_stay_tells_its_days_room_and_the_whole_booking(house, anna):
    body = (
        "{{ reservation.arrival }}, {{ reservation.room_number | no room }}, "
        "{{ booking.rooms }} for {{ booking.total }}, {{ reservation.cancellation_policy }}"
    )
    message_template_make(house.place, language="de", body=body)
    made = house.book(house.stay(1, 2, primary_guest=anna), house.stay(1, 2, primary_guest=anna))
    stay = Reservation.objects.with_parts().get(pk=made.reservations[0].pk)
    shown = guest_letter_preview(letter(house, anna, stay=stay)).text.body
    assert shown.startswith("15. März 2027, no room, 2 for EUR 400.00, Free of charge until")
    stay.assignments.create(
        property=house.place, room=house.rooms[0], arrival=stay.arrival, departure=stay.departure
    )
    assert ", 101, " in guest_letter_preview(letter(house, anna, stay=stay)).text.body


def test_days_are_in_words_of_the_language_that_the_letter_has(house, anna):
    message_template_make(house.place, body="{{ reservation.arrival }}")
    stay = house.reserve(1, 2, primary_guest=anna)
    shown = guest_letter_preview(letter(house, anna, stay=stay))
    assert (shown.language, shown.text.body) == ("en", "March 15, 2027")
    sent = guest_letter_queue(letter=letter(house, anna, stay=stay), key="k")
    assert sent.body == "March 15, 2027"


def test_a_cancelled_stay_has_its_number_and_fee(house, anna):
    body = "{{ reservation.cancellation_number }} {{ reservation.cancellation_fee }}"
    message_template_make(house.place, body=body)
    stay = house.reserve(2, 2, primary_guest=anna)
    reservation_cancel(reservation=stay, actor=None)
    stay = Reservation.objects.with_parts().get(pk=stay.pk)
    shown = guest_letter_preview(letter(house, anna, stay=stay)).text.body
    assert shown == f"{stay.cancellation_number} EUR 0.00"


def test_what_is_missing_is_said_and_nothing_is_kept(house, anna):
    message_template_make(house.place, body="{{ reservation.arrival }}")
    with pytest.raises(MessageNotRenderable) as refused:
        guest_letter_queue(letter=letter(house, anna), key="k")
    assert refused.value.code == "variable_missing"
    with pytest.raises(TemplateMissing):
        guest_letter_preview(letter(house, anna, code="nothing"))
    mute = guest_make(house.place, last_name="Mute")
    for channel in ("email", "sms", "push"):
        with pytest.raises(InvalidInput, match="has no address for"):
            guest_letter_preview(letter(house, mute, channel=channel))
    assert not Message.objects.exists()


def test_a_stopped_address_is_told_beforehand(house, anna):
    message_template_make(house.place)
    suppression_make(house.place, address="anna@example.com", reason="bounce")
    assert guest_letter_preview(letter(house, anna)).stopped == "The address is stopped: bounce."


def test_a_text_goes_to_his_telephone(house, anna):
    message_template_make(house.place, channel="sms", subject="", body="Your taxi is here")
    made = guest_letter_queue(letter=letter(house, anna, channel="sms"), key="k")
    assert (made.address, made.channel) == ("+4315550100", "sms")
