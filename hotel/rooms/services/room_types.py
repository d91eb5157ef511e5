"""Room types: making and changing them, and the vectors that follow from their structure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F

from hotel.core.exceptions import Conflict, RuleBroken, VersionConflict
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.models import AgeBand, Property
from hotel.rooms.domain.vectors import Structure, StructureInvalid, structure_check, vector
from hotel.rooms.models import (
    InventoryNight,
    RoomFeature,
    RoomType,
    RoomTypeConsumption,
    RoomTypeOccupancy,
    RoomTypePart,
)
from hotel.rooms.selectors.inventory import opened_nights
from hotel.rooms.services.inventory import (
    inventory_forget,
    inventory_open,
    inventory_recount,
    structure_lock,
)


class RoomTypeStructureInvalid(RuleBroken):
    """Kind, base and parts do not fit together."""

    code = "room_type_structure_invalid"


class RoomTypeInUse(Conflict):
    """The type has rooms, was sold or is part of another type; its structure is history now."""

    code = "room_type_in_use"


@dataclass(frozen=True)
class RoomTypeContents:
    """What belongs to a type beside its own columns; None leaves what is there.

    Attributes:
        parts: standard type to number of rooms, for component types.
        features: all features of the type.
        occupancies: age band to the most guests of it.
    """

    parts: Mapping[RoomType, int] | None = None
    features: Iterable[RoomFeature] | None = None
    occupancies: Mapping[AgeBand, int] | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def room_type_create(*, place: Property, contents: RoomTypeContents) -> RoomType:
    """Make a room type and open the nights for it that the property sells already.

    Args:
        place: the property.
        contents: ``values`` are columns of RoomType (code, name, kind …).

    Raises:
        RoomTypeStructureInvalid: kind, base and parts do not fit together.
    """
    structure_lock(property_id=place.pk)
    room_type = RoomType.objects.create(property=place, **contents.values)
    _write(room_type, contents)
    structure_refresh(room_type=room_type)
    _open(room_type)
    return room_type


@transaction.atomic
def room_type_change(
    *, room_type: RoomType, contents: RoomTypeContents, version: int | None = None
) -> RoomType:
    """Change a room type. Kind, base and parts can change only while it has no rooms and never sold a night.

    Args:
        room_type: the type.
        contents: ``values`` are the columns to change.
        version: the version the caller saw; None skips the check.

    Locks: the property's structure, then the type.

    Raises:
        RoomTypeInUse: its structure is in use.
        RoomTypeStructureInvalid: the new structure does not fit together.
        CapacityInUse: a lower day-use limit than is sold already.
        VersionConflict: it changed since.
    """
    structure_lock(property_id=room_type.property_id)
    (fresh,) = lock_rows(RoomType.objects.filter(pk=room_type.pk))
    if version is not None and version != fresh.version:
        raise VersionConflict(_("The room type was changed meanwhile. Read it again and repeat your change."))
    before = _structure(fresh)
    limit_before = fresh.day_use_limit
    for name, value in contents.values.items():
        setattr(fresh, name, value)
    fresh.version = F("version") + 1
    fresh.save()
    fresh.refresh_from_db()
    _write(fresh, contents)
    if _structure(fresh) != before:
        _refuse_in_use(fresh)
        structure_refresh(room_type=fresh)
        inventory_forget(room_type=fresh)
        _open(fresh)
    elif fresh.day_use_limit != limit_before:
        inventory_recount(place=fresh.property, room_type_ids=[fresh.pk])
    return fresh


@transaction.atomic
def room_type_delete(*, room_type: RoomType) -> None:
    """Delete a type that has no rooms, never sold a night and is no part of another; else deactivate it.

    Raises:
        RoomTypeInUse: it is or was in use.
    """
    structure_lock(property_id=room_type.property_id)
    _refuse_in_use(room_type)
    inventory_forget(room_type=room_type)
    room_type.delete()


@transaction.atomic
def structure_refresh(*, room_type: RoomType) -> dict[int | None, int]:
    """Derive the type's vector anew from kind, base and parts. Repeatable.

    Returns:
        The vector; empty for pseudo types.

    Raises:
        RoomTypeStructureInvalid: kind, base and parts do not fit together.
    """
    structure_lock(property_id=room_type.property_id)
    structure = _structure(room_type)
    ids = {*structure.parts, *([structure.base_id] if structure.base_id else [])}
    kinds = dict(RoomType.objects.at(room_type.property_id).filter(pk__in=ids).values_list("pk", "kind"))
    try:
        structure_check(structure, kinds)
    except StructureInvalid as error:
        raise RoomTypeStructureInvalid(str(error)) from error
    found = vector(structure)
    RoomTypeConsumption.objects.filter(room_type=room_type).delete()
    RoomTypeConsumption.objects.bulk_create(
        RoomTypeConsumption(
            property_id=room_type.property_id, room_type=room_type, counter_type_id=counter, quantity=quantity
        )
        for counter, quantity in (found or {room_type.pk: 0}).items()
    )
    return found


def _structure(room_type: RoomType) -> Structure:
    parts = dict(room_type.parts.order_by("part_type_id").values_list("part_type_id", "quantity"))
    return Structure(room_type.pk, room_type.kind, room_type.base_type_id, parts)


def _write(room_type: RoomType, contents: RoomTypeContents) -> None:
    place_id = room_type.property_id
    if contents.parts is not None:
        room_type.parts.all().delete()
        RoomTypePart.objects.bulk_create(
            RoomTypePart(property_id=place_id, room_type=room_type, part_type=part, quantity=quantity)
            for part, quantity in contents.parts.items()
        )
    if contents.features is not None:
        room_type.features.set(contents.features)
    if contents.occupancies is not None:
        room_type.occupancies.all().delete()
        RoomTypeOccupancy.objects.bulk_create(
            RoomTypeOccupancy(property_id=place_id, room_type=room_type, age_band=band, max_count=count)
            for band, count in contents.occupancies.items()
        )


def _refuse_in_use(room_type: RoomType) -> None:
    used = InventoryNight.objects.filter(property_id=room_type.property_id, room_type=room_type).exclude(
        sold=0, blocked=0, held=0, day_sold=0
    )
    if (
        room_type.rooms.exists()
        or room_type.part_of.exists()
        or room_type.virtual_types.exists()
        or used.exists()
    ):
        raise RoomTypeInUse(
            _(
                "The type has rooms, was sold, or other types are made of it. Make a new type and deactivate this one."
            )
        )


def _open(room_type: RoomType) -> None:
    """Open the nights for the type that the property sells already."""
    if opened := opened_nights(room_type.property_id):
        inventory_open(place=room_type.property, since=opened[0], until=opened[1])
