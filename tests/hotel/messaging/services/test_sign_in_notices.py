"""People are written to when what they sign in with has changed: through the outbox, once, and at both addresses."""

import pytest
import time_machine

from hotel.accounts.services.devices import Browser, device_seen
from hotel.accounts.services.impersonations import impersonation_begin
from hotel.accounts.services.second_factors import factor_remove, factors_reset, recovery_codes_renew
from hotel.accounts.services.users import own_password_change, user_change, user_password_set
from hotel.contracts.accounts import SignInChanged
from hotel.core.clock import now
from hotel.messaging.models import Message
from hotel.messaging.services.sign_in_notices import impersonation_tell, sign_in_change_tell
from tests.factories.accounts import user_make
from tests.hotel.accounts.phones import phone_of

FIREFOX = Browser(user_agent="Mozilla/5.0 (Windows NT 10.0) Firefox/130.0")


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel("2027-03-14T12:00:05Z", tick=False) as clock:
        yield clock


def told():
    return [(message.address, message.subject) for message in Message.objects.order_by("pk")]


def test_whoever_gets_another_address_is_told_at_both(cast, drain):
    user_change(user=cast.bo, changes={"email": "mallory@example.com"}, by=cast.ada)
    drain()
    subject = "Your user name or e-mail address was changed"
    assert sorted(told()) == [("bo@example.com", subject), ("mallory@example.com", subject)]
    assert f"It was done by {cast.ada}." in Message.objects.earliest("pk").body


def test_each_change_is_told_once(cast, drain, noon):
    change = SignInChanged(property_id=None, user_id=cast.bo.pk, change="password", occurred_at=now())
    assert [sign_in_change_tell(change=change) for _ in range(2)] == [1, 1]
    assert told() == [("bo@example.com", "Your password was changed")]

    noon.shift(60)
    user_password_set(user=cast.bo, password="a-quite-long-phrase", by=cast.ada)
    own_password_change(user=cast.bo, old="a-quite-long-phrase", new="another-quite-long-one")
    drain()
    assert len(told()) == 2, "two in one instant are one message"
    noon.shift(60)
    own_password_change(user=cast.bo, old="another-quite-long-one", new="a-quite-long-phrase")
    drain()
    assert len(told()) == 3
    assert "It was done by" not in Message.objects.latest("pk").body
    assert "on 14 March 2027 at 13:02" in Message.objects.latest("pk").body


def test_names_that_nobody_signs_in_with_are_not_told(cast, drain):
    user_change(user=cast.bo, changes={"display_name": "Bo B."}, by=cast.ada)
    drain()
    assert told() == []


def test_second_steps_are_told(cast, drain, noon):
    phone_of(cast.bo)
    recovery_codes_renew(user=cast.bo)
    factor_remove(user=cast.bo, kind="totp")
    noon.shift(60)
    phone_of(cast.bo)
    factors_reset(user=cast.bo, by=cast.ada)
    drain()
    assert [subject for _, subject in told()] == [
        "A second step was added to your sign-in",
        "You were given new recovery codes",
        "A second step was taken from your sign-in",
        "A second step was added to your sign-in",
        "Your second steps were taken away",
    ]


def test_a_new_browser_is_told_but_not_the_first(cast, drain):
    first = device_seen(user=cast.bo, browser=FIREFOX)
    device_seen(user=cast.bo, browser=Browser(secret=first.secret))
    drain()
    assert told() == []
    device_seen(user=cast.bo, browser=FIREFOX)
    drain()
    assert told() == [("bo@example.com", "You signed in with a browser that we did not know")]
    assert "Browser: Firefox on Windows." in Message.objects.get().body


def test_machines_and_people_without_an_address_are_not_written_to(cast):
    machine = user_make(cast.alpha, username="till", email="till@example.com", is_machine=True)
    silent = user_make(cast.alpha, username="silent", email="")
    for user in (machine, silent):
        change = SignInChanged(property_id=None, user_id=user.pk, change="password", occurred_at=now())
        assert sign_in_change_tell(change=change) == 0
    gone = SignInChanged(property_id=None, user_id=0, change="password", occurred_at=now())
    assert sign_in_change_tell(change=gone) == 0
    assert told() == []


def test_who_is_looked_at_is_told_who_why_and_until_when(cast, drain):
    row = impersonation_begin(
        user=cast.bo, by=cast.ada, reason="Ticket 4711: an empty rack.", session="a" * 40, minutes=20
    )
    drain()

    subject = "ada looks at Auberge as you see it"
    assert told() == [("bo@example.com", subject)]
    body = Message.objects.get().body
    assert f"{subject}, on 14 March 2027 from 13:00 until 13:20 at the latest." in body
    assert "Reason: Ticket 4711: an empty rack." in body
    assert impersonation_tell(impersonation_id=row.pk) == 1
    assert len(told()) == 1, "once"
