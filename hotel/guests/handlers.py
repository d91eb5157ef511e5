"""What guests install at start: the answer to messaging's question whether somebody may be written to."""

from hotel.guests.selectors.consents import consent_given
from hotel.messaging.consent import register_consent_check

register_consent_check(consent_given)
