"""What guests wrote in their requests, and why holds were placed: erased with the guest."""

from django.db import transaction

from hotel.guests.services.privacy import profiles_of
from security.models import LegalHold, PrivacyBundle, PrivacyRequest
from security.privacy_choices import BundleStatus

ERASED = "erased"


@transaction.atomic
def guest_words_erase(*, guest_id: int) -> int:
    """Erase words and values of a guest's cases, and files made for them; the cases stay as proof. Repeatable.

    Returns:
        How many rows were emptied.
    """
    ids, done = profiles_of(guest_id), 0
    bundles = PrivacyBundle.objects.filter(request__guest__in=ids).exclude(status=BundleStatus.EXPIRED)
    done += bundles.update(status=BundleStatus.EXPIRED, document="", printed="")
    done += PrivacyRequest.objects.filter(guest__in=ids).update(
        words="", changes="", history="", identity_check=""
    )
    # One by one: each reason is ciphertext of its own.
    for hold in LegalHold.objects.filter(guest__in=ids):
        hold.reason, hold.reference = ERASED, ""
        hold.save(update_fields=["reason", "reference", "updated_at"])
        done += 1
    return done
