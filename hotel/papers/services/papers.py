"""Papers: asked for, made by a worker, given out for a while, forgotten."""

import base64
import logging
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from hotel.accounts.models import User
from hotel.contracts.papers import PaperAsked, PaperMade
from hotel.core.access_notes import access_note
from hotel.core.clock import now
from hotel.core.exceptions import InvalidInput, NotFound, NotPermitted, PmsError
from hotel.core.facts import publish
from hotel.core.words import _
from hotel.guests.models import Guest
from hotel.papers.choices import UNDONE, PaperForm, PaperKind, PaperStatus
from hotel.papers.domain.kinds import KINDS, may_read
from hotel.papers.models import Paper
from hotel.papers.selectors.papers import content_of, paper_language
from hotel.papers.services.printing import paper_pdf
from hotel.papers.services.workbooks import paper_xlsx
from hotel.properties.models import Property
from hotel.properties.scoping import grants_of
from hotel.properties.selectors.restraints import require_export, require_exports
from hotel.properties.tenancy import tenant_scope
from hotel.reservations.models import GroupBlock, Reservation

logger = logging.getLogger(__name__)

MEDIA = {
    PaperForm.PDF: "application/pdf",
    PaperForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LEFT_ALONE = timedelta(minutes=10)  # of a worker that died
HINT_LOST = timedelta(seconds=20)
REMEMBERED = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class PaperWish:
    """What is asked for.

    Attributes:
        stay: whose registration card; None for those of all who arrive.
        block: whose rooming list.
        day: of a night-audit pack, the closed day; else the open business date.
    """

    kind: str
    form: str = PaperForm.PDF
    stay: Reservation | None = None
    block: GroupBlock | None = None
    day: date | None = None


@transaction.atomic
def paper_ask(*, place: Property, wish: PaperWish, by: User | None) -> Paper:
    """Ask for a paper; one of the same that is still to be made is answered again.

    Args:
        by: who asks, and may read what is in it; None for the house itself.

    Publishes: PaperAsked.

    Raises:
        InvalidInput: a kind that does not come in this form, or without the group it is of.
        NotPermitted: ``by`` may not read what is in it, or exports of the hotel are frozen.
        StorageLow: there is no room for files.
    """
    _check(wish)
    if by is not None:
        require_reader(by, place, wish.kind)
    require_export([place.pk])
    values: dict[str, Any] = {
        "kind": wish.kind,
        "form": wish.form,
        "business_date": wish.day or place.business_date,
        "reservation": wish.stay,
        "block": wish.block,
        "asked_by": by,
    }
    waiting = Paper.objects.at(place.pk).filter(status__in=UNDONE, **values).first()
    if waiting is not None:
        return waiting
    paper = Paper.objects.create(property=place, language=paper_language(place), **values)
    publish(PaperAsked(**_fact(paper)))
    return paper


def require_reader(user: Any, place: Property, kind: str) -> None:
    """Before somebody asks for a paper or takes its file.

    Raises:
        NotPermitted: he may not read all that is in it.
    """
    if not may_read(kind, lambda verb, area: grants_of(user).holds(verb, area, place.pk)):
        raise NotPermitted(_("You may not read all that stands on this paper."), code="paper_not_permitted")


def paper_make(*, paper_id: int) -> str:
    """Make a paper and keep its file. Repeatable: one that somebody else makes, or that is made, is left alone.

    Publishes: PaperMade.

    Returns:
        The status it has now; empty when there was nothing to do.
    """
    paper = _claimed(paper_id)
    if paper is None:
        return ""
    with tenant_scope([paper.property_id]):
        try:
            return _made(paper)
        except PmsError as refused:
            return _failed(paper, refused.message)
        except Exception as error:
            logger.exception("Paper %s was not made.", paper.pk)
            return _failed(paper, f"It could not be made ({type(error).__name__}). Ask for it again.")


@transaction.atomic
def _claimed(paper_id: int) -> Paper | None:
    rows = Paper.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
    due = Q(status=PaperStatus.WAITING) | Q(status=PaperStatus.MAKING, begun_at__lt=now() - LEFT_ALONE)
    paper = rows.filter(due, pk=paper_id).select_related("property", "reservation", "block").first()
    if paper is not None:
        paper.status, paper.begun_at = PaperStatus.MAKING, now()
        paper.save(update_fields=["status", "begun_at", "updated_at"])
    return paper


def _made(paper: Paper) -> str:
    """Read, print, keep; the rows are read in one transaction, so that no two parts of a paper differ."""
    require_export([paper.property_id])
    paper.property.refresh_from_db()
    with transaction.atomic():
        moment, content = now(), content_of(paper)
    if paper.form == PaperForm.PDF:
        file, pages = paper_pdf(paper, content, moment)
    else:
        file, pages = paper_xlsx(paper, content, moment), 0
    require_exports([paper.property_id])
    paper.content = base64.b64encode(file).decode()
    paper.size, paper.pages, paper.business_date = len(file), pages, content.day
    paper.guests = sorted(content.guests)
    paper.made_at = now()
    paper.expires_at = paper.made_at + KINDS[paper.kind].held
    return _end(paper, PaperStatus.READY)


def _failed(paper: Paper, why: str) -> str:
    paper.content, paper.failure = "", why[:200]
    return _end(paper, PaperStatus.FAILED)


@transaction.atomic
def _end(paper: Paper, status: PaperStatus) -> str:
    paper.status = status
    paper.save()
    publish(PaperMade(**_fact(paper), is_ready=status == PaperStatus.READY))
    return str(status)


def paper_give(*, paper: Paper, by: Any) -> bytes:
    """The file, for somebody who may read it; counted, and noted for all whom it names.

    Raises:
        NotFound: not made, or its time is over.
        NotPermitted: ``by`` may not read what is in it, or exports of the hotel are frozen.
    """
    require_reader(by, paper.property, paper.kind)
    content = paper_content(paper=paper)
    Paper.objects.filter(pk=paper.pk).update(downloads=F("downloads") + 1)
    access_note(Guest._meta.db_table, paper.guests, "export")
    return content


def paper_content(*, paper: Paper) -> bytes:
    """The bytes of a file that may leave now; who gives them out notes whom they name.

    Raises:
        NotFound: not made, or its time is over.
        NotPermitted: exports of the hotel are frozen.
    """
    require_exports([paper.property_id])
    if paper.status != PaperStatus.READY or paper.expires_at is None or paper.expires_at <= now():
        raise NotFound(_("This file is not there any more. Have it made anew."))
    return base64.b64decode(paper.content)


def papers_left() -> list[int]:
    """Ids of papers that nobody makes: whose hint was lost, or whose worker died."""
    moment = now()
    left = Q(status=PaperStatus.WAITING, created_at__lt=moment - HINT_LOST)
    left |= Q(status=PaperStatus.MAKING, begun_at__lt=moment - LEFT_ALONE)
    return list(Paper.objects.filter(left).order_by("pk").values_list("pk", flat=True))


def papers_forget() -> int:
    """Empty the files whose time is over, and drop what is older than ninety days. Repeatable. Returns how many."""
    moment = now()
    over = Paper.objects.filter(status=PaperStatus.READY, expires_at__lte=moment)
    emptied = over.update(status=PaperStatus.GONE, content="", guests=[], updated_at=moment)
    return emptied + Paper.objects.filter(created_at__lt=moment - REMEMBERED).delete()[0]


def _check(wish: PaperWish) -> None:
    kind = KINDS[wish.kind]
    if wish.form not in kind.forms:
        raise InvalidInput(_("This paper does not come in this form."), code="paper_form")
    if (wish.block is None) == (wish.kind == PaperKind.ROOMING):
        raise InvalidInput(_("Say which group the rooming list is of."), code="paper_block")


def _fact(paper: Paper) -> dict[str, Any]:
    return {
        "property_id": paper.property_id,
        "paper_id": paper.pk,
        "kind": str(paper.kind),
        "business_date": paper.business_date,
    }
