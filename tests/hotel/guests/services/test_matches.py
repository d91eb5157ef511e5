"""The review queue of suspected duplicates."""

from decimal import Decimal

import pytest

from hotel.core.exceptions import Conflict
from hotel.guests.models import GuestMatch
from hotel.guests.services.documents import DocumentData, document_record
from hotel.guests.services.matches import match_dismiss
from tests.factories.guests import guest_make


def test_the_same_document_is_suspicious(cast):
    one, two = guest_make(cast.alpha, last_name="Berg"), guest_make(cast.alpha, last_name="Berg")
    for guest in (one, two):
        document_record(guest=guest, data=DocumentData(kind="passport", number="P9", issuing_country="AT"))
    match = GuestMatch.objects.get()
    assert (match.first, match.second, match.score) == (one, two, Decimal("0.950"))
    assert [reason["trait"] for reason in match.reasons] == ["document", "name"]
    match_dismiss(match=match, by=cast.rae)
    with pytest.raises(Conflict):
        match_dismiss(match=match, by=cast.rae)
    document_record(guest=one, data=DocumentData(kind="id_card", number="I9", issuing_country="AT"))
    assert GuestMatch.objects.get().status == "dismissed"
