"""Stops on addresses: set by a bounce, a complaint, the guest or the staff."""

from django.db import transaction

from hotel.core.crypto import key_ring
from hotel.core.exceptions import InvalidInput
from hotel.core.words import in_english
from hotel.messaging.choices import Channel, Purpose, SuppressionReason
from hotel.messaging.domain.addresses import address_problem, normalised
from hotel.messaging.models import Suppression
from hotel.properties.models import Property


def address_fingerprint(address: str, channel: str) -> str:
    """The keyed hash an address is found by, also after it was erased."""
    return key_ring().fingerprint(normalised(address, channel), context=f"messaging.address.{channel}")


def address_fingerprints(address: str, channel: str) -> list[str]:
    """What a look-up must ask for: the hash under each key in use."""
    return key_ring().fingerprints(normalised(address, channel), context=f"messaging.address.{channel}")


def address_wanted(text: str) -> list[str]:
    """The hashes that a search for an address, of whichever channel, must look for."""
    return [each for channel in Channel.values for each in address_fingerprints(text, channel)]


@transaction.atomic
def suppression_add(
    *, place: Property, channel: str, address: str, reason: str, note: str = ""
) -> Suppression:
    """Stop messages to an address on a channel of this property. Repeatable.

    A stop that exists is kept; but ``unsubscribe`` (advertising only) gives way to a reason that stops everything.

    Raises:
        InvalidInput: not an address of the channel.
    """
    address = normalised(address, channel)
    if problem := address_problem(address, channel):
        raise InvalidInput(problem, fields={"address": [problem]})
    known = Suppression.objects.filter(
        property=place, channel=channel, fingerprint__in=address_fingerprints(address, channel)
    ).first()
    row, is_new = (
        (known, False)
        if known
        else Suppression.objects.get_or_create(
            property=place,
            channel=channel,
            fingerprint=address_fingerprint(address, channel),
            defaults={"address": address, "reason": reason, "note": note[:400]},
        )
    )
    weaker = row.reason == SuppressionReason.UNSUBSCRIBE and reason != SuppressionReason.UNSUBSCRIBE
    if not is_new and weaker:
        row.reason, row.note, row.address = reason, note[:400], address
        row.save(update_fields=["reason", "note", "address", "updated_at"])
    return row


def suppression_lift(*, suppression: Suppression) -> None:
    """Allow messages to the address again."""
    suppression.delete()


def suppression_refusal(*, property_id: int, channel: str, address: str, purpose: str) -> str:
    """Why nothing may go to this address now; empty when it may. Advertising also stops for ``unsubscribe``."""
    row = Suppression.objects.filter(
        property_id=property_id, channel=channel, fingerprint__in=address_fingerprints(address, channel)
    ).first()
    if row is None or (row.reason == SuppressionReason.UNSUBSCRIBE and purpose == Purpose.TRANSACTIONAL):
        return ""
    return f"The address is stopped: {in_english(row.get_reason_display)}."
