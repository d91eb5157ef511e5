"""Incidents and what hangs on them, as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hotel.core.api.serializers import ActionSerializer
from hotel.properties.api.mixins import PropertyField
from security.incident_choices import BreachRisk, EvidenceKind, IncidentSeverity
from security.models import IncidentDetector, IncidentEntry, IncidentEvidence, SecurityIncident
from security.selectors.incidents import actions_of

_WRITABLE = ["property", "category", "severity", "is_drill", "title", "summary", "subject", "detected_at"]
_SHOWN = [
    "id", "status", "detector", "last_signal_at", "signals", "opened_by", "is_breach", "aware_at", "notice_due_at",
    "risk", "risk_reason", "data_categories", "people_affected", "records_affected", "consequences", "measures",
    "authority_told_at", "authority_reference", "late_reason", "people_told_at", "people_told_how", "lessons",
    "closed_at", "open_steps", "actions", "created_at", "updated_at",
]  # fmt: skip


class SecurityIncidentSerializer(serializers.ModelSerializer):
    """Something that endangers the house or the people it knows."""

    property = PropertyField(required=False, allow_null=True)
    detector = serializers.CharField(read_only=True, help_text="Empty when somebody saw it.")
    notice_due_at = serializers.DateTimeField(
        read_only=True,
        allow_null=True,
        help_text="72 hours after aware_at (GDPR 33(1)); null for what is no breach.",
    )
    open_steps = serializers.IntegerField(
        read_only=True, default=0, help_text="Steps of the playbook that wait."
    )
    actions = serializers.SerializerMethodField()

    class Meta:
        model = SecurityIncident
        fields = [*_WRITABLE, *_SHOWN]
        read_only_fields = _SHOWN
        validators: list[Any] = []  # the service says what is wrong

    @extend_schema_field(ActionSerializer(many=True))
    def get_actions(self, row: SecurityIncident) -> Any:
        """Every command, allowed to the caller or denied with its reason."""
        return ActionSerializer(actions_of(row, self.context["request"].user), many=True).data


class WordsSerializer(serializers.Serializer):
    """What was found or done."""

    words = serializers.CharField(max_length=4000, allow_blank=True, default="")


class GradeSerializer(WordsSerializer):
    """How bad it is now, and why."""

    severity = serializers.ChoiceField(choices=IncidentSeverity.choices)


class AssessSerializer(serializers.Serializer):
    """What is known of the personal data concerned (GDPR 33(3)); what is left out stays."""

    is_breach = serializers.BooleanField(required=False, help_text="Whether personal data were touched.")
    aware_at = serializers.DateTimeField(required=False, help_text="When the house knew; now if left out.")
    risk = serializers.ChoiceField(choices=BreachRisk.choices, required=False)
    risk_reason = serializers.CharField(max_length=400, required=False, allow_blank=True)
    data_categories = serializers.CharField(max_length=400, required=False, allow_blank=True)
    people_affected = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False)
    records_affected = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False)
    consequences = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    measures = serializers.CharField(max_length=4000, required=False, allow_blank=True)


class AuthoritySerializer(serializers.Serializer):
    """That the authority was told."""

    told_at = serializers.DateTimeField(required=False, help_text="Now if left out.")
    reference = serializers.CharField(max_length=120, allow_blank=True, default="")
    late_reason = serializers.CharField(
        max_length=400, allow_blank=True, default="", help_text="Needed when later than 72 hours."
    )


class PeopleSerializer(serializers.Serializer):
    """That the people concerned were told."""

    told_at = serializers.DateTimeField(required=False, help_text="Now if left out.")
    how = serializers.CharField(max_length=400)


class IncidentField(serializers.PrimaryKeyRelatedField):
    """An incident that the caller may write about."""

    def get_queryset(self) -> Any:
        """Narrowed to the caller; the schema generator sees none."""
        view = self.context.get("view")
        if view is None or getattr(view, "swagger_fake_view", False):
            return SecurityIncident.objects.none()
        return SecurityIncident.objects.all().visible_to(self.context["request"].user, view.required_verb())


class IncidentEntrySerializer(serializers.ModelSerializer):
    """One line of a timeline."""

    actor_name = serializers.CharField(source="actor", read_only=True, allow_null=True, default=None)

    class Meta:
        model = IncidentEntry
        fields = ["id", "incident", "kind", "at", "actor", "actor_name", "text", "detail"]
        read_only_fields = fields


class IncidentEvidenceSerializer(serializers.ModelSerializer):
    """Something that proves what happened, with its hash; the content itself has an address of its own."""

    incident = IncidentField()
    kind = serializers.ChoiceField(choices=[EvidenceKind.TEXT, EvidenceKind.FILE])
    words = serializers.CharField(
        max_length=200_000, required=False, allow_blank=True, write_only=True, help_text="Of kind text."
    )
    sha256 = serializers.CharField(
        max_length=64, required=False, allow_blank=True, write_only=True, help_text="Of kind file."
    )
    size = serializers.IntegerField(
        min_value=0, max_value=2**62, required=False, help_text="Bytes; of kind file."
    )

    class Meta:
        model = IncidentEvidence
        fields = [
            "id", "incident", "kind", "title", "words", "sha256", "digest", "size", "where_kept", "source_table",
            "row_ids", "collected_at", "collected_by",
        ]  # fmt: skip
        read_only_fields = ["digest", "source_table", "row_ids", "collected_at", "collected_by"]
        validators: list[Any] = []  # the service says what is wrong

    def to_representation(self, instance: Any) -> Any:
        """Rows, too, which nobody can send."""
        return {**super().to_representation(instance), "kind": instance.kind}


class EvidenceCheckSerializer(serializers.Serializer):
    """Whether evidence still is what it was."""

    is_sound = serializers.BooleanField()
    problem = serializers.CharField(
        allow_blank=True, help_text="content_changed, digest_changed, not_in_trail, or empty."
    )
    entry_id = serializers.IntegerField(allow_null=True, help_text="Of the trail; see audit-logs/{id}/proof.")
    is_sealed = serializers.BooleanField()


class IncidentDetectorSerializer(serializers.ModelSerializer):
    """How sharply one detector looks."""

    class Meta:
        model = IncidentDetector
        fields = [
            "id",
            "code",
            "is_active",
            "threshold",
            "window_seconds",
            "severity",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["code", "created_at", "updated_at"]
