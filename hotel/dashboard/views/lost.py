"""Lost and found: what is kept, what is due to go, and one thing with what may become of it."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from hotel.core.templatetags.pms import guest_name, short
from hotel.dashboard.forms.lost import DisposeForm, MoveForm, OwnerForm, RecordForm, ReturnForm, ShipForm
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.operations.choices import LostItemState
from hotel.operations.models import LostItem
from hotel.operations.selectors.lost_items import lost_items, possible_owners
from hotel.operations.services.lost_items import (
    lost_item_dispose,
    lost_item_move,
    lost_item_owner_set,
    lost_item_record,
    lost_item_return,
    lost_item_ship,
)
from hotel.reservations.models import Reservation
from hotel.rooms.selectors.rooms import rooms_open

WANTED = ("kept", "due", "gone")
PAGE = 50


def _recorded(page: "LostPage", values: dict[str, Any]) -> str:
    row = lost_item_record(place=page.place, values=values, actor=page.request.user)  # type: ignore[arg-type]
    return _("%(what)s is recorded; it is kept until %(day)s.") % {"what": row, "day": row.keep_until}


class LostPage(ActingPage):
    """Found things, and the form for the next one."""

    area = "operations"
    template_name = "dashboard/lost.html"
    acts: ClassVar = {
        "record": Act(RecordForm, _recorded, "work", is_once=True, needs=lambda page: {"rooms": page.rooms})
    }

    @cached_property
    def rooms(self) -> list[Any]:
        """The rooms of the house."""
        return list(rooms_open(self.place.pk, self.place.business_date).order_by("number"))

    @property
    def wanted(self) -> str:
        """Which things are shown."""
        found = self.request.GET.get("show", "")
        return found if found in WANTED else "kept"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is shown, and how many are kept and due to go."""
        text = self.request.GET.get("text", "").strip()[:80].replace("\0", "")
        rows = lost_items(self.place, wanted=self.wanted, text=text)
        return super().get_context_data(
            wanted=self.wanted,
            text=text,
            page=Paginator(rows, PAGE).get_page(self.request.GET.get("page")),
            counts={name: lost_items(self.place, wanted=name).count() for name in ("kept", "due")},
            **kwargs,
        )


def _on_item(service: Callable[..., LostItem], *, names_actor: bool) -> Callable[[Any, dict[str, Any]], str]:
    def work(page: "LostItemPage", values: dict[str, Any]) -> str:
        actor = {"actor": page.request.user} if names_actor else {}
        found = service(item=page.item, expected_version=values.pop("version"), **values, **actor)
        return f"{found.description}: {short(found.get_state_display())}."

    return work


def _owned(page: "LostItemPage", values: dict[str, Any]) -> str:
    lost_item_owner_set(item=page.item, expected_version=values["version"], reservation=values["reservation"])
    return _("Whose it is, is noted.") if values["reservation"] else _("Its owner is not known.")


def _seen(page: "LostItemPage") -> dict[str, Any]:
    return {"version": page.item.version}


class LostItemPage(ActingPage):
    """One thing: what it is, where it lies, whose it may be; handed over, sent, or disposed of after its time."""

    area = "operations"
    template_name = "dashboard/lost_item.html"
    acts: ClassVar = {
        "return": Act(ReturnForm, _on_item(lost_item_return, names_actor=True), "work", is_once=True,
                      needs=_seen, when=lambda page: page.is_kept),
        "ship": Act(ShipForm, _on_item(lost_item_ship, names_actor=True), "work", is_once=True,
                    needs=_seen, when=lambda page: page.is_kept),
        "owner": Act(OwnerForm, _owned, "work", is_once=True,
                     needs=lambda page: {**_seen(page), "stays": page.stays, "words": page.stay_words},
                     when=lambda page: page.is_kept and bool(page.stays)),
        "move": Act(MoveForm, _on_item(lost_item_move, names_actor=False), "work", is_once=True,
                    needs=_seen, when=lambda page: page.is_kept),
        "dispose": Act(DisposeForm, _on_item(lost_item_dispose, names_actor=True), "manage", is_once=True,
                       needs=_seen, when=lambda page: page.is_due),
    }  # fmt: skip

    @cached_property
    def item(self) -> LostItem:
        """The thing of the address.

        Raises:
            Http404: none at this property.
        """
        rows = LostItem.objects.at(self.place.pk).select_related(
            "room", "found_by", "ended_by", "reservation__primary_guest"
        )
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def is_kept(self) -> bool:
        """Whether it is still here."""
        return self.item.state == LostItemState.KEPT

    @property
    def is_due(self) -> bool:
        """Whether its time is over and it is still here."""
        return self.is_kept and self.item.keep_until <= self.place.business_date

    @cached_property
    def stays(self) -> list[Reservation]:
        """Whose it may be, for those who may know who had the room."""
        may = shell_of(self.request).may("view", "reservations")
        return possible_owners(self.item) if may else []

    @staticmethod
    def stay_words(stay: Reservation) -> str:
        """A stay as people know it."""
        return f"{guest_name(stay)}, {stay.arrival:%d.%m.} – {stay.departure:%d.%m.}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The thing; who signed for it only for those who may view guests."""
        shell = shell_of(self.request)
        return super().get_context_data(
            item=self.item,
            is_kept=self.is_kept,
            is_due=self.is_due,
            may_know=shell.may("view", "guests"),
            may_see_stay=shell.may("view", "reservations"),
            **kwargs,
        )
