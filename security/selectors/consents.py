"""What guests of a property agree to now, counted: who may be written to, for what, and by which wording."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from hotel.guests.choices import ConsentChannel, ConsentDecision, ConsentPurpose
from hotel.guests.models import Guest, GuestConsent
from hotel.guests.querysets import ThroughProfiles
from hotel.properties.models import Property


@dataclass(frozen=True)
class ConsentLine:
    """How many guests have agreed to a purpose by a channel, and how many have taken it back."""

    purpose: str
    channel: str
    given: int
    withdrawn: int


@dataclass(frozen=True)
class Wording:
    """How many of the consents that count were given to one wording; an empty version is one nobody noted."""

    purpose: str
    version: str
    given: int


@dataclass(frozen=True)
class Refusals:
    """Guests whom no consent outweighs: objections (GDPR 21) and restrictions (GDPR 18)."""

    guests: int
    marketing: int
    profiling: int
    restricted: int


def consent_lines(place: Property) -> list[ConsentLine]:
    """A line for each purpose and channel anybody was asked about, in the order of the purposes."""
    counted = (
        _newest(place)
        .order_by()
        .values("purpose", "channel")
        .annotate(
            given=Count("pk", filter=Q(decision=ConsentDecision.GIVEN)),
            withdrawn=Count("pk", filter=Q(decision=ConsentDecision.WITHDRAWN)),
        )
    )
    order = [*ConsentPurpose.values, *ConsentChannel.values]
    rows = sorted(counted, key=lambda row: (order.index(row["purpose"]), order.index(row["channel"])))
    return [
        ConsentLine(
            str(ConsentPurpose(row["purpose"]).label),
            str(ConsentChannel(row["channel"]).label),
            row["given"],
            row["withdrawn"],
        )
        for row in rows
    ]


def wordings(place: Property) -> list[Wording]:
    """The wordings that consents which count were given to, by purpose, the most frequent first."""
    given = _newest(place).filter(decision=ConsentDecision.GIVEN).order_by()
    counted = given.values("purpose", "text_version").annotate(given=Count("pk"))
    rows = counted.order_by("purpose", "-given", "text_version")
    return [
        Wording(str(ConsentPurpose(row["purpose"]).label), row["text_version"], row["given"]) for row in rows
    ]


def refusals(place: Property) -> Refusals:
    """Figures of the living profiles known at a property."""
    rows = Guest.objects.linked_to([place.pk]).current().filter(erased_at=None)
    counts = rows.aggregate(
        guests=Count("pk"),
        marketing=Count("pk", filter=Q(marketing_objected_at__isnull=False)),
        profiling=Count("pk", filter=Q(profiling_objected_at__isnull=False)),
        restricted=Count("pk", filter=Q(processing_restricted_at__isnull=False)),
    )
    return Refusals(**counts)


def _newest(place: Property) -> ThroughProfiles:
    """The newest decision of each living guest of a property about each channel and purpose.

    Decisions that a merge took over count only while that merge stands.
    """
    counting = GuestConsent.objects.exclude(merge__unmerged_at__isnull=False)
    later = counting.filter(
        Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")),
        guest=OuterRef("guest"),
        channel=OuterRef("channel"),
        purpose=OuterRef("purpose"),
    )
    alive = counting.linked_to([place.pk]).filter(guest__merged_into=None, guest__erased_at=None)
    return alive.filter(~Exists(later))
