"""Consents are a history; the newest decision counts, and advertising needs one that was given."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput
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


def test_what_makes_no_sense_is_refused(cast):
    guest = guest_make(cast.alpha)
    with pytest.raises(InvalidInput):
        consent_record(guest=guest, **MAIL, at=now() + timedelta(minutes=1))
    assert not GuestConsent.objects.exists()
    consent_withdraw(guest=guest, **MAIL)
    with pytest.raises(Conflict) as refused:
        consent_withdraw(guest=guest, **MAIL)
    assert refused.value.code == "consent_withdrawn"
    assert GuestConsent.objects.count() == 1


def test_the_database_keeps_the_history(cast):
    consent = consent_record(guest=guest_make(cast.alpha), **MAIL)
    for change in (
        lambda: GuestConsent.objects.update(decision="withdrawn"),
        lambda: GuestConsent.objects.update(evidence="other words"),
        lambda: GuestConsent.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    consent.refresh_from_db()
    assert (consent.decision, consent.evidence) == ("given", "")
