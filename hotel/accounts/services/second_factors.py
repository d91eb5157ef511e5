"""Second factors: set up, asked for, taken away. allauth keeps them and does the arithmetic.

A code of an app opens once: its time step is a row, so that no other process takes it again.
"""

from datetime import timedelta
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from hotel.accounts.domain.second_factors import may_remove, typed_code
from hotel.accounts.models import UsedCode, User
from hotel.accounts.selectors.second_factors import factors_of
from hotel.accounts.services.guards import require_another, require_outranks
from hotel.accounts.services.sessions import sessions_end
from hotel.accounts.services.sign_in_changes import sign_in_changed
from hotel.accounts.sign_in_ports import policy_for
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotFound
from hotel.core.locks import lock_rows
from hotel.core.security_events import security_event
from hotel.core.words import _, gettext_noop

CODE_WRONG = gettext_noop("This code is wrong, or was used before. Wait for the next one.")
MOST_PASSKEYS = 10


def code_accepted(*, user: User, code: str) -> str:
    """Use a code of a person's app, or a recovery code.

    Args:
        user: whose password was right.
        code: as typed.

    Returns:
        ``totp`` or ``recovery_code``; empty when the code is wrong or was used before, by whichever process.
    """
    digits = typed_code(code)
    rows = {row.type: row for row in Authenticator.objects.filter(user=user)} if digits else {}
    app, recovery = rows.get(Authenticator.Type.TOTP), rows.get(Authenticator.Type.RECOVERY_CODES)
    accepted = ""
    if app is not None and _totp_used(user, decrypt(app.data["secret"]), digits):
        app.record_usage()
        accepted = "totp"
    elif recovery is not None and RecoveryCodes(recovery).validate_code(digits):
        security_event("recovery_code_used", user=user.pk)
        with transaction.atomic():
            sign_in_changed(user=user, change="recovery_code_used")
        accepted = "recovery_code"
    return accepted


@transaction.atomic
def totp_activate(*, user: User, secret: str, code: str) -> list[str]:
    """Set up an app that shows codes, with the first code of it as proof.

    Args:
        user: who sets it up for himself.
        secret: base32, which the app was told.
        code: that it shows now; it is used by this.

    Returns:
        New recovery codes, to be shown once; empty when the person has some already.

    Raises:
        InvalidInput: the code is wrong (``code_wrong``).
        Conflict: an app is set up already.

    Locks: the person.

    Publishes: SignInChanged.
    """
    [user] = lock_rows(User.objects.filter(pk=user.pk))
    if factors_of(user).totp:
        raise Conflict(_("An app is set up already; remove it first."), code="totp_exists")
    digits = typed_code(code)
    if not digits or not _totp_used(user, secret, digits):
        raise InvalidInput(_(CODE_WRONG), code="code_wrong", fields={"code": [_(CODE_WRONG)]})
    TOTP.activate(user, secret)
    security_event("second_factor_added", user=user.pk, factor="totp")
    sign_in_changed(user=user, change="second_factor_added")
    return _recovery_codes_first(user)


@transaction.atomic
def passkey_add(*, user: User, name: str, credential: dict[str, Any]) -> list[str]:
    """Keep a passkey whose registration was verified.

    Returns:
        New recovery codes, to be shown once; empty when the person has some already.

    Raises:
        Conflict: the person has ``MOST_PASSKEYS`` already.

    Locks: the person.

    Publishes: SignInChanged.
    """
    [user] = lock_rows(User.objects.filter(pk=user.pk))
    if factors_of(user).passkeys >= MOST_PASSKEYS:
        raise Conflict(_("That is enough passkeys; remove one first."), code="passkeys_enough")
    WebAuthn.add(user, name, credential)
    security_event("second_factor_added", user=user.pk, factor="passkey")
    sign_in_changed(user=user, change="second_factor_added")
    return _recovery_codes_first(user)


@transaction.atomic
def recovery_codes_renew(*, user: User) -> list[str]:
    """Ten new recovery codes in place of the old ones, to be shown once.

    Raises:
        Conflict: no second factor that they could stand in for.

    Locks: the person.

    Publishes: SignInChanged.
    """
    [user] = lock_rows(User.objects.filter(pk=user.pk))
    if not factors_of(user).any:
        raise Conflict(_("Set up an app or a passkey first."), code="no_second_factor")
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    security_event("recovery_codes_renewed", user=user.pk)
    sign_in_changed(user=user, change="recovery_codes_renewed")
    return RecoveryCodes.activate(user).generate_codes()


@transaction.atomic
def factor_remove(*, user: User, kind: str, factor_id: int | None = None) -> None:
    """Take one's own app (``totp``) or one's passkey with this id away; the last one takes the recovery codes along.

    Raises:
        NotFound: there is none.
        Conflict: it is the last one, and the person's roles ask for a second factor.

    Locks: the person.

    Publishes: SignInChanged.
    """
    [user] = lock_rows(User.objects.filter(pk=user.pk))
    is_app = kind == "totp"
    rows = Authenticator.objects.filter(
        user=user, type=Authenticator.Type.TOTP if is_app else Authenticator.Type.WEBAUTHN
    )
    found = (rows if is_app else rows.filter(pk=factor_id)).first()
    if found is None:
        raise NotFound(_("There is no such second factor."))
    if not may_remove(factors_of(user), policy_for(user), kind=kind):
        raise Conflict(
            _("Your role or hotel asks for a second step: set up another one first."),
            code="second_factor_required",
        )
    found.delete()
    if not factors_of(user).any:
        Authenticator.objects.filter(user=user).delete()
    security_event("second_factor_removed", user=user.pk, factor=kind)
    sign_in_changed(user=user, change="second_factor_removed")


@transaction.atomic
def factors_reset(*, user: User, by: User | None) -> int:
    """Take all second factors of a person away who has lost them, and end his sessions.

    Raises:
        NotPermitted, RightsExceeded: ``by`` is the person, does not manage him, or lacks one of his rights.

    Locks: the person.

    Publishes: SignInChanged.

    Returns:
        How many authenticators went.
    """
    [user] = lock_rows(User.objects.filter(pk=user.pk))
    require_outranks(by=by, user=user)
    text = _("Remove your own second step on the page of your account; who has lost it asks somebody else.")
    require_another(by=by, user=user, text=text)
    count, _by_model = Authenticator.objects.filter(user=user).delete()
    sessions_end(user=user)
    security_event("second_factors_reset", user=user.pk, by=by.pk if by else None)
    sign_in_changed(user=user, change="second_factors_reset", by=by)
    return count


def used_codes_forget() -> int:
    """Delete time steps that no code can be of any more; how many. Repeatable."""
    return UsedCode.objects.filter(used_at__lt=now() - timedelta(days=1)).delete()[0]


def _totp_used(user: User, secret: str, digits: str) -> bool:
    """Whether these digits are of a time step around now that nobody has used; it is used by this."""
    for step in yield_hotp_counters_from_time():
        if compare_user_code(actual=digits, expected=format_hotp_value(hotp_value(secret, step))):
            return UsedCode.objects.get_or_create(user=user, step=step)[1]
    return False


def _recovery_codes_first(user: User) -> list[str]:
    if Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).exists():
        return []
    return RecoveryCodes.activate(user).generate_codes()
