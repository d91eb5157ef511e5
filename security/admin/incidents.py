"""Incidents in the admin, to be looked at; they are worked on by the API and on their page."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin

from hotel.properties.admin_base import ReadOnlyAdmin, ReadOnlyInline
from hotel.properties.models import Property
from security.admin.keys import WholeAdmin
from security.models import (
    IncidentContainment,
    IncidentDetector,
    IncidentEntry,
    IncidentEvidence,
    IncidentStep,
    SecurityIncident,
)
from security.services.detection import detector_change


def places_of(incident: SecurityIncident) -> list[int]:
    """Its property, or all of them."""
    if incident.property_id is not None:
        return [incident.property_id]
    return list(Property.objects.values_list("pk", flat=True))


class EntryInline(ReadOnlyInline):
    """The timeline."""

    model = IncidentEntry
    fields = ["at", "kind", "actor", "text"]
    readonly_fields = fields


class StepInline(ReadOnlyInline):
    """The steps of the playbook."""

    model = IncidentStep
    fields = ["title", "who", "target", "status", "done_at", "done_by", "result"]
    readonly_fields = fields


class ContainmentInline(ReadOnlyInline):
    """What the house did at once."""

    model = IncidentContainment
    fields = ["action", "target", "reason", "result", "taken_at", "taken_by", "undone_at"]
    readonly_fields = fields


@admin.register(SecurityIncident)
class SecurityIncidentAdmin(ReadOnlyAdmin):
    """What endangered the house."""

    list_display = [
        "id",
        "title",
        "severity",
        "status",
        "property",
        "is_drill",
        "is_breach",
        "detected_at",
        "aware_at",
    ]
    list_filter = ["status", "severity", "category", "is_drill", "is_breach", "property"]
    list_select_related = ["property"]
    search_fields = ["title", "summary", "subject"]
    inlines = [StepInline, ContainmentInline, EntryInline]

    def property_ids_of(self, obj: Any) -> Iterable[int]:
        """Where the right is asked."""
        return places_of(obj)


class PartAdmin(ReadOnlyAdmin):
    """What hangs on an incident is seen as it is."""

    list_select_related = ["incident"]

    def property_ids_of(self, obj: Any) -> Iterable[int]:
        """Of the incident."""
        return places_of(obj.incident)


@admin.register(IncidentEntry)
class IncidentEntryAdmin(PartAdmin):
    """Lines of timelines."""

    list_display = ["at", "incident", "kind", "actor", "text"]
    list_filter = ["kind"]
    list_select_related = ["incident", "actor"]
    search_fields = ["text", "incident__title"]


@admin.register(IncidentEvidence)
class IncidentEvidenceAdmin(PartAdmin):
    """Evidence, without its content."""

    list_display = ["collected_at", "incident", "kind", "title", "digest", "size"]
    list_filter = ["kind"]
    search_fields = ["title", "digest", "incident__title"]
    exclude = ["content"]


@admin.register(IncidentStep)
class IncidentStepAdmin(PartAdmin):
    """Steps of playbooks."""

    list_display = ["incident", "title", "target", "status", "done_at", "done_by"]
    list_filter = ["status"]
    list_select_related = ["incident", "done_by"]
    search_fields = ["title", "target", "incident__title"]


@admin.register(IncidentContainment)
class IncidentContainmentAdmin(PartAdmin):
    """What the house did at once; taken back on the page of the incident or by the API."""

    list_display = ["taken_at", "incident", "action", "target", "taken_by", "undone_at"]
    list_filter = ["action"]
    list_select_related = ["incident", "taken_by"]
    search_fields = ["target", "reason", "incident__title"]


@admin.register(IncidentDetector)
class IncidentDetectorAdmin(WholeAdmin):
    """How sharply each detector looks; changed by who manages security at every property."""

    list_display = ["code", "is_active", "threshold", "window_seconds", "severity"]
    list_filter = ["is_active", "severity"]
    search_fields = ["code"]
    admin_verbs: ClassVar[dict[str, str]] = {"add": "", "change": "manage", "delete": ""}

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """Through the service."""
        detector_change(detector=obj, changes=form.cleaned_data)
