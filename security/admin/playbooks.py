"""Playbooks of chains in the admin: changed with their steps by who manages security at every property."""

from typing import Any, ClassVar

from django.contrib import admin

from hotel.properties.admin_base import ReadOnlyAdmin, ScopedTabularInline
from security.admin.access import ChainwideAdmin
from security.models import Playbook, PlaybookStep
from security.services.playbooks import playbook_change, playbook_steps_change


class PlaybookStepInline(ScopedTabularInline):
    """The steps, in order."""

    model = PlaybookStep
    fields = ["position", "code", "title", "who", "why", "action"]


@admin.register(Playbook)
class PlaybookAdmin(ChainwideAdmin):
    """What is done about each kind of incident. One that is not wanted is switched off."""

    list_display = ["title", "category", "detector", "is_active", "chain"]
    list_filter = ["category", "is_active", "chain"]
    list_select_related = ["chain"]
    search_fields = ["title", "detector"]
    readonly_fields = ["chain", "category", "detector"]
    inlines = [PlaybookStepInline]
    admin_verbs: ClassVar[dict[str, str]] = {"add": "", "delete": ""}

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """Through the service."""
        playbook_change(playbook=obj, changes=form.cleaned_data, by=request.user)

    def save_formset(self, request: Any, form: Any, formset: Any, change: bool) -> None:
        """Through the service."""
        kept = formset.save(commit=False)
        playbook_steps_change(
            playbook=form.instance, kept=kept, gone=formset.deleted_objects, by=request.user
        )


@admin.register(PlaybookStep)
class PlaybookStepAdmin(ReadOnlyAdmin):
    """Steps of all playbooks, to be found; changed with their playbook."""

    list_display = ["title", "playbook", "position", "who", "action"]
    list_filter = ["action", "playbook__category"]
    list_select_related = ["playbook"]
    search_fields = ["title", "why", "code"]

    def property_ids_of(self, obj: Any) -> Any:
        """All of the chain."""
        return self.admin_site._registry[Playbook].property_ids_of(obj.playbook)  # type: ignore[attr-defined]
