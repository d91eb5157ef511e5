"""The readable audit by django-auditlog: every model but those a plug names with a reason, and who asks."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from auditlog.cid import set_cid
from auditlog.context import _set_extra_data, auditlog_value
from auditlog.middleware import AuditlogMiddleware
from auditlog.registry import auditlog
from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.db.models.signals import pre_save  # noqa: TID251  auditlog's own, connected once
from django.http import HttpRequest, HttpResponse

from hotel.core.plugs import plugs

RECEIVER = "audit: who asks"


class AuditMiddleware(AuditlogMiddleware):
    """Tells auditlog who asks, by one receiver for the whole process.

    Its own connects one for each request, and connecting makes Django forget who listens to the saving of what.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the actor and the address known to auditlog."""
        set_cid(request)
        known = auditlog_value.set({**self.get_extra_data(request), "signal_duid": RECEIVER})
        try:
            return self.get_response(request)
        finally:
            auditlog_value.reset(known)


def register_models() -> None:
    """Register all component models; ``ComponentPlug.audit_excluded`` and ``audit_masked`` are honoured."""
    from auditlog.models import LogEntry  # models are not loaded yet when this module is

    pre_save.connect(
        partial(_set_extra_data, signal_duid=RECEIVER), sender=LogEntry, dispatch_uid=RECEIVER, weak=False
    )
    excluded = {name for plug in plugs() for name in plug.audit_excluded}
    masked = {name: fields for plug in plugs() for name, fields in plug.audit_masked.items()}
    labels = {component.rsplit(".", 1)[-1] for component in settings.COMPONENTS}
    for model in apps.get_models():
        if model._meta.app_label not in labels or model._meta.label in excluded or auditlog.contains(model):
            continue
        auditlog.register(
            model, mask_fields=list(masked.get(model._meta.label, ())), exclude_fields=["updated_at"]
        )


def actor_note(user: Any) -> None:
    """Tell the audit of this request who acts: the middleware runs before a token is read.

    The context is changed in place, because auditlog's own ``set_actor`` leaves a receiver behind when nested.
    """
    context = auditlog_value.get(None)
    if context is not None and user is not None and user.is_authenticated:
        context["actor"] = user


def audit_note(instance: Model, changes: Mapping[str, tuple[str, str]]) -> None:
    """Write changes of rows that are not audited themselves into the audit of the row they belong to.

    Args:
        instance: an audited row.
        changes: what was changed, in words, to its value before and after; nothing is written when empty.
    """
    from auditlog.models import LogEntry  # models are not loaded yet when this module is

    if changes:
        shown = {name: list(values) for name, values in changes.items()}
        LogEntry.objects.log_create(instance, action=LogEntry.Action.UPDATE, changes=shown)


def masked(value: str) -> str:
    """What stands in the readable audit for a masked value: whether there was one, nothing of it."""
    return "" if value in ("", "None") else "•••"
