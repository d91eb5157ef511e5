"""Words of cases go with the guest."""

from security.models import LegalHold, PrivacyRequest
from security.services.holds import hold_lift
from security.services.privacy_words import guest_words_erase
from tests.factories.guests import guest_make
from tests.factories.security_privacy import legal_hold_make, privacy_request_make


def test_words_go_and_cases_stay(cast):
    gus = guest_make(cast.alpha)
    privacy_request_make(cast.alpha, gus, words="I am Gus")
    hold_lift(hold=legal_hold_make(cast.alpha, gus, reason="Gus sues"), by=None)
    privacy_request_make(cast.alpha, words="I am somebody else")
    assert guest_words_erase(guest_id=gus.pk) == 2
    assert sorted(row.words for row in PrivacyRequest.objects.all()) == ["", "I am somebody else"]
    assert LegalHold.objects.get().reason == "erased"
