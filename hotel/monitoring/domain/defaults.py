"""The rules that the house begins with; generous for whoever works, tight for whoever guesses.

Address rules are wide: a whole hotel sits behind one address. Floors also hold where the table of rules is empty or
cannot be read yet.
"""

from typing import Any

from hotel.monitoring.choices import Action, Scope
from hotel.monitoring.domain.gcra import Quota
from hotel.monitoring.domain.matching import Rule

SIGN_IN = "POST /api/v1/auth/login"
DEFAULTS: tuple[dict[str, Any], ...] = (
    {
        "name": "sign-in",
        "description": "Attempts to sign in from one address, whatever the names.",
        "priority": 0,
        "scope": Scope.ADDRESS,
        "operation": SIGN_IN,
        "rate": 60,
        "period_seconds": 60,
        "burst": 30,
        "action": Action.ENFORCE,
        "is_floor": True,
        "is_closed": True,
    },
    {
        "name": "address",
        "description": "All requests from one address.",
        "priority": 0,
        "scope": Scope.ADDRESS,
        "rate": 3000,
        "period_seconds": 60,
        "burst": 600,
        "action": Action.ENFORCE,
        "is_floor": True,
    },
    {
        "name": "anonymous",
        "description": "Requests that nobody has signed in for.",
        "priority": 1000,
        "scope": Scope.CLIENT,
        "is_anonymous": True,
        "rate": 60,
        "period_seconds": 60,
        "burst": 60,
        "action": Action.ENFORCE,
    },
    {
        "name": "default",
        "description": "All requests of one person or one token.",
        "priority": 1000,
        "scope": Scope.CLIENT,
        "rate": 600,
        "period_seconds": 60,
        "burst": 100,
        "action": Action.ENFORCE,
    },
)


def default_rules() -> list[Rule]:
    """The same as rules that can be matched; their ids are negative, so that they share no key with a row."""
    plain = ("name", "priority", "scope", "action", "operation", "is_anonymous", "is_floor", "is_closed")
    return [
        Rule(
            id=-number,
            quota=Quota(values["rate"], values["period_seconds"], values["burst"]),
            **{key: values[key] for key in plain if key in values},
        )
        for number, values in enumerate(DEFAULTS, start=1)
    ]
