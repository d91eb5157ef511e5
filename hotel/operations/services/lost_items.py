"""Lost and found: recorded, kept, given back, sent, or disposed of after its time. Locks: the item."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.operations import LostItemChanged
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _, in_sentence
from hotel.operations.choices import LostItemState
from hotel.operations.models import LostItem
from hotel.properties.choices import SettingKey
from hotel.properties.models import Property
from hotel.properties.selectors.settings import setting_value
from hotel.reservations.models import Reservation


@transaction.atomic
def lost_item_record(*, place: Property, values: Mapping[str, Any], actor: User | None) -> LostItem:
    """Record a thing that was found today; the house's setting says until when it is kept.

    Args:
        values: columns of an item; ``room`` or ``location`` says where.

    Publishes: LostItemChanged.

    Raises:
        InvalidInput: neither in a room nor elsewhere (``lost_nowhere``), in a room or of a stay of another property
            (``other_property``).
    """
    room, stay = values.get("room"), values.get("reservation")
    if room is None and not values.get("location"):
        raise InvalidInput(_("Say in which room, or where else."), code="lost_nowhere")
    if any(row is not None and row.property_id != place.pk for row in (room, stay)):
        raise InvalidInput(_("This belongs to another property."), code="other_property")
    today = place.business_date
    days = setting_value(place.pk, SettingKey.LOST_DAYS, today)
    row = LostItem(
        property=place,
        found_on=today,
        found_at=now(),
        found_by=actor,
        keep_until=today + timedelta(days=days),
        **values,
    )
    return _written(row)


@transaction.atomic
def lost_item_move(*, item: LostItem, storage: str, expected_version: int | None = None) -> LostItem:
    """Say where it lies now.

    Raises:
        Conflict: it is gone (``lost_item_gone``). InvalidInput: nowhere (``storage_required``).
        VersionConflict: stale (412).
    """
    fresh = _kept(item, expected_version)
    fresh.storage = _said(storage, "storage_required", _("Say where it lies."))
    return _written(fresh)


@transaction.atomic
def lost_item_owner_set(
    *, item: LostItem, reservation: Reservation | None, expected_version: int | None = None
) -> LostItem:
    """Say whose it is by his stay, or that it is nobody's known.

    Raises:
        Conflict: it is gone (``lost_item_gone``). InvalidInput: a stay of another property (``other_property``).
        VersionConflict: stale (412).
    """
    fresh = _kept(item, expected_version)
    if reservation is not None and reservation.property_id != fresh.property_id:
        raise InvalidInput(_("The stay belongs to another property."), code="other_property")
    fresh.reservation = reservation
    return _written(fresh)


@transaction.atomic
def lost_item_return(
    *, item: LostItem, signed_name: str, actor: User, expected_version: int | None = None
) -> LostItem:
    """Hand it over to who signs for it.

    Raises:
        Conflict: it is gone (``lost_item_gone``). InvalidInput: nobody signed (``signature_required``).
        VersionConflict: stale (412).
    """
    fresh = _kept(item, expected_version)
    fresh.signed_name = _said(signed_name, "signature_required", _("Say who signs for it."))
    return _ended(fresh, LostItemState.RETURNED, actor)


@transaction.atomic
def lost_item_ship(
    *,
    item: LostItem,
    ship_to: str,
    carrier_reference: str = "",
    actor: User,
    expected_version: int | None = None,
) -> LostItem:
    """Send it to its owner.

    Raises:
        Conflict: it is gone (``lost_item_gone``). InvalidInput: nowhere (``address_required``).
        VersionConflict: stale (412).
    """
    fresh = _kept(item, expected_version)
    fresh.ship_to = _said(ship_to, "address_required", _("Say where it is sent."))
    fresh.carrier_reference = carrier_reference.strip()
    return _ended(fresh, LostItemState.SHIPPED, actor)


@transaction.atomic
def lost_item_dispose(
    *, item: LostItem, reason: str, actor: User, expected_version: int | None = None
) -> LostItem:
    """Give it away or throw it away, once its time is over.

    Raises:
        Conflict: it is gone (``lost_item_gone``), or its time is not over (``lost_item_too_early``).
        InvalidInput: it is not said how (``reason_required``). VersionConflict: stale (412).
    """
    fresh = _kept(item, expected_version)
    fresh.because = _said(reason, "reason_required", _("Say how it is disposed of."))
    if fresh.property.business_date < fresh.keep_until:
        raise Conflict(
            _("It is kept until %(keep_until)s.") % {"keep_until": fresh.keep_until},
            code="lost_item_too_early",
            extra={"keep_until": fresh.keep_until.isoformat()},
        )
    return _ended(fresh, LostItemState.DISPOSED, actor)


def _kept(item: LostItem, expected: int | None) -> LostItem:
    rows = LostItem.objects.select_related("property", "room").filter(pk=item.pk)
    (fresh,) = lock_rows(rows)
    fresh.require_version(expected, _("found thing"))
    if fresh.state != LostItemState.KEPT:
        raise Conflict(
            _("It is %(state)s already.")
            % {"state": in_sentence(fresh.get_state_display, english=fresh.state)},
            code="lost_item_gone",
            extra={"state": fresh.state},
        )
    fresh.version += 1
    return fresh


def _said(text: str, code: str, words: str) -> str:
    if not text.strip():
        raise InvalidInput(words, code=code)
    return text.strip()


def _ended(fresh: LostItem, state: LostItemState, actor: User) -> LostItem:
    fresh.state, fresh.ended_at, fresh.ended_by = state, now(), actor
    return _written(fresh)


def _written(row: LostItem) -> LostItem:
    row.save()
    publish(
        LostItemChanged(property_id=row.property_id, item_id=row.pk, state=row.state, room_id=row.room_id)
    )
    return row
