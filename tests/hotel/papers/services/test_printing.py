"""Papers printed, read back with a PDF reader: words, figures, pages, tags."""

import base64
import io

import pypdf
import pytest

from hotel.core.clock import now
from hotel.papers.choices import PaperKind
from hotel.papers.domain.tables import Column, Content, Table
from hotel.papers.models import Paper
from hotel.papers.services.printing import paper_pdf, title_of
from hotel.stays.services.night_audit import night_audit_run
from tests.cast import TODAY
from tests.factories.papers import paper_make_ready, paper_make_waiting

pytestmark = pytest.mark.pdf


def reader(file: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(file))


def texts(file: bytes) -> list[str]:
    """The text of each page, blanks of all kinds as one."""
    return [" ".join(page.extract_text().split()) for page in reader(file).pages]


def made(place, kind, **wish) -> bytes:
    return base64.b64decode(paper_make_ready(place, kind, **wish).content)


def tags(file: bytes) -> set[str]:
    """The kinds of elements in the tree that is read to those who cannot see the page."""
    found, todo = set(), [reader(file).trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        node = todo.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, dict):
            found.add(str(node.get("/S", "")))
            kids = node.get("/K", [])
            todo += kids if isinstance(kids, list) else [kids]
    return found


def test_arrivals_are_printed_in_the_language_of_the_house(full):
    file = made(full.place, PaperKind.ARRIVALS)

    (text,) = texts(file)
    for words in (
        "Anreisen", "Sonntag, 14. März 2027", "Ibrahim, Cleo", full.cleo.number, "17.03.2027", "17:30", "kommt",
        "! Allergic to nuts", "Seite 1 von 1", "Geschäftstag", "Stand",
    ):  # fmt: skip
        assert words in text
    assert reader(file).pages[0].mediabox.width > reader(file).pages[0].mediabox.height


@pytest.mark.parametrize("kind", [PaperKind.ARRIVALS, PaperKind.REGISTRATION, PaperKind.HOUSEKEEPING])
def test_papers_are_tagged(full, kind):
    file = made(full.place, kind)

    root = reader(file).trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "de")
    assert b"pdfuaid:part" in file or b"pdfuaid" in root["/Metadata"].get_data()
    assert {"/H1"} <= tags(file)
    assert kind == PaperKind.REGISTRATION or {"/Table", "/TH", "/TD"} <= tags(file)


def test_a_registration_card_can_be_signed(full):
    (text,) = texts(made(full.place, PaperKind.REGISTRATION, stay=full.cleo))

    for words in (
        "Meldeschein",
        full.cleo.number,
        "Ibrahim",
        "Cleo",
        "Unterschrift des Gastes",
        "Datenschutz",
    ):
        assert words in text


def test_each_arrival_has_a_card_on_a_page_of_its_own(full):
    full.reserve(0, 1)

    assert len(texts(made(full.place, PaperKind.REGISTRATION))) == 2


def test_a_closed_day_is_printed_with_its_books(full):
    from hotel.reservations.models import Reservation

    Reservation.objects.filter(pk=full.ben.pk).update(status="checked_out")
    night_audit_run(place=full.place)

    text = " ".join(texts(made(full.place, PaperKind.AUDIT_PACK, day=TODAY)))

    for words in (
        "Tagesabschluss",
        "Belegung 7,7 %",
        "Logiserlös EUR 400,00",
        "Saldenliste",
        "Ibrahim, Cleo",
    ):
        assert words in text


def test_about_28_rooms_are_on_a_page_of_the_sheet(cast):
    from tests.factories.reservations import house_make

    house_make(cast.alpha, doubles=55)
    pages = texts(made(cast.alpha, PaperKind.HOUSEKEEPING))

    assert len(pages) == 2
    counts = [page.count("DBL") for page in pages]
    assert sum(counts) == 55
    assert 27 <= counts[0] <= 32
    assert all("Zimmer Typ Zustand" in page for page in pages)


def test_sixty_pages_are_one_paper(cast):
    paper = paper_make_waiting(cast.alpha)
    columns = tuple(Column(word) for word in ("room", "guest", "number", "arrival", "departure", "notes"))

    def content(rows: int) -> Content:
        lines = [(str(n), f"Gruber, Ana {n}", f"R{n}", "14.03.", "17.03.", "") for n in range(rows)]
        return Content("in_house", TODAY, (Table("in_house", columns, lines),))

    assert paper_pdf(paper, content(20), now())[1] == 1
    pdf, pages = paper_pdf(paper, content(1_900), now())
    assert len(texts(pdf)) == pages >= 60


def test_what_people_typed_is_text(full, w):
    paper = Paper(property=full.place, kind=PaperKind.ARRIVALS, language="en")
    table = Table("arrivals", (Column("guest"),), [("<b>Bold</b>",)])
    (text,) = texts(paper_pdf(paper, Content("arrivals", TODAY, (table,)), now())[0])
    assert "<b>Bold</b>" in text
    assert title_of(table, w) == "Arrivals"
