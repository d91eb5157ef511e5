"""What folios know of a guest besides his cards."""

from hotel.folios.models import FolioWindow
from hotel.folios.services.privacy_folios import erasure_blockers, guest_folios_erase, guest_folios_export
from tests.factories.folios import guest_folio_make
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make


def _folio(cast):
    gus = guest_make(cast.alpha)
    stay = house_make(cast.alpha, doubles=2).reserve(primary_guest=gus)
    folio = guest_folio_make(cast.alpha, stay)
    FolioWindow.objects.filter(folio=folio, number=1).update(guest=gus, label="Zora's drinks")
    return gus, folio


def test_an_open_folio_forbids_an_erasure(cast):
    gus, folio = _folio(cast)
    assert erasure_blockers(guest_id=gus.pk) == [f"The folio {folio.number} is open."]
    assert erasure_blockers(guest_id=guest_make(cast.alpha).pk) == []


def test_labels_of_windows_are_given_out_and_erased(cast):
    gus, folio = _folio(cast)
    (row,) = guest_folios_export(guest_id=gus.pk)
    assert (row["model"], row["label"]) == ("folios.FolioWindow", "Zora's drinks")
    assert guest_folios_erase(guest_id=gus.pk) == 1
    assert guest_folios_erase(guest_id=gus.pk) == 0
    assert folio.windows.get(number=1).label == ""
