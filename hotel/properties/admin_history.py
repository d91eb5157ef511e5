"""KeptHistory: an admin class whose history says each change in words, and whose form takes the values of a version.

Nothing is restored by itself: *Restore this version* opens the form with the older values, and saving it goes the way
of any change – the same rights, checks and services, and a version of its own.
"""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import ModelChoiceField
from django.forms.models import BaseInlineFormSet, _get_foreign_key
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from hotel.core.history import Part, State, Version, state_at, values_at, versions_of

PARAMETER = "restore"


class KeptHistory:
    """What became of a row and the parts edited below it, and the way back to how they were."""

    def parts(self) -> list[Part]:
        """The models edited below a row, with their relation to it."""
        found = [(inline.model, _get_foreign_key(self.model, inline.model).name) for inline in self.inlines]  # type: ignore[attr-defined]
        return [(model, name) for model, name in found]

    def history_view(self, request: Any, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Who changed what, from what to what, the newest first; with the way to each older version."""
        row = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if row is None:
            raise Http404
        if not self.has_view_or_change_permission(request, row):  # type: ignore[attr-defined]
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("%(rule)s: what became of it") % {"rule": row},
            "versions": versions_of(row, self.parts()),
            "may_restore": self.has_change_permission(request, row),  # type: ignore[attr-defined]
            "parameter": PARAMETER,
            "object": row,
            "original": row,
            "opts": self.opts,  # type: ignore[attr-defined]
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/rule_history.html", context)

    def get_formsets_with_inlines(self, request: Any, obj: Any = None) -> Any:
        """See Django; with room for the parts that are gone since a version that is asked for."""
        for formset, inline in super().get_formsets_with_inlines(request, obj):  # type: ignore[misc]
            extra = {"extra": len(self._gone(request, obj, inline.model))}
            yield type(formset.__name__, (formset,), extra) if extra["extra"] else formset, inline

    def get_formset_kwargs(self, request: Any, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """See Django; with the values of those parts."""
        found = super().get_formset_kwargs(request, obj, inline, prefix)  # type: ignore[misc]
        gone = self._gone(request, obj, inline.model)
        return {**found, "initial": gone} if gone else found

    def _gone(self, request: Any, row: Any, model: type[models.Model]) -> list[dict[str, Any]]:
        asked = self._asked(request, row) if row is not None and row.pk else None
        then = asked[1].parts.get(model, {}) if asked else {}
        there = set(model._default_manager.filter(pk__in=then).values_list("pk", flat=True))
        blank = model()
        return [values_at(changed, blank)[0] for pk, changed in sorted(then.items()) if pk not in there]

    def _create_formsets(self, request: Any, obj: Any, change: bool) -> Any:
        """See Django; the parts that are there as they were, when a version is asked for."""
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        if change and (asked := self._asked(request, obj)):
            for formset in formsets:
                parts_fill(formset, asked[1])
        return formsets, inlines

    def render_change_form(self, request: Any, context: Any, *args: Any, **kwargs: Any) -> Any:
        """See Django; the values as they were, when a version is asked for."""
        row = context.get("original")
        if row is not None and (asked := self._asked(request, row)):
            version, state = asked
            values, unread = values_at(state.values, row)
            form = context["adminform"].form
            unread += [str(form.fields[name].label) for name in filled(form, values)]
            at = date_format(localtime(version.at), "j M Y H:i")
            words = _("These are the values of %(at)s. Nothing is changed until you save them.") % {"at": at}
            words += " " + _("What it says is the rule as it stands.")
            if unread:
                more = _("These could not be filled in, choose them yourself: %(fields)s.")
                words += " " + more % {"fields": ", ".join(unread)}
            self.message_user(request, words, messages.WARNING)  # type: ignore[attr-defined]
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def _asked(self, request: Any, row: Any) -> tuple[Version, State] | None:
        """The version that is asked for and how the row was then; to fill a form with, never when one is sent."""
        key = request.GET.get(PARAMETER, "")
        if request.method != "GET" or not key.isdecimal() or not self.has_change_permission(request, row):  # type: ignore[attr-defined]
            return None
        if not hasattr(request, "restored_version"):
            versions = {str(one.key): one for one in versions_of(row, self.parts())}
            state = state_at(row, self.parts(), int(key)) if key in versions else None
            request.restored_version = (versions[key], state) if state else None
        return request.restored_version


def filled(form: Any, values: dict[str, Any]) -> list[str]:
    """Show the values in the form's fields; those of relations that cannot be chosen any more are told by name."""
    gone = []
    for name, value in values.items():
        field = form.fields.get(name)
        if field is None:
            continue
        is_choice = isinstance(field, ModelChoiceField) and value is not None
        if is_choice and not field.queryset.filter(pk=value).exists():
            gone.append(name)
        else:
            form.initial[name] = value
    return gone


def parts_fill(formset: BaseInlineFormSet, state: State) -> None:
    """Show the parts that are there with their older values; those that came since are marked to be deleted."""
    then = state.parts.get(formset.model, {})  # type: ignore[arg-type]
    for form in formset.initial_forms:
        row = form.instance
        if row.pk in then:
            filled(form, values_at(then[row.pk], row)[0])
        else:
            form.initial["DELETE"] = True
