"""Who stays: the primary guest, sharers, those who come along, who pays."""

import copy

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.exceptions import Conflict, RuleBroken
from hotel.core.words import _
from hotel.guests.models import Guest
from hotel.reservations.choices import ChangeKind, GuestRole
from hotel.reservations.models import Reservation, ReservationGuest
from hotel.reservations.services.authority import Authority
from hotel.reservations.services.commands import (
    CommandResult,
    change,
    changed_fact,
    check,
    finish,
    reservation_locked,
)
from hotel.reservations.services.drafts import check_profiles, guest_welcome


@transaction.atomic
def guest_add(
    *,
    reservation: Reservation,
    guest: Guest,
    actor: User | None,
    role: str = GuestRole.ACCOMPANYING,
    expected_version: int | None = None,
    override_reason: str = "",
) -> CommandResult:
    """Add a guest to a stay; a new primary guest takes the place of the old one, who comes along.

    Raises:
        Conflict, VersionConflict: denied by the lifecycle, stale, or the guest has this role already.
        Conflict: the guest was merged into another one.
        RuleBroken: ``other_chain``; ``guest_do_not_rent``; ``too_many_sharers`` beyond the number of adults.

    Locks: the reservation.
    """
    fresh = reservation_locked(reservation, expected_version=expected_version)
    check(fresh, "guests")
    check_profiles(fresh.property, [guest])
    guest_welcome(guest, Authority(fresh.property, actor, override_reason))
    before = copy.copy(fresh)
    if fresh.guests.filter(guest=guest, role=role).exists():
        raise Conflict(_("This guest has this role already."), code="guest_role_taken")
    sharers = fresh.guests.filter(role=GuestRole.SHARER).count()
    if role == GuestRole.SHARER and sharers + 1 >= fresh.adults:
        raise RuleBroken(
            _("There are as many guests as adults booked. Amend the party first."), code="too_many_sharers"
        )
    values = {}
    if role == GuestRole.PRIMARY:
        fresh.guests.filter(guest=guest).delete()
        fresh.guests.filter(role=GuestRole.ACCOMPANYING, guest=fresh.primary_guest).delete()
        fresh.guests.filter(role=GuestRole.PRIMARY).update(role=GuestRole.ACCOMPANYING)
        values = {"primary_guest": guest}
    ReservationGuest.objects.create(property_id=fresh.property_id, reservation=fresh, guest=guest, role=role)
    change(fresh, ChangeKind.GUESTS, actor=actor, values=values, after={"added": f"{guest} ({role})"})
    return finish(fresh, facts=[changed_fact(fresh, "guests", before)])


@transaction.atomic
def guest_remove(
    *, reservation: Reservation, guest: Guest, actor: User | None, expected_version: int | None = None
) -> CommandResult:
    """Take a guest off a stay, in every role but the primary one.

    Raises:
        Conflict: denied by the lifecycle, or the guest is the primary one (``guest_is_primary``), or none.

    Locks: the reservation.
    """
    fresh = reservation_locked(reservation, expected_version=expected_version)
    check(fresh, "guests")
    if fresh.primary_guest_id == guest.pk:
        raise Conflict(_("Name another primary guest first."), code="guest_is_primary")
    deleted, _by_model = fresh.guests.filter(guest=guest).delete()
    if not deleted:
        raise Conflict(_("This guest does not belong to the stay."), code="guest_not_here")
    change(fresh, ChangeKind.GUESTS, actor=actor, values={}, before={"removed": str(guest)})
    return finish(fresh, facts=[changed_fact(fresh, "guests")])
