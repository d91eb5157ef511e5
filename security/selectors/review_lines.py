"""What an access review asks about: every role, direct grant and token at a property."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hotel.accounts.models import ApiToken, RoleAssignment, User
from hotel.core.clock import now
from hotel.properties.models import Property, PropertyUserObjectPermission
from hotel.properties.scoping import codename
from security.choices import Risk
from security.models import Permission
from security.selectors.findings import findings_at


@dataclass(frozen=True)
class ReviewLine:
    """One line to decide.

    Attributes:
        subject: ``role``, ``direct`` or ``token``.
        flags: of ``dormant`` (not signed in for long), ``unused`` (token never used), ``inactive`` (shut out),
            ``privileged``, ``duties`` (holds duties together that go apart), ``expired`` (its dates are over).
        last_used_at: last sign-in of the person, last use of the token.
    """

    subject: str
    user_id: int
    title: str
    rights: list[str]
    flags: list[str] = field(default_factory=list)
    last_used_at: datetime | None = None
    assignment_id: int | None = None
    token_id: int | None = None


@dataclass(frozen=True)
class _Context:
    privileged: frozenset[str]
    conflicted: frozenset[int]
    long_ago: datetime
    today: datetime

    def flags(
        self, user: User, rights: list[str], last_used_at: datetime | None, born: datetime
    ) -> list[str]:
        found = []
        if not user.is_active:
            found.append("inactive")
        if (last_used_at or born) < self.long_ago:
            found.append("dormant")
        if self.privileged.intersection(rights):
            found.append("privileged")
        if user.pk in self.conflicted:
            found.append("duties")
        return found


def review_lines(place: Property, *, dormant_after_days: int) -> list[ReviewLine]:
    """Every role, direct grant and token that reaches a property, by person. Nine queries, however many people.

    Args:
        place: the property.
        dormant_after_days: calendar days without use after which a line is flagged.
    """
    risky = Permission.objects.filter(chain=place.chain_id, risk=Risk.PRIVILEGED)
    context = _Context(
        privileged=frozenset(codename(verb, area) for area, verb in risky.values_list("area", "verb")),
        conflicted=frozenset(finding.user.pk for finding in findings_at(place)),
        long_ago=now() - timedelta(days=dormant_after_days),
        today=now().astimezone(place.zone),
    )
    lines = [*_roles(place, context), *_direct(place, context), *_tokens(place, context)]
    return sorted(lines, key=lambda line: (line.user_id, line.subject, line.title))


def _roles(place: Property, context: _Context) -> list[ReviewLine]:
    rows = RoleAssignment.objects.reaching([place.pk]).distinct().select_related("user", "role", "group")
    lines = []
    for row in rows.prefetch_related("role__permissions"):
        rights = sorted(codename(right.verb, right.area) for right in row.role.permissions.all())
        user = row.user
        flags = [] if user.is_machine else context.flags(user, rights, user.last_login, row.created_at)
        if row.valid_to is not None and row.valid_to < context.today.date():
            flags.append("expired")
        title = f"{row.role} ({row.group})" if row.group else str(row.role)
        lines.append(ReviewLine("role", user.pk, title, rights, flags, user.last_login, assignment_id=row.pk))
    return lines


def _direct(place: Property, context: _Context) -> list[ReviewLine]:
    rows = (
        PropertyUserObjectPermission.held().filter(content_object=place).select_related("user", "permission")
    )
    held: dict[int, list[str]] = defaultdict(list)
    people: dict[int, User] = {}
    for row in rows:
        held[row.user_id].append(row.permission.codename)
        people[row.user_id] = row.user
    return [
        ReviewLine(
            "direct",
            pk,
            "Granted directly",
            sorted(names),
            context.flags(people[pk], names, people[pk].last_login, people[pk].date_joined),
            people[pk].last_login,
        )
        for pk, names in held.items()
    ]


def _tokens(place: Property, context: _Context) -> list[ReviewLine]:
    rows = ApiToken.objects.filter(properties=place, revoked_at=None, expires_at__gt=now()).select_related(
        "user"
    )
    lines = []
    for token in rows:
        flags = context.flags(token.user, token.codenames, token.last_used_at, token.created_at)
        if token.last_used_at is None:
            flags.append("unused")
        title = f"{token.name} ({token.prefix}…)"
        lines.append(
            ReviewLine(
                "token",
                token.user_id,
                title,
                sorted(token.codenames),
                flags,
                token.last_used_at,
                token_id=token.pk,
            )
        )
    return lines
