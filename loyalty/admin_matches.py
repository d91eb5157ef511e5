"""Status matches in the admin."""

from typing import Any, ClassVar

from django.contrib import admin

from loyalty.admin_base import OfMemberAdmin, OfProgramAdmin
from loyalty.models import StatusMatch, StatusMatchRule
from loyalty.selectors.matches import match_rule_in_words
from loyalty.services.matches import match_approve, match_rule_create


@admin.register(StatusMatchRule)
class StatusMatchRuleAdmin(OfProgramAdmin):
    """What tiers of other programmes are worth; one is added here, and ended through the API."""

    list_display = ["says", "program", "is_active"]
    list_filter = ["program", "is_active"]
    list_select_related = ["program", "tier", "challenge"]
    search_fields = ["foreign_program", "foreign_tier"]
    admin_verbs: ClassVar[dict[str, str]] = {"change": "", "delete": ""}

    @admin.display(description="What it says")
    def says(self, row: StatusMatchRule) -> str:
        """In plain words."""
        return match_rule_in_words(row)

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """By the service."""
        values = dict(form.cleaned_data)
        self.require_all_houses(request, values["program"])
        obj.pk = match_rule_create(program=values.pop("program"), values=values).pk


@admin.register(StatusMatch)
class StatusMatchAdmin(OfMemberAdmin):
    """Who asked for a tier that he has elsewhere; those that wait are approved by somebody else than who asked."""

    list_display = ["member", "rule", "status", "until", "because", "asked_on", "asked_by", "property"]
    list_filter = ["status", "property"]
    list_select_related = ["member", "rule", "asked_by", "property"]
    search_fields = ["member__number"]
    actions = ["approve"]

    @admin.action(description="Approve", permissions=["approve"])
    def approve(self, request: Any, queryset: Any) -> None:
        """Grant matched tiers."""
        call = lambda row: match_approve(match=row, actor=request.user)  # noqa: E731
        self.each(request, "approve", queryset, call, "{} tiers are matched.")
