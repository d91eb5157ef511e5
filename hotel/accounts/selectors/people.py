"""Who works at a hotel, and what the roles of its company are."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from hotel.accounts.models import Role, RoleAssignment, StaffSession, User
from hotel.properties.models import Chain, Property

LISTED = 300


def people_of(place: Property, viewer: Any) -> QuerySet[User]:
    """The people of a property whom the viewer may see, by name, machines left out; two queries when it is read.

    Each has ``held`` (his assignments that the viewer may see, with role and place), ``has_second_step`` and
    ``session_count`` (browsers in which he is signed in).
    """
    steps = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    running = StaffSession.objects.running()
    seen = RoleAssignment.objects.visible_to(viewer).select_related("role", "property", "group")
    rows = User.objects.visible_to(viewer).belonging_to([place.pk]).filter(is_machine=False)
    return (
        rows.annotate(
            has_second_step=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=steps)),
            session_count=Count("sessions", filter=Q(sessions__in=running.values("pk")), distinct=True),
        )
        .prefetch_related(Prefetch("role_assignments", seen.order_by("role__name"), to_attr="held"))
        .order_by("-is_active", "display_name", "username")
    )


def roles_of(chain: Chain) -> list[Role]:
    """The roles of a company by name, each with its rights and ``holder_count``; two queries."""
    rows = Role.objects.filter(chain=chain).prefetch_related("permissions")
    holders = Count(
        "assignments__user",
        filter=Q(assignments__user__is_active=True, assignments__user__is_machine=False),
        distinct=True,
    )
    return list(rows.annotate(holder_count=holders).order_by("name"))
