"""People and rights in the admin: looked at and acted on; every change goes through a service.

Nobody can give himself or others more than he holds: the services ask on whose behalf they act.
"""

from typing import Any

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import reverse

from hotel.accounts.models import (
    ApiToken,
    DeskPin,
    DeskSeat,
    Impersonation,
    Integrator,
    Role,
    RoleAssignment,
    RoleLimit,
    RolePermission,
    SavedView,
    SignInDevice,
    SocketTicket,
    StaffProfile,
    StaffSession,
    UsedCode,
    User,
)
from hotel.accounts.selectors.assignments import places_of
from hotel.accounts.services.desk import seat_end
from hotel.accounts.services.devices import device_revoke
from hotel.accounts.services.guards import property_ids_of
from hotel.accounts.services.impersonations import impersonation_end
from hotel.accounts.services.integrators import integrator_revoke
from hotel.accounts.services.role_changes import role_clone
from hotel.accounts.services.roles import role_revoke
from hotel.accounts.services.second_factors import factors_reset
from hotel.accounts.services.sessions import session_end
from hotel.accounts.services.tokens import token_revoke
from hotel.accounts.services.users import user_activate, user_deactivate
from hotel.properties.admin_base import ReadOnlyAdmin, ReadOnlyInline


class StaffProfileInline(ReadOnlyInline):
    """The staff file."""

    model = StaffProfile
    fields = ["home_property", "job_title", "employee_number", "phone"]


class RoleAssignmentInline(ReadOnlyInline):
    """What the person may do where."""

    model = RoleAssignment
    fields = ["role", "property", "group", "valid_from", "valid_to"]

    def get_queryset(self, request):
        """Those at properties the reader may see."""
        return super().get_queryset(request).visible_to(request.user)


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """People and machines of the properties where one may see accounts."""

    list_display = ["username", "display_name", "email", "is_active", "is_machine", "last_login"]
    list_filter = ["is_active", "is_machine", "language"]
    search_fields = ["username", "display_name", "email", "first_name", "last_name"]
    exclude = ["password", "groups", "user_permissions"]
    inlines = [StaffProfileInline, RoleAssignmentInline]
    actions = ["deactivate", "activate", "reset_second_factors", "view_as"]

    def property_ids_of(self, obj: Any) -> set[int]:
        """Where the person is at home or holds a role."""
        return property_ids_of(obj)

    @admin.action(description="Deactivate: sessions and tokens end", permissions=["manage"])
    def deactivate(self, request, queryset):
        """Shut users out at once."""
        call = lambda row: user_deactivate(user=row, by=request.user)  # noqa: E731
        self.each(request, "manage", queryset, call, "{} users are shut out.")

    @admin.action(description="Activate", permissions=["manage"])
    def activate(self, request, queryset):
        """Let users in again."""
        call = lambda row: user_activate(user=row, by=request.user)  # noqa: E731
        self.each(request, "manage", queryset, call, "{} users may sign in.")

    @admin.action(description="Take the second step away: somebody lost it", permissions=["manage"])
    def reset_second_factors(self, request, queryset):
        """Let people sign in who have lost their telephone and their recovery codes."""
        if not getattr(request, "is_confirmed", False):
            self.message_user(request, "Name your password again below your name first.", messages.ERROR)
            return
        call = lambda row: factors_reset(user=row, by=request.user)  # noqa: E731
        self.each(request, "manage", queryset, call, "The second step of {} users is gone.")

    @admin.action(description="View as: say why, then see what the person sees", permissions=["act_as"])
    def view_as(self, request, queryset):
        """Lead to the page that asks for the reason."""
        people = list(self.rows_with(request, "act_as", queryset)[:2])
        if len(people) == 1:
            return redirect(f"{reverse('dashboard:view_as')}?user={people[0].pk}")
        self.message_user(request, "Choose one person.", messages.ERROR)
        return None


class RolePermissionInline(ReadOnlyInline):
    """Rights of a role."""

    model = RolePermission
    fields = ["area", "verb"]


class RoleLimitInline(ReadOnlyInline):
    """Largest amounts the holders approve alone."""

    model = RoleLimit
    fields = ["kind", "amount"]


@admin.register(Role)
class RoleAdmin(ReadOnlyAdmin):
    """Roles with their rights and limits."""

    list_display = ["name", "code", "chain", "max_discount_rate", "can_override_rate", "is_seeded"]
    list_filter = ["is_seeded", "chain"]
    list_select_related = ["chain"]
    search_fields = ["name", "code"]
    inlines = [RolePermissionInline, RoleLimitInline]
    actions = ["clone"]

    def property_ids_of(self, obj: Any) -> list[int]:
        """Of the properties of its chain."""
        return list(obj.chain.properties.values_list("pk", flat=True))

    @admin.action(description="Copy", permissions=["manage"])
    def clone(self, request, queryset):
        """A copy to make one's own; nobody holds it yet."""

        def call(row):
            copies = Role.objects.filter(chain=row.chain, code__startswith=f"{row.code}-copy").count()
            code = f"{row.code}-copy{copies + 1}"
            role_clone(role=row, code=code, name=f"{row.name} (copy {copies + 1})", by=request.user)

        self.each(request, "manage", queryset, call, "{} roles were copied.")


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(ReadOnlyAdmin):
    """Who holds which role where, and when."""

    list_display = ["user", "role", "property", "group", "valid_from", "valid_to"]
    list_filter = ["property", "role"]
    list_select_related = ["user", "role", "property", "group"]
    search_fields = ["user__username", "user__display_name", "role__name", "role__code"]
    actions = ["revoke"]

    def property_ids_of(self, obj: Any) -> list[int]:
        """Of the property, or of the members of the group."""
        return [place.pk for place in places_of(obj)]

    @admin.action(description="Revoke: the rights end at once", permissions=["manage"])
    def revoke(self, request, queryset):
        """Take roles back."""
        call = lambda row: role_revoke(assignment=row, by=request.user)  # noqa: E731
        self.each(request, "manage", queryset, call, "{} assignments were revoked.")


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """Tokens of machines; the secrets are not known here."""

    list_display = ["name", "prefix", "user", "expires_at", "last_used_at", "revoked_at"]
    list_filter = [("revoked_at", admin.EmptyFieldListFilter), "properties"]
    list_select_related = ["user"]
    search_fields = ["name", "prefix", "user__username"]
    exclude = ["digest"]
    actions = ["revoke"]

    def property_ids_of(self, obj: Any) -> list[int]:
        """Of the properties it reaches."""
        return list(obj.properties.values_list("pk", flat=True))

    @admin.action(description="Revoke: the next request is refused", permissions=["manage"])
    def revoke(self, request, queryset):
        """End tokens at once."""
        call = lambda row: token_revoke(token=row, by=request.user)  # noqa: E731
        self.each(request, "manage", queryset, call, "{} tokens were revoked.")


class OfPersonAdmin(ReadOnlyAdmin):
    """Rows of a person: seen and handled where the person is."""

    def property_ids_of(self, obj: Any) -> set[int]:
        """Those of its person."""
        return property_ids_of(obj.user)

    def rows_with(self, request: Any, verb: str, rows: Any) -> Any:
        """Of the users the person may see."""
        return rows.filter(user__in=User.objects.visible_to(request.user, verb).values("pk"))


@admin.register(StaffProfile)
class StaffProfileAdmin(OfPersonAdmin):
    """Staff files."""

    list_display = ["user", "home_property", "job_title", "employee_number", "phone"]
    list_filter = ["home_property"]
    list_select_related = ["user", "home_property"]
    search_fields = ["user__username", "user__display_name", "job_title", "employee_number"]

    def property_ids_of(self, obj: Any) -> set[int]:
        """Of the home."""
        return {obj.home_property_id}


@admin.register(SignInDevice)
class SignInDeviceAdmin(OfPersonAdmin):
    """Browsers that people have signed in with."""

    list_display = ["user", "name", "last_seen_at", "last_address", "revoked_at"]
    list_filter = [("revoked_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__display_name", "name"]
    exclude = ["digest"]
    actions = ["revoke"]

    @admin.action(description="Revoke: it counts as unknown", permissions=["manage"])
    def revoke(self, request, queryset):
        """Forget devices."""
        call = lambda row: device_revoke(device=row, by=request.user)  # noqa: E731
        self.each(request, "manage", queryset, call, "{} devices were revoked.")


@admin.register(SocketTicket)
class SocketTicketAdmin(OfPersonAdmin):
    """Tickets of websockets that nobody has used yet."""

    list_display = ["user", "expires_at"]
    list_select_related = ["user"]
    search_fields = ["user__username"]
    exclude = ["digest"]


@admin.register(UsedCode)
class UsedCodeAdmin(OfPersonAdmin):
    """Half minutes of which somebody has used the code, for a day."""

    list_display = ["user", "used_at"]
    list_select_related = ["user"]
    search_fields = ["user__username"]


@admin.register(StaffSession)
class StaffSessionAdmin(OfPersonAdmin):
    """Where people are signed in; the keys are told nobody."""

    list_display = ["user", "name", "address", "started_at", "last_seen_at"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__display_name", "name"]
    fields = ["user", "name", "address", "started_at", "last_seen_at"]
    actions = ["end"]

    def rows_with(self, request: Any, verb: str, rows: Any) -> Any:
        """Those that are running."""
        return super().rows_with(request, verb, rows.running())

    @admin.action(description="End: the next request finds nobody signed in", permissions=["manage"])
    def end(self, request, queryset):
        """End sessions at once."""
        call = lambda row: session_end(reference=row.pk, user=row.user, by=request.user)  # noqa: E731
        self.each(request, "manage", queryset, call, "{} sessions were ended.")


@admin.register(DeskPin)
class DeskPinAdmin(OfPersonAdmin):
    """Who has a PIN for shared desks; what it is is told nobody."""

    list_display = ["user", "set_at"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__display_name"]
    exclude = ["pin"]


@admin.register(DeskSeat)
class DeskSeatAdmin(ReadOnlyAdmin):
    """Browsers that people open again with their PINs until their shift is over."""

    list_display = ["device", "until", "locked_at", "wrong", "ended_at"]
    list_select_related = ["device__user"]
    search_fields = ["device__user__username", "device__name"]
    exclude = ["session"]
    actions = ["end"]

    def property_ids_of(self, obj: Any) -> set[int]:
        """Those of its person."""
        return property_ids_of(obj.device.user)

    @admin.action(description="End: the person signs in in full again", permissions=["manage"])
    def end(self, request, queryset):
        """End each at once."""
        call = lambda row: seat_end(seat=row, by=request.user)  # noqa: E731
        self.each(request, "manage", queryset, call, "{} have ended.")


@admin.register(Impersonation)
class ImpersonationAdmin(OfPersonAdmin):
    """Who looked at the house as whom, and why."""

    list_display = ["actor", "user", "reason", "created_at", "until", "ended_at", "ending"]
    list_filter = ["ending"]
    list_select_related = ["actor", "user"]
    search_fields = ["actor__username", "user__username", "reason"]
    exclude = ["session"]
    actions = ["end"]

    @admin.action(description="End: who looks is himself again", permissions=["manage"])
    def end(self, request, queryset):
        """End each at once."""
        call = lambda row: impersonation_end(impersonation=row, by=request.user)  # noqa: E731
        self.each(request, "manage", queryset, call, "{} have ended.")


@admin.register(Integrator)
class IntegratorAdmin(ReadOnlyAdmin):
    """Programs of others that fetch tokens by OAuth; the secrets are not known here."""

    list_display = ["name", "user", "client_id", "created_at", "revoked_at"]
    list_filter = [("revoked_at", admin.EmptyFieldListFilter), "properties"]
    list_select_related = ["user", "application"]
    search_fields = ["name", "user__username"]
    exclude = ["application"]
    actions = ["revoke"]

    def property_ids_of(self, obj: Any) -> list[int]:
        """Of the properties it reaches."""
        return list(obj.properties.values_list("pk", flat=True))

    @admin.action(description="Revoke: it and its tokens end at once", permissions=["manage"])
    def revoke(self, request, queryset):
        """End integrators at once."""
        call = lambda row: integrator_revoke(integrator=row, by=request.user)  # noqa: E731
        self.each(request, "manage", queryset, call, "{} integrators were revoked.")


@admin.register(SavedView)
class SavedViewAdmin(ReadOnlyAdmin):
    """Filters of lists that people and roles keep under names; changed on the desk's pages."""

    list_display = ["name", "page", "owner", "role", "is_default", "property"]
    list_filter = ["property", "page", "role"]
    list_select_related = ["owner", "role", "property"]
    search_fields = ["name", "page"]
