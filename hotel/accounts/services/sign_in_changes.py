"""That what a person signs in with has changed is told, so that he hears of it when it was not he."""

from hotel.accounts.models import DeskSeat, User
from hotel.contracts.accounts import SignInChanged
from hotel.core.clock import now
from hotel.core.facts import publish

_USES = frozenset({"new_device", "recovery_code_used"})  # nothing changed, something was used


def sign_in_changed(
    *, user: User, change: str, by: User | None = None, former_address: str = "", detail: str = ""
) -> None:
    """Tell it with the transaction that makes it true; for the attributes see ``SignInChanged``.

    No PIN opens a desk again that was opened with what has changed.

    Publishes: SignInChanged.
    """
    if change not in _USES:
        DeskSeat.objects.filter(device__user=user, ended_at=None).update(ended_at=now())
    publish(
        SignInChanged(
            property_id=None,
            user_id=user.pk,
            change=change,
            occurred_at=now(),
            changed_by_id=by.pk if by is not None and by.pk != user.pk else None,
            former_address=former_address,
            detail=detail,
        )
    )
