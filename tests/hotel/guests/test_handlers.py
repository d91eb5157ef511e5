"""What guests install at start."""

from hotel.guests.selectors.consents import consent_given
from hotel.messaging import consent
from hotel.messaging.known_guests import guest_is_known
from tests.factories.guests import guest_make


def test_messaging_asks_guests_before_a_message_leaves():
    assert consent_given in consent._checks


def test_messaging_learns_where_a_guest_is_known(cast):
    guest = guest_make(cast.alpha)

    assert guest_is_known(guest.pk, [cast.alpha.pk, cast.beta.pk])
    assert not guest_is_known(guest.pk, [cast.beta.pk])
    assert not guest_is_known(guest.pk, [])
