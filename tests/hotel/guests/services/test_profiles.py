"""Where a profile is known, and by which words it is found there."""

import pytest

from hotel.core.exceptions import RuleBroken
from hotel.guests.models import ProfileAtProperty
from hotel.guests.services.profiles import company_reindex, guest_reindex, profile_link
from hotel.properties.models import Chain
from tests.factories.guests import company_make, guest_make
from tests.factories.properties import property_make


def test_a_profile_is_linked_once_and_found_by_its_words(cast):
    guest = guest_make(cast.alpha, first_name="Änne", last_name="Berg", email="a@example.com")
    profile_link(guest=guest, place=cast.beta)
    profile_link(guest=guest, place=cast.beta)
    rows = ProfileAtProperty.objects.filter(guest=guest).order_by("property__code")
    assert [row.property for row in rows] == [cast.alpha, cast.beta]
    assert {row.search_text for row in rows} == {"berg anne"}


def test_a_profile_stays_in_its_chain(cast):
    foreign = property_make(Chain.objects.create(code="OTHER", name="Other"))
    for profile in ({"guest": guest_make(cast.alpha)}, {"company": company_make(cast.alpha)}):
        with pytest.raises(RuleBroken):
            profile_link(place=foreign, **profile)
    assert not ProfileAtProperty.objects.filter(property=foreign).exists()


def test_words_are_written_anew_at_every_property(cast):
    guest, company = guest_make(cast.alpha, last_name="Berg"), company_make(cast.alpha, name="Acme")
    profile_link(guest=guest, place=cast.beta)
    ProfileAtProperty.objects.update(search_text="")
    guest_reindex(guest)
    company_reindex(company)
    found = ProfileAtProperty.objects.order_by("company", "property__code").values_list(
        "search_text", flat=True
    )
    assert list(found) == ["acme", "berg", "berg"]
