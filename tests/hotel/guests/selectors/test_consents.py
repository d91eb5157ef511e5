"""What a guest agrees to now: the newest decision counts, and advertising needs one that was given."""

from datetime import timedelta

from hotel.core.clock import now
from hotel.guests.models import GuestConsent
from hotel.guests.selectors.consents import consent_given, consents_current
from hotel.guests.services.consents import consent_record, consent_withdraw
from tests.factories.guests import guest_make

MAIL = {"channel": "email", "purpose": "marketing", "source": "website"}


def test_advertising_needs_consent_and_the_stay_needs_none(cast):
    guest = guest_make(cast.alpha)
    assert consent_given(guest.pk, "email", "transactional") is True
    assert (
        consent_given(guest.pk, "email", "marketing") == "The guest was never asked about marketing by email."
    )
    consent_record(guest=guest, **MAIL, evidence="Yes, send me offers.", by=cast.bo)
    assert consent_given(guest.pk, "email", "marketing") is True
    assert consent_given(guest.pk, "sms", "marketing") is not True
    consent_withdraw(guest=guest, **MAIL)
    assert (
        consent_given(guest.pk, "email", "marketing")
        == "The guest withdrew his consent to marketing by email."
    )
    rows = GuestConsent.objects.order_by("pk").values_list("decision", "evidence", "recorded_by")
    assert list(rows) == [("given", "Yes, send me offers.", cast.bo.pk), ("withdrawn", "", None)]
    assert consent_given(999, "email", "marketing") == "The guest is not known."


def test_a_withdrawal_beats_an_older_consent_recorded_later(cast):
    guest = guest_make(cast.alpha)
    consent_withdraw(guest=guest, **MAIL)
    consent_record(guest=guest, **MAIL, at=now() - timedelta(days=3))
    assert consents_current(guest.pk)["email", "marketing"].decision == "withdrawn"
    consent_record(guest=guest, **MAIL)
    assert consents_current(guest.pk)["email", "marketing"].decision == "given"
