"""What second factors people have."""

from allauth.mfa.models import Authenticator

from hotel.accounts.domain.second_factors import Factors
from hotel.accounts.models import User


def factors_of(user: User) -> Factors:
    """What a person can prove himself by; one query."""
    rows = list(Authenticator.objects.filter(user=user))
    kinds = [row.type for row in rows]
    recovery = next((row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    return Factors(
        totp=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        recovery_left=len(recovery.wrap().get_unused_codes()) if recovery else 0,
    )


def passkeys_of(user: User) -> list[Authenticator]:
    """A person's passkeys, oldest first; their names by ``str``."""
    return list(Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).order_by("pk"))
