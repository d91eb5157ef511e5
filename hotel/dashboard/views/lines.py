"""One line of a folio: what it is, what became of it, and how it is corrected."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from hotel.core.templatetags.pms import money
from hotel.dashboard.forms.folios import AdjustForm, MoveLineForm, ReverseForm, SplitLineForm
from hotel.dashboard.views.acting import Act
from hotel.dashboard.views.folios import FolioActingPage, is_movable
from hotel.folios.choices import CodeKind, FolioStatus
from hotel.folios.models import FolioWindow, Posting
from hotel.folios.services.corrections import (
    ADJUSTABLE,
    charge_reverse,
    posting_adjust,
    posting_split,
    postings_transfer,
)

MONEY = frozenset({CodeKind.PAYMENT, CodeKind.DEPOSIT})


def _reversed(page: "LinePage", values: dict[str, Any]) -> str:
    made = charge_reverse(posting=page.line, actor=page.request.user, **values)  # type: ignore[arg-type]
    return _("Taken back: %(line)s.") % {"line": f"{made.description} {money(made.gross)}"}


def _adjusted(page: "LinePage", values: dict[str, Any]) -> str:
    made = posting_adjust(posting=page.line, actor=page.request.user, **values)  # type: ignore[arg-type]
    return _("Let off: %(amount)s.") % {"amount": money(-made.gross)}


def _split(page: "LinePage", values: dict[str, Any]) -> str:
    made = posting_split(posting=page.line, actor=page.request.user, **values)  # type: ignore[arg-type]
    return _("Split: %(parts)s.") % {"parts": ", ".join(money(part.gross) for part in made)}


def _moved(page: "LinePage", values: dict[str, Any]) -> str:
    postings_transfer(postings=[page.line], actor=page.request.user, **values)  # type: ignore[arg-type]
    return _("Moved to window %(number)d.") % {"number": values["window"].number}


class LinePage(FolioActingPage):
    """A line with its taxes and its history; corrections are further lines, never changes."""

    template_name = "dashboard/folio_line.html"
    acts: ClassVar = {
        "reverse": Act(ReverseForm, _reversed, "adjust", is_once=True),
        "adjust": Act(AdjustForm, _adjusted, "adjust", is_once=True),
        "split": Act(SplitLineForm, _split, "adjust", is_once=True),
        "move": Act(MoveLineForm, _moved, "adjust", is_once=True),
    }

    @cached_property
    def line(self) -> Posting:
        """The line.

        Raises:
            Http404: no such line on this folio.
        """
        rows = Posting.objects.at(self.place.pk).whole().select_related("journal", "actor", "routing_rule")
        return get_object_or_404(rows, pk=self.kwargs["line"], window__folio=self.folio)

    @property
    def others(self) -> list[FolioWindow]:
        """The windows that it is not on."""
        return [window for window in self.windows if window.pk != self.line.window_id]

    def is_possible(self, name: str) -> bool:
        """What makes sense for this line."""
        line, kind = self.line, CodeKind(self.line.code.kind)
        if self.folio.status != FolioStatus.OPEN or line.is_reversed or line.reverses_id:  # type: ignore[attr-defined]
            return False
        if name == "reverse":
            return kind not in MONEY
        if name == "adjust":
            return kind in ADJUSTABLE and line.gross.amount > 0
        return is_movable(line) and (name == "split" or bool(self.others))

    def about(self, name: str) -> dict[str, Any]:
        """What each form chooses from."""
        known = {
            "adjust": {"currency": self.currency},
            "split": {"whole": self.line.gross},
            "move": {"windows": self.others},
        }
        return known.get(name, {})

    def after(self, name: str) -> str:
        """The folio."""
        return reverse("dashboard:folio", args=[self.folio.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The line, what corrects it, and the forms that make sense."""
        context = super().get_context_data(**kwargs)
        line = self.line
        related = Posting.objects.at(self.place.pk).select_related("window", "code")
        payment = line.source_key if line.source == "payment" and line.source_key.isdigit() else ""
        return context | {
            "folio": self.folio,
            "line": line,
            "corrections": related.filter(adjusts=line) | related.filter(reverses=line),
            "parts": related.filter(moved_from=line).order_by("pk"),
            "payment": payment,
        }
