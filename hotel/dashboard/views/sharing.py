"""A room that several stays share: who is in it, who else may be, and the parting."""

from typing import Any, ClassVar

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from hotel.dashboard.forms.parts import VersionedForm
from hotel.dashboard.forms.sharing import ShareForm
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act
from hotel.dashboard.views.together import BesidePage
from hotel.dashboard.words import done_words
from hotel.reservations.domain.lifecycle import COMMANDS, action
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.actions import situation_of
from hotel.reservations.selectors.sharing import sharers_of
from hotel.reservations.services.sharing import room_share, room_unshare


def _shared(page: "SharePage", values: dict[str, Any]) -> str:
    stay = room_share(
        reservation=page.reservation,
        others=values["others"],
        split=values["split"],
        weights=values["weights"],
        override_reason=values["override_reason"],
        actor=page.request.user,  # type: ignore[arg-type]
        expected_version=values["version"],
    ).reservation
    return f"{stay.number}: {done_words('share')}"


def _unshared(page: "SharePage", values: dict[str, Any]) -> str:
    stay = room_unshare(
        reservation=page.reservation,
        actor=page.request.user,  # type: ignore[arg-type]
        expected_version=values["version"],
    ).reservation
    return f"{stay.number}: {done_words('unshare')}"


class SharePage(BesidePage):
    """With whom a stay shares its room, what each pays, and whom it could share it with."""

    template_name = "dashboard/share.html"
    acts: ClassVar = {
        "share": Act(ShareForm, _shared, "manage"),
        "unshare": Act(VersionedForm, _unshared, "manage"),
    }

    @cached_property
    def sharers(self) -> list[Reservation]:
        """Who shares the room now, this stay among them."""
        return sharers_of(self.reservation)

    @cached_property
    def offered(self) -> list[Reservation]:
        """Stays that could be in the room too."""
        stay = self.reservation
        rows = self.looked_for(
            room_type=stay.room_type_id, arrival__lt=stay.departure, departure__gt=stay.arrival
        )
        return [
            row
            for row in rows
            if row.status in COMMANDS["share"].sources
            and row.room_type_id == stay.room_type_id
            and row not in self.sharers
            and max(row.arrival, stay.arrival) < min(row.departure, stay.departure)
        ]

    def about(self, name: str) -> dict[str, Any]:
        """The stays to choose from, or the version seen."""
        if name == "unshare":
            return {"version": self.reservation.version}
        return {"reservation": self.reservation, "offered": self.offered, "sharers": self.sharers}

    def is_possible(self, name: str) -> bool:
        """What the lifecycle allows, where there is somebody to share with."""
        has_others = name == "unshare" or bool(self.offered or self.sharers)
        return has_others and action(name, situation_of(self.reservation)).is_allowed

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A constant number of queries, however many stays are listed."""
        situation = situation_of(self.reservation)
        return super().get_context_data(**kwargs) | {
            "reservation": self.reservation,
            "sharers": self.sharers,
            "search": self.search,
            "denied": action("share", situation).reason,
            "may_change": shell_of(self.request).may("manage", "reservations"),
            "title": _("Share the room"),
        }
