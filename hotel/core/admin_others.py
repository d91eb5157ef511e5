"""Admin pages of other people's apps in the style of ours; for superusers, as Django's permissions say."""

from typing import Any

from auditlog.admin import LogEntryAdmin
from auditlog.models import LogEntry
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django_celery_beat.admin import (
    ClockedScheduleAdmin,
    CrontabScheduleAdmin,
    PeriodicTaskAdmin,
    PeriodicTaskForm,
    TaskSelectWidget,
)
from django_celery_beat.models import (
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    SolarSchedule,
)
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

for model in (
    ClockedSchedule,
    CrontabSchedule,
    Group,
    IntervalSchedule,
    LogEntry,
    PeriodicTask,
    SolarSchedule,
):
    admin.site.unregister(model)


@admin.register(LogEntry)
class AuditAdmin(LogEntryAdmin, ModelAdmin):
    """Who changed what, with the values before and after."""

    list_display = ["created", "resource_url", "action", "msg_short", "user_url"]
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: the trail is kept."""
        return False


@admin.register(Group)
class GrantGroupAdmin(GroupAdmin, ModelAdmin):
    """Groups that roles are materialised into; only looked at, the roles are what is changed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never by hand."""
        return False


class TaskSelect(UnfoldAdminSelectWidget, TaskSelectWidget):
    """The known tasks as a list."""


class TaskForm(PeriodicTaskForm):
    """The form of a periodic task with our fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["task"].widget = UnfoldAdminTextInputWidget()
        self.fields["regtask"].widget = TaskSelect()


@admin.register(PeriodicTask)
class TaskAdmin(PeriodicTaskAdmin, ModelAdmin):
    """When the house's own work is done; an operator's change is kept by the next deploy."""

    form = TaskForm
    change_form_template = "admin/change_form.html"  # theirs holds an inline script


@admin.register(IntervalSchedule)
class IntervalAdmin(ModelAdmin):
    """Every so often."""


@admin.register(CrontabSchedule)
class CrontabAdmin(CrontabScheduleAdmin, ModelAdmin):
    """At certain times."""


@admin.register(SolarSchedule)
class SolarAdmin(ModelAdmin):
    """By the sun."""


@admin.register(ClockedSchedule)
class ClockedAdmin(ClockedScheduleAdmin, ModelAdmin):
    """Once."""
