"""Pages with forms that act: what is sent is checked, done by a service, and a refusal told where it was typed."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from hotel.accounts.door import confirm
from hotel.core.aftermath import aftermath_write
from hotel.core.exceptions import PmsError, VersionConflict
from hotel.core.services.idempotency import KeyInFlight, KeyReused, done_once, was_done
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.parts import ConfirmField
from hotel.dashboard.shell import shell_of
from hotel.folios.services.payment_data import KeyOfAnotherPayment

PATIENCE = timedelta(seconds=10)  # of a second click for what the first one is doing


@dataclass(frozen=True)
class Act:
    """One form of a page, and what it does.

    Attributes:
        form: its class.
        work: gets the page and the valid form's values, and returns what to tell afterwards; nothing when it has told.
        verb: the right it needs, on ``area``, or on the area of the page.
        is_once: done at most once under the form's hidden key, in one transaction; services that know their key
            themselves need it not.
        step_up: the form asks for the password, unless it was named lately.
        needs: what its form is built with, of the page.
        when: whether it makes sense now, so that its form is shown; the service decides.
        secrets: fields such as a password, of which not even a hash is kept with the key.
    """

    form: type[forms.Form]
    work: Callable[[Any, dict[str, Any]], str]
    verb: str
    area: str = ""
    is_once: bool = False
    step_up: bool = False
    needs: Callable[[Any], dict[str, Any]] = lambda page: {}
    when: Callable[[Any], bool] = lambda page: True
    secrets: tuple[str, ...] = ()


class ActingPage(StaffPage, TemplateView):
    """A page whose forms are sent back to it, each under its name in ``do``; the next page follows a success.

    Class attributes:
        acts: name to form and work. A form is on the page for those who hold its right, while the act is possible.
    """

    acts: ClassVar[Mapping[str, Act]] = {}

    def about(self, name: str) -> dict[str, Any]:
        """What a form is built with beside what was sent; as its act says."""
        return self.acts[name].needs(self)

    def after(self, name: str) -> str:
        """The address to go to when it is done; this page again unless told otherwise."""
        return self.request.path

    def stale(self) -> str:
        """What to tell when somebody else was faster."""
        return _("Somebody changed this meanwhile; nothing of yours was done. This is how it stands now.")

    def may(self, name: str) -> bool:
        """Whether the person holds the right of an act here."""
        act = self.acts[name]
        return shell_of(self.request).may(act.verb, act.area or self.area)

    def is_possible(self, name: str) -> bool:
        """Whether it makes sense now, so that its form is shown; as its act says."""
        return self.acts[name].when(self)

    def form(self, name: str, sent: Any = None) -> forms.Form:
        """The form of an act, empty or as it was sent; fields are named after the act."""
        form = self.acts[name].form(sent, prefix=name, **self.about(name))
        if self.acts[name].step_up and not getattr(self.request, "is_confirmed", False):
            form.fields["confirm"] = ConfirmField()
        return form

    def get_context_data(self, sent: Mapping[str, forms.Form] | None = None, **kwargs: Any) -> dict[str, Any]:
        """The forms by name; one that was refused is shown as it was sent."""
        sent = sent or {}
        names = [name for name in self.acts if name in sent or (self.may(name) and self.is_possible(name))]
        shown = {name: sent.get(name) or self.form(name) for name in names}
        return super().get_context_data(forms=shown, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do one act; on a refusal nothing has changed, and what was typed stays."""
        name = request.POST.get("do", "")
        if name not in self.acts:
            raise Http404
        if not self.may(name):
            raise PermissionDenied
        form = self.form(name, request.POST)
        if form.is_valid() and self.is_done(name, form):
            return redirect(self.after(name))
        if self._was_done(name, form):  # what it did may be why it cannot be done again
            messages.success(request, _("This was done already; the second time did nothing."))
            return redirect(self.after(name))
        return self.render_to_response(self.get_context_data(sent={name: form}, **kwargs))

    def is_done(self, name: str, form: forms.Form) -> bool:
        """Do it and tell; False when the form has to be filled in otherwise."""
        try:
            if told := self._do(name, form.cleaned_data):
                messages.success(self.request, told)
        except KeyInFlight:
            messages.info(self.request, _("This is being done already."))
        except (KeyReused, KeyOfAnotherPayment):
            messages.error(
                self.request, _("This form was sent before with other values. Nothing was done now.")
            )
        except VersionConflict:
            messages.warning(self.request, self.stale())
        except PmsError as error:
            aftermath_write(error)
            refused(form, error)
            return False
        return True

    def _do(self, name: str, values: dict[str, Any]) -> str:
        act, told = self.acts[name], [_("This was done already; the second time did nothing.")]
        if "confirm" in values:
            confirm(self.request, values.pop("confirm"))
        if not act.is_once:
            return act.work(self, values)

        def work() -> None:
            told[0] = act.work(self, values)

        left_out = {"csrfmiddlewaretoken", *(f"{name}-{field}" for field in ("confirm", *act.secrets))}
        sent = sorted((key, value) for key, value in self.request.POST.lists() if key not in left_out)
        done_once(
            **self._once(values.pop("key")),
            body_hash=hashlib.sha256(urlencode(sent, doseq=True).encode()).hexdigest(),
            work=work,
            patience=PATIENCE,
        )
        return told[0]

    def _was_done(self, name: str, form: forms.Form) -> bool:
        """Whether a form that is refused now was sent before, and did what it says."""
        key = form.cleaned_data.get("key")
        return self.acts[name].is_once and key is not None and was_done(**self._once(key))

    def _once(self, key: object) -> dict[str, str]:
        """What a form sent once is known by."""
        return {
            "principal": f"user:{self.request.user.pk}",
            "route": f"POST {self.request.path}",
            "key": str(key),
        }


def refused(form: forms.Form, error: PmsError) -> None:
    """Put a refusal of a service on the form, beside the field it speaks of when it names one."""
    fields = {name: texts for name, texts in error.fields.items() if name in form.fields}
    if not fields:
        form.add_error(None, error.message)
    for name, texts in fields.items():
        form.add_error(name, texts)
