"""Looks at accounts, passwords, second steps, sessions, tokens and reviews."""

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from axes.backends import AxesStandaloneBackend
from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.db.models import F, Q, QuerySet
from django.utils.module_loading import import_string

from hotel.accounts.models import ApiToken, RoleAssignment, RolePermission, User
from hotel.accounts.services.demo import OWNER, PEOPLE
from hotel.core.clock import now
from hotel.properties.models import Property
from security.choices import Risk
from security.domain.compliance import Look
from security.models import AccessPolicy, AccessReview, Permission
from security.selectors.checks.looks import bad, told, unknown

QUARTER, HALF_YEAR, YEAR = timedelta(days=90), timedelta(days=185), timedelta(days=366)
LEAST_PASSWORD = 12
KNOWN_VALIDATORS = frozenset(
    {
        "MinimumLengthValidator",
        "UserAttributeSimilarityValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
        "HouseWordsRule",
        "StolenRule",
    }
)


def hasher() -> Look:
    """New passwords are kept as Argon2id."""
    found = get_hasher("default")
    memory = getattr(found, "memory_cost", 0) // 1024
    detail = f"{found.algorithm}, {memory} MiB."
    return told(found.algorithm == "argon2" and memory >= 19, detail, detail)


def password_rules() -> Look:
    """Twelve characters, none of the common ones, no rule about kinds of characters, no end by the calendar."""
    rules = _password_rules()
    least = rules.get("MinimumLengthValidator", {"min_length": 0}).get("min_length", 8)
    if least < LEAST_PASSWORD:
        return bad(f"{least} characters are enough.")
    if "CommonPasswordValidator" not in rules:
        return bad("Common passwords are taken.")
    if "HouseWordsRule" not in rules:
        return bad("Names of the hotel make a password long enough.")
    other = sorted(rules.keys() - KNOWN_VALIDATORS)
    return told(
        not other,
        f"{least} characters at least besides words of the house, no common ones.",
        f"Rules of another kind: {', '.join(other)}.",
    )


def _password_rules() -> dict[str, dict[str, Any]]:
    """The options of each rule that a new password must keep, by the rule's class."""
    validators: list[dict[str, Any]] = settings.AUTH_PASSWORD_VALIDATORS  # type: ignore[assignment]
    return {one["NAME"].rpartition(".")[2]: one.get("OPTIONS", {}) for one in validators}


def stolen_passwords() -> Look:
    """New passwords are looked up on the lists of stolen ones."""
    is_on = "StolenRule" in _password_rules() and bool(settings.STOLEN_PASSWORDS_URL)
    return told(is_on, "New passwords are looked up.", "STOLEN_PASSWORDS_URL names nobody who is asked.")


def guessing() -> Look:
    """Wrong passwords are counted and slowed down."""
    backends = [import_string(name) for name in settings.AUTHENTICATION_BACKENDS]
    is_on = getattr(settings, "AXES_ENABLED", True) and any(
        issubclass(one, AxesStandaloneBackend) for one in backends
    )
    return told(is_on, "Each failure makes the next attempt wait longer.", "Nobody counts wrong passwords.")


def second_step_asked() -> Look:
    """Every chain names roles that need a second step."""
    policies = AccessPolicy.objects.prefetch_related("second_factor_roles", "chain")
    silent = [str(one.chain) for one in policies if not one.second_factor_roles.all()]
    if not policies:
        return unknown("There is no chain yet.")
    return told(not silent, "Every chain names roles.", f"Nobody is asked for one at: {', '.join(silent)}.")


def second_step_had() -> Look:
    """Everybody with a privileged right has a second step."""
    people = _privileged()
    bare = people.exclude(pk__in=Authenticator.objects.values("user")).count()
    return told(
        not bare, f"{people.count()} privileged people have one.", f"{bare} of {people.count()} have none."
    )


def _privileged() -> QuerySet[User]:
    """Active people who are superusers or hold a role with a privileged right."""
    risky = set(Permission.objects.filter(risk=Risk.PRIVILEGED).values_list("area", "verb"))
    rows = RolePermission.objects.values_list("role", "area", "verb")
    roles = {role for role, area, verb in rows if (area, verb) in risky}
    held = RoleAssignment.objects.filter(role__in=roles).values("user")
    people = User.objects.filter(is_active=True, is_machine=False)
    return people.filter(Q(is_superuser=True) | Q(pk__in=held)).distinct()


def demo_accounts() -> Look:
    """Nobody of the demonstration has an account."""
    names = [OWNER, *(person.username for person in PEOPLE)]
    count = User.objects.filter(username__in=names, email__endswith=".example", is_active=True).count()
    is_allowed = bool(getattr(settings, "DEMO_ALLOWED", False))
    return told(
        not count and not is_allowed,
        "None.",
        f"{count} accounts of the demonstration{', which is allowed here' if is_allowed else ''}.",
    )


def dormant_accounts() -> Look:
    """Accounts that nobody used for ninety days are closed."""
    since = now() - QUARTER
    people = User.objects.filter(is_active=True, is_machine=False)
    count = people.filter(Q(last_login__lt=since) | Q(last_login=None, date_joined__lt=since)).count()
    return told(not count, "None is unused.", f"{count} active accounts were not used for 90 days.")


def _tokens() -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(revoked_at=None, expires_at__gt=now())


def tokens_end() -> Look:
    """Tokens end within a year."""
    rows = _tokens()
    count = rows.filter(expires_at__gt=F("created_at") + YEAR).count()
    return told(not count, f"All {rows.count()} end within a year.", f"{count} last longer than a year.")


def tokens_used() -> Look:
    """Tokens that nobody uses are revoked."""
    since = now() - QUARTER
    count = _tokens().filter(Q(last_used_at__lt=since) | Q(last_used_at=None, created_at__lt=since)).count()
    return told(not count, "All were used within 90 days.", f"{count} were not used for 90 days.")


def session_times() -> Look:
    """Sessions end after half an hour without use, and after twelve hours."""
    loose = AccessPolicy.objects.filter(Q(session_idle_minutes__gt=30) | Q(session_hours__gt=12)).count()
    return told(not loose, "30 minutes and 12 hours at most.", f"{loose} chains let sessions last longer.")


def step_up() -> Look:
    """A password counts for a quarter of an hour at most before it is asked for again."""
    loose = AccessPolicy.objects.filter(step_up_minutes__gt=15).count()
    return told(not loose, "15 minutes at most.", f"{loose} chains ask later.")


def access_reviews() -> Look:
    """Everybody's rights at every hotel were reviewed within half a year."""
    seen = AccessReview.objects.filter(closed_at__gte=now() - HALF_YEAR).values("property")
    late = [str(place) for place in Property.objects.exclude(pk__in=seen).order_by("pk")]
    return told(not late, "At every hotel.", f"Not within half a year: {', '.join(late[:5])}.")
