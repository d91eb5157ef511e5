"""Challenges in the admin."""

from typing import Any, ClassVar

from django.contrib import admin

from loyalty.admin_base import OfMemberAdmin, OfProgramAdmin
from loyalty.models import Challenge, ChallengeEntry
from loyalty.selectors.challenges import challenge_in_words, entry_in_words
from loyalty.services.challenges import challenge_create


@admin.register(Challenge)
class ChallengeAdmin(OfProgramAdmin):
    """Challenges; one is added here, and ended through the API."""

    list_display = ["name", "says", "program", "is_open"]
    list_filter = ["program", "is_open"]
    list_select_related = ["program", "tier"]
    search_fields = ["code", "name"]
    admin_verbs: ClassVar[dict[str, str]] = {"change": "", "delete": ""}

    @admin.display(description="What it says")
    def says(self, row: Challenge) -> str:
        """In plain words."""
        return challenge_in_words(row)

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """By the service."""
        values = dict(form.cleaned_data)
        self.require_all_houses(request, values["program"])
        obj.pk = challenge_create(program=values.pop("program"), values=values).pk


@admin.register(ChallengeEntry)
class ChallengeEntryAdmin(OfMemberAdmin):
    """Who takes part in challenges, and how far they are."""

    list_display = ["member", "challenge", "status", "says", "last_on", "property"]
    list_filter = ["status", "property"]
    list_select_related = ["member", "challenge__program", "property"]
    search_fields = ["member__number"]

    @admin.display(description="How far")
    def says(self, row: ChallengeEntry) -> str:
        """In plain words."""
        return entry_in_words(row)
