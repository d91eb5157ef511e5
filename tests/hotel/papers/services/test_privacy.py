"""What papers know of a guest."""

from hotel.papers.choices import PaperForm, PaperKind, PaperStatus
from hotel.papers.services.privacy import guest_papers_erase, guest_papers_export
from tests.factories.papers import paper_make_ready


def test_papers_that_name_a_guest_are_told_and_emptied(full):
    paper = paper_make_ready(full.place, PaperKind.ARRIVALS, PaperForm.XLSX)
    sheet = paper_make_ready(full.place, PaperKind.HOUSEKEEPING, PaperForm.XLSX)
    cleo = full.cleo.primary_guest_id

    (told,) = guest_papers_export(guest_id=cleo)
    assert (told["kind"], told["business_date"]) == ("arrivals", full.place.business_date)
    assert (guest_papers_erase(guest_id=cleo), guest_papers_erase(guest_id=cleo)) == (1, 0)
    paper.refresh_from_db()
    sheet.refresh_from_db()
    assert (paper.status, paper.content, sheet.status) == (PaperStatus.GONE, "", PaperStatus.READY)
    assert guest_papers_export(guest_id=cleo) == []
