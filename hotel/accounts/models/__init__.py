"""People, roles and tokens."""

from hotel.accounts.models.desk import DeskPin, DeskSeat
from hotel.accounts.models.devices import SignInDevice
from hotel.accounts.models.impersonations import Impersonation
from hotel.accounts.models.integrators import Integrator
from hotel.accounts.models.roles import Role, RoleAssignment, RoleLimit, RolePermission
from hotel.accounts.models.saved_views import SavedView
from hotel.accounts.models.sessions import StaffSession
from hotel.accounts.models.socket_tickets import SocketTicket
from hotel.accounts.models.tokens import ApiToken
from hotel.accounts.models.used_codes import UsedCode
from hotel.accounts.models.users import StaffProfile, User

__all__ = [
    "ApiToken",
    "DeskPin",
    "DeskSeat",
    "Impersonation",
    "Integrator",
    "Role",
    "RoleAssignment",
    "RoleLimit",
    "RolePermission",
    "SavedView",
    "SignInDevice",
    "SocketTicket",
    "StaffProfile",
    "StaffSession",
    "UsedCode",
    "User",
]
