"""References move with a merge, twins stay, and exactly what moved comes back."""

import pytest

from hotel.guests import merge_ports
from hotel.guests.merge_ports import GuestReference
from hotel.guests.models import GuestDocument, GuestRelationship
from hotel.guests.services.documents import DocumentData, document_record
from hotel.guests.services.references import (
    Repointed,
    is_referred_to_at,
    references_repoint,
    references_return,
)
from hotel.guests.services.relationships import relationship_add
from tests.factories.guests import guest_make


@pytest.fixture
def pair(cast):
    return guest_make(cast.alpha), guest_make(cast.alpha)


def document(guest, number: str) -> GuestDocument:
    return document_record(
        guest=guest, data=DocumentData(kind="passport", number=number, issuing_country="AT")
    )


def test_rows_move_but_for_twins_and_come_back(pair):
    kept, merged = pair
    own, twin, other = document(kept, "P1"), document(merged, "P1"), document(merged, "P2")
    moved = references_repoint(source_id=merged.pk, target_id=kept.pk)
    assert Repointed("guests.GuestDocument", "guest", [other.pk]) in moved
    assert set(kept.documents.all()) == {own, other}
    assert set(merged.documents.all()) == {twin}
    back = references_return(moved, source_id=kept.pk, target_id=merged.pk)
    assert Repointed("guests.GuestDocument", "guest", [other.pk]) in back
    assert set(merged.documents.all()) == {twin, other}


def test_a_row_that_went_on_since_does_not_come_back(pair, cast):
    kept, merged = pair
    row = document(merged, "P1")
    moved = references_repoint(source_id=merged.pk, target_id=kept.pk)
    third = guest_make(cast.alpha)
    GuestDocument.objects.filter(pk=row.pk).update(guest=third)
    references_return(moved, source_id=kept.pk, target_id=merged.pk)
    row.refresh_from_db()
    assert row.guest == third


def test_nobody_is_related_to_himself(pair):
    kept, merged = pair
    row = relationship_add(guest=merged, kind="family", other=kept)
    references_repoint(source_id=merged.pk, target_id=kept.pk)
    assert list(GuestRelationship.objects.values_list("pk", "guest", "other")) == [
        (row.pk, merged.pk, kept.pk)
    ]


def test_scoped_rows_say_where_a_guest_is_referred_to(pair, cast, monkeypatch):
    kept, _ = pair
    scoped = GuestReference("guests.ProfileAtProperty", "guest")
    monkeypatch.setattr(merge_ports, "_references", {("guests.ProfileAtProperty", "guest"): scoped})
    assert is_referred_to_at(kept.pk, cast.alpha.pk)
    assert not is_referred_to_at(kept.pk, cast.beta.pk)
