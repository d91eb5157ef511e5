"""Guests taken over in bulk: known ones found again, new ones made, without a fact or a search for each."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from hotel.core.crypto import key_ring
from hotel.core.models_base import rows_number
from hotel.guests.domain.names import name_key
from hotel.guests.models import Guest, ProfileAtProperty
from hotel.guests.services.profiles import guest_search_text
from hotel.properties.models import Property

Key = tuple[str, str]


@transaction.atomic
def guests_take_over(*, place: Property, columns: Sequence[Mapping[str, Any]]) -> list[Guest]:
    """Find or make guests of the property's chain and link them to the property.

    The same name with the same e-mail address or telephone is the same guest, also within the call. Whoever has
    neither is somebody new each time. Nothing is published and no duplicates are suggested: the caller tells of
    all at once.

    Args:
        place: the property.
        columns: as ``guest_columns`` gives them, one mapping per person.

    Returns:
        One guest per mapping, same order; some may be one and the same.
    """
    wanted = [Guest(chain_id=place.chain_id, **values) for values in columns]
    for guest in wanted:
        guest.name_key = name_key(first_name=guest.first_name, last_name=guest.last_name)
    known = _known(place.chain_id, wanted)
    found, fresh = [], []
    for guest in wanted:
        same = next((known[key] for key in _keys(guest) if key in known), None)
        if same is None:
            fresh.append(guest)
            known.update(dict.fromkeys(_keys(guest), guest))
        found.append(same or guest)
    rows_number(fresh)
    key_ring().prepare([guest.key_subject() for guest in fresh])
    Guest.objects.bulk_create(fresh, batch_size=500)
    ProfileAtProperty.objects.bulk_create(
        (
            ProfileAtProperty(property=place, guest=guest, search_text=guest_search_text(guest))
            for guest in {guest.pk: guest for guest in found}.values()
        ),
        batch_size=500,
        ignore_conflicts=True,
    )
    return found


def _keys(guest: Guest) -> list[Key]:
    """By what a guest is found again: name and e-mail, name and telephone."""
    marks = (guest.email, guest.phone)
    return [(guest.name_key, mark) for mark in marks if mark]


def _known(chain_id: int, wanted: Sequence[Guest]) -> dict[Key, Guest]:
    """The guests of the chain who may be meant, by their keys; the oldest profile counts."""
    living = Guest.objects.filter(chain_id=chain_id, merged_into=None).order_by("-pk")
    prints = key_ring().fingerprints
    emails = {each for guest in wanted if guest.email for each in prints(guest.email, context="guests.email")}
    phones = {each for guest in wanted if guest.phone for each in prints(guest.phone, context="guests.phone")}
    rows = [*living.filter(email_fingerprint__in=emails), *living.filter(phone_fingerprint__in=phones)]
    return {key: guest for guest in rows for key in _keys(guest)}
