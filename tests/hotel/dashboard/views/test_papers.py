"""Papers on the desk: asked for by a button, seen while they are made, taken by those who may read them."""

import re

import pytest

from hotel.papers.choices import PaperForm, PaperKind
from hotel.papers.models import Paper
from hotel.papers.services.papers import paper_make
from security.models import AccessEvent
from tests.contracts.queries import queries_of
from tests.factories.guests import guest_make
from tests.factories.papers import paper_make_ready, paper_make_waiting
from tests.factories.reservations import group_block_make

PAGE = "/dashboard/papers"


def text_of(response) -> str:
    return response.content.decode()


def ask(kind: str, form: str = "xlsx", **more) -> dict[str, str]:
    return {
        "do": "ask",
        "ask-kind": kind,
        "ask-form": form,
        **{f"ask-{key}": str(value) for key, value in more.items()},
    }


@pytest.fixture
def coming(house):
    house.stay_of_ana = house.reserve(0, 1, primary_guest=guest_make(house.place, last_name="Gruber"))
    return house


def test_the_page_offers_what_the_person_may_read(desk, coming, cast, signed_in):
    block = group_block_make(coming.place, rooms=1)
    page = text_of(desk.get(PAGE))

    for words in (
        "Registration cards",
        "Downtime pack",
        "Housekeeping sheet",
        block.name,
        "No paper was asked for",
    ):
        assert words in page
    sheet_only = text_of(signed_in(cast.di).get(PAGE))
    assert "Housekeeping sheet" in sheet_only
    assert "Downtime pack" not in sheet_only
    assert signed_in(cast.ida).get(PAGE).status_code == 403


def test_a_paper_is_asked_for_seen_and_taken(desk, coming, cast):
    answer = desk.post(PAGE, ask("arrivals"), follow=True)
    paper = Paper.objects.get()
    assert (paper.asked_by, paper.form) == (cast.bo, PaperForm.XLSX)
    assert answer.redirect_chain == [(f"{PAGE}/{paper.pk}", 302)]
    assert "A worker begins in a moment." in text_of(answer)
    assert 'data-live="papers"' in text_of(answer)
    assert desk.get(f"{PAGE}/{paper.pk}/file").status_code == 404

    paper_make(paper_id=paper.pk)

    assert "Save the workbook" in text_of(desk.get(f"{PAGE}/{paper.pk}"))
    assert f"{PAGE}/{paper.pk}/file" in text_of(desk.get(PAGE))
    file = desk.get(f"{PAGE}/{paper.pk}/file")
    assert file.content[:2] == b"PK"
    assert file.headers["Content-Disposition"] == 'attachment; filename="arrivals-2027-03-14.xlsx"'
    noted = [(event.kind, event.subjects) for event in AccessEvent.objects.filter(table="guests_guest")]
    assert ("export", [coming.stay_of_ana.primary_guest_id]) in noted


def test_a_click_twice_is_one_paper(desk, coming):
    for _ in range(2):
        desk.post(PAGE, ask("arrivals"))
    assert Paper.objects.count() == 1


def test_who_may_not_read_it_cannot_have_it(coming, cast, signed_in):
    paper = paper_make_ready(coming.place, PaperKind.ARRIVALS, PaperForm.XLSX)
    for person in (cast.di, cast.eve):
        client = signed_in(person)
        assert client.get(f"{PAGE}/{paper.pk}").status_code == 404
        assert client.get(f"{PAGE}/{paper.pk}/file").status_code == 404
    refused = signed_in(cast.di).post(PAGE, ask("arrivals"))
    assert "You may not read all that stands on this paper." in text_of(refused)
    assert Paper.objects.count() == 1
    paper.refresh_from_db()
    assert paper.downloads == 0


@pytest.mark.parametrize(
    "values", [ask("nonsense"), ask("rooming"), ask("arrivals", "docx")], ids=["kind", "group", "form"]
)
def test_what_makes_no_sense_is_refused(desk, coming, values):
    assert 'role="alert"' in text_of(desk.post(PAGE, values))
    assert not Paper.objects.exists()


def test_a_stay_of_another_hotel_has_no_card_here(desk, coming, cast):
    from tests.factories.reservations import reservation_make

    other = reservation_make(cast.beta)
    desk.post(PAGE, ask("registration", "pdf", stay=other.pk))
    assert not Paper.objects.exists()
    desk.post(PAGE, ask("registration", "pdf", stay=coming.stay_of_ana.pk))
    assert Paper.objects.get().reservation == coming.stay_of_ana


@pytest.mark.parametrize(
    ("where", "kind"),
    [
        ("/dashboard", "registration"),
        ("/dashboard/rooms", "housekeeping"),
        ("/dashboard/blocks", "rooming"),
        ("/dashboard/reservations/{}", "registration"),
    ],
)
def test_papers_are_where_people_need_them(desk, coming, where, kind):
    group_block_make(coming.place, rooms=1)
    page = text_of(desk.get(where.format(coming.stay_of_ana.pk)))
    assert f'name="ask-kind" value="{kind}"' in page


def test_the_number_of_queries_does_not_grow(desk, coming):
    paper_make_waiting(coming.place)
    desk.get(PAGE)
    few = len(queries_of(lambda: desk.get(PAGE)))
    for _ in range(4):
        paper_make_waiting(coming.place)
    assert len(queries_of(lambda: desk.get(PAGE))) == few <= 12


def test_each_button_of_the_page_works(desk, coming):
    """As a browser sends it: what the form says, and nothing else."""
    group_block_make(coming.place, rooms=1)
    page = text_of(desk.get(PAGE))
    forms = re.findall(r'<form method="post" action="/dashboard/papers"(.*?)</form>', page, re.DOTALL)
    for form in forms:
        sent = dict(re.findall(r'name="([\w-]+)" value="([^"]*)"', form))
        answer = desk.post(PAGE, sent)
        assert answer.status_code == 302, sent
    assert Paper.objects.count() == len(forms) == 13
