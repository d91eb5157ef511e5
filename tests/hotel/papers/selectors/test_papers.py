"""Which papers somebody sees: those of the kinds he may read, of the property he is at."""

import pytest

from hotel.papers.choices import PaperKind
from hotel.papers.domain.kinds import KINDS
from hotel.papers.selectors.papers import content_of, paper_language, papers_visible
from hotel.stays.services.night_audit import night_audit_run
from tests.factories.papers import paper_make_waiting
from tests.factories.reservations import group_block_make


def may(*held: tuple[str, str]):
    return lambda verb, area: (verb, area) in held


def test_only_kinds_that_one_may_read_are_seen(cast):
    arrivals = paper_make_waiting(cast.alpha)
    sheet = paper_make_waiting(cast.alpha, kind=PaperKind.HOUSEKEEPING)
    paper_make_waiting(cast.beta)

    def seen(*held):
        return list(papers_visible(cast.alpha.pk, may(*held)))

    assert seen(("view", "reservations"), ("view", "rooms")) == [sheet, arrivals]
    assert seen(("view", "rooms")) == [sheet]
    assert seen(("view", "folios")) == []


def test_papers_for_the_staff_are_in_the_language_of_the_house(cast):
    assert (paper_language(cast.alpha), paper_language(cast.beta)) == ("de", "en")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_content(house, kind):
    over = {"block": group_block_make(house.place)} if kind == PaperKind.ROOMING else {}
    day = house.place.business_date
    if kind == PaperKind.AUDIT_PACK:
        night_audit_run(place=house.place)
    house.place.refresh_from_db()
    paper = paper_make_waiting(house.place, kind=kind, business_date=day, **over)

    assert content_of(paper).word == kind
