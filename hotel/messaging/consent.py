"""The port through which a higher floor says whether a guest may be written to.

Guests stand above messaging, so messaging cannot ask them: ``hotel.guests`` registers a check at start.
"""

from collections.abc import Callable

from hotel.messaging.choices import Purpose

ConsentCheck = Callable[[int, str, str], bool | str]
_checks: list[ConsentCheck] = []


def register_consent_check(check: ConsentCheck) -> None:
    """Install a check; every installed one must agree. Repeatable.

    Args:
        check: called with guest id, channel and purpose when a message leaves; answers True, or False or the
            reason in words for a refusal.
    """
    if check not in _checks:
        _checks.append(check)


def unregister_consent_check(check: ConsentCheck) -> None:
    """Take a check out again (tests)."""
    if check in _checks:
        _checks.remove(check)


def consent_refusal(guest_id: int | None, channel: str, purpose: str) -> str:
    """Why a message must not leave now; empty when it may.

    Advertising needs a known guest and a check that agrees. What the stay itself needs goes unless a check refuses.
    """
    if guest_id is None or not _checks:
        return "" if purpose == Purpose.TRANSACTIONAL else "Nobody has given consent to advertising here."
    for check in _checks:
        answer = check(guest_id, channel, purpose)
        if answer is not True:
            return str(answer or f"The guest has given no consent to {purpose} messages by {channel}.")
    return ""
