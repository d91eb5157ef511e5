"""Legal holds."""

import pytest

from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from security.models import LegalHold
from security.services.holds import hold_lift
from tests.cast import make_property
from tests.factories.guests import guest_make
from tests.factories.properties import chain_make
from tests.factories.security_privacy import legal_hold_make


def test_a_hold_needs_a_reason_and_a_guest_of_the_chain(cast):
    with pytest.raises(InvalidInput):
        legal_hold_make(cast.alpha, reason=" ")
    elsewhere = make_property(
        chain_make(code="ELSE"), "ELSE", name="Else", country="AT", currency="EUR", time_zone="UTC"
    )
    with pytest.raises(RuleBroken):
        legal_hold_make(cast.alpha, guest_make(elsewhere))
    assert not LegalHold.objects.exists()


def test_a_hold_is_lifted_once(cast):
    hold = hold_lift(hold=legal_hold_make(cast.alpha), by=cast.ada)
    assert (hold.lifted_by, hold.lifted_at is not None) == (cast.ada, True)
    with pytest.raises(Conflict):
        hold_lift(hold=hold, by=cast.ada)
