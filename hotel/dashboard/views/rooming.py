"""A group's rooming list: pasted or sent, looked at room by room, and picked up whole or not at all."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from hotel.core.access_notes import access_note
from hotel.core.exceptions import PmsError
from hotel.core.services.idempotency import KeyInFlight, KeyReused, done_once
from hotel.core.sheet_cells import cell_typed
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.rooming import RoomingListForm
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import PATIENCE
from hotel.guests.models import Guest
from hotel.reservations.domain.rooming import ALIASES, RoomingPerson, columns_read
from hotel.reservations.models import GroupBlock
from hotel.reservations.selectors.rooming import RoomPlanned, field_words, people_read, profiles_of
from hotel.reservations.services.import_files import NumberedRow
from hotel.reservations.services.pick_up import RoomingListRefused
from hotel.reservations.services.rooming import (
    RoomingChoices,
    RoomingListStale,
    beaten_words,
    rooming_look,
    rooming_take,
)

SALT, LASTS = "hotel.dashboard.rooming", 3600
NEW, ANYWAY = "new", "anyway-"


@dataclass(frozen=True)
class PersonShown:
    """A line, the profiles the person may have here, and the one that is chosen; None for a new one."""

    person: RoomingPerson
    profiles: list[Guest]
    chosen: int | None


@dataclass(frozen=True)
class RoomShown:
    """What would be done for a room, and its people."""

    plan: RoomPlanned
    people: list[PersonShown]


class RoomingListPage(StaffPage, TemplateView):
    """Looking changes nothing. What was looked at is signed with a key, under which it is picked up once."""

    area = "reservations"
    verb = "manage"
    template_name = "dashboard/rooming_list.html"

    @cached_property
    def group(self) -> GroupBlock:
        """The block.

        Raises:
            Http404: no such block at this property.
        """
        rows = GroupBlock.objects.at(self.place.pk).select_related("property", "rate_plan", "company")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The empty form, and what its columns are called."""
        about = {
            "group": self.group,
            "form": RoomingListForm(),
            "columns": [(field_words(name), ", ".join(names)) for name, names in ALIASES.items()],
            "is_cut_off": bool(self.group.cut_off_at),
        }
        return super().get_context_data(**{**about, **kwargs})

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Look at a list, look at it again with other choices, or pick it up."""
        if "list" not in request.POST:
            form = RoomingListForm(request.POST, request.FILES)
            if not form.is_valid():
                return self.render_to_response(self.get_context_data(form=form), status=422)
            return self._look(_plain(form.rows))
        try:
            told = signing.loads(request.POST["list"], salt=SALT, max_age=LASTS)
        except signing.BadSignature:
            told = {}
        if told.get("block") != self.group.pk or told.get("user") != request.user.pk:
            messages.error(
                request, _("That list was looked at too long ago: nothing was picked up. Send it again.")
            )
            return redirect(request.path)
        rows = [(number, cells) for number, cells in told["rows"]]
        anyway = sorted(name for name in request.POST if name.startswith(ANYWAY))
        if "again" not in request.POST and anyway == told["anyway"]:
            return self._take(rows, told)
        if "again" not in request.POST:
            messages.info(request, _("You chose other rooms. Look at what that does, then pick up."))
        return self._look(rows)

    def _look(self, rows: Sequence[NumberedRow]) -> HttpResponse:
        people, refused = people_read(self.group, rows)
        profiles = self._profiles(people)
        choices = self._choices(people, profiles)
        plan = rooming_look(block=self.group, people=people, choices=choices, actor=self.request.user)  # type: ignore[arg-type]
        wanted = [room for room in plan if not room.is_left_out]
        is_good = bool(wanted) and not refused and not any(room.reasons for room in wanted)
        told = {
            "block": self.group.pk,
            "user": self.request.user.pk,
            "key": str(uuid4()),
            "rows": rows,
            "anyway": sorted(name for name in self.request.POST if name.startswith(ANYWAY)),
            "seen": [room.seen for room in plan],
        }
        return self.render_to_response(
            self.get_context_data(
                form=RoomingListForm(initial={"text": _as_text(rows)}),
                rooms=_shown(plan, profiles, choices),
                refused=refused,
                is_good=is_good,
                list=signing.dumps(told, salt=SALT, compress=True),
                unread=[column for column in rows[0][1] if column not in columns_read(rows[0][1]).values()],
                count={
                    "rooms": len([room for room in wanted if not room.reasons]),
                    "from_block": sum(room.from_block for room in wanted if not room.reasons),
                    "from_house": sum(room.from_house for room in wanted if not room.reasons),
                    "left_out": len(plan) - len(wanted),
                    "refused": len(refused) + len([room for room in wanted if room.reasons]),
                },
            )
        )

    def _take(self, rows: Sequence[NumberedRow], told: Mapping[str, Any]) -> HttpResponse:
        people, _refused = people_read(self.group, rows)
        choices = self._choices(people, self._profiles(people))
        made: list[Any] = []

        def work() -> None:
            made.extend(
                rooming_take(
                    block=self.group,
                    people=people,
                    choices=choices,
                    seen=told["seen"],
                    actor=self.request.user,  # type: ignore[arg-type]
                )
            )

        sent = sorted(
            (name, value) for name, value in self.request.POST.lists() if name != "csrfmiddlewaretoken"
        )
        try:
            done = done_once(
                principal=f"user:{self.request.user.pk}",
                route=f"POST {self.request.path}",
                key=told["key"],
                body_hash=hashlib.sha256(urlencode(sent, doseq=True).encode()).hexdigest(),
                work=work,
                patience=PATIENCE,
            )
        except KeyInFlight:
            messages.info(self.request, _("This is being done already."))
        except KeyReused:
            messages.error(
                self.request, _("This form was sent before with other values. Nothing was done now.")
            )
        except (RoomingListStale, RoomingListRefused) as error:
            messages.error(self.request, beaten_words(error))
            return self._look(rows)
        except PmsError as error:
            messages.error(self.request, error.message)
            return self._look(rows)
        else:
            if done:
                words = ngettext("%(n)s room was picked up.", "%(n)s rooms were picked up.", len(made))
                messages.success(self.request, words % {"n": len(made)})
            else:
                messages.success(self.request, _("This was done already; the second time did nothing."))
        return redirect("dashboard:block", pk=self.group.pk)

    def _profiles(self, people: Sequence[RoomingPerson]) -> tuple[dict[int, list[Guest]], dict[int, int]]:
        """Profiles people may have here, and those to propose; none for those who may not view guests."""
        if not shell_of(self.request).may("view", "guests"):
            return {}, {}
        matches, proposed = profiles_of(self.group, people)
        found = {line: [match.guest for match in alike] for line, alike in matches.items()}
        access_note(
            Guest._meta.db_table, [guest.pk for guests in found.values() for guest in guests], "search"
        )
        return found, proposed

    def _choices(
        self, people: Sequence[RoomingPerson], profiles: tuple[dict[int, list[Guest]], dict[int, int]]
    ) -> RoomingChoices:
        """What was chosen by the form, and where it says nothing, what is proposed."""
        known, proposed = profiles
        chosen = {}
        for person in people:
            wanted = self.request.POST.get(f"who-{person.line}", str(proposed.get(person.line, NEW)))
            for guest in known.get(person.line, ()):
                if str(guest.pk) == wanted:
                    chosen[person.line] = guest
        anyway = {person.line for person in people if f"{ANYWAY}{person.line}" in self.request.POST}
        return RoomingChoices(profiles=chosen, taken_anyway=anyway)


def _shown(
    plan: Sequence[RoomPlanned],
    profiles: tuple[dict[int, list[Guest]], dict[int, int]],
    choices: RoomingChoices,
) -> list[RoomShown]:
    return [
        RoomShown(
            room,
            [
                PersonShown(
                    person,
                    profiles[0].get(person.line, []),
                    chosen.pk if (chosen := choices.profiles.get(person.line)) else None,
                )
                for person in room.party.people
            ],
        )
        for room in plan
    ]


def _plain(rows: Sequence[NumberedRow]) -> list[NumberedRow]:
    """The cells as text; a workbook's days and numbers as they would be typed."""
    return [(number, {column: cell_typed(cell) for column, cell in cells.items()}) for number, cells in rows]


def _as_text(rows: Sequence[NumberedRow]) -> str:
    """The list as it would be pasted, to be corrected in place."""
    header = list(rows[0][1])
    lines = [header, *([cells.get(column) or "" for column in header] for _number, cells in rows)]
    return "\n".join("\t".join(" ".join(str(cell).split()) for cell in line) for line in lines)
