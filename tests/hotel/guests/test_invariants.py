"""The invariants are green after everything services do, and red when somebody goes around them."""

import pytest
from django.db import connection

from hotel.guests.invariants import invariants
from hotel.guests.models import Guest, GuestMatch, GuestMerge, ProfileAtProperty
from hotel.guests.services.merges import guest_merge, guest_unmerge
from hotel.properties.models import Chain
from tests.factories.guests import company_make, guest_make


def violated() -> list[str]:
    found = []
    for invariant in invariants():
        with connection.cursor() as cursor:
            cursor.execute(invariant.sql)
            found += [invariant.name] if cursor.fetchall() else []
    return found


@pytest.fixture
def house(cast):
    made = [guest_make(cast.alpha, last_name="Berg", first_name="A", email="a@example.com") for _ in range(4)]
    company_make(cast.beta, email="office@example.com", phone="+81355550100")
    guest_merge(kept=made[0], merged=made[1], by=cast.ada, reason="Same")
    guest_merge(kept=made[0], merged=made[2], by=cast.ada, reason="Same")
    guest_unmerge(guest=made[2], by=cast.ada)
    return made


def test_services_keep_them(house):
    assert violated() == []


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("inv_profile_chain", lambda other: Guest.objects.update(chain=other)),
        ("inv_merge_chain", lambda other: GuestMerge.objects.update(chain=other)),
        ("inv_merge_chain", lambda other: GuestMatch.objects.update(chain=other)),
        ("inv_tombstone_has_merge", lambda other: Guest.objects.update(merged_into=None)),
        ("inv_contact_fingerprint", lambda other: Guest.objects.update(email="")),
        ("inv_search_text", lambda other: ProfileAtProperty.objects.update(search_text="")),
        ("inv_search_text", lambda other: ProfileAtProperty.objects.update(search_text="x")),
        (
            "inv_no_open_match_of_tombstone",
            lambda other: GuestMatch.objects.update(status="open", decided_at=None),
        ),
    ],
)
def test_going_around_the_services_is_found(house, name, wrong):
    wrong(Chain.objects.create(code="OTHER", name="Other"))
    assert name in violated()
