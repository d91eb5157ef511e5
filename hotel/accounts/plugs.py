"""What accounts give to the house."""

from django.utils.translation import gettext_lazy as _

from hotel.accounts.personal import PERSONAL
from hotel.core.plugs import AdminGroup, ComponentPlug, NavItem, Schedule

PLUG = ComponentPlug(
    area="accounts",
    verbs=("view", "manage", "act_as"),
    admin=(AdminGroup("People, roles and how they sign in", 50, desk=("dashboard:people",)),),
    navigation=(
        NavItem(_("View as"), "dashboard:view_as", "accounts", verb="act_as", icon="user-round", order=302),
    ),
    demo="hotel.accounts.services.demo.demo_seed",
    schedules=(
        Schedule(
            "accounts: begin and end dated roles",
            "hotel.accounts.tasks.dated_roles_follow",
            cron="1 * * * *",
            expires_seconds=3000,
        ),
        Schedule(
            "accounts: forget traces of signing in",
            "hotel.accounts.tasks.sign_in_traces_forget",
            cron="25 3 * * *",
        ),
    ),
    invariants=("hotel.accounts.invariants.invariants",),
    audit_excluded={
        "accounts.StaffSession": "written each minute; signing in and ending are security events",
        "accounts.SocketTicket": "opens one socket and is gone; high volume",
        "accounts.UsedCode": "numbers of half minutes, for a day; high volume",
    },
    trail_excluded={
        "accounts.StaffSession": "written each minute; signing in and ending are security events",
        "accounts.SocketTicket": "opens one socket and is gone; high volume",
        "accounts.UsedCode": "numbers of half minutes, for a day; high volume",
    },
    impersonal={"accounts.StaffSession.session_data": "signed; what it tells of the person stands beside it"},
    audit_masked={
        "accounts.User": ("password",),
        "accounts.ApiToken": ("digest",),
        "accounts.DeskPin": ("pin",),
        "accounts.SignInDevice": ("digest", "last_address"),
    },
    personal=PERSONAL,
)
