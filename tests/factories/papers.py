"""Papers for tests."""

from hotel.papers.choices import PaperForm, PaperKind
from hotel.papers.models import Paper
from hotel.papers.services.papers import PaperWish, paper_ask, paper_make
from hotel.properties.models import Property


def paper_make_ready(place: Property, kind: str, form: str = PaperForm.PDF, by=None, **wish) -> Paper:
    """A paper that is made at once."""
    paper = paper_ask(place=place, wish=PaperWish(kind=kind, form=form, **wish), by=by)
    paper_make(paper_id=paper.pk)
    paper.refresh_from_db()
    return paper


def paper_make_waiting(place: Property, n: int = 0, **over) -> Paper:
    """An arrivals list that nobody has made yet."""
    values = {"kind": PaperKind.ARRIVALS, "business_date": place.business_date, "language": "en", **over}
    return Paper.objects.create(property=place, **values)
