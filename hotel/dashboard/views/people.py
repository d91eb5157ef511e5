"""People and roles: who works here, as what, and how he signs in. What is refused is refused by the services."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from hotel.accounts.models import Role, User
from hotel.accounts.request_ports import RoleWanted, request_desk
from hotel.accounts.selectors.people import LISTED, people_of, roles_of
from hotel.accounts.services.invitations import FirstRole, first_password_renew, person_invite
from hotel.accounts.services.roles import role_assign, role_revoke
from hotel.accounts.services.sessions import sessions_end
from hotel.accounts.services.users import user_activate, user_deactivate
from hotel.core.exceptions import InvalidInput, PmsError
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.people import EndRoleForm, InviteForm, RenewForm, RoleForm
from hotel.dashboard.role_words import right_words
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.dashboard.views.setup import ways

SECOND = "second_person_required"  # what a guard above says when somebody else must agree


def refusal(error: ValidationError) -> InvalidInput:
    """What a model refuses, as a service says it."""
    fields = error.message_dict if hasattr(error, "error_dict") else {"password": error.messages}
    return InvalidInput(" ".join(error.messages), code="invalid", fields=fields)


def _asked(page: ActingPage, person: User, values: dict[str, Any], error: PmsError) -> str:
    """Ask the second person whom a role needs; nothing is given before he agrees.

    Raises:
        InvalidInput: no reason was given.
        PmsError: what was refused, where nobody can be asked.
    """
    desk = request_desk()
    if desk is None or error.code != SECOND:
        raise error
    if not values["reason"].strip():
        text = _("Somebody else must agree to this role. Say what it is for; it is given once that is done.")
        raise InvalidInput(text, code="reason_required", fields={"reason": [text]})
    days = {name: values[name] for name in ("valid_from", "valid_to")}
    user: Any = page.request.user
    desk.ask(RoleWanted(user=person, role=values["role"], place=page.place, **days), values["reason"], user)
    return _("%(role)s waits until somebody else agrees.") % {"role": values["role"]}


def _invited(page: "PeoplePage", values: dict[str, Any]) -> str:
    about = {name: values[name] for name in ("username", "email", "display_name")}
    days = {name: values[name] for name in ("valid_from", "valid_to")}
    user: Any = page.request.user
    common: dict[str, Any] = {
        "place": page.place,
        "values": {**about, "is_staff": True},
        "password": values["password"],
        "by": user,
    }
    told = _("%(name)s can sign in as %(username)s with the password that you wrote down.")
    told %= {"name": about["display_name"], "username": about["username"]}
    try:
        with transaction.atomic():
            person_invite(first=FirstRole(role=values["role"], **days), **common)
    except ValidationError as error:
        raise refusal(error) from error
    except PmsError as error:
        if error.code != SECOND:
            raise
        with transaction.atomic():
            waits = _asked(page, person_invite(first=None, **common), values, error)
        return f"{told} {waits}"
    return told


def _given(page: "PersonPage", values: dict[str, Any]) -> str:
    days = {name: values[name] for name in ("valid_from", "valid_to")}
    user: Any = page.request.user
    try:
        with transaction.atomic():
            role_assign(user=page.person, role=values["role"], place=page.place, by=user, **days)
    except PmsError as error:
        return _asked(page, page.person, values, error)
    return _("%(person)s is %(role)s here now.") % {"person": page.person, "role": values["role"]}


def _ended(page: "PersonPage", values: dict[str, Any]) -> str:
    user: Any = page.request.user
    role_revoke(assignment=values["assignment"], by=user)
    return _("The role has ended, also in every browser that is open.")


def _signed_out(page: "PersonPage", values: dict[str, Any]) -> str:
    user: Any = page.request.user
    count = sessions_end(user=page.person, by=user)
    return ngettext("%(n)d session has ended.", "%(n)d sessions have ended.", count) % {"n": count}


def _shut_out(page: "PersonPage", values: dict[str, Any]) -> str:
    user: Any = page.request.user
    user_deactivate(user=page.person, by=user)
    return _("%(person)s is shut out. What was done stays on record.") % {"person": page.person}


def _let_in(page: "PersonPage", values: dict[str, Any]) -> str:
    user: Any = page.request.user
    user_activate(user=page.person, by=user)
    return _("%(person)s may sign in again, with the roles that are left.") % {"person": page.person}


def _renewed(page: "PersonPage", values: dict[str, Any]) -> str:
    user: Any = page.request.user
    try:
        with transaction.atomic():
            first_password_renew(user=page.person, password=values["password"], by=user)
    except ValidationError as error:
        raise refusal(error) from error
    return _("%(person)s signs in with the password that you wrote down, and chooses another then.") % {
        "person": page.person
    }


class PeoplePage(ActingPage):
    """Everybody who works here, and the form for who begins."""

    area = "accounts"
    template_name = "dashboard/people.html"
    acts: ClassVar = {
        "invite": Act(
            InviteForm,
            _invited,
            "manage",
            is_once=True,
            step_up=True,
            secrets=("password",),
            needs=lambda page: {"roles": page.roles},
        )
    }

    @cached_property
    def roles(self) -> list[Role]:
        """The roles of the company."""
        return list(Role.objects.filter(chain=self.place.chain_id).order_by("name"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """People with their roles, what waits, and where it is answered."""
        desk = request_desk()
        return super().get_context_data(
            people=people_of(self.place, self.request.user)[:LISTED],
            waiting=desk.waiting(self.place, self.request.user) if desk else [],
            answers=reverse(desk.route) if desk else "",
            ways=ways(self.request),
            **kwargs,
        )


class PersonPage(ActingPage):
    """One person: roles with their days, how he signs in, and what may be done about it."""

    area = "accounts"
    template_name = "dashboard/person.html"
    acts: ClassVar = {
        "give": Act(RoleForm, _given, "manage", is_once=True, step_up=True,
                    needs=lambda page: {"roles": page.roles}, when=lambda page: page.is_other),
        "end": Act(EndRoleForm, _ended, "manage", is_once=True,
                   needs=lambda page: {"held": page.person.held},
                   when=lambda page: page.is_other and bool(page.person.held)),
        "out": Act(forms.Form, _signed_out, "manage", when=lambda page: page.person.session_count > 0),
        "password": Act(RenewForm, _renewed, "manage", is_once=True, step_up=True, secrets=("password",),
                        when=lambda page: page.is_other and page.person.is_active),
        "deactivate": Act(forms.Form, _shut_out, "manage",
                          when=lambda page: page.is_other and page.person.is_active),
        "activate": Act(forms.Form, _let_in, "manage", when=lambda page: not page.person.is_active),
    }  # fmt: skip

    @cached_property
    def person(self) -> Any:
        """The person of the address.

        Raises:
            Http404: nobody who belongs to this property.
        """
        return get_object_or_404(people_of(self.place, self.request.user), pk=self.kwargs["pk"])

    @property
    def is_other(self) -> bool:
        """Whether it is somebody else than oneself."""
        return self.person.pk != self.request.user.pk

    @cached_property
    def roles(self) -> list[Role]:
        """The roles of the company."""
        return list(Role.objects.filter(chain=self.place.chain_id).order_by("name"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The person, and what waits for him."""
        desk = request_desk()
        waiting = desk.waiting(self.place, self.request.user) if desk else []
        return super().get_context_data(
            person=self.person,
            is_other=self.is_other,
            waiting=[row for row in waiting if row.user.pk == self.person.pk],
            answers=reverse(desk.route) if desk else "",
            **kwargs,
        )


class RolesPage(StaffPage, TemplateView):
    """The roles of the company, and in plain words what each may do."""

    area = "accounts"
    template_name = "dashboard/roles.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Roles with their rights by area."""
        rows = [(role, right_words(role.permissions.all())) for role in roles_of(self.place.chain)]
        return super().get_context_data(rows=rows, **kwargs)
