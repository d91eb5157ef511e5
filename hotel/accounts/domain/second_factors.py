"""What a second step when signing in may be, and when it is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Factors:
    """What a person can prove himself by, beside the password.

    Attributes:
        totp: an app that shows codes is set up.
        passkeys: how many.
        recovery_left: recovery codes that were not used yet.
    """

    totp: bool = False
    passkeys: int = 0
    recovery_left: int = 0

    @property
    def any(self) -> bool:
        """Whether a second step is asked for; recovery codes alone are none."""
        return self.totp or self.passkeys > 0

    @property
    def methods(self) -> list[str]:
        """Words for programs, in the order to offer them."""
        offered = (
            ("passkey", self.passkeys > 0),
            ("totp", self.totp),
            ("recovery_code", self.any and self.recovery_left > 0),
        )
        return [name for name, is_offered in offered if is_offered]


@dataclass(frozen=True)
class SignInPolicy:
    """What is asked of one person who signs in.

    Attributes:
        second_factor: must have a second step; without one nothing opens but the page to set it up.
        idle_minutes: a session ends after so many without a request.
        session_hours: a session ends after so many, whatever happens.
        step_up_minutes: what is delicate asks for the password again, so long after it was named last.
    """

    second_factor: bool = False
    idle_minutes: int = 30
    session_hours: int = 12
    step_up_minutes: int = 5


def strictest(policies: Iterable[SignInPolicy]) -> SignInPolicy:
    """One policy that asks as much as each of these; the house's own when there is none."""
    found = list(policies) or [SignInPolicy()]
    return SignInPolicy(
        second_factor=any(policy.second_factor for policy in found),
        idle_minutes=min(policy.idle_minutes for policy in found),
        session_hours=min(policy.session_hours for policy in found),
        step_up_minutes=min(policy.step_up_minutes for policy in found),
    )


def may_remove(factors: Factors, policy: SignInPolicy, *, kind: str) -> bool:
    """Whether one authenticator, a ``totp`` or a ``passkey``, may go: one stays when the policy asks for it."""
    left = factors.passkeys - (kind == "passkey") + (factors.totp and kind != "totp")
    return left > 0 or not policy.second_factor


def typed_code(text: str) -> str:
    """A code as people type it, without spaces and dashes; empty when it cannot be one."""
    code = "".join(text.split()).replace("-", "")
    return code if code.isascii() and code.isdecimal() and len(code) in (6, 8) else ""
