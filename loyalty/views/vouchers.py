"""Vouchers at the desk: found by their code, redeemed, taken back, and printed for who has them."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.generic import TemplateView

from hotel.core.exceptions import NotFound
from hotel.core.templatetags.pms import money
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.parts import OnceForm, OneOfField, ReasonForm
from hotel.dashboard.forms.reservations import FindForm
from hotel.dashboard.forms.together import stay_words
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.dashboard.views.reservations import found
from hotel.reservations.models import Reservation
from loyalty.choices import RedemptionStatus
from loyalty.models import RewardVoucher
from loyalty.selectors.catalogue import COMING, stays_open
from loyalty.selectors.members import names_of, program_at
from loyalty.selectors.vouchers import VoucherShown, code_opened, voucher_shown
from loyalty.services.voucher_tries import code_try
from loyalty.services.vouchers import voucher_look_up, voucher_redeem, voucher_take_back

LISTED = 20


class CodeForm(forms.Form):
    """The code that somebody shows, and the stay that is looked for to pay its bill."""

    code = forms.CharField(
        label=_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    stay = forms.CharField(
        label=_lazy("Reservation number"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"type": "search"}),
    )

    def __init__(self, *args: Any, by_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by_name:
            self.fields["stay"].label = _("Reservation number or name")


class PayForm(OnceForm):
    """Whose bill a voucher pays."""

    def __init__(self, *args: Any, stays: list[Reservation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reservation"] = OneOfField(
            stays, words=stay_words, label=_("Whose bill does it pay?"), widget=forms.RadioSelect
        )


class TakeBackForm(OnceForm, ReasonForm):
    """Why a voucher is taken back."""


class VoucherStaffPage(StaffPage):
    """A page about a voucher: how it stands here, and whose it is, by name for those who may see guests."""

    area = "loyalty"

    @cached_property
    def voucher(self) -> RewardVoucher:
        """That of the address.

        Raises:
            Http404: no such one in a programme of this hotel.
        """
        rows = RewardVoucher.objects.at_any([self.place.pk])
        rows = rows.select_related(
            "redemption__reward__program", "redemption__member", "redeemed_place", "redeemed_by",
            "redemption__settlement__window__folio__reservation",
        )  # fmt: skip
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def shown(self) -> VoucherShown:
        """How it stands."""
        return voucher_shown(self.voucher, self.place)

    @property
    def may_see_guests(self) -> bool:
        """Whether the person may see and find guests here."""
        return shell_of(self.request).may("view", "guests")

    def about_voucher(self) -> dict[str, Any]:
        """What every page tells of it."""
        member, names = self.voucher.redemption.member, {}
        if self.may_see_guests:
            names = names_of([member.guest_id], self.request.user, kind="view")
        return {"shown": self.shown, "member": member, "name": names.get(member.guest_id, "")}


def _paid(page: "VouchersPage", values: dict[str, Any]) -> str:
    done = page.redeem(reservation=values["reservation"])
    return _("Redeemed: %(worth)s on the bill of %(number)s.") % {
        "worth": money(-done.redemption.settlement.gross),  # type: ignore[union-attr]
        "number": values["reservation"].number,
    }


def _handed_over(page: "VouchersPage", values: dict[str, Any]) -> str:
    return _("Handed over: %(reward)s.") % {"reward": page.redeem().redemption.reward}


class VouchersPage(VoucherStaffPage, ActingPage):
    """A code is posted, so that it stands in no address; what is done with its voucher is posted with it again."""

    verb = "enrol"
    template_name = "loyalty/vouchers.html"
    acts: ClassVar = {
        "pay": Act(
            PayForm, _paid, "enrol", is_once=True,
            needs=lambda page: {"stays": page.stays}, when=lambda page: page.is_good and page.shown.worth is not None,
        ),
        "hand_over": Act(
            OnceForm, _handed_over, "enrol", is_once=True, when=lambda page: page.is_good and page.shown.worth is None
        ),
    }  # fmt: skip

    @cached_property
    def asked(self) -> CodeForm:
        """What was typed."""
        sent = self.request.POST if self.request.method == "POST" else None
        return CodeForm(sent, by_name=self.may_see_guests)

    @cached_property
    def looked_up(self) -> RewardVoucher | None:
        """The voucher of the code; without one the reason stands beside the field."""
        if not self.asked.is_valid():
            return None
        try:
            return voucher_look_up(place=self.place, code=self.asked.cleaned_data["code"])
        except NotFound as unknown:
            self.asked.add_error("code", unknown.message)
            return None

    @cached_property
    def voucher(self) -> RewardVoucher:
        """The same, where there has to be one.

        Raises:
            Http404: there is none.
        """
        if self.looked_up is None:
            raise Http404
        return self.looked_up

    @cached_property
    def stays(self) -> list[Reservation]:
        """Stays to come or in house that fit what is looked for; the member's own before something is."""
        rows: QuerySet[Reservation]
        if text := self.asked.cleaned_data["stay"]:
            search = FindForm({"text": text}, by_name=self.may_see_guests)
            search.full_clean()
            rows = found(self.place, Reservation.objects.at(self.place.pk).filter(status__in=COMING), search)
        else:
            rows = stays_open(self.voucher.redemption.member, self.place)
        return list(rows.select_related("primary_guest", "room_type").order_by("arrival", "pk")[:LISTED])

    def redeem(self, **of: Any) -> RewardVoucher:
        """Take the voucher here."""
        code, actor = self.asked.cleaned_data["code"], self.request.user
        return voucher_redeem(voucher=self.voucher, code=code, place=self.place, actor=actor, **of)  # type: ignore[arg-type]

    def may(self, name: str) -> bool:
        """Who chooses a bill may see stays, too."""
        return super().may(name) and (name != "pay" or shell_of(self.request).may("view", "reservations"))

    @property
    def is_good(self) -> bool:
        """Whether there is a voucher that is taken here today."""
        return self.looked_up is not None and not self.shown.refusal

    def is_done(self, name: str, form: forms.Form) -> bool:
        """As on any page; who is refused sees how the voucher stands then, for somebody else may have taken it."""
        if super().is_done(name, form):
            return True
        self.voucher.refresh_from_db()
        return False

    def after(self, name: str) -> str:
        """The page of the voucher, without its code."""
        return reverse("loyalty:voucher", args=[self.voucher.pk])

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Look the code up, and do with its voucher what is asked; each code is counted before.

        One that is not good leads to its page, which says why, and takes it back.
        """
        heard = code_try(request.user.pk)  # type: ignore[arg-type]
        if not heard.is_allowed:
            seconds = heard.retry_seconds
            self.asked.add_error(
                "code", _("Too many codes. Wait %(seconds)d seconds, then try again.") % {"seconds": seconds}
            )
            context = self.get_context_data(**kwargs)
            return self.render_to_response(context, status=429, headers={"Retry-After": str(seconds)})
        if self.looked_up is not None and "do" in request.POST:
            return super().post(request, **kwargs)
        if self.looked_up is not None and self.shown.refusal:
            return redirect("loyalty:voucher", pk=self.looked_up.pk)
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What was typed, and the voucher of it."""
        return super().get_context_data(
            asked=self.asked,
            program=program_at(self.place),
            **({} if self.looked_up is None else self.about_voucher()),
            **kwargs,
        )


def _taken_back(page: "VoucherPage", values: dict[str, Any]) -> str:
    voucher_take_back(voucher=page.voucher, actor=page.request.user, **values)  # type: ignore[arg-type]
    return _("Taken back: what it paid is owed again, and the voucher is good again.")


class VoucherPage(VoucherStaffPage, ActingPage):
    """One voucher without its code: how it stands, and taken back where it was redeemed."""

    template_name = "loyalty/voucher.html"
    acts: ClassVar = {
        "take_back": Act(
            TakeBackForm, _taken_back, "approve", is_once=True,
            when=lambda page: page.voucher.redemption.status == RedemptionStatus.FULFILLED,
        )
    }  # fmt: skip

    def may(self, name: str) -> bool:
        """Only the hotel that redeemed it takes it back."""
        return super().may(name) and self.voucher.redeemed_place_id in (None, self.place.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The voucher, and whether its reader may look codes up, and see whose bill it paid."""
        may = shell_of(self.request).may
        return super().get_context_data(
            may_enrol=may("enrol", "loyalty"),
            may_see_stays=may("view", "reservations"),
            **self.about_voucher(),
            **kwargs,
        )


class VoucherPrintPage(VoucherStaffPage, TemplateView):
    """A voucher on paper, with its code, at the hotel that its member redeemed points at."""

    verb = "enrol"
    template_name = "loyalty/voucher_print.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All that a voucher says.

        Raises:
            Http404: not to be printed here, or used.
        """
        if not self.shown.is_printable:
            raise Http404
        return super().get_context_data(code=code_opened(self.voucher), **self.about_voucher(), **kwargs)
