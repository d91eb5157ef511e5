"""Who may do what at a property: the matrix, what is asked for, reviews, and emergencies."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from hotel.accounts.models import Role, User
from hotel.dashboard.views.acting import Act, ActingPage
from security import forms
from security.models import AccessPolicy, AccessRequest, AccessReview, EmergencyAccess
from security.selectors.findings import findings_at, matrix_at
from security.selectors.policies import policy_of
from security.services.access_requests import (
    Wanted,
    access_request_approve,
    access_request_open,
    access_request_refuse,
)
from security.services.emergencies import emergency_close, emergency_open, emergency_review
from security.services.reviews import access_review_close, access_review_open, review_item_decide

LISTED = 20


def _asked(page: "AccessPage", values: dict[str, Any]) -> str:
    wanted = Wanted(user=values["user"], role=values["role"], place=page.place, valid_to=values["valid_to"])
    access_request_open(wanted=wanted, reason=values["reason"], by=page.request.user)
    return _("Asked for. Somebody else must agree.")


def _answered(page: "AccessPage", values: dict[str, Any]) -> str:
    rows = AccessRequest.objects.visible_to(page.request.user, "approve")
    request = get_object_or_404(rows, pk=values["request"])
    if values["decision"] == "approve":
        access_request_approve(request=request, reason=values["reason"], by=page.request.user)
        return _("Agreed: %(user)s holds the role now.") % {"user": request.user}
    access_request_refuse(request=request, reason=values["reason"], by=page.request.user)
    return _("Refused.")


def _broken(page: "AccessPage", values: dict[str, Any]) -> str:
    row = emergency_open(
        place=page.place, reason=values["reason"], minutes=values["minutes"], by=page.request.user
    )
    ends = row.ends_at.astimezone(page.place.zone)
    return _("You hold the role %(role)s until %(time)s. Others were told.") % {
        "role": row.role,
        "time": f"{ends:%H:%M}",
    }


def _emergency(page: "AccessPage", values: dict[str, Any]) -> str:
    row = get_object_or_404(EmergencyAccess.objects.at(page.place.pk), pk=values["emergency"])
    if values["verdict"] == "close":
        emergency_close(emergency=row, by=page.request.user)
        return _("The emergency access has ended.")
    emergency_review(emergency=row, verdict=values["verdict"], note=values["note"], by=page.request.user)
    return _("Noted.")


def _review_opened(page: "AccessPage", values: dict[str, Any]) -> str:
    access_review_open(place=page.place, revokes_undecided=values["revokes_undecided"], by=page.request.user)
    return _("The review is open: decide line by line.")


class AccessPage(ActingPage):
    """Everybody's rights at the property one works at, and what is to be done about them."""

    area = "security"
    template_name = "security/access.html"
    acts: ClassVar = {
        "ask": Act(forms.AskForm, _asked, "manage", is_once=True),
        "answer": Act(forms.AnswerForm, _answered, "approve"),
        "glass": Act(forms.BreakGlassForm, _broken, "break_glass", is_once=True),
        "emergency": Act(forms.EmergencyForm, _emergency, "approve"),
        "review": Act(forms.OpenReviewForm, _review_opened, "manage", is_once=True),
    }

    @cached_property
    def policy(self) -> AccessPolicy:
        """That of the chain."""
        return policy_of(self.place.chain_id)

    def about(self, name: str) -> dict[str, Any]:
        """Whom and what one may choose."""
        if name == "ask":
            people = User.objects.visible_to(self.request.user, "manage").filter(is_active=True)
            return {
                "people": people.exclude(pk=self.request.user.pk).order_by("username"),
                "roles": Role.objects.filter(chain=self.place.chain_id),
            }
        return {"minutes": self.policy.emergency_minutes} if name == "glass" else {}

    def is_possible(self, name: str) -> bool:
        """One review at a time; the glass where a role for it is named."""
        if name == "review":
            return not AccessReview.objects.at(self.place.pk).filter(closed_at=None).exists()
        return name != "glass" or self.policy.emergency_role_id is not None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The matrix, what was found, and what waits."""
        requests = AccessRequest.objects.visible_to(self.request.user).open()
        emergencies = EmergencyAccess.objects.at(self.place.pk).select_related("user", "role", "reviewed_by")
        return super().get_context_data(
            rows=matrix_at(self.place),
            findings=findings_at(self.place),
            requests=requests.select_related("user", "role", "property", "group", "requested_by")[:LISTED],
            emergencies=emergencies[:LISTED],
            reviews=AccessReview.objects.at(self.place.pk)[:LISTED],
            **kwargs,
        )


def _decided(page: "ReviewPage", values: dict[str, Any]) -> str:
    item = get_object_or_404(page.review.items.select_related("user"), pk=values["item"])
    review_item_decide(item=item, decision=values["decision"], note=values["note"], by=page.request.user)
    told = {"user": item.user, "title": item.title}
    if values["decision"] == "revoke":
        return _("Revoked: %(title)s of %(user)s.") % told
    return _("Kept: %(title)s of %(user)s.") % told


def _closed(page: "ReviewPage", values: dict[str, Any]) -> str:
    access_review_close(review=page.review, by=page.request.user)
    return _("The review is closed.")


class ReviewPage(ActingPage):
    """One access review: who holds what, and what becomes of it."""

    area = "security"
    template_name = "security/review.html"
    acts: ClassVar = {
        "decide": Act(forms.DecideForm, _decided, "manage"),
        "close": Act(forms.forms.Form, _closed, "manage"),
    }

    @cached_property
    def review(self) -> AccessReview:
        """The review of the address; of this property."""
        return get_object_or_404(AccessReview.objects.at(self.place.pk), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its lines, by person."""
        items = list(self.review.items.select_related("user", "decided_by").order_by("user__username", "pk"))
        undecided = sum(item.decision == "open" for item in items)
        return super().get_context_data(review=self.review, items=items, undecided=undecided, **kwargs)

    def is_possible(self, name: str) -> bool:
        """While it is open."""
        return self.review.closed_at is None
