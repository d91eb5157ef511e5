"""One request of a guest: its steps, his files, what an erasure would do, and what may be done now."""

import json
from collections.abc import Callable
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotel.core.access_notes import access_note
from hotel.core.exceptions import NotFound
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.guests.models import Guest
from security import forms_privacy as forms
from security.domain.privacy_requests import OPEN
from security.domain.privacy_steps import Standing, possible_acts
from security.models import ErasureCertificate, LegalHold, PrivacyBundle, PrivacyRequest
from security.privacy_choices import BundleStatus, RequestKind
from security.selectors.erasures import erasure_obstacles, erasure_plan
from security.selectors.privacy_cases import Case, cases, steps
from security.services import privacy_requests as services
from security.services.bundles import KINDS, bundle_order, bundle_token
from security.services.holds import hold_lift, hold_place

Done = Callable[["PrivacyRequestPage", dict[str, Any]], str]
MAKING = (BundleStatus.QUEUED, BundleStatus.RUNNING)


def _by(service: Callable[..., PrivacyRequest], told: Any) -> Done:
    """What a form does: one service with the form's values."""

    def done(page: "PrivacyRequestPage", values: dict[str, Any]) -> str:
        values.pop("is_read", None)
        service(request=page.case.request, by=page.request.user, **values)
        return str(told)

    return done


def _ordered(page: "PrivacyRequestPage", values: dict[str, Any]) -> str:
    bundle_order(request=page.case.request)
    return _("A worker makes the files within a minute; they will stand here.")


def _chosen(page: "PrivacyRequestPage", values: dict[str, Any]) -> str:
    if page.bundle is None or page.bundle.status != BundleStatus.READY:
        raise NotFound(_("These files are not there any more. Have them made anew."))
    page.wanted = values["kind"]
    return ""


def _held(page: "PrivacyRequestPage", values: dict[str, Any]) -> str:
    hold_place(place=page.place, guest=page.case.request.guest, by=page.request.user, **values)
    return _("Nothing of him is erased until the hold is lifted.")


def _lifted(page: "PrivacyRequestPage", values: dict[str, Any]) -> str:
    hold_lift(hold=values["hold"], by=page.request.user)
    return _("The hold is lifted.")


class PrivacyRequestPage(ActingPage):
    """A request of the property one works at; forms only for what its state allows."""

    area = "security"
    template_name = "security/privacy_request.html"
    wanted = ""
    acts: ClassVar = {
        "identify": Act(forms.IdentifyForm, _by(services.request_identify, gettext_lazy("Noted.")), "manage"),
        "files": Act(forms.forms.Form, _ordered, "manage", step_up=True),
        "download": Act(forms.DownloadForm, _chosen, "manage", step_up=True),
        "carry": Act(
            forms.forms.Form,
            _by(services.request_carry_out, gettext_lazy("Done and closed.")),
            "manage",
            step_up=True,
        ),
        "propose": Act(
            forms.ReadForm,
            _by(services.erasure_propose, gettext_lazy("Proposed. Somebody else must approve it.")),
            "manage",
        ),
        "approve": Act(
            forms.ReadForm,
            _by(services.erasure_approve, gettext_lazy("Approved. A worker erases within a minute.")),
            "approve",
            step_up=True,
        ),
        "extend": Act(
            forms.WhyForm,
            _by(services.request_extend, gettext_lazy("Extended by two months. Tell the guest why.")),
            "manage",
        ),
        "refuse": Act(
            forms.WhyForm,
            _by(
                services.request_refuse,
                gettext_lazy("Refused. Tell the guest why, and that he may complain to the authority."),
            ),
            "manage",
        ),
        "withdraw": Act(
            forms.forms.Form, _by(services.request_withdraw, gettext_lazy("Withdrawn.")), "manage"
        ),
        "hold": Act(forms.HoldForm, _held, "manage", is_once=True),
        "lift": Act(forms.LiftForm, _lifted, "manage"),
    }

    @cached_property
    def case(self) -> Case:
        """The request of the address; 404 when it is of another property."""
        rows = PrivacyRequest.objects.at(self.place.pk).select_related(
            "guest", "recorded_by", "identified_by", "proposed_by", "approved_by", "closed_by"
        )
        row = get_object_or_404(rows, pk=self.kwargs["pk"])
        return cases([row], user=self.request.user, place=self.place)[0]

    @cached_property
    def bundle(self) -> PrivacyBundle | None:
        """The newest files, without what is in them."""
        return self.case.request.bundles.defer("document", "printed").order_by("-pk").first()

    @cached_property
    def holds(self) -> list[LegalHold]:
        """Those that stand on the guest and were placed at this property."""
        rows = LegalHold.objects.at(self.place.pk).filter(guest=self.case.request.guest_id, lifted_at=None)
        return list(rows.select_related("placed_by").order_by("pk"))

    @property
    def may_read(self) -> bool:
        """Whether words and files of the guest may be shown: to who works on requests and may know who he is."""
        return self.case.guest is not None and shell_of(self.request).may("manage", "security")

    @cached_property
    def possible(self) -> frozenset[str]:
        """What the state of the request allows; a second person sees the approval, the first one does not."""
        row = self.case.request
        return possible_acts(
            Standing(
                kind=row.kind,
                status=row.status,
                files=self.bundle.status if self.bundle is not None else "",
                is_extended=row.extended_at is not None,
                is_late=self.case.days_left is not None and self.case.days_left < 0,
                has_obstacles=bool(self.obstacles),
                has_holds=bool(self.holds),
                is_erased=row.guest.erased_at is not None,
                is_first=self.request.user.pk in (row.proposed_by_id, row.recorded_by_id),
                may_read=self.may_read,
            )
        )

    def is_possible(self, name: str) -> bool:
        """Whether the state allows it."""
        return name in self.possible

    @cached_property
    def obstacles(self) -> list[str]:
        """Why an erasure is not possible now, in sentences."""
        row = self.case.request
        is_open = row.kind == RequestKind.ERASURE and row.status in OPEN
        return erasure_obstacles(row.guest_id) if is_open else []

    def about(self, name: str) -> dict[str, Any]:
        """The holds that may be lifted."""
        return {"holds": self.holds} if name == "lift" else {}

    def after(self, name: str) -> str:
        """To the file that was chosen; else here again."""
        if self.wanted and self.bundle is not None:
            return reverse("security:privacy_file", args=[self.bundle.pk, self.wanted])
        return super().after(name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Steps, files and, of an erasure, what will be erased and what is kept."""
        row = self.case.request
        if self.case.guest is not None:
            access_note(Guest._meta.db_table, [row.guest_id])
        is_erasing = row.kind == RequestKind.ERASURE and row.status in OPEN
        plan = erasure_plan(row.guest_id) if is_erasing else []
        is_confirmed = getattr(self.request, "is_confirmed", False)
        return super().get_context_data(
            case=self.case,
            row=row,
            steps=steps(row),
            bundle=self.bundle,
            is_making=self.bundle is not None and self.bundle.status in MAKING,
            links=self._links() if self.may_read and is_confirmed else [],
            holds=self.holds,
            obstacles=self.obstacles,
            erased=[line for line in plan if not line.kept],
            kept=[line for line in plan if line.kept],
            certificate=ErasureCertificate.objects.filter(request=row).first(),
            may_read=self.may_read,
            right=self._right(),
            **kwargs,
        )

    def _right(self) -> list[tuple[str, str]]:
        """Of a rectification: fields in words, and what is right."""
        changes = json.loads(self.case.request.changes or "{}") if self.may_read else {}
        return [(str(forms.RIGHT.get(name, name)), str(value)) for name, value in changes.items()]

    def _links(self) -> list[tuple[str, str]]:
        """Kind of file to the address that the guest may be given."""
        if self.bundle is None or self.bundle.status != BundleStatus.READY:
            return []
        token = bundle_token(self.bundle)
        paths = [(kind, reverse("security:bundle_download", args=[token, kind])) for kind in KINDS]
        return [(kind, self.request.build_absolute_uri(path)) for kind, path in paths]
