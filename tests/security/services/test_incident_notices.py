"""Who is told of incidents."""

from datetime import UTC, datetime, timedelta

from hotel.accounts.models import User
from hotel.messaging.models import Message
from security.services.incident_notices import clock_tell, incident_tell
from tests.factories.security import security_incident_make

AWARE = datetime(2026, 3, 27, 23, tzinfo=UTC)


def test_the_mail_says_what_to_do_and_goes_out_once(house):
    incident = security_incident_make(house.alpha, subject="user:7", summary="He was abroad.")
    assert incident_tell(incident_id=incident.pk) == incident_tell(incident_id=incident.pk) == 1
    body = Message.objects.get().body
    assert "He was abroad." in body
    assert "Subject: user:7." in body


def test_the_reminder_names_the_instant_on_the_hotels_own_clock(house):
    incident = security_incident_make(
        house.alpha,
        is_breach=True,
        aware_at=AWARE,
        detected_at=AWARE,
        last_signal_at=AWARE + timedelta(hours=1),
    )
    assert clock_tell(incident=incident, hours=66) == 1
    assert "end in 6; they end on 31 March 2026, 01:00" in Message.objects.get().body
    clock_tell(incident=incident, hours=72)
    assert "are over. Tell the authority now" in Message.objects.latest("pk").body


def test_what_is_no_breach_has_no_clock(house):
    assert clock_tell(incident=security_incident_make(house.alpha), hours=24) == 0


def test_of_the_whole_installation_superusers_are_told_too(house):
    User.objects.create_superuser(username="root", email="root@example.com", password="x", chain=house.chain)
    assert incident_tell(incident_id=security_incident_make(None).pk) == 2
    assert incident_tell(incident_id=security_incident_make(house.alpha).pk) == 1
