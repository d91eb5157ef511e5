"""Do not rent: with a reason, and somebody who said so."""

import pytest
from django.db import IntegrityError, transaction

from hotel.core.exceptions import Conflict, InvalidInput
from hotel.guests.models import Guest
from hotel.guests.selectors.profiles import restriction_of
from hotel.guests.services.restrictions import guest_restrict, guest_unrestrict
from tests.factories.guests import guest_make


def test_a_restriction_has_a_reason_and_somebody_who_said_so(cast):
    guest = guest_make(cast.alpha)
    assert restriction_of(guest) is None
    with pytest.raises(InvalidInput):
        guest_restrict(guest=guest, reason=" ", by=cast.bo)
    guest = guest_restrict(guest=guest, reason="Set fire to a curtain", by=cast.bo)
    found = restriction_of(guest)
    assert (found.reason, found.by_id, found.since) == (
        "Set fire to a curtain",
        cast.bo.pk,
        guest.do_not_rent_at,
    )
    with pytest.raises(Conflict) as refused:
        guest_restrict(guest=guest, reason="Again", by=cast.rae)
    assert refused.value.code == "restricted_already"
    assert restriction_of(Guest.objects.get()).reason == "Set fire to a curtain"
    guest = guest_unrestrict(guest=guest, by=cast.ada)
    assert (restriction_of(guest), guest.do_not_rent_reason, guest.version) == (None, "", 3)
    with pytest.raises(Conflict) as refused:
        guest_unrestrict(guest=guest, by=cast.ada)
    assert refused.value.code == "not_restricted"


def test_the_database_wants_the_reason_too(cast):
    guest = guest_make(cast.alpha)
    with pytest.raises(IntegrityError), transaction.atomic():
        Guest.objects.filter(pk=guest.pk).update(is_do_not_rent=True)
