"""Which papers somebody may see, and what stands on each."""

from collections.abc import Callable

from hotel.folios.domain.document_words import language_chosen
from hotel.papers.choices import PaperKind
from hotel.papers.domain.kinds import KINDS, may_read
from hotel.papers.domain.tables import Content
from hotel.papers.domain.words import words
from hotel.papers.models import Paper
from hotel.papers.selectors.cards import registration_content
from hotel.papers.selectors.packs import audit_content, downtime_content
from hotel.papers.selectors.rooms import housekeeping_content
from hotel.papers.selectors.stays import (
    arrivals_content,
    departures_content,
    in_house_content,
    rooming_content,
)
from hotel.properties.models import Property
from hotel.properties.scoping import PropertyScopedQuerySet

LISTED = 50


def papers_visible(property_id: int, may: Callable[[str, str], bool]) -> PropertyScopedQuerySet:
    """Papers of a property of the kinds that somebody may read, newest first.

    Args:
        may: whether he holds a verb on an area there.
    """
    kinds = [kind for kind in KINDS if may_read(kind, may)]
    rows = Paper.objects.at(property_id).filter(kind__in=kinds).defer("content")
    return rows.select_related("asked_by", "reservation", "block").order_by("-pk")


def paper_language(place: Property) -> str:
    """The language of papers for the staff of a property."""
    return language_chosen(place.language)


def content_of(paper: Paper) -> Content:
    """What stands on a paper, read now.

    Raises:
        NotFound: of a night-audit pack: the day is not closed.
    """
    place, language = paper.property, paper.language
    w = words(language)
    if paper.kind == PaperKind.REGISTRATION:
        return registration_content(place, paper.reservation)
    if paper.kind == PaperKind.HOUSEKEEPING:
        return housekeeping_content(place, w)
    if paper.kind == PaperKind.AUDIT_PACK:
        return audit_content(place, paper.business_date, w, language)
    if paper.kind == PaperKind.DOWNTIME_PACK:
        return downtime_content(place, w, language)
    if paper.block is not None:
        return rooming_content(place, paper.block, w)
    lists = {
        PaperKind.ARRIVALS: arrivals_content,
        PaperKind.IN_HOUSE: in_house_content,
        PaperKind.DEPARTURES: departures_content,
    }
    return lists[PaperKind(paper.kind)](place, w)
