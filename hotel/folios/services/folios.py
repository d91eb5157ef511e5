"""Folios and windows: opened, settled and closed, opened again."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction

from hotel.contracts.folios import FolioClosed, FolioOpened, FolioReopened
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.facts import publish
from hotel.core.inserts import rows_insert
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.folios.choices import FolioKind, FolioStatus
from hotel.folios.domain.lifecycle import Situation, action
from hotel.folios.models import MAX_WINDOWS, Folio, FolioWindow
from hotel.folios.selectors.balances import window_balances
from hotel.folios.services.journal import windows_locked
from hotel.properties.models import Property
from hotel.properties.services.business_days import business_day_hold
from hotel.reservations.domain.numbers import SPACE, confirmation_number
from hotel.reservations.models import Reservation
from hotel.reservations.services.drafts import check_profiles


@transaction.atomic
def folio_open(*, reservation: Reservation) -> Folio:
    """The open guest folio of a stay, opened with one window for the primary guest when there is none. Repeatable.

    Publishes: FolioOpened, when it is made now.

    Locks: the reservation.
    """
    return folios_open(reservations=[reservation.pk])[reservation.pk]


@transaction.atomic
def folios_open(*, reservations: Collection[int]) -> dict[int, Folio]:
    """The open guest folio of each stay, by reservation id; missing ones are opened. Repeatable.

    The number of statements does not depend on the number of stays. Each folio knows its stay as it was locked.

    Args:
        reservations: ids, of one property.

    Publishes: FolioOpened for each that is made now.

    Locks: the reservations.
    """
    stays = lock_rows(Reservation.objects.select_related("property", "booking").filter(pk__in=reservations))
    rows = Folio.objects.filter(reservation__in=stays, kind=FolioKind.GUEST, status=FolioStatus.OPEN)
    known = {row.reservation_id: row for row in rows}
    for stay in stays:
        if stay.pk in known:
            known[stay.pk].property, known[stay.pk].reservation = stay.property, stay
    missing = [stay for stay in stays if stay.pk not in known]
    made = _insert(
        [_opened(stay.property, FolioKind.GUEST, reservation=stay) for stay in missing],
        [{"guest_id": stay.primary_guest_id} for stay in missing],
    )
    opened = dict(zip([stay.pk for stay in missing], made, strict=True))
    return {stay.pk: opened.get(stay.pk) or known[stay.pk] for stay in stays}


@transaction.atomic
def account_open(*, place: Property, kind: str, name: str, payer: dict[str, Any] | None = None) -> Folio:
    """Open a house account, a group's master or an account of somebody who does not stay here.

    Args:
        kind: any but that of a guest.
        name: for people.
        payer: ``guest`` or ``company`` of the first window.

    Publishes: FolioOpened.

    Raises:
        InvalidInput: a guest's folio is opened for a stay (``folio_kind_invalid``).
        RuleBroken, Conflict: a payer of another chain, or merged.
    """
    if kind == FolioKind.GUEST:
        raise InvalidInput(_("The folio of a guest is opened for a stay."), code="folio_kind_invalid")
    _check_payer(place, payer or {})
    (folio,) = _insert([_opened(place, kind, name=name)], [payer or {}])
    return folio


@transaction.atomic
def folio_close(*, folio: Folio, expected_version: int | None = None) -> Folio:
    """Close a folio whose windows are all settled; it takes no postings any more.

    Publishes: FolioClosed.

    Raises:
        Conflict: closed already; a balance is open (``balance_open``).
        VersionConflict: stale.

    Locks: the property (shared), the folio, its windows.
    """
    day = business_day_hold(place=folio.property)
    fresh = folio_locked(folio, expected_version=expected_version)
    windows = list(windows_locked([fresh.pk])[fresh.pk].values())
    balances = window_balances(fresh.property_id, [window.pk for window in windows])
    check(fresh, "close", has_balance=any(amount.amount for amount in balances.values()))
    instant = now()
    for window in windows:
        window.closed_at = window.closed_at or instant
    FolioWindow.objects.bulk_update(windows, ["closed_at"])
    _changed(fresh, status=FolioStatus.CLOSED, closed_on=day)
    publish(FolioClosed(**fact_values(fresh)))
    return fresh


@transaction.atomic
def folio_reopen(*, folio: Folio, expected_version: int | None = None) -> Folio:
    """Let a closed folio take postings again, in all its windows.

    Publishes: FolioReopened.

    Raises:
        Conflict: it is open; the stay has another open folio (``folio_open_already``).
        VersionConflict: stale.

    Locks: the folio, its windows.
    """
    fresh = folio_locked(folio, expected_version=expected_version)
    check(fresh, "reopen")
    others = Folio.objects.filter(
        property=fresh.property_id,
        reservation=fresh.reservation_id,
        kind=FolioKind.GUEST,
        status=FolioStatus.OPEN,
    )
    if fresh.kind == FolioKind.GUEST and others.exists():
        raise Conflict(_("The stay has another open folio: post there."), code="folio_open_already")
    windows = list(windows_locked([fresh.pk])[fresh.pk].values())
    for window in windows:
        window.closed_at = None
    FolioWindow.objects.bulk_update(windows, ["closed_at"])
    _changed(fresh, status=FolioStatus.OPEN, closed_on=None)
    publish(FolioReopened(**fact_values(fresh)))
    return fresh


@transaction.atomic
def window_open(
    *, folio: Folio, payer: dict[str, Any] | None = None, label: str = "", expected_version: int | None = None
) -> FolioWindow:
    """Add a window for another payer.

    Args:
        payer: ``guest`` or ``company``; empty when nobody is known yet.

    Raises:
        Conflict: the folio is closed, or has eight windows (``too_many_windows``).
        RuleBroken, Conflict: a payer of another chain, or merged.
        VersionConflict: stale.

    Locks: the folio.
    """
    fresh = folio_locked(folio, expected_version=expected_version)
    check(fresh, "window")
    _check_payer(fresh.property, payer or {})
    number = 1 + FolioWindow.objects.filter(folio=fresh).count()
    if number > MAX_WINDOWS:
        raise Conflict(
            _("A folio has at most %(max_windows)s windows.") % {"max_windows": MAX_WINDOWS},
            code="too_many_windows",
        )
    window = FolioWindow(
        property_id=fresh.property_id, folio=fresh, number=number, label=label, **payer or {}
    )
    window.full_clean()
    window.save()
    _changed(fresh)
    return window


@transaction.atomic
def window_change(*, window: FolioWindow, changes: dict[str, Any]) -> FolioWindow:
    """Give a window another payer or label.

    Args:
        changes: of ``guest``, ``company`` and ``label``; a new payer takes the place of the old one.

    Raises:
        Conflict: the window is closed (``window_closed``).
        RuleBroken, Conflict: a payer of another chain, or merged.

    Locks: the folio, the window.
    """
    folio = folio_locked(window.folio)
    (fresh,) = lock_rows(FolioWindow.objects.filter(pk=window.pk).select_related("folio"))
    if fresh.closed_at is not None:
        raise Conflict(_("The window is closed."), code="window_closed")
    if {"guest", "company"} & changes.keys():
        changes = {"guest": None, "company": None, **changes}
    _check_payer(folio.property, changes)
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.full_clean()
    fresh.save()
    _changed(folio)
    return fresh


def folio_locked(folio: Folio, *, expected_version: int | None = None) -> Folio:
    """Lock a folio and return it fresh, with property and stay.

    Raises:
        VersionConflict: the caller worked on another version (412).
        LockRefused: somebody else holds it.
    """
    rows = Folio.objects.filter(pk=folio.pk).select_related("property", "reservation__booking")
    (fresh,) = lock_rows(rows)
    fresh.require_version(expected_version, _("folio"))
    return fresh


def check(folio: Folio, command: str, *, has_balance: bool = False) -> None:
    """Refuse a command that the table of folios denies.

    Raises:
        Conflict: with the code and reason that ``actions[]`` shows.
    """
    answer = action(command, Situation(folio.status, has_balance))
    if not answer.is_allowed:
        raise answer.refusal(folio.status)


def fact_values(folio: Folio) -> dict[str, Any]:
    """What every fact about a folio says."""
    return {
        "property_id": folio.property_id,
        "folio_id": folio.pk,
        "reservation_id": folio.reservation_id,
        "business_date": folio.property.business_date,
    }


def _check_payer(place: Property, values: Mapping[str, Any]) -> None:
    guest = values.get("guest")
    check_profiles(place, [] if guest is None else [guest], [values.get("company")])


def _opened(place: Property, kind: str, **values: Any) -> Folio:
    return Folio(
        property=place,
        number=confirmation_number(f"{place.code}-F", secrets.randbelow(SPACE)),
        kind=kind,
        currency=str(place.currency),
        opened_on=place.business_date,
        **values,
    )


def _insert(folios: Sequence[Folio], payers: Sequence[dict[str, Any]]) -> list[Folio]:
    made = rows_insert(folios)
    rows_insert(
        FolioWindow(property_id=folio.property_id, folio=folio, number=1, **payer)
        for folio, payer in zip(made, payers, strict=True)
    )
    publish(*(FolioOpened(**fact_values(folio), kind=str(folio.kind)) for folio in made))
    return made


def _changed(folio: Folio, **values: Any) -> None:
    for name, value in values.items():
        setattr(folio, name, value)
    folio.version += 1
    folio.save(update_fields=[*values, "version", "updated_at"])
