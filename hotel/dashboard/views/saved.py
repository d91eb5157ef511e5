"""Saved views: over a list as chips, and the page on which they are kept, renamed, shared and deleted."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from hotel.accounts.domain.saved_views import query_kept, query_opened
from hotel.accounts.models import Role, SavedView
from hotel.accounts.selectors.saved_views import may_share, views_of
from hotel.accounts.services.saved_views import view_change, view_choose, view_delete, view_save
from hotel.dashboard.forms.saved import RenameForm, SaveForm, ShareForm, ViewForm
from hotel.dashboard.saved_pages import PAGES, SavedPage
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act, ActingPage

SHOWN = 8  # over a list; the rest stands on the page of the views
WITHOUT = "view"  # parameter of an address that says: no view, also not the one that opens first


@dataclass(frozen=True)
class Chip:
    """A view over its list.

    Attributes:
        query: what follows ``?`` in its address today.
        is_open: whether the list shows just this now.
    """

    view: SavedView
    query: str
    is_open: bool


@dataclass(frozen=True)
class Chips:
    """What stands over a list.

    Attributes:
        shown: the first of the views, and the one that is open.
        more: how many others there are.
        is_all: whether nothing is filtered now.
        address: the page of the views, with the present filters.
    """

    shown: list[Chip]
    more: int
    is_all: bool
    address: str


class WithViews:
    """A list whose filters are kept under names; without a query it opens with its person's own default.

    Class attributes:
        saved: the page's name in ``saved_pages.PAGES``.
        unasked: what the page shows by itself, as parameters.
    """

    saved: ClassVar[str]
    unasked: ClassVar[dict[str, str]] = {}

    @cached_property
    def asked(self: Any) -> QueryDict:
        """The parameters of the address that filter."""
        found = self.request.GET.copy()
        found.pop(WITHOUT, None)
        if not self.request.GET:
            found.update(self.unasked)
        return found

    @cached_property
    def views(self: Any) -> list[SavedView]:
        """The views that the person has here; one query."""
        return list(views_of(self.request.user, self.place, self.saved))

    def get(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; from a bare address, the person's default. A page that refreshes itself stays what it is."""
        if not request.META["QUERY_STRING"] and not shell_of(request).is_fragment:
            default = next((view for view in self.views if view.is_default), None)
            query = self.opened(default) if default else ""
            if query:
                return redirect(f"{request.path}?{query}")
        return super().get(request, *args, **kwargs)  # type: ignore[misc, no-any-return]

    def opened(self: Any, view: SavedView) -> str:
        """What opens a view today."""
        return query_opened(view.query, PAGES[self.saved].parameters, self.place.business_date)

    def get_context_data(self: Any, **kwargs: Any) -> dict[str, Any]:
        """The chips over the list."""
        page, today = PAGES[self.saved], self.place.business_date
        now = query_kept(self.asked, page.parameters, today)
        chips = [Chip(view, self.opened(view), view.query == now) for view in self.views]
        shown = [chip for place, chip in enumerate(chips) if place < SHOWN or chip.is_open]
        address = reverse("dashboard:views", args=[self.saved])
        chosen = query_opened(now, page.parameters, today)
        found = Chips(shown, len(chips) - len(shown), not now, f"{address}?{chosen}" if chosen else address)
        return super().get_context_data(saved=found, **kwargs)  # type: ignore[misc, no-any-return]


def _saved(page: "ViewsPage", values: dict[str, Any]) -> str:
    user: Any = page.request.user
    view = view_save(place=page.place, page=page.name, name=values["name"], query=page.kept, by=user)
    if values["is_default"]:
        view_choose(view=view, by=user, is_default=True)
    return _("“%(view)s” is kept.") % {"view": view}


def _renamed(page: "ViewsPage", values: dict[str, Any]) -> str:
    view = view_change(view=page.row(values), by=page.request.user, name=values["name"])  # type: ignore[arg-type]
    return _("It is called “%(view)s” now.") % {"view": view}


def _replaced(page: "ViewsPage", values: dict[str, Any]) -> str:
    view = view_change(view=page.row(values), by=page.request.user, query=page.kept)  # type: ignore[arg-type]
    return _("“%(view)s” shows what you have before you now.") % {"view": view}


def _chosen(page: "ViewsPage", values: dict[str, Any]) -> str:
    user: Any = page.request.user
    view = view_choose(view=page.row(values), by=user, is_default=True)
    return _("%(page)s opens with “%(view)s” for you now.") % {"page": page.page.title, "view": view}


def _unchosen(page: "ViewsPage", values: dict[str, Any]) -> str:
    user: Any = page.request.user
    view_choose(view=page.row(values), by=user, is_default=False)
    return _("%(page)s opens without a view again.") % {"page": page.page.title}


def _shared(page: "ViewsPage", values: dict[str, Any]) -> str:
    view, user = page.row(values), page.request.user
    made = view_save(
        place=page.place,
        page=page.name,
        name=view.name,
        query=view.query,
        by=user,  # type: ignore[arg-type]
        role=values["role"],
    )
    return _("Everybody who is %(role)s here has “%(view)s” now.") % {"role": made.role, "view": made}


def _deleted(page: "ViewsPage", values: dict[str, Any]) -> str:
    view = page.row(values)
    view_delete(view=view, by=page.request.user)  # type: ignore[arg-type]
    return _("“%(view)s” is deleted.") % {"view": view}


class ViewsPage(ActingPage):
    """The views of one list: who may open the list may keep its filters."""

    template_name = "dashboard/views.html"
    acts: ClassVar = {
        "save": Act(SaveForm, _saved, "view", is_once=True, when=lambda page: bool(page.kept)),
        "rename": Act(RenameForm, _renamed, "view"),
        "replace": Act(ViewForm, _replaced, "view", when=lambda page: bool(page.kept)),
        "choose": Act(ViewForm, _chosen, "view"),
        "unchoose": Act(ViewForm, _unchosen, "view"),
        "share": Act(
            ShareForm, _shared, "manage", area="properties", needs=lambda page: {"roles": page.roles}
        ),
        "delete": Act(ViewForm, _deleted, "view"),
    }

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The right is that of the list; a name that is no list is not there for anybody who works here."""
        super().setup(request, *args, **kwargs)
        self.name: str = kwargs["name"]
        if self.name in PAGES:
            self.area, self.verb = PAGES[self.name].area, PAGES[self.name].verb  # type: ignore[misc]

    @property
    def page(self) -> SavedPage:
        """The list.

        Raises:
            Http404: no list is called so.
        """
        if self.name not in PAGES:
            raise Http404
        return PAGES[self.name]

    @cached_property
    def kept(self) -> str:
        """What the address filters, as it would be kept; nothing else of the address comes anywhere."""
        return query_kept(self.request.GET, self.page.parameters, self.place.business_date)

    @cached_property
    def roles(self) -> list[Role]:
        """The roles of the company."""
        return list(Role.objects.filter(chain=self.place.chain_id).order_by("name"))

    def opened(self, query: str) -> str:
        """The query of an address that shows a view today."""
        return query_opened(query, self.page.parameters, self.place.business_date)

    def row(self, values: dict[str, Any]) -> SavedView:
        """The view that a form is about.

        Raises:
            Http404: none that the person sees.
        """
        return get_object_or_404(views_of(self.request.user, self.place, self.name), pk=values["row"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, if there is such a list."""
        assert self.page  # noqa: S101  (raises Http404)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """One act, if there is such a list."""
        assert self.page  # noqa: S101  (raises Http404)
        return super().post(request, **kwargs)

    def after(self, name: str) -> str:
        """To the list when its filters were kept; else here again."""
        home = reverse(f"dashboard:{self.name}") if name == "save" else self.request.path
        query = self.opened(self.kept)
        return f"{home}?{query}" if query else home

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The views with what they filter, and what was refused."""
        sent = next(iter(kwargs.get("sent", {}).items()), None)
        is_refused = sent is not None and sent[0] != "save"
        sharing = may_share(self.request.user, self.place)
        rows = views_of(self.request.user, self.place, self.name)
        return super().get_context_data(
            page=self.page,
            home=reverse(f"dashboard:{self.name}"),
            now=self.page.words(self.kept, self.place),
            rows=[
                (
                    view,
                    self.opened(view.query),
                    self.page.words(view.query, self.place),
                    view.query == self.kept,
                )
                for view in rows
            ],
            may_share=sharing,
            roles=self.roles if sharing else [],
            refusal=sent[1].errors if sent is not None and is_refused else {},
            **kwargs,
        )
