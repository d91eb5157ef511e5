"""Statements are printed with a hotel's letterhead, and mailed once a day."""

from datetime import date

import pytest

from hotel.core.exceptions import RuleBroken
from hotel.guests.models import Guest
from hotel.messaging.models import Message
from hotel.messaging.services.templates import TemplateMissing, templates_seed
from loyalty.services.statements import statement_pdf, statement_send
from tests.factories.guests import guest_make
from tests.factories.loyalty import loyalty_member_make, loyalty_program_make, points_make

MARCH = {"since": date(2027, 3, 1), "until": date(2027, 3, 31)}


@pytest.fixture
def moser(cast):
    loyalty_program_make(cast.alpha, name="Circle")
    guest = guest_make(
        cast.alpha, first_name="Anna", last_name="Moser", email="anna@moser.example", language="en"
    )
    member = loyalty_member_make(cast.alpha, guest)
    points_make(member, 1200, because="Old balance", day=date(2027, 2, 1))
    points_make(member, 150, because="An apology")
    return member


@pytest.mark.pdf
def test_it_is_a_file(cast, moser):
    printed = statement_pdf(member=moser, place=cast.alpha, guest=moser.guest, **MARCH)

    assert printed.startswith(b"%PDF-")


def send(member, place, **over):
    return statement_send(member=member, **{"place": place, "guest": member.guest, **MARCH, **over})


def test_the_letter_has_the_account_and_goes_once_a_day(cast, moser):
    templates_seed(place=cast.alpha)

    first, second = send(moser, cast.alpha), send(moser, cast.alpha)

    assert first == second
    message = Message.objects.get()
    assert (message.address, message.guest_id, message.purpose) == (
        "anna@moser.example",
        moser.guest_id,
        "transactional",
    )
    assert message.subject == "Your points of Circle"
    for text in ("Before: 1,200", "Mar 14, 2027  150  An apology", "After: 1,350", "No points end within"):
        assert text in message.body
    assert "Old balance" not in message.body


@pytest.mark.parametrize("who", ["unseen", "without address"])
def test_without_an_address_nothing_is_sent(cast, moser, who):
    templates_seed(place=cast.alpha)
    Guest.objects.filter(pk=moser.guest_id).update(email="")
    moser.refresh_from_db()

    with pytest.raises(RuleBroken) as refused:
        send(moser, cast.alpha, **({"guest": None} if who == "unseen" else {}))

    assert refused.value.code == "member_without_email"
    assert Message.objects.count() == 0


def test_without_the_letter_nothing_is_sent(cast, moser):
    with pytest.raises(TemplateMissing):
        send(moser, cast.alpha)
    assert Message.objects.count() == 0
