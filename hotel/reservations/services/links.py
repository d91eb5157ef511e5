"""Linking stays that belong together: one guest who goes on, or people who travel together."""

from collections.abc import Collection

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.reservations.choices import ChangeKind, LinkKind
from hotel.reservations.domain.combining import joined
from hotel.reservations.models import Reservation, ReservationLink
from hotel.reservations.services.commands import (
    CommandResult,
    change,
    changed_fact,
    check,
    finish,
    reservation_locked,
    reservations_locked,
    settle,
)

MAX_LINKED = 50


@transaction.atomic
def reservations_link(
    *, reservation: Reservation, others: Collection[Reservation], kind: str, actor: User | None
) -> CommandResult:
    """Link stays of one property; links of this kind that they are in already become one.

    Args:
        reservation: one of them, whose new state is answered.
        others: at least one other.
        kind: a LinkKind.
        actor: who does it; None for the house itself.

    Raises:
        Conflict: denied by the lifecycle, all are linked already (``linked_already``), or somebody else was faster
            (``linked_meanwhile``).
        InvalidInput: none other, of another property, or too many (``link_invalid``).
        RuleBroken: back to back, and they do not follow one another (``not_back_to_back``).

    Locks: the reservations of the link ascending.
    """
    named = {reservation.pk, *(other.pk for other in others)}
    known = _links_of(named, kind)
    members = named.union(*(_members(link) for link in known))
    rows = reservations_locked(members)
    known = _links_of(named, kind)
    if named.union(*(_members(link) for link in known)) != members:
        raise Conflict(_("Somebody else is linking these stays. Look again."), code="linked_meanwhile")
    if not 2 <= len(rows) <= MAX_LINKED or len({row.property_id for row in rows}) > 1:
        text = _("Name other stays of the same property; a link has %(max_linked)s at most.") % {
            "max_linked": MAX_LINKED
        }
        raise InvalidInput(text, code="link_invalid")
    if len(known) == 1 and named <= _members(known[0]):
        raise Conflict(_("These stays are linked already."), code="linked_already")
    for row in rows:
        if row.pk in named:
            check(row, "link")
    if kind == LinkKind.BACK_TO_BACK and joined([(row.arrival, row.departure) for row in rows]) is None:
        text = _(
            "These stays do not follow one another: each must arrive on the day the one before it leaves."
        )
        raise RuleBroken(text, code="not_back_to_back")
    ReservationLink.objects.filter(pk__in=[link.pk for link in known]).delete()
    ReservationLink.objects.create(property_id=rows[0].property_id, kind=kind).reservations.set(rows)
    numbers = [row.number for row in rows]
    for row in rows:
        change(row, ChangeKind.DETAILS, actor=actor, values={}, after={"linked": str(kind), "with": numbers})
    settle(rows[0].property_id, [], [changed_fact(row, "link") for row in rows])
    return CommandResult(next(row for row in rows if row.pk == reservation.pk))


@transaction.atomic
def reservation_unlink(
    *, reservation: Reservation, kind: str, actor: User | None, expected_version: int | None = None
) -> CommandResult:
    """Take a stay out of its link of a kind; a link of one stay is none.

    Raises:
        Conflict, VersionConflict: it is in no such link (``not_linked``), or stale (412).

    Locks: the reservation.
    """
    fresh = reservation_locked(reservation, expected_version=expected_version)
    found = lock_rows(fresh.links.filter(kind=kind))
    if not found:
        raise Conflict(_("The stay is in no such link."), code="not_linked")
    link = found[0]
    link.reservations.remove(fresh)
    if link.reservations.count() < 2:
        link.delete()
    change(fresh, ChangeKind.DETAILS, actor=actor, values={}, before={"linked": str(kind)})
    return finish(fresh, facts=[changed_fact(fresh, "unlink")])


def _links_of(reservation_ids: Collection[int], kind: str) -> list[ReservationLink]:
    """The links of a kind that some of these stays are in, with their members."""
    rows = ReservationLink.objects.filter(kind=kind, reservations__in=reservation_ids).distinct()
    return list(rows.prefetch_related("reservations").order_by("pk"))


def _members(link: ReservationLink) -> set[int]:
    return {row.pk for row in link.reservations.all()}
