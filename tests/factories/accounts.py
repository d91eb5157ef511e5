"""The least valid objects of the app accounts."""

from datetime import timedelta

from oauth2_provider.models import Application

from hotel.accounts.models import (
    ApiToken,
    DeskPin,
    DeskSeat,
    Impersonation,
    Integrator,
    Role,
    RoleAssignment,
    RolePermission,
    SavedView,
    SignInDevice,
    StaffProfile,
    User,
)
from hotel.core.clock import now
from hotel.properties.models import Chain, Property


def user_make(place: Property, **over) -> User:
    """A person at home at a property, without roles."""
    user = User.objects.create_user(**{"username": "someone", "chain": place.chain, **over})
    StaffProfile.objects.create(user=user, home_property=place)
    return user


def role_make(chain: Chain, *rights: str, **over) -> Role:
    """A role with rights such as ``rooms.view``."""
    role = Role.objects.create(chain=chain, **{"code": "helper", "name": "Helper", **over})
    for right in rights:
        area, verb = right.split(".")
        RolePermission.objects.create(role=role, area=area, verb=verb)
    return role


def assignment_make(place: Property, **over) -> RoleAssignment:
    """An assignment row alone; not materialised."""
    user = over.pop("user", None) or user_make(place)
    role = over.pop("role", None) or role_make(place.chain)
    return RoleAssignment.objects.create(user=user, role=role, property=place, **over)


def token_make(place: Property, **over) -> ApiToken:
    """A token row alone; nobody knows its secret."""
    user = over.pop("user", None) or user_make(place)
    values = {
        "name": "Kiosk",
        "prefix": "abg_live_0",
        "digest": "0" * 64,
        "codenames": ["view_rooms_area"],
        "expires_at": now() + timedelta(days=30),
    }
    token = ApiToken.objects.create(user=user, **{**values, **over})
    token.properties.set([place])
    return token


def staff_profile_make(place: Property, **over) -> StaffProfile:
    """The staff file of a person at home at a property."""
    user = user_make(place)
    StaffProfile.objects.filter(user=user).update(**over)
    return StaffProfile.objects.get(user=user)


def sign_in_device_make(place: Property, **over) -> SignInDevice:
    """A browser of a person at home at a property; nobody knows its secret."""
    user = over.pop("user", None) or user_make(place)
    values = {"digest": "0" * 64, "name": "Firefox on Windows", "last_seen_at": now()}
    return SignInDevice.objects.create(user=user, **{**values, **over})


def integrator_make(place: Property, **over) -> Integrator:
    """An integrator of a machine at home at a property; nobody knows its secret."""
    user = over.pop("user", None) or user_make(place, is_machine=True)
    application = Application.objects.create(
        client_type="confidential", authorization_grant_type="client-credentials"
    )
    values = {"name": "Channel", "codenames": ["view_rooms_area"], "application": application}
    made = Integrator.objects.create(user=user, **{**values, **over})
    made.properties.set([place])
    return made


def impersonation_make(place: Property, **over) -> Impersonation:
    """A person at home at a property was looked at by another; nobody's session."""
    user = over.pop("user", None) or user_make(place)
    actor = over.pop("actor", None) or user_make(place, username="looker")
    values = {"reason": "Ticket 4711", "session": "0" * 40, "until": now() + timedelta(minutes=30)}
    return Impersonation.objects.create(user=user, actor=actor, **{**values, **over})


def desk_pin_make(place: Property, **over) -> DeskPin:
    """A PIN of a person at home at a property; nobody knows it."""
    user = over.pop("user", None) or user_make(place)
    return DeskPin.objects.create(user=user, **{"pin": "!", "set_at": now(), **over})


def desk_seat_make(place: Property, **over) -> DeskSeat:
    """A browser that a person opens again with his PIN."""
    device = over.pop("device", None) or sign_in_device_make(place)
    values = {"session": "0" * 40, "until": now() + timedelta(hours=12)}
    return DeskSeat.objects.create(device=device, **{**values, **over})


def saved_view_make(place: Property, **over) -> SavedView:
    """A view of the list of reservations, of a person at home at a property unless it is of a role."""
    if "role" not in over:
        over["owner"] = over.get("owner") or user_make(place, username=f"viewer-{place.pk}")
    values = {"page": "reservation_list", "name": "Confirmed", "query": "status=confirmed"}
    return SavedView.objects.create(property=place, **{**values, **over})
