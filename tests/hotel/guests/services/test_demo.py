"""The demo's profiles: made once, with suspected duplicates, documents, consents and one unwelcome guest."""

import pytest

from hotel.core.invariants import invariants_verify
from hotel.guests.models import Company, Guest, GuestConsent, GuestDocument, GuestMatch
from hotel.guests.services.demo import COMPANIES, demo_seed
from hotel.properties.services.demo import demo_seed as properties_seed

MODELS = (Guest, Company, GuestConsent, GuestDocument, GuestMatch)


@pytest.mark.django_db
def test_profiles_are_made_once():
    properties_seed(say=lambda text: None)
    said: list[str] = []
    demo_seed(say=said.append, people_each=26)
    counts = [model.objects.count() for model in MODELS]
    demo_seed(say=said.append, people_each=26)
    assert [model.objects.count() for model in MODELS] == counts
    assert said == ["52 guests, 8 companies and agents, known to the whole chain"]
    # 26 at each property, two of them twice, and the unwelcome one.
    assert counts[:2] == [2 * (26 + 2) + 1, len(COMPANIES)]
    assert counts[2:4] == [2 * 9, 2 * 7]
    assert counts[4] >= 4
    assert list(Guest.objects.filter(is_do_not_rent=True).values_list("last_name", flat=True)) == ["Ratlos"]
    assert [found.invariant.name for found in invariants_verify() if found.violations] == []
