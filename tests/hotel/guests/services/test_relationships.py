"""Who works for whom, and who belongs together."""

import pytest

from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.guests.models import GuestRelationship
from hotel.guests.services.companies import company_change
from hotel.guests.services.relationships import relationship_add, relationship_remove
from hotel.properties.models import Chain
from tests.cast import make_property
from tests.factories.guests import company_make, guest_make


def test_a_guest_is_found_by_the_company_he_works_for(cast):
    guest, company = guest_make(cast.alpha, last_name="Berg"), company_make(cast.alpha, name="Ärzte GmbH")
    job = relationship_add(guest=guest, kind="works_for", company=company)
    assert guest.profiles.get().search_text == "berg arzte gmbh"
    company_change(company=company, changes={"name": "Praxis"})
    assert guest.profiles.get().search_text == "berg praxis"
    relationship_remove(relationship=job)
    assert guest.profiles.get().search_text == "berg"


def test_a_relationship_needs_the_right_partner(cast):
    guest, other, company = guest_make(cast.alpha), guest_make(cast.alpha), company_make(cast.alpha)
    foreign = make_property(
        Chain.objects.create(code="OTHER", name="Other"),
        "GAMMA",
        name="Gamma",
        time_zone="Europe/Rome",
        currency="EUR",
        country="IT",
    )
    for error, values in [
        (InvalidInput, {"kind": "works_for", "other": other}),
        (InvalidInput, {"kind": "family", "company": company}),
        (InvalidInput, {"kind": "family", "other": guest}),
        (InvalidInput, {"kind": "family", "company": company, "other": other}),
        (RuleBroken, {"kind": "family", "other": guest_make(foreign)}),
        (RuleBroken, {"kind": "works_for", "company": company_make(foreign)}),
    ]:
        with pytest.raises(error):
            relationship_add(guest=guest, **values)
    assert not GuestRelationship.objects.exists()
    relationship_add(guest=guest, kind="family", other=other)
    with pytest.raises(Conflict):
        relationship_add(guest=guest, kind="family", other=other)
