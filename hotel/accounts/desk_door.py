"""The door of shared desks: who may open a browser again with his PIN, and the session that this begins."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import login, logout

from hotel.accounts.domain.pins import LASTS_DAYS
from hotel.accounts.models import DeskSeat, SignInDevice, User
from hotel.accounts.selectors.second_factors import factors_of
from hotel.accounts.services.desk import seat_lock, seat_open, seat_taken, seat_unlock
from hotel.accounts.services.devices import digest_of_device
from hotel.accounts.services.grants import dated_roles_materialise
from hotel.accounts.sessions import FACTOR_KEY, RECORD, record_begin, row_key
from hotel.accounts.sign_in_ports import policy_for
from hotel.core.clock import now
from hotel.properties.choices import SettingKey
from hotel.properties.models import Property
from hotel.properties.scoping import scope_of
from hotel.properties.selectors.settings import setting_value
from hotel.properties.tenancy import tenant_scope

BACKEND = "hotel.accounts.backends.PeopleBackend"


def seats_of(secret: str) -> list[DeskSeat]:
    """Whom a PIN lets in at the browser with this secret, by name."""
    digest = digest_of_device(secret)
    if not digest:
        return []
    since = now() - timedelta(days=LASTS_DAYS)
    rows = DeskSeat.objects.at_rest().filter(device__digest=digest, device__user__desk_pin__set_at__gt=since)
    return sorted(rows.select_related("device__user"), key=lambda seat: str(seat.device.user).lower())


def desk_open(request: Any, *, user: User, device: SignInDevice) -> DeskSeat | None:
    """After a full sign-in, or with a new PIN: this browser is one that the PIN opens again."""
    if request.session.session_key is None:
        request.session.create()
    with tenant_scope(scope_of(user)):
        hours = _shift_hours(user)
    return seat_open(
        device=device,
        session=row_key(request.session.session_key),
        factor=request.session.get(FACTOR_KEY, ""),
        ends=timedelta(seconds=request.session[RECORD]["ends"] - now().timestamp()),
        hours=hours,
    )


def desk_lock(request: Any) -> bool:
    """End this session so that PINs open the browser again; False, and nothing has changed, where none would."""
    key = request.session.session_key
    if not key or not seat_lock(session=row_key(key)):
        return False
    logout(request)
    return True


def desk_unlock(request: Any, *, seat: DeskSeat, pin: str) -> User | None:
    """Begin the session of the person whose PIN it is: with another key and another token for forms.

    It lasts as long as the full sign-in would have, and the password does not count as named: what is delicate asks
    for it. None when the PIN is wrong, or the person must sign in in full.
    """
    found = seat_unlock(seat=seat, pin=pin)
    if found is None:
        return None
    user: User = found.device.user
    policy = policy_for(user)
    if policy.second_factor and not (found.factor and factors_of(user).any):
        return None
    dated_roles_materialise(user=user)
    request.session.flush()
    login(request, user, backend=BACKEND)
    record_begin(request, policy, ends=found.until.timestamp())
    request.session[FACTOR_KEY] = found.factor
    if request.session.session_key is None:
        request.session.create()
    seat_taken(seat=found, session=row_key(request.session.session_key))
    return user


def _shift_hours(user: User) -> int:
    """The shortest shift of the properties where the person works; 0 where one of them wants no PINs."""
    places = Property.objects.any_right(user)
    values = [setting_value(place.pk, SettingKey.PIN_HOURS, place.business_date) for place in places]
    return min((int(value) for value in values), default=0)
