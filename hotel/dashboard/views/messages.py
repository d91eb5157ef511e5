"""What went to guests and others: the list, one message with its words and attempts, and a new one."""

import hashlib
from typing import Any, ClassVar

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from hotel.core.access_notes import access_note
from hotel.core.exceptions import PmsError, VersionConflict
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.messages import AgainForm, LetterForm, SendForm
from hotel.dashboard.selectors.guests import guest_rows
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.dashboard.views.guests import TABLE, TEXT_AT_MOST
from hotel.dashboard.views.saved import WithViews
from hotel.guests.models import Guest
from hotel.guests.selectors.profiles import guests_search
from hotel.messaging.choices import Channel
from hotel.messaging.models import Message
from hotel.messaging.selectors.listed import (
    AGAIN,
    STATES,
    messages_listed,
    templates_offered,
    with_bounce,
)
from hotel.messaging.services.messages import message_retry
from hotel.messaging.services.suppressions import address_wanted
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.journey import stays_of_guest
from hotel.reservations.services.guest_letters import (
    GuestLetter,
    LetterPreview,
    guest_letter_preview,
    guest_letter_queue,
)

TO = ("guests", "others")
FOUND = 10
STAYS = 10


def number_of(text: str) -> int | None:
    """A number of an address that may be the id of a row."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


class MessageListPage(WithViews, StaffPage, TemplateView):
    """Messages of the house, newest first; those that did not leave tell why."""

    area = "messaging"
    template_name = "dashboard/messages.html"
    saved = "messages"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Fifty at a time. A whole address or number is looked up by its keyed hash, anything else among the names."""
        asked = self.request.GET
        who = asked.get("who", "")[:TEXT_AT_MOST].replace("\0", "").strip()
        is_address = "@" in who or sum(map(str.isdigit, who)) > len(who) // 2
        state = asked.get("state", "") if asked.get("state") in STATES else ""
        to = asked.get("to", "") if asked.get("to") in TO else ""
        part = messages_listed(
            self.place.pk,
            state=state,
            to=to,
            name="" if is_address else who,
            fingerprints=address_wanted(who) if who and is_address else None,
            before=number_of(asked.get("before", "")),
        )
        access_note(TABLE, (row.guest_id for row in part.rows if row.guest_id), "search" if who else "list")
        kept = asked.copy()
        kept.pop("before", None)
        shell = shell_of(self.request)
        return super().get_context_data(
            part=part,
            state=state,
            to=to,
            who=who,
            kept=kept.urlencode(),
            is_first="before" not in asked,
            states=state_words(),
            may_write=shell.may("send", "messaging"),
            may_guests=shell.may("view", "guests"),
            **kwargs,
        )


def state_words() -> dict[str, str]:
    """What the filter calls the states, in order."""
    return {
        "waiting": _("Waiting"),
        "sent": _("Sent"),
        "failed": _("Failed"),
        "bounced": _("Bounced"),
        "held": _("Held back"),
    }


def _again(page: "MessagePage", values: dict[str, Any]) -> str:
    message_retry(message=page.message)
    return _("It waits again, with the same words, and leaves in a moment.")


class MessagePage(ActingPage):
    """One message: what was said to whom, whether it left, and if not, why; sent again if that may help."""

    area = "messaging"
    template_name = "dashboard/message.html"
    acts: ClassVar = {
        "again": Act(AgainForm, _again, "send", is_once=True, when=lambda page: page.may_leave_again)
    }

    @cached_property
    def message(self) -> Message:
        """The message of the address.

        Raises:
            Http404: none at this property.
        """
        rows = with_bounce(Message.objects.at(self.place.pk)).prefetch_related("tries")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def may_leave_again(self) -> bool:
        """Whether it did not leave, and nothing that is known stops it."""
        message: Any = self.message
        return message.status in AGAIN and bool(message.address) and not message.is_bounced

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The message; whose it is, is noted."""
        if self.message.guest_id:
            access_note(TABLE, [self.message.guest_id])
        return super().get_context_data(
            message=self.message,
            tries=self.message.tries.all(),
            may_guests=shell_of(self.request).may("view", "guests"),
            **kwargs,
        )


def _sent(page: "MessageNewPage", values: dict[str, Any]) -> str:
    if page.letter is None:
        raise Http404
    if values["shown"] != page.shown:
        page.is_stale = True
        raise VersionConflict(_("The letter reads otherwise now."))
    page.made = guest_letter_queue(letter=page.letter, key=page.request.POST["send-key"])
    return _("It is written and leaves in a moment.")


class MessageNewPage(ActingPage):
    """A letter to a guest: who, which, about which stay, shown in his language, then sent.

    What is chosen stands in the address, so that the letter that is sent is the one that was shown.
    """

    area = "messaging"
    verb = "send"
    template_name = "dashboard/message_new.html"
    acts: ClassVar = {
        "send": Act(
            SendForm,
            _sent,
            "send",
            is_once=True,
            needs=lambda page: {"shown": page.shown},
            when=lambda page: page.preview is not None,
        )
    }
    made: Message | None = None
    is_stale = False
    refusal = ""

    @cached_property
    def guest(self) -> Guest | None:
        """To whom; None while he is looked for.

        Raises:
            Http404: nobody whom one may see here, or one who was merged or erased.
        """
        wanted = number_of(self.request.GET.get("guest", ""))
        if wanted is None:
            return None
        rows: Any = guest_rows(self.request.user, self.place)
        found: Guest = get_object_or_404(rows.current().filter(erased_at=None), pk=wanted)
        return found

    @cached_property
    def stays(self) -> list[Reservation]:
        """What the letter may speak of, the last arrival first; none for those who may not view reservations."""
        if self.guest is None or not shell_of(self.request).may("view", "reservations"):
            return []
        rows: Any = stays_of_guest(self.guest.pk, {self.place.pk})
        found = rows.with_parts().order_by("-arrival", "-pk").prefetch_related("booking__reservations")
        return list(found[:STAYS])

    @cached_property
    def letters(self) -> list[tuple[str, str]]:
        """Code and channel of what can be written to him."""
        guest = self.guest
        ways = {Channel.EMAIL: guest and guest.email, Channel.SMS: guest and guest.phone}
        channels = [channel for channel, address in ways.items() if address]
        return templates_offered(self.place.pk, channels) if channels else []

    @cached_property
    def chosen(self) -> LetterForm:
        """What stands in the address."""
        is_asked = "letter" in self.request.GET
        return LetterForm(self.request.GET if is_asked else None, letters=self.letters, stays=self.stays)

    @cached_property
    def letter(self) -> GuestLetter | None:
        """What would be written; None while it is not chosen."""
        if self.guest is None or not self.chosen.is_bound or not self.chosen.is_valid():
            return None
        code, channel = self.chosen.cleaned_data["letter"]
        stay = self.chosen.cleaned_data["stay"]
        return GuestLetter(place=self.place, guest=self.guest, template_code=code, channel=channel, stay=stay)

    @cached_property
    def preview(self) -> LetterPreview | None:
        """How it would read; None with the reason in ``refusal`` when it cannot be worded."""
        if self.letter is None:
            return None
        try:
            return guest_letter_preview(self.letter)
        except PmsError as error:
            self.refusal = str(error.message)
            if error.code == "variable_missing" and self.letter.stay is None:
                self.refusal = _("This letter speaks of a stay: choose one.")
            return None

    @property
    def shown(self) -> str:
        """What tells whether the letter still reads as it was shown; empty without one."""
        if self.preview is None:
            return ""
        text = self.preview.text
        return hashlib.sha256(f"{self.preview.address}\0{text.subject}\0{text.body}".encode()).hexdigest()

    def stale(self) -> str:
        """When the template, the stay or the guest was changed since."""
        return _("The letter reads otherwise by now; nothing was sent. Look at it again.")

    def after(self, name: str) -> str:
        """To the message; to the guest when a click before made it; here again when it reads otherwise by now."""
        if self.made is not None:
            return reverse("dashboard:message", args=[self.made.pk])
        if self.is_stale or self.guest is None:
            return self.request.get_full_path()
        return reverse("dashboard:guest", args=[self.guest.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Guests found, best first, or what can be written to the one that is chosen."""
        who, rows = self.request.GET.get("who", "")[:TEXT_AT_MOST].replace("\0", "").strip(), {}
        ids = guests_search([self.place.pk], who, FOUND) if who and self.guest is None else []
        if ids:
            rows = guest_rows(self.request.user, self.place).in_bulk(ids)
            access_note(TABLE, rows, "search")
        if self.guest is not None:
            access_note(TABLE, [self.guest.pk])
        preview = self.preview
        return super().get_context_data(
            guest=self.guest,
            who=who,
            found=[rows[pk] for pk in ids if pk in rows],
            letters=self.letters if self.guest else [],
            chosen=self.chosen if self.guest else None,
            preview=preview,
            refusal=self.refusal,
            may_edit=shell_of(self.request).may("manage", "guests"),
            **kwargs,
        )
