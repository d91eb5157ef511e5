"""Guests are made, linked and changed by services only."""

from datetime import date

import pytest

from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken, VersionConflict
from hotel.core.models import OutboxMessage
from hotel.guests.models import Guest, ProfileAtProperty
from hotel.guests.services.guests import GuestData, guest_change, guest_create, guest_link
from hotel.properties.models import Chain
from tests.cast import make_property
from tests.factories.guests import guest_make


def facts() -> list[tuple[str, int, dict]]:
    return list(OutboxMessage.objects.order_by("pk").values_list("topic", "property_id", "payload"))


def test_a_guest_is_normalised_and_linked(cast):
    guest = guest_create(
        place=cast.alpha,
        data=GuestData(
            last_name=" Müller ",
            first_name="Änne",
            email=" Anne@Example.COM ",
            phone="01 5550100",
            country="AT",
        ),
    )
    guest.refresh_from_db()
    assert (guest.chain, guest.last_name, guest.first_name) == (cast.chain, "Müller", "Änne")
    assert (guest.email, guest.email_kind, guest.phone) == ("anne@example.com", "personal", "+4315550100")
    assert len(guest.email_fingerprint) == len(guest.phone_fingerprint) == 34
    assert guest.name_key == "muller anne"
    (profile,) = ProfileAtProperty.objects.all()
    assert (profile.property, profile.guest) == (cast.alpha, guest)
    assert profile.search_text == "muller anne"
    assert facts() == [
        (
            "GuestChanged",
            cast.alpha.pk,
            {"property_id": cast.alpha.pk, "guest_id": guest.pk, "version": 1, "merged_into_id": None},
        )
    ]


def test_a_national_number_is_read_in_the_country_of_the_property(cast):
    assert guest_make(cast.beta, phone="03-5555-0100").phone == "+81355550100"


@pytest.mark.parametrize(
    ("case", "over", "code", "field"),
    [
        ("no last name", {"last_name": "  "}, "invalid", "last_name"),
        ("no address", {"email": "nobody"}, "email_invalid", "email"),
        ("no number", {"phone": "call me"}, "phone_invalid", "phone"),
        ("too short", {"phone": "12"}, "phone_invalid", "phone"),
    ],
)
def test_unreadable_data_is_refused(cast, case, over, code, field):
    with pytest.raises(InvalidInput) as refused:
        guest_make(cast.alpha, **over)
    assert (refused.value.code, list(refused.value.fields)) == (code, [field])
    assert (Guest.objects.count(), ProfileAtProperty.objects.count(), facts()) == (0, 0, [])


def test_a_link_shows_the_guest_at_a_second_property_once(cast):
    guest = guest_make(cast.alpha)
    guest_link(guest=guest, place=cast.beta)
    guest_link(guest=guest, place=cast.beta)
    assert list(guest.profiles.values_list("property_id", "search_text")) == [
        (cast.alpha.pk, "guest"),
        (cast.beta.pk, "guest"),
    ]
    assert [(topic, place) for topic, place, _ in facts()] == [
        ("GuestChanged", cast.alpha.pk),
        ("GuestChanged", cast.beta.pk),
    ]


def test_chains_never_mix(cast):
    other = make_property(
        Chain.objects.create(code="OTHER", name="Other"),
        "GAMMA",
        name="Gamma",
        time_zone="Europe/Rome",
        currency="EUR",
        country="IT",
    )
    guest = guest_make(cast.alpha)
    with pytest.raises(RuleBroken) as refused:
        guest_link(guest=guest, place=other)
    assert refused.value.code == "other_chain"
    assert guest.profiles.count() == 1


def test_a_change_raises_the_version_and_tells_every_property(cast):
    guest = guest_make(cast.alpha, first_name="Anna", last_name="Berg")
    guest_link(guest=guest, place=cast.beta)
    before = len(facts())
    changed = guest_change(guest=guest, changes={"last_name": "Huber", "birth_date": date(1990, 5, 1)})
    assert (changed.version, changed.last_name, changed.name_key) == (2, "Huber", "huber anna")
    assert set(guest.profiles.values_list("search_text", flat=True)) == {"huber anna"}
    assert [(place, payload["version"]) for _, place, payload in facts()[before:]] == [
        (cast.alpha.pk, 2),
        (cast.beta.pk, 2),
    ]


def test_a_change_that_changes_nothing_is_not_told(cast):
    guest = guest_make(cast.alpha, email="a@example.com")
    assert guest_change(guest=guest, changes={"email": "A@example.com"}).version == 1
    assert len(facts()) == 1


def test_a_stale_version_is_refused(cast):
    guest = guest_make(cast.alpha)
    guest_change(guest=guest, changes={"city": "Wien"}, expected_version=1)
    with pytest.raises(VersionConflict):
        guest_change(guest=guest, changes={"city": "Graz"}, expected_version=1)
    guest.refresh_from_db()
    assert (guest.city, guest.version) == ("Wien", 2)


def test_figures_and_restrictions_are_not_changed_by_hand(cast):
    guest = guest_make(cast.alpha)
    with pytest.raises(InvalidInput):
        guest_change(guest=guest, changes={"is_do_not_rent": True})
    assert Guest.objects.get().version == 1


def test_a_tombstone_takes_no_changes_and_leads_to_the_one_that_lives_on(cast):
    kept, dead = guest_make(cast.alpha), guest_make(cast.alpha)
    Guest.objects.filter(pk=dead.pk).update(merged_into=kept)
    with pytest.raises(Conflict) as refused:
        guest_change(guest=dead, changes={"city": "Graz"})
    assert (refused.value.code, refused.value.extra["merged_into"]) == ("guest_merged", kept.pk)
    dead.refresh_from_db()
    assert guest_link(guest=dead, place=cast.beta) == kept
    assert kept.profiles.filter(property=cast.beta).exists()
