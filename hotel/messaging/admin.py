"""Messaging in the admin: templates are edited, messages and deliveries only looked at; actions call services."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError

from hotel.messaging.adapters.webhook.adapter import UrlRefused, url_check
from hotel.messaging.domain.addresses import address_problem, normalised
from hotel.messaging.models import (
    Message,
    MessageAttempt,
    MessageTemplate,
    Suppression,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookSecret,
)
from hotel.messaging.services.messages import message_retry
from hotel.messaging.services.suppressions import suppression_add
from hotel.messaging.services.templates import templates_seed
from hotel.messaging.services.webhooks import (
    webhook_change,
    webhook_create,
    webhook_disable,
    webhook_enable,
    webhook_resend,
    webhook_secret_rotate,
)
from hotel.properties.admin_base import ReadOnlyAdmin, ScopedAdmin, ScopedTabularInline
from hotel.properties.models import Property


@admin.register(MessageTemplate)
class MessageTemplateAdmin(ScopedAdmin):
    """The words of messages."""

    list_display = ["code", "channel", "language", "subject", "is_active", "property"]
    list_filter = ["property", "channel", "language", "is_active"]
    list_select_related = ["property"]
    search_fields = ["code", "subject", "body"]
    actions = ["standard_add"]

    @admin.action(description="Add missing standard templates at these properties", permissions=["manage"])
    def standard_add(self, request, queryset):
        """Standard letters for the properties of the chosen templates."""
        rows = self.rows_with(request, "manage", queryset)
        places = Property.objects.filter(pk__in=rows.values("property_id"))
        added = sum(templates_seed(place=place) for place in places)
        self.message_user(request, f"{added} templates added.")


class MessageAttemptInline(ScopedTabularInline):
    """What happened each time."""

    model = MessageAttempt
    fields = readonly_fields = ["number", "outcome", "code", "reason", "started_at", "ended_at"]
    can_delete = False

    def has_add_permission(self, request, obj=None):
        """Only senders write attempts."""
        return False


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    """The message log."""

    list_display = ["created_at", "template_code", "channel", "address", "status", "failure_code", "property"]
    list_filter = ["property", "status", "channel", "purpose"]
    list_select_related = ["property"]
    search_fields = ["recipient_name", "dedupe_key", "provider_message_id"]
    exclude = ["claim"]
    inlines = [MessageAttemptInline]
    actions = ["retry"]

    @admin.action(description="Try again", permissions=["send"])
    def retry(self, request, queryset):
        """Queue failed or suppressed messages again."""
        call = lambda row: message_retry(message=row)  # noqa: E731
        self.each(request, "send", queryset, call, "{} messages queued again.")


class SuppressionForm(forms.ModelForm):
    """Refuses what is no address of the channel."""

    def clean(self):
        """The address in its written form."""
        data = super().clean()
        channel = data.get("channel", "")
        data["address"] = normalised(data.get("address", ""), channel)
        if problem := address_problem(data["address"], channel):
            raise ValidationError({"address": problem})
        return data


@admin.register(Suppression)
class SuppressionAdmin(ScopedAdmin):
    """Addresses to which nothing is sent. Delete a row to allow messages again."""

    form = SuppressionForm
    admin_verbs = {"change": ""}
    list_display = ["address", "channel", "reason", "note", "created_at", "property"]
    list_filter = ["property", "channel", "reason"]
    list_select_related = ["property"]
    search_fields = ["fingerprint"]

    def save_model(self, request, obj, form, change):
        """By the service, which also keys the address."""
        row = suppression_add(
            place=obj.property, channel=obj.channel, address=obj.address, reason=obj.reason, note=obj.note
        )
        obj.pk = row.pk


class WebhookForm(forms.ModelForm):
    """Refuses addresses that the house does not call."""

    def clean_url(self):
        """Checked as the service does."""
        try:
            url_check(self.cleaned_data["url"])
        except UrlRefused as error:
            raise ValidationError(str(error)) from error
        return self.cleaned_data["url"]


class WebhookSecretInline(ScopedTabularInline):
    """The keys, without their secrets."""

    model = WebhookSecret
    fields = readonly_fields = ["key_id", "created_at", "retired_at"]
    can_delete = False

    def has_add_permission(self, request, obj=None):
        """Use the action to make a new secret."""
        return False


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(ScopedAdmin):
    """Receivers of changes."""

    form = WebhookForm
    fields = [
        "property",
        "name",
        "url",
        "topics",
        "is_active",
        "last_position",
        "failures",
        "disabled_reason",
    ]
    readonly_fields = ["is_active", "last_position", "failures", "disabled_reason"]
    list_display = ["name", "url", "is_active", "failures", "last_position", "property"]
    list_filter = ["property", "is_active"]
    list_select_related = ["property"]
    search_fields = ["name", "url"]
    inlines = [WebhookSecretInline]
    actions = ["enable", "disable", "rotate_secret"]

    def save_model(self, request, obj, form, change):
        """By the services; a new secret is shown once."""
        if change:
            webhook_change(endpoint=obj, changes={name: getattr(obj, name) for name in form.changed_data})
            return
        made, secret = webhook_create(place=obj.property, name=obj.name, url=obj.url, topics=obj.topics)
        obj.pk = made.pk
        self._show(request, made, secret)

    @admin.action(description="Enable", permissions=["manage"])
    def enable(self, request, queryset):
        """Tell again, from where it stopped."""
        call = lambda row: webhook_enable(endpoint=row)  # noqa: E731
        self.each(request, "manage", queryset, call, "{} webhooks enabled.")

    @admin.action(description="Disable", permissions=["manage"])
    def disable(self, request, queryset):
        """Stop telling."""
        reason = f"Disabled by {request.user}."
        call = lambda row: webhook_disable(endpoint=row, reason=reason)  # noqa: E731
        self.each(request, "manage", queryset, call, "{} webhooks disabled.")

    @admin.action(description="Make a new secret", permissions=["manage"])
    def rotate_secret(self, request, queryset):
        """A second secret; the older one signs on until it is retired."""
        for endpoint in self.rows_with(request, "manage", queryset):
            self._show(request, endpoint, webhook_secret_rotate(endpoint=endpoint))

    def _show(self, request, endpoint, secret):
        text = f"{endpoint.name}: note the secret now, it is not shown again: {secret.key_id} {secret.secret}"
        self.message_user(request, text, messages.WARNING)


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ReadOnlyAdmin):
    """What was told, and what came back."""

    list_display = [
        "created_at",
        "endpoint",
        "position",
        "topic",
        "kind",
        "status",
        "response_status",
        "attempts",
    ]
    list_filter = ["property", "status", "kind"]
    list_select_related = ["endpoint"]
    search_fields = ["topic", "aggregate"]
    actions = ["resend"]

    @admin.action(description="Send once more", permissions=["manage"])
    def resend(self, request, queryset):
        """Outside the order, tried once."""
        call = lambda row: webhook_resend(delivery=row)  # noqa: E731
        self.each(
            request, "manage", queryset.select_related("endpoint", "property"), call, "{} deliveries queued."
        )
