"""Notices to the house's own people: each is told once, whoever cannot be is left out."""

from hotel.core.models import OutboxMessage
from hotel.messaging.models import Message
from hotel.messaging.services.staff_notices import staff_notice_queue
from tests.factories.accounts import user_make


def tell(place, *people, **over):
    values = {
        "subject": "The glass\nwas broken",
        "text": "By <Bo>.\n\nLook at it.",
        "dedupe_key": "emergency:1",
    }
    return staff_notice_queue(place=place, people=people, **{**values, **over})


def test_people_are_told_in_the_words_given(cast):
    [message] = tell(cast.alpha, cast.ada)

    assert (message.address, message.recipient_name, message.subject) == (
        "ada@example.com",
        "ada",
        "The glass was broken",
    )
    assert message.body == "By <Bo>.\n\nLook at it."
    assert "<p>By &lt;Bo&gt;.</p>" in message.body_html
    assert OutboxMessage.objects.filter(topic="MessageQueued").count() == 1


def test_each_person_is_told_once(cast):
    first = tell(cast.alpha, cast.ada, cast.bo, cast.ada)
    again = tell(cast.alpha, cast.bo, cast.ada, cast.cy)

    assert [message.address for message in first] == ["ada@example.com", "bo@example.com"]
    assert [message.pk for message in again[:2]] == [message.pk for message in first]
    assert Message.objects.count() == 3


def test_machines_strangers_to_mail_and_those_shut_out_are_left_out(cast):
    machine = user_make(cast.alpha, username="till", email="till@example.com", is_machine=True)
    cast.bo.is_active = False
    cast.cy.email = ""

    assert tell(cast.alpha, machine, cast.bo, cast.cy) == []
    assert not Message.objects.exists()
