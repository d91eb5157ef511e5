"""Consents are a history that the database keeps."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.guests.models import GuestConsent
from hotel.guests.services.consents import consent_record, consent_withdraw
from tests.factories.guests import guest_make
from tests.structure import by_owner

MAIL = {"channel": "email", "purpose": "marketing", "source": "website"}


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
        with by_owner(), pytest.raises(IntegrityError), transaction.atomic():
            change()
    consent.refresh_from_db()
    assert (consent.decision, consent.evidence) == ("given", "")
