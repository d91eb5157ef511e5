"""Signing in with a password: people only."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from hotel.accounts.services.grants import dated_roles_materialise
from hotel.core.actor import act_change


class PeopleBackend(ModelBackend):
    """Django's, but machines are refused, and roles with dates begin and end when their holder signs in."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Active people."""
        return super().user_can_authenticate(user) and not user.is_machine

    def authenticate(
        self, request: Any, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Any:
        """See Django."""
        user = super().authenticate(request, username=username, password=password, **kwargs)
        if user is not None:
            act_change(user_id=user.pk)
            dated_roles_materialise(user=user)
        return user
