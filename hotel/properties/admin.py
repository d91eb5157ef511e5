"""Properties in the admin. Commands with consequences go through services; business days are read only."""

from typing import Any

from django import forms
from django.contrib import admin

from hotel.properties.admin_base import ReadOnlyAdmin, ScopedAdmin, SharedAdmin
from hotel.properties.choices import SettingKey
from hotel.properties.models import (
    AgeBand,
    Building,
    BusinessDay,
    Chain,
    Floor,
    Property,
    PropertyGroup,
    PropertyGroupObjectPermission,
    PropertyRestraint,
    PropertySetting,
    PropertyUserObjectPermission,
    Section,
)
from hotel.properties.scoping import grants_of
from hotel.properties.services.age_bands import age_band_delete
from hotel.properties.services.groups import group_change, group_delete
from hotel.properties.services.properties import CHANGEABLE, property_change
from hotel.properties.services.settings import setting_remove, setting_set


@admin.register(Chain)
class ChainAdmin(ReadOnlyAdmin):
    """Hotel companies."""

    list_display = ["name", "code"]
    search_fields = ["name", "code"]

    def property_ids_of(self, obj: Any) -> list[int]:
        """Of the chain's properties."""
        return list(obj.properties.values_list("pk", flat=True))


@admin.register(Property)
class PropertyAdmin(ScopedAdmin):
    """Hotels: their master data; what amounts and nights were made with stays as it is."""

    admin_verbs = {"add": "", "delete": ""}
    list_display = ["name", "code", "chain", "time_zone", "currency", "business_date", "is_active"]
    list_filter = ["is_active", "currency", "country"]
    list_select_related = ["chain"]
    search_fields = ["name", "code", "brand_name"]
    readonly_fields = ["chain", "code", "currency", "time_zone", "business_date"]

    def save_model(self, request, obj, form, change):
        """By the service, which counts the version and tells the house."""
        changes = {name: form.cleaned_data[name] for name in form.changed_data if name in CHANGEABLE}
        property_change(place=obj, changes=changes)


@admin.register(PropertyGroup)
class PropertyGroupAdmin(SharedAdmin):
    """Groups of properties; roles granted on one follow its members."""

    admin_verbs = {"add": ""}
    list_display = ["name", "chain"]
    list_select_related = ["chain"]
    search_fields = ["name"]
    readonly_fields = ["chain"]
    filter_horizontal = ["properties"]

    def property_ids_of(self, obj: Any) -> Any:
        """Of all its members, also those that its page does not show."""
        members = PropertyGroup.properties.through.objects.filter(propertygroup=obj.pk)
        return members.values_list("property", flat=True)

    def save_model(self, request, obj, form, change):
        """By the service, with the members: a role that does not fit a new one is refused."""
        group_change(group=obj, name=obj.name, properties=form.cleaned_data["properties"], by=request.user)

    def save_related(self, request, form, formsets, change):
        """The service has written the members."""

    def delete_model(self, request, obj):
        """By the service."""
        group_delete(group=obj, by=request.user)

    def delete_queryset(self, request, queryset):
        """One by one, by the service."""
        for group in queryset:
            group_delete(group=group, by=request.user)


class SettingForm(forms.ModelForm):
    """Offers the settings there are."""

    key = forms.ChoiceField(choices=SettingKey.choices)


@admin.register(PropertySetting)
class PropertySettingAdmin(ScopedAdmin):
    """Dated settings: a new value is added for a later day, an old one stays."""

    form = SettingForm
    admin_verbs = {"change": ""}
    list_display = ["key", "value", "valid_from", "property"]
    list_filter = ["property", "key"]
    list_select_related = ["property"]
    search_fields = ["key"]

    def save_model(self, request, obj, form, change):
        """By the service, which knows the shape of each value and the open business date."""
        obj.pk = setting_set(place=obj.property, key=obj.key, value=obj.value, valid_from=obj.valid_from).pk

    def delete_model(self, request, obj):
        """By the service."""
        setting_remove(setting=obj)

    def delete_queryset(self, request, queryset):
        """One by one, by the service."""
        for setting in queryset:
            setting_remove(setting=setting)


@admin.register(Building)
class BuildingAdmin(ScopedAdmin):
    """Buildings."""

    list_display = ["code", "name", "property"]
    list_filter = ["property"]
    search_fields = ["code", "name"]


@admin.register(Floor)
class FloorAdmin(ScopedAdmin):
    """Floors."""

    list_display = ["__str__", "level", "building", "property"]
    list_filter = ["property"]
    list_select_related = ["building", "property"]
    search_fields = ["name", "building__name", "building__code"]


@admin.register(Section)
class SectionAdmin(ScopedAdmin):
    """Sections of housekeeping."""

    list_display = ["code", "name", "property"]
    list_filter = ["property"]
    search_fields = ["code", "name"]


@admin.register(AgeBand)
class AgeBandAdmin(ScopedAdmin):
    """Age bands."""

    list_display = ["name", "code", "min_age", "max_age", "takes_bed", "property"]
    list_filter = ["property"]
    search_fields = ["code", "name"]

    def delete_model(self, request, obj):
        """By the service, which keeps the adult band."""
        age_band_delete(band=obj)

    def delete_queryset(self, request, queryset):
        """One by one, by the service."""
        for band in queryset:
            age_band_delete(band=band)


@admin.register(BusinessDay)
class BusinessDayAdmin(ReadOnlyAdmin):
    """Business days: opened and closed by the night audit only."""

    list_display = ["business_date", "property", "opened_at", "closed_at"]
    list_filter = ["property"]
    list_select_related = ["property"]
    search_fields = ["property__name", "property__code"]


@admin.register(PropertyRestraint)
class PropertyRestraintAdmin(ReadOnlyAdmin):
    """What is held back at hotels, now and before; incidents and a full disk place it and take it back."""

    list_display = ["kind", "property", "source", "reason", "placed_at", "until", "ended_at"]
    list_filter = ["property", "kind", "source", ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["property"]
    search_fields = ["reason"]


class GrantAdmin(ReadOnlyAdmin):
    """Rights on a property, as they are enforced; roles write them (see accounts)."""

    area = "accounts"
    list_filter = ["content_object", "permission__codename"]
    list_select_related = ["permission", "content_object"]

    def property_ids_of(self, obj: Any) -> list[int]:
        """Of the property the right is on."""
        return [obj.content_object_id]

    def rows_with(self, request: Any, verb: str, rows: Any) -> Any:
        """Rights on the properties where the person holds the verb on accounts."""
        held = grants_of(request.user).property_ids(verb, self.area_name())
        return rows.filter(content_object__in=held)

    @admin.display(description="Right", ordering="permission__codename")
    def right(self, obj: Any) -> str:
        """The right's codename."""
        return obj.permission.codename


@admin.register(PropertyGroupObjectPermission)
class PropertyGroupObjectPermissionAdmin(GrantAdmin):
    """Rights that the holders of a role have."""

    list_display = ["right", "group", "content_object"]
    list_select_related = ["permission", "content_object", "group"]
    search_fields = ["permission__codename", "group__name"]


@admin.register(PropertyUserObjectPermission)
class PropertyUserObjectPermissionAdmin(GrantAdmin):
    """Rights that one person has besides his roles."""

    list_display = ["right", "user", "content_object"]
    list_select_related = ["permission", "content_object", "user"]
    search_fields = ["permission__codename", "user__username"]
