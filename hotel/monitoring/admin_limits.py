"""Rules, plans and the kill switch in the admin; every change goes through a service."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from hotel.core.exceptions import NotPermitted
from hotel.core.words import _
from hotel.monitoring.domain.rule_checks import OF_A_FLOOR, problems
from hotel.monitoring.domain.rule_words import limit_in_words
from hotel.monitoring.models import ApiPlan, LimiterState, LimitTally, RateLimit
from hotel.monitoring.models.limits import holds_everywhere
from hotel.monitoring.selectors.rule_trials import limit_terms
from hotel.monitoring.services.plans import plan_delete
from hotel.monitoring.services.rate_limits import CHECKED, rule_change, rule_create, rule_delete
from hotel.properties.admin_base import ReadOnlyAdmin, ScopedAdmin
from hotel.properties.admin_rules import WordedRule
from hotel.properties.scoping import sees_everything


class InstallationAdmin(ScopedAdmin):
    """Rows of the whole installation need the right at every property."""

    def property_ids_of(self, obj: Any) -> list[int]:
        """Its property, when it names one."""
        property_id = getattr(obj, "property_id", None)
        return [] if property_id is None else [property_id]

    def holds(self, request: Any, verb: str, obj: Any = None) -> bool:
        """As of any row; without a property, everywhere."""
        if obj is None or obj.pk is None or getattr(obj, "property_id", None) is not None:
            return super().holds(request, verb, obj)
        if sees_everything(request.user):
            return bool(verb)
        return bool(verb) and holds_everywhere(request.user, verb, self.area_name())


class RateLimitForm(forms.ModelForm):
    """Refuses rules that contradict themselves."""

    def clean(self) -> dict[str, Any]:
        """Said by field."""
        data = super().clean() or {}
        found = problems({**{name: getattr(self.instance, name) for name in CHECKED}, **data})
        if found:
            raise ValidationError(
                {name if name in self.fields else None: text for name, text in found.items()}
            )
        return data


@admin.register(RateLimit)
class RateLimitAdmin(WordedRule, InstallationAdmin):
    """Who may ask how often; ``observe`` first, then ``enforce``."""

    trial_route, trial_words = "monitoring:limit_trial", "Try it on the requests of the last 24 hours"
    form = RateLimitForm
    list_display = [
        "name",
        "priority",
        "scope",
        "rate",
        "period_seconds",
        "burst",
        "action",
        "is_active",
        "is_floor",
        "property",
    ]
    list_filter = ["property", "scope", "action", "is_active", "is_floor"]
    list_select_related = ["property"]
    search_fields = ["name", "description", "operation", "area"]

    def in_words(self, row: RateLimit) -> str:
        """In plain words, as it is saved."""
        return limit_in_words(limit_terms(row))

    def get_readonly_fields(self, request: Any, obj: Any = None) -> Any:
        """Of a floor only the amounts are open."""
        fields = list(super().get_readonly_fields(request, obj))
        if obj is not None and obj.is_floor:
            fields += [
                f.name
                for f in RateLimit._meta.fields
                if f.editable and f.name not in OF_A_FLOOR and f.name not in fields
            ]
        return fields

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        """Floors stay."""
        return not (obj is not None and obj.is_floor) and super().has_delete_permission(request, obj)

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """By the services."""
        if change:
            rule_change(
                rule=RateLimit.objects.get(pk=obj.pk),
                changes={name: getattr(obj, name) for name in form.changed_data},
            )
            return
        if obj.property_id is None and not self._is_everywhere(request):
            raise NotPermitted(
                _("A rule for all properties needs the right at all of them. Choose a property.")
            )
        made = rule_create(values={name: getattr(obj, name) for name in form.cleaned_data})
        obj.pk = made.pk

    def _is_everywhere(self, request: Any) -> bool:
        return sees_everything(request.user) or holds_everywhere(request.user, "manage", self.area_name())

    def delete_model(self, request: Any, obj: Any) -> None:
        """By the service."""
        rule_delete(rule=obj)

    def delete_queryset(self, request: Any, queryset: Any) -> None:
        """One by one, all or none."""
        for rule in self.rows_with(request, "manage", queryset):
            rule_delete(rule=rule)


@admin.register(ApiPlan)
class ApiPlanAdmin(InstallationAdmin):
    """Classes of clients."""

    list_display = ["name", "description", "concurrency"]
    search_fields = ["name", "description"]
    filter_horizontal = ["tokens"]

    def delete_model(self, request: Any, obj: Any) -> None:
        """By the service: a plan that rules are for stays."""
        plan_delete(plan=obj)

    def delete_queryset(self, request: Any, queryset: Any) -> None:
        """One by one, all or none."""
        for plan in self.rows_with(request, "manage", queryset):
            plan_delete(plan=plan)


@admin.register(LimiterState)
class LimiterStateAdmin(InstallationAdmin):
    """The kill switch: set a moment and a reason, and until then rules only count."""

    admin_verbs = {"add": "", "delete": ""}
    list_display = ["version", "suspended_until", "suspended_reason"]
    search_fields = ["suspended_reason"]
    readonly_fields = ["version"]


@admin.register(LimitTally)
class LimitTallyAdmin(ReadOnlyAdmin):
    """What each rule did, hour by hour; in observe mode, whom it would have refused."""

    list_display = ["hour", "rule", "passed", "refused", "observed"]
    list_filter = ["rule"]
    list_select_related = ["rule"]
    search_fields = ["rule__name"]

    def property_ids_of(self, obj: Any) -> list[int]:
        """Of its rule."""
        return [obj.rule.property_id] if obj.rule.property_id else []

    def holds(self, request: Any, verb: str, obj: Any = None) -> bool:
        """As of its rule."""
        if obj is None or obj.rule.property_id is not None or sees_everything(request.user):
            return super().holds(request, verb, obj)
        return bool(verb) and holds_everywhere(request.user, verb, self.area_name())
