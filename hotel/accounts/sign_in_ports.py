"""The port through which a higher floor says what is asked of a person who signs in."""

from collections.abc import Callable

from hotel.accounts.domain.second_factors import SignInPolicy, strictest
from hotel.accounts.models import User

PolicySource = Callable[[User], SignInPolicy]
_sources: list[PolicySource] = []


def register_policy_source(source: PolicySource) -> None:
    """Name who knows; called once from ``AppConfig.ready`` of a higher app. Repeatable."""
    if source not in _sources:
        _sources.append(source)


def policy_for(user: User) -> SignInPolicy:
    """What is asked of this person now: as much as the strictest source asks."""
    return strictest(source(user) for source in _sources)
