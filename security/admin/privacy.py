"""Cases of data protection in the admin: looked at and acted on; every change goes through a service."""

from django.contrib import admin

from hotel.properties.admin_base import ReadOnlyAdmin, ScopedAdmin
from security.models import (
    ErasureCertificate,
    ImpactAssessment,
    LegalHold,
    PrivacyBundle,
    PrivacyRequest,
    Processor,
    RetentionRule,
    RetentionRun,
)
from security.services.holds import hold_lift
from security.services.privacy_requests import erasure_approve, request_carry_out
from security.services.retention import run_approve


@admin.register(PrivacyRequest)
class PrivacyRequestAdmin(ReadOnlyAdmin):
    """Requests of guests."""

    list_display = ["__str__", "guest", "status", "received_on", "due_on", "closed_at", "property"]
    list_filter = ["status", "kind", "property"]
    list_select_related = ["guest", "property"]
    search_fields = ["guest__name_key", "outcome"]
    exclude = ["words", "changes", "history"]
    actions = ["approve_erasure", "carry_out"]

    @admin.action(description="Approve the erasure", permissions=["approve"])
    def approve_erasure(self, request, queryset):
        """As the second person."""
        call = lambda row: erasure_approve(request=row, by=request.user)  # noqa: E731
        self.each(request, "approve", queryset, call, "{} erasures are approved.")

    @admin.action(description="Carry out", permissions=["manage"])
    def carry_out(self, request, queryset):
        """Do what the guests ask for."""
        call = lambda row: request_carry_out(request=row, by=request.user)  # noqa: E731
        self.each(request, "manage", queryset, call, "{} requests are completed.")


@admin.register(PrivacyBundle)
class PrivacyBundleAdmin(ReadOnlyAdmin):
    """Files for guests; what is in them is not shown here."""

    list_display = ["__str__", "request", "status", "progress", "made_at", "expires_at", "downloads"]
    list_filter = ["status", "property"]
    list_select_related = ["request"]
    search_fields = ["digest"]
    exclude = ["document", "printed"]


@admin.register(ErasureCertificate)
class ErasureCertificateAdmin(ReadOnlyAdmin):
    """What erasures did and left."""

    list_display = ["__str__", "guest_id", "issued_at", "keys_forgotten", "digest"]
    list_filter = ["property"]
    search_fields = ["digest"]


@admin.register(LegalHold)
class LegalHoldAdmin(ReadOnlyAdmin):
    """Holds."""

    list_display = ["__str__", "guest", "reference", "placed_at", "lifted_at", "property"]
    list_filter = ["kind", "property"]
    list_select_related = ["guest", "property"]
    search_fields = ["reference", "guest__name_key"]
    exclude = ["reason"]
    actions = ["lift"]

    @admin.action(description="Lift", permissions=["manage"])
    def lift(self, request, queryset):
        """End holds."""
        call = lambda row: hold_lift(hold=row, by=request.user)  # noqa: E731
        self.each(request, "manage", queryset, call, "{} holds are lifted.")


@admin.register(RetentionRule)
class RetentionRuleAdmin(ScopedAdmin):
    """Rules of retention."""

    list_display = ["__str__", "purpose", "valid_from", "valid_to", "source", "is_confirmed", "property"]
    list_filter = ["document_class", "is_confirmed", "property"]
    list_select_related = ["property"]
    search_fields = ["purpose", "source"]


@admin.register(RetentionRun)
class RetentionRunAdmin(ReadOnlyAdmin):
    """Work lists."""

    list_display = ["__str__", "status", "cutoff_on", "due_count", "held_count", "done_count", "approved_by"]
    list_filter = ["status", "property"]
    list_select_related = ["rule", "approved_by"]
    search_fields = ["rule__purpose"]
    actions = ["approve"]

    @admin.action(description="Approve", permissions=["approve"])
    def approve(self, request, queryset):
        """Let a worker carry lists out."""
        call = lambda row: run_approve(run=row, by=request.user)  # noqa: E731
        self.each(request, "approve", queryset, call, "{} lists are approved.")


@admin.register(Processor)
class ProcessorAdmin(ScopedAdmin):
    """Processors."""

    list_display = ["name", "service", "country", "contract_on", "is_active", "property"]
    list_filter = ["is_active", "property"]
    list_select_related = ["property"]
    search_fields = ["name", "service"]


@admin.register(ImpactAssessment)
class ImpactAssessmentAdmin(ScopedAdmin):
    """Assessments."""

    list_display = ["title", "status", "review_on", "property"]
    list_filter = ["status", "property"]
    list_select_related = ["property"]
    search_fields = ["title"]
