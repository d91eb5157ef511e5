"""What guests install at start: messaging's answers whether somebody may be written to, and where he is known."""

from hotel.guests.selectors.consents import consent_given
from hotel.guests.selectors.profiles import guest_known_at
from hotel.messaging.consent import register_consent_check
from hotel.messaging.known_guests import register_guest_known

register_consent_check(consent_given)
register_guest_known(guest_known_at)
