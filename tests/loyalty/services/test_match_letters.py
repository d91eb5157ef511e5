"""A member learns what became of his match: in his language, once, and why when it was refused."""

import pytest

from hotel.messaging.models import Message, MessageTemplate
from hotel.messaging.services.templates import templates_seed
from loyalty.services.match_letters import match_letter
from loyalty.services.matches import match_approve, match_refuse
from tests.factories.guests import guest_make
from tests.factories.loyalty import loyalty_member_make, loyalty_program_make, status_match_make


@pytest.fixture
def match(cast):
    """Of Anna Moser, who writes German."""
    templates_seed(place=cast.alpha)
    loyalty_program_make(cast.alpha, name="Circle")
    guest = guest_make(
        cast.alpha, first_name="Anna", last_name="Moser", email="anna@moser.example", language="de"
    )
    return status_match_make(cast.alpha, member=loyalty_member_make(cast.alpha, guest))


def test_who_is_granted_a_tier_is_told_once_until_when(cast, match, drain):
    match_approve(match=match, actor=cast.ada)
    drain()
    first = Message.objects.get()
    assert (match_letter(match_id=match.pk), Message.objects.count()) == (first, 1)
    assert (first.address, first.guest_id, first.purpose, first.template_code, first.language) == (
        "anna@moser.example", match.member.guest_id, "transactional", "loyalty_match_granted", "de",
    )  # fmt: skip
    assert first.subject == "Ihre Stufe bei Circle"
    said = (
        "weil Sie anderswo Other Club Platinum sind, haben Sie bei Circle bis 11. Juni 2027 die Stufe Silver."
    )
    assert said in first.body
    assert match.member.number in first.body


def test_who_is_refused_is_told_why(cast, match, drain):
    match_refuse(match=match, reason="The card has ended.", actor=cast.ada)
    drain()
    message = Message.objects.get()
    assert (message.template_code, message.subject) == ("loyalty_match_refused", "Ihre Anfrage bei Circle")
    assert "The card has ended." in message.body


def test_nothing_is_told_before_it_is_decided(match):
    assert match_letter(match_id=match.pk) is None
    assert not Message.objects.exists()


def test_without_an_address_or_a_letter_the_match_stands_and_nothing_is_sent(cast, match, drain):
    guest = match.member.guest
    guest.email = ""
    guest.save()
    match_approve(match=match, actor=cast.ada)
    drain()
    match.refresh_from_db()
    assert (match.status, Message.objects.count()) == ("approved", 0)
    guest.email = "anna@moser.example"
    guest.save()
    MessageTemplate.objects.update(is_active=False)
    assert match_letter(match_id=match.pk) is None
    assert not Message.objects.exists()
