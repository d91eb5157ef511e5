"""Profiles that may be the same person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet

from hotel.core.crypto import key_ring
from hotel.guests.choices import EmailKind
from hotel.guests.domain.matching import REVIEW, Identity, Likeness, is_surely, likeness
from hotel.guests.domain.names import name_key
from hotel.guests.models import Guest, GuestDocument

CANDIDATES_PER_TRAIT = 50


@dataclass(frozen=True)
class Match:
    """A guest who may be the same person, and why."""

    guest: Guest
    likeness: Likeness


def identity_of(guest: Guest) -> Identity:
    """What identifies a guest; relay addresses and shared mailboxes do not. Reads ``documents``."""
    return Identity(
        last_name=guest.last_name,
        first_name=guest.first_name,
        email=guest.email if guest.email_kind == EmailKind.PERSONAL else "",
        phone=guest.phone,
        birth_date=guest.birth_date,
        documents=frozenset(
            f"{row.kind}:{row.issuing_country}:{row.number}" for row in guest.documents.all()
        ),
        postal_code=guest.postal_code.replace(" ", "").upper(),
        country=guest.country,
    )


def matches_of(guest: Guest) -> list[Match]:
    """Guests of the chain who may be the same person, most alike first; score at least 0.55.

    Candidates come from indexed look-ups only: fingerprints of e-mail, telephone and documents, and similar
    names born on the same day or living at the same postal code; at most 50 of each.
    """
    chain = Guest.objects.current().filter(chain_id=guest.chain_id).exclude(pk=guest.pk)
    shown = guest.documents.all()
    return _alike(chain, identity_of(guest), documents=shown, postal_code=guest.postal_code)


def matches_told(chain_id: int, told: Identity) -> list[Match]:
    """As ``matches_of``, for a person who is told of and has no profile yet."""
    return _alike(Guest.objects.current().filter(chain_id=chain_id), told)


def matches_among(place_id: int, told: Mapping[int, Identity]) -> dict[int, list[Match]]:
    """Guests known at a property who may be persons of a list: the same e-mail address, or name and birth date.

    Args:
        place_id: whose guests are looked through; those whose data is kept from use are not.
        told: by line.

    Returns:
        Matches by line, most alike first; lines without one are left out. Two queries, whatever the list.
    """
    prints = key_ring().fingerprints
    mails = {each for one in told.values() if one.email for each in prints(one.email, context="guests.email")}
    born = {
        each
        for one in told.values()
        if one.birth_date
        for each in prints(one.birth_date.isoformat(), context="guests.birth_date")
    }
    keys = {name_key(first_name=one.first_name, last_name=one.last_name) for one in told.values()}
    rows = (
        Guest.objects.current()
        .filter(erased_at=None, processing_restricted_at=None)
        .filter(
            Q(email_fingerprint__in=mails) | Q(birth_date_fingerprint__in=born, name_key__in=keys),
        )
        .linked_to([place_id])
        .prefetch_related("documents")
    )
    known = [(guest, identity_of(guest)) for guest in rows] if mails or born else []
    found = {}
    for line, mine in told.items():
        alike = [
            Match(guest, likeness(mine, theirs))
            for guest, theirs in known
            if (mine.email and mine.email == theirs.email) or _is_namesake(mine, theirs)
        ]
        if alike:
            found[line] = sorted(alike, key=lambda match: (-match.likeness.score, match.guest.pk))
    return found


def is_same_person(told: Identity, match: Match) -> bool:
    """Whether a match can be proposed before anybody looks: name and e-mail, or name and birth date, are the same."""
    theirs = identity_of(match.guest)
    return is_surely(told, theirs) or _is_namesake(told, theirs)


def _is_namesake(one: Identity, other: Identity) -> bool:
    """The same whole name and the same known birth date."""
    if not one.birth_date or one.birth_date != other.birth_date:
        return False
    names = [name_key(first_name=each.first_name, last_name=each.last_name) for each in (one, other)]
    return names[0] == names[1]


def _alike(
    chain: QuerySet[Guest], mine: Identity, *, documents: Iterable[GuestDocument] = (), postal_code: str = ""
) -> list[Match]:
    rows = _candidates(chain, mine, documents, postal_code)
    ids = {pk for found in rows for pk in found[:CANDIDATES_PER_TRAIT]}
    others = Guest.objects.filter(pk__in=ids).prefetch_related("documents")
    found = [Match(other, likeness(mine, identity_of(other))) for other in others]
    found = [match for match in found if match.likeness.score >= REVIEW]
    return sorted(found, key=lambda match: (-match.likeness.score, match.guest.pk))


def _candidates(
    chain: QuerySet[Guest], mine: Identity, documents: Iterable[GuestDocument], postal_code: str
) -> list[QuerySet]:
    """Ids by trait; documents and the postal code as they are stored."""
    found, prints = [], key_ring().fingerprints
    if mine.email:
        found.append(
            chain.filter(email_fingerprint__in=prints(mine.email, context="guests.email")).order_by("-pk")
        )
    if mine.phone:
        found.append(
            chain.filter(phone_fingerprint__in=prints(mine.phone, context="guests.phone")).order_by("-pk")
        )
    if mine.documents:
        wanted = [each for row in documents for each in prints(row.number, context="guests.document_number")]
        found.append(chain.filter(documents__number_fingerprint__in=wanted).order_by("-pk"))
    near = Q()
    if mine.birth_date:
        born = prints(mine.birth_date.isoformat(), context="guests.birth_date")
        near |= Q(birth_date_fingerprint__in=born)
    if postal_code:
        near |= Q(postal_code=postal_code, country=mine.country)
    if near:
        key = name_key(first_name=mine.first_name, last_name=mine.last_name)
        alike = chain.filter(near, name_key__trigram_similar=key)
        found.append(alike.order_by(TrigramSimilarity("name_key", key).desc(), "-pk"))
    return [rows.values_list("pk", flat=True) for rows in found]
