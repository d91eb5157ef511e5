"""What accounts tell the house."""

from dataclasses import dataclass
from datetime import datetime

from hotel.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class SignInChanged(Fact):
    """What a person signs in with was changed, or was used as it had not been before; ``property_id`` is None.

    Attributes:
        change: ``password``, ``identity``, ``second_factor_added``, ``second_factor_removed``,
            ``second_factors_reset``, ``recovery_codes_renewed``, ``recovery_code_used`` or ``new_device``,
            ``pin_set`` or ``pin_removed``.
        occurred_at: the instant.
        changed_by_id: who did it when it was not the person.
        former_address: the e-mail address until now when it is another from now on; otherwise empty.
        detail: such as the browser.
    """

    aggregate_name = "user"
    aggregate_field = "user_id"

    user_id: int
    change: str
    occurred_at: datetime
    changed_by_id: int | None = None
    former_address: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class ImpersonationBegan(Fact):
    """A colleague looks at the house as this person sees it; ``property_id`` is None.

    Attributes:
        user_id: who is looked at.
        impersonation_id: the row that says why.
        actor_id: who looks.
        until: when it ends at the latest.
    """

    aggregate_name = "user"
    aggregate_field = "user_id"

    user_id: int
    impersonation_id: int
    actor_id: int
    until: datetime
