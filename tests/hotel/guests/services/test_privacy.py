"""What a guest may ask of his data."""

import json

import pytest
from django.db import IntegrityError, transaction

from hotel.core.exceptions import Conflict
from hotel.guests.models import Guest, GuestConsent, GuestDocument, GuestMerge, ProfileAtProperty
from hotel.guests.selectors.consents import consent_given
from hotel.guests.selectors.profiles import guests_search
from hotel.guests.services.consents import consent_record
from hotel.guests.services.merges import guest_merge
from hotel.guests.services.privacy import (
    erasure_blockers,
    guest_erase,
    guest_export,
    objection_record,
    processing_restrict,
    processing_resume,
    profiles_of,
)
from tests.factories.guests import guest_document_make, guest_make
from tests.structure import by_owner

TOLD = {"last_name": "Canary", "first_name": "Zora", "email": "zora@canary.example", "phone": "+4315550199"}


def _agreed(guest):
    return consent_record(
        guest=guest,
        channel="email",
        purpose="marketing",
        source="website",
        text_version="3",
        evidence="Yes, Zora",
    )


def test_an_erased_guest_is_a_row_without_a_name(cast):
    guest, other = guest_make(cast.alpha, **TOLD), guest_make(cast.alpha, last_name="Other")
    guest_document_make(cast.alpha, guest)
    _agreed(guest)
    assert guest_erase(guest_id=guest.pk) == 4
    guest.refresh_from_db()
    assert (guest.last_name, guest.first_name, guest.email, guest.phone) == ("Erased", "", "", "")
    assert (guest.name_key, guest.email_fingerprint, guest.phone_fingerprint) == ("erased", "", "")
    assert guest.erased_at is not None
    assert not GuestDocument.objects.exists()
    assert GuestConsent.objects.get().evidence == ""
    assert ProfileAtProperty.objects.get(guest=guest).search_text == ""
    assert guests_search([cast.alpha.pk], "canary") == []
    assert Guest.objects.get(pk=other.pk).last_name == "Other"
    assert erasure_blockers(guest_id=guest.pk) == ["The guest was erased already."]


def test_profiles_merged_into_an_erased_guest_go_with_him_and_cannot_be_taken_apart(cast):
    kept, merged = guest_make(cast.alpha, **TOLD), guest_make(cast.alpha, **{**TOLD, "first_name": "Zorah"})
    guest_merge(kept=kept, merged=merged, by=cast.ada, reason="Zora said so")
    assert profiles_of(kept.pk) == [kept.pk, merged.pk]
    assert erasure_blockers(guest_id=merged.pk) == [
        "The profile was merged into another one; erase that one."
    ]
    guest_erase(guest_id=kept.pk)
    assert set(Guest.objects.values_list("last_name", "first_name")) == {("Erased", "")}
    merge = GuestMerge.objects.get()
    assert (json.loads(merge.snapshot), merge.reason) == ({}, "Erased")


def test_evidence_of_a_guest_who_is_there_cannot_be_taken_away(cast):
    consent = _agreed(guest_make(cast.alpha))
    with by_owner(), pytest.raises(IntegrityError), transaction.atomic():
        GuestConsent.objects.filter(pk=consent.pk).update(evidence="")
    consent.refresh_from_db()
    assert (consent.evidence, consent.text_version) == ("Yes, Zora", "3")


def test_of_an_erased_guest_nothing_but_evidence_goes(cast):
    guest = guest_make(cast.alpha)
    consent = _agreed(guest)
    guest_erase(guest_id=guest.pk)
    with by_owner(), pytest.raises(IntegrityError), transaction.atomic():
        GuestConsent.objects.filter(pk=consent.pk).update(decision="withdrawn")


def test_a_restricted_guest_is_seen_by_those_who_answer_for_data_and_accounts_alone(cast):
    guest = guest_make(cast.alpha, **TOLD)
    guest_document_make(cast.alpha, guest)
    assert Guest.objects.all().visible_to(cast.bo).filter(pk=guest.pk).exists()
    processing_restrict(guest=guest)
    assert not Guest.objects.all().visible_to(cast.bo).exists()
    assert not GuestDocument.objects.all().visible_to(cast.bo).exists()
    for who in (cast.ada, cast.cy):
        assert Guest.objects.all().visible_to(who).exists()
    assert guests_search([cast.alpha.pk], "canary") == []
    _agreed(guest)
    assert consent_given(guest.pk, "email", "marketing") == "The processing of this guest is restricted."
    processing_resume(guest=guest)
    assert Guest.objects.all().visible_to(cast.bo).exists()
    assert guests_search([cast.alpha.pk], "canary") == [guest.pk]
    assert consent_given(guest.pk, "email", "marketing") is True


def test_an_objection_to_marketing_outweighs_each_consent(cast):
    guest = guest_make(cast.alpha)
    _agreed(guest)
    objection_record(guest=guest, purpose="marketing")
    _agreed(guest)
    assert consent_given(guest.pk, "email", "marketing") == "The guest objected to marketing."
    assert consent_given(guest.pk, "email", "transactional") is True
    with pytest.raises(Conflict, match="to marketing or to profiling"):
        objection_record(guest=guest, purpose="feedback")


def test_an_objection_of_a_merged_profile_holds_for_the_one_that_lives_on(cast):
    kept, merged = guest_make(cast.alpha), guest_make(cast.alpha)
    objection_record(guest=merged, purpose="marketing")
    guest_merge(kept=kept, merged=merged, by=cast.ada, reason="One person")
    _agreed(kept)
    assert consent_given(kept.pk, "email", "marketing") == "The guest objected to marketing."


def test_an_export_names_what_the_app_knows(cast):
    guest = guest_make(cast.alpha, **TOLD)
    told = str(guest_export(guest_id=guest.pk))
    assert all(value in told for value in TOLD.values())
