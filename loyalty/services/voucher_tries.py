"""How often somebody may try codes of vouchers, over the API and at the desk together."""

from hotel.monitoring.choices import Scope
from hotel.monitoring.domain.gcra import Decision, Quota
from hotel.monitoring.domain.matching import Asked, Rule
from hotel.monitoring.services.limiter import limiter

# Beside the rules of the house, whose ids these are none of.
CODES = Rule(id=-100, name="vouchers", scope=Scope.CLIENT, quota=Quota(30, 60, 30))


def code_try(user_id: int) -> Decision:
    """Count one code that a person tries: thirty a minute, so that nobody guesses.

    Its doors ask before they open a transaction, which would take the count back with it.
    """
    (heard,) = limiter().take([CODES], Asked(principal=("user", user_id)))
    return heard
