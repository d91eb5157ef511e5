"""What guests install at start."""

from hotel.guests.selectors.consents import consent_given
from hotel.messaging import consent


def test_messaging_asks_guests_before_a_message_leaves():
    assert consent_given in consent._checks
