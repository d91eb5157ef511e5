"""Two profiles become one, and two again: nothing is lost, nothing foreign comes along."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from moneyed import Money

from hotel.core import clock
from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.core.models import OutboxMessage
from hotel.guests import lifetime_ports
from hotel.guests.models import (
    Guest,
    GuestConsent,
    GuestMatch,
    GuestMerge,
    GuestRelationship,
    ProfileAtProperty,
)
from hotel.guests.selectors.consents import consent_given
from hotel.guests.selectors.profiles import guest_resolved, guests_search, restriction_of
from hotel.guests.services.consents import consent_record, consent_withdraw
from hotel.guests.services.documents import DocumentData, document_record
from hotel.guests.services.guests import guest_change, guest_link
from hotel.guests.services.merges import guest_merge, guest_unmerge
from hotel.guests.services.relationships import relationship_add
from hotel.guests.services.restrictions import guest_restrict
from hotel.properties.models import Chain
from tests.cast import make_property
from tests.factories.guests import company_make, guest_make
from tests.together import together


def passport(number: str) -> DocumentData:
    return DocumentData(kind="passport", number=number, issuing_country="AT")


def state(*guests: Guest) -> list[dict]:
    """All columns but the version and the times."""
    rows = Guest.objects.filter(pk__in=[g.pk for g in guests]).order_by("pk")
    names = [field.attname for field in Guest._meta.concrete_fields]
    return [{k: getattr(row, k) for k in names if k not in {"version", "updated_at"}} for row in rows]


@pytest.fixture
def pair(cast):
    kept = guest_make(
        cast.alpha, first_name="Anna", last_name="Berg", email="x1@guest.booking.com", city="Wien"
    )
    merged = guest_make(
        cast.beta,
        first_name="Anna Maria",
        last_name="Berg",
        email="anna@example.com",
        phone="+4315550100",
        city="Graz",
        birth_date=date(1980, 5, 1),
    )
    return kept, merged


def merge(pair, cast) -> GuestMerge:
    kept, merged = pair
    done = guest_merge(kept=kept, merged=merged, by=cast.ada, reason="The same passport")
    kept.refresh_from_db()
    merged.refresh_from_db()
    return done


def test_the_kept_profile_takes_over_what_it_lacks(cast, pair):
    kept, merged = pair
    done = merge(pair, cast)
    assert (kept.first_name, kept.city, kept.phone) == ("Anna", "Wien", "+4315550100")
    assert (kept.email, kept.email_kind) == ("anna@example.com", "personal")
    assert kept.birth_date == date(1980, 5, 1)
    assert (kept.version, merged.version, merged.merged_into) == (2, 2, kept)
    assert (done.merged_by, done.reason) == (cast.ada, "The same passport")
    assert done.unmerge_until - done.merged_at >= timedelta(days=90) - timedelta(seconds=1)
    assert set(kept.profiles.values_list("property_id", flat=True)) == {cast.alpha.pk, cast.beta.pk}
    assert guest_resolved(merged) == kept
    assert guests_search([cast.alpha.pk, cast.beta.pk], "berg") == [kept.pk]
    topics = OutboxMessage.objects.order_by("pk").values_list("topic", "payload")
    assert topics.last() == (
        "GuestsMerged",
        {"property_id": None, "guest_id": kept.pk, "merged_guest_id": merged.pk, "merge_id": done.pk},
    )


def test_the_snapshot_is_not_readable_in_the_database(cast, pair):
    done = merge(pair, cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT snapshot FROM guests_guestmerge WHERE id = %s", [done.pk])
        stored = cursor.fetchone()[0]
    assert stored.startswith("v2:A256GCM:")
    assert "anna@example.com" in done.snapshot
    assert "anna@example.com" not in stored


def test_documents_and_relationships_move_and_come_back(cast, pair):
    kept, merged = pair
    company, child = company_make(cast.beta, name="Acme"), guest_make(cast.beta, last_name="Child")
    twin = document_record(guest=kept, data=passport("P1"))
    stays = document_record(guest=merged, data=passport("P1"))
    moves = document_record(guest=merged, data=passport("P2"))
    job = relationship_add(guest=merged, kind="works_for", company=company)
    family = relationship_add(guest=child, kind="family", other=merged)
    own = relationship_add(guest=kept, kind="household", other=merged)
    merge(pair, cast)

    assert set(kept.documents.all()) == {twin, moves}
    assert set(merged.documents.all()) == {stays}
    assert list(kept.relationships.order_by("pk")) == [job, own]
    family.refresh_from_db()
    own.refresh_from_db()
    assert (family.other, own.other) == (kept, merged)  # nobody is related to himself
    assert kept.profiles.get(property=cast.alpha).search_text.endswith(" acme")

    fresh = document_record(guest=kept, data=passport("P3"))
    guest_unmerge(guest=merged, by=cast.ada)
    assert set(kept.documents.all()) == {twin, fresh}
    assert set(merged.documents.all()) == {stays, moves}
    assert list(merged.relationships.all()) == [job]
    assert GuestRelationship.objects.get(pk=family.pk).other == merged
    assert not kept.profiles.get(property=cast.alpha).search_text.endswith(" acme")


def test_an_unmerge_restores_both_profiles(cast, pair):
    kept, merged = pair
    guest_restrict(guest=merged, reason="Set fire to a curtain", by=cast.bo)
    before = state(kept, merged)
    merge(pair, cast)
    assert kept.is_do_not_rent
    done = guest_unmerge(guest=merged, by=cast.rae)
    assert state(kept, merged) == before
    assert done.unmerged_by == cast.rae
    assert set(kept.profiles.values_list("property_id", flat=True)) == {cast.alpha.pk}
    assert guests_search([cast.beta.pk], "berg") == [merged.pk]
    last = OutboxMessage.objects.order_by("pk").last()
    assert (last.topic, last.payload["restored_guest_id"]) == ("GuestsUnmerged", merged.pk)


def test_what_was_changed_since_the_merge_is_not_taken_back(cast, pair):
    kept, merged = pair
    merge(pair, cast)
    guest_change(guest=kept, changes={"phone": "+4315550199"})
    guest_unmerge(guest=merged, by=cast.ada)
    kept.refresh_from_db()
    assert (kept.phone, kept.email, kept.birth_date) == ("+4315550199", "x1@guest.booking.com", None)


def test_do_not_rent_sticks(cast, pair):
    kept, merged = pair
    guest_restrict(guest=merged, reason="Theft", by=cast.bo)
    merge(pair, cast)
    found = restriction_of(merged)
    assert (found.guest_id, found.reason, found.by_id) == (kept.pk, "Theft", cast.bo.pk)


@pytest.mark.parametrize("strict_is_kept", [True, False], ids=["kept withdrew", "merged withdrew"])
def test_the_stricter_consent_wins_while_the_merge_stands(cast, pair, strict_is_kept):
    kept, merged = pair
    strict, loose = (kept, merged) if strict_is_kept else (merged, kept)
    mail = {"channel": "email", "purpose": "marketing", "source": "website"}
    consent_withdraw(guest=strict, **mail)
    consent_record(guest=loose, **mail)
    consent_record(guest=merged, channel="sms", purpose="marketing", source="website")
    before = list(GuestConsent.objects.order_by("pk").values("pk", "guest_id", "decision", "at"))
    merge(pair, cast)
    assert consent_given(kept.pk, "email", "marketing") == (
        "The guest withdrew his consent to marketing by email."
    )
    assert consent_given(merged.pk, "email", "marketing") != True  # noqa: E712
    assert consent_given(kept.pk, "sms", "marketing") is True

    guest_unmerge(guest=merged, by=cast.ada)
    assert consent_given(loose.pk, "email", "marketing") is True
    assert consent_given(strict.pk, "email", "marketing") is not True
    known = GuestConsent.objects.filter(merge=None).order_by("pk")
    assert list(known.values("pk", "guest_id", "decision", "at")) == before


def test_lifetime_figures_follow(cast, pair, monkeypatch):
    kept, merged = pair
    monkeypatch.setattr(lifetime_ports, "_sources", {})

    def source(ids, property_id):
        live = guest_resolved(Guest.objects.get(pk=merged.pk))
        amount = Money(Decimal(70), "JPY")
        figures = lifetime_ports.LifetimeFigures(
            stays=2, nights=5, revenue=amount, last_stay_on=date(2027, 1, 2)
        )
        return {live.pk: figures} if property_id == cast.beta.pk else {}

    lifetime_ports.register_lifetime_source(source)
    merge(pair, cast)

    def figures(guest):
        profile = ProfileAtProperty.objects.get(guest=guest, property=cast.beta)
        return profile.stays, profile.nights, profile.revenue, profile.last_stay_on

    assert figures(kept) == (2, 5, Money(70, "JPY"), date(2027, 1, 2))
    assert figures(merged) == (0, 0, None, None)


def test_a_chain_of_merges_is_undone_from_its_end(cast, pair):
    kept, merged = pair
    third = guest_make(cast.alpha, last_name="Third")
    merge(pair, cast)
    guest_merge(kept=third, merged=kept, by=cast.ada, reason="Again")
    merged.refresh_from_db()
    assert guest_resolved(merged) == third
    with pytest.raises(Conflict) as refused:
        guest_unmerge(guest=merged, by=cast.ada)
    assert (refused.value.code, refused.value.extra["merged_into"]) == ("kept_was_merged", third.pk)
    guest_unmerge(guest=kept, by=cast.ada)
    guest_unmerge(guest=merged, by=cast.ada)
    assert not Guest.objects.exclude(merged_into=None).exists()


def test_an_unmerge_is_refused_with_its_reason(cast, pair, monkeypatch):
    kept, merged = pair
    with pytest.raises(Conflict) as refused:
        guest_unmerge(guest=merged, by=cast.ada)
    assert refused.value.code == "not_merged"
    merge(pair, cast)
    late = clock.now() + timedelta(days=91)
    monkeypatch.setattr("hotel.guests.services.merges.now", lambda: late)
    with pytest.raises(Conflict) as refused:
        guest_unmerge(guest=merged, by=cast.ada)
    assert refused.value.code == "unmerge_too_late"
    merged.refresh_from_db()
    assert merged.merged_into == kept


def test_a_merge_is_refused_with_its_reason(cast, pair):
    kept, merged = pair
    other = make_property(
        Chain.objects.create(code="OTHER", name="Other"),
        "GAMMA",
        name="Gamma",
        time_zone="Europe/Rome",
        currency="EUR",
        country="IT",
    )
    before = state(kept, merged)
    for victim, reason, error, code in [
        (kept, "Same", InvalidInput, "invalid"),
        (merged, "  ", InvalidInput, "invalid"),
        (guest_make(other), "Same", RuleBroken, "other_chain"),
    ]:
        with pytest.raises(error) as refused:
            guest_merge(kept=kept, merged=victim, by=cast.ada, reason=reason)
        assert refused.value.code == code
    assert (state(kept, merged), GuestMerge.objects.count()) == (before, 0)


def test_a_merge_settles_the_suspicion_and_an_unmerge_dismisses_it(cast):
    kept, merged, third = (
        guest_make(cast.alpha, first_name="Anna", last_name="Berg", email="anna@example.com")
        for _ in range(3)
    )
    assert GuestMatch.objects.filter(status="open").count() == 3
    merge((kept, merged), cast)
    assert list(GuestMatch.objects.values_list("first_id", "second_id", "status").order_by("pk")) == [
        (kept.pk, merged.pk, "merged"),
        (kept.pk, third.pk, "open"),
    ]
    guest_unmerge(guest=merged, by=cast.ada)
    statuses = GuestMatch.objects.values_list("first_id", "second_id", "status").order_by(
        "first_id", "second_id"
    )
    assert list(statuses) == [
        (kept.pk, merged.pk, "dismissed"),
        (kept.pk, third.pk, "open"),
        (merged.pk, third.pk, "open"),
    ]


def test_a_guest_can_be_linked_to_a_further_property_after_a_merge(cast, pair):
    kept, merged = pair
    merge(pair, cast)
    assert guest_link(guest=merged, place=cast.alpha) == kept


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_crosswise_one_wins():
    from tests.cast import make_cast

    cast = make_cast()
    one, two = guest_make(cast.alpha, last_name="One"), guest_make(cast.alpha, last_name="Two")
    results = together(
        lambda: guest_merge(kept=one, merged=two, by=cast.ada, reason="Same"),
        lambda: guest_merge(kept=two, merged=one, by=cast.bo, reason="Same"),
    )
    done = [result for result in results if isinstance(result, GuestMerge)]
    refused = [result for result in results if isinstance(result, Conflict)]
    assert (len(done), len(refused)) == (1, 1), results
    assert refused[0].code in {"guest_merged", "lock_refused"}
    assert Guest.objects.current().count() == 1
    assert GuestMerge.objects.count() == 1
    assert guest_resolved(Guest.objects.exclude(merged_into=None).get()) == done[0].kept
