"""People and machines: made at a property, changed, deactivated, never deleted."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from hotel.accounts.models import ApiToken, StaffProfile, User
from hotel.accounts.services.guards import (
    require_another,
    require_manager,
    require_manages,
    require_outranks,
)
from hotel.accounts.services.sessions import sessions_end
from hotel.accounts.services.sign_in_changes import sign_in_changed
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.models import Property

USER_FIELDS = frozenset(
    {"username", "email", "first_name", "last_name", "display_name", "language", "is_staff"}
)
PROFILE_FIELDS = frozenset({"home_property", "job_title", "employee_number", "phone"})
_IDENTITY = frozenset({"username", "email"})


@transaction.atomic
def user_create(
    *,
    home: Property,
    values: Mapping[str, Any],
    password: str = "",
    is_machine: bool = False,
    by: User | None = None,
) -> User:
    """Make a person or a machine at home at a property, without any role yet.

    Args:
        home: the property that keeps the staff file; managers of its accounts see the user.
        values: of ``USER_FIELDS`` and ``PROFILE_FIELDS``; the username at least.
        password: empty for none: the person sets one by e-mail. Never for machines, which use tokens.
        is_machine: cannot sign in with a password, ever.
        by: the user who asks; None for the house itself.

    Raises:
        NotPermitted: ``by`` does not manage accounts at the property.
        InvalidInput: a password for a machine.
        ValidationError: a value is malformed, the username is taken, or the password is weak.
    """
    require_manager(by=by, property_ids=[home.pk])
    user = User(
        chain=home.chain,
        is_machine=is_machine,
        **{name: value for name, value in values.items() if name in USER_FIELDS},
    )
    _set_password(user, password)
    user.full_clean()
    user.save()
    profile = {name: value for name, value in values.items() if name in PROFILE_FIELDS}
    _save_profile(StaffProfile(user=user, **{**profile, "home_property": home}))
    return user


@transaction.atomic
def user_change(*, user: User, changes: Mapping[str, Any], by: User | None = None) -> User:
    """Change a user's data and staff file.

    Args:
        user: read again under its lock.
        changes: of ``USER_FIELDS`` and ``PROFILE_FIELDS``.
        by: the user who asks; to change the name or address one signs in with, he must hold every right of
            the user.

    Raises:
        NotPermitted, RightsExceeded: ``by`` may not.
        ValidationError: a value is malformed or taken.

    Locks: the user.

    Publishes: SignInChanged with another name or address to sign in with.
    """
    [user] = lock_rows(User.objects.filter(pk=user.pk))
    differing = {name for name in USER_FIELDS & changes.keys() if getattr(user, name) != changes[name]}
    (require_outranks if differing & _IDENTITY else require_manages)(by=by, user=user)
    former = user.email
    for name in differing:
        setattr(user, name, changes[name])
    user.full_clean()
    user.save()
    if differing & _IDENTITY:
        sign_in_changed(
            user=user, change="identity", by=by, former_address=former if "email" in differing else ""
        )
    profile_changes = {name: changes[name] for name in PROFILE_FIELDS & changes.keys()}
    if profile_changes:
        home = profile_changes.get("home_property")
        if home is not None:
            require_manager(by=by, property_ids=[home.pk])
        profile = StaffProfile.objects.filter(user=user).first() or StaffProfile(user=user)
        for name, value in profile_changes.items():
            setattr(profile, name, value)
        _save_profile(profile)
    return User.objects.select_related("staff_profile").get(pk=user.pk)


@transaction.atomic
def user_deactivate(*, user: User, by: User | None = None) -> User:
    """Shut a user out at once: sessions end, tokens are revoked for good. Repeatable.

    Raises:
        NotPermitted: ``by`` does not manage the user, or is the user.

    Locks: the user.
    """
    [user] = lock_rows(User.objects.filter(pk=user.pk))
    require_manages(by=by, user=user)
    require_another(by=by, user=user, text=_("Ask somebody else to deactivate you."))
    user.is_active = False
    user.save(update_fields=["is_active"])
    for token in ApiToken.objects.filter(user=user, revoked_at=None):
        token.revoked_at = now()
        token.save(update_fields=["revoked_at", "updated_at"])
    sessions_end(user=user)
    return user


@transaction.atomic
def user_activate(*, user: User, by: User | None = None) -> User:
    """Let a user in again, with the roles still assigned. Repeatable.

    Raises:
        NotPermitted, RightsExceeded: ``by`` does not manage the user or lacks one of his rights.

    Locks: the user.
    """
    [user] = lock_rows(User.objects.filter(pk=user.pk))
    require_outranks(by=by, user=user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    return user


@transaction.atomic
def user_password_set(*, user: User, password: str, by: User | None = None) -> User:
    """Give a person another password; his sessions end.

    Raises:
        NotPermitted, RightsExceeded: ``by`` is the person, does not manage him, or lacks one of his rights.
        InvalidInput: a machine.
        ValidationError: the password is weak.

    Locks: the user.

    Publishes: SignInChanged.
    """
    [user] = lock_rows(User.objects.filter(pk=user.pk))
    require_outranks(by=by, user=user)
    require_another(by=by, user=user, text=_("Change your own password by naming the old one."))
    _set_password(user, password)
    user.save(update_fields=["password", "password_due_since"])
    sessions_end(user=user)
    sign_in_changed(user=user, change="password", by=by)
    return user


@transaction.atomic
def password_demand(*, user: User) -> bool:
    """Let nothing open to a person before he has set another password; his sessions and PINs end. Repeatable.

    Tokens stay: no password opens them.

    Returns:
        Whether this is new.

    Raises:
        InvalidInput: a machine, which has no password.

    Locks: the user.
    """
    [user] = lock_rows(User.objects.filter(pk=user.pk))
    if user.is_machine:
        raise InvalidInput(_("A machine has tokens and no password."), code="machine_password")
    is_new = user.password_due_since is None
    if is_new:
        user.password_due_since = now()
        user.save(update_fields=["password_due_since"])
    sessions_end(user=user)
    return is_new


@transaction.atomic
def password_demand_withdraw(*, user: User) -> bool:
    """Let the old password be enough again; whether another was still due. Repeatable. Locks the user."""
    [user] = lock_rows(User.objects.filter(pk=user.pk))
    was_due = user.password_due_since is not None
    if was_due:
        user.password_due_since = None
        user.save(update_fields=["password_due_since"])
    return was_due


@transaction.atomic
def own_password_change(*, user: User, old: str, new: str) -> User:
    """Change one's own password.

    Raises:
        InvalidInput: the old one is wrong, or the new one is the old one though another is due.
        ValidationError: the new one is weak.

    Locks: the user.

    Publishes: SignInChanged.
    """
    [user] = lock_rows(User.objects.filter(pk=user.pk))
    if not user.check_password(old):
        raise InvalidInput(
            _("The old password is wrong."), code="password_wrong", fields={"old": [_("Wrong.")]}
        )
    if user.password_due_since is not None and user.check_password(new):
        text = _("This is the old one: choose another.")
        raise InvalidInput(text, code="password_same", fields={"new": [text]})
    _set_password(user, new)
    user.save(update_fields=["password", "password_due_since"])
    sign_in_changed(user=user, change="password")
    return user


@transaction.atomic
def owner_create(*, username: str, email: str, password: str) -> User:
    """Make the first superuser of an installation.

    Raises:
        Conflict: there is a superuser already.
        ValidationError: a value is malformed or the password is weak.
    """
    if User.objects.filter(is_superuser=True).exists():
        raise Conflict(_("This installation has an owner already."), code="owner_exists")
    user = User(username=username, email=email, is_staff=True, is_superuser=True)
    _set_password(user, password)
    user.full_clean()
    user.save()
    return user


def _set_password(user: User, password: str) -> None:
    if not password:
        user.set_unusable_password()
        return
    if user.is_machine:
        raise InvalidInput(_("A machine has tokens and no password."), code="machine_password")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    user.set_password(password)
    user.password_due_since = None


def _save_profile(profile: StaffProfile) -> None:
    profile.full_clean()
    profile.save()
