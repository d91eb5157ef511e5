"""The stage of the contracts: two properties, and people who hold exactly the rights a test names.

The cast plays the roles of the house; the stage grants single rights, so that a contract stays true
whatever a role contains.
"""

import uuid
from dataclasses import dataclass

from django.contrib.auth.models import Permission
from rest_framework.test import APIClient

from hotel.accounts.models import User
from hotel.accounts.services.areas import areas_sync
from hotel.core.plugs import plugs
from hotel.properties.models import Chain, Property, PropertyUserObjectPermission
from hotel.properties.scoping import codename
from tests.cast import make_property

ALL_RIGHTS = frozenset(codename(verb, plug.area) for plug in plugs() for verb in plug.verbs)
ALL_VIEWS = frozenset(codename("view", plug.area) for plug in plugs() if "view" in plug.verbs)


class Client(APIClient):
    """An API client that sends an Idempotency-Key with each POST, unless told otherwise."""

    def post(self, path, data=None, *, key=None, **extra):
        """POST with a fresh key; ``key=""`` sends none."""
        wanted = uuid.uuid4().hex if key is None else key
        if wanted:
            extra.setdefault("HTTP_IDEMPOTENCY_KEY", wanted)
        return super().post(path, data, **extra)


@dataclass
class Stage:
    """Alpha (EUR, Vienna), Beta (JPY, Tokyo) and people made to measure."""

    alpha: Property
    beta: Property
    people: int = 0

    def person(self, rights, *places: Property) -> User:
        """A user who holds these permission codenames at these properties (Alpha unless told)."""
        self.people += 1
        user = User.objects.create(username=f"person{self.people}", chain=self.alpha.chain)
        known = {p.codename: p for p in Permission.objects.filter(codename__in=rights)}
        assert known.keys() == set(rights), f"no such right: {set(rights) - known.keys()}"
        PropertyUserObjectPermission.objects.bulk_create(
            PropertyUserObjectPermission(user=user, permission=known[name], content_object=place)
            for name in rights
            for place in places or (self.alpha,)
        )
        return user

    def client(self, user: User | None = None) -> Client:
        """A client signed in as the user; anonymous without one."""
        client = Client()
        if user is not None:
            client.force_authenticate(user=User.objects.get(pk=user.pk))
        return client

    def client_of(self, rights, *places: Property) -> Client:
        """A client signed in as a new person with these rights."""
        return self.client(self.person(rights, *places))


def make_stage() -> Stage:
    """Both properties belong to one chain, so that chain-wide rows are covered too."""
    areas_sync()
    chain = Chain.objects.create(code="STAGE", name="Stage Hotels")
    return Stage(
        alpha=make_property(
            chain, "ALPHA", name="Alpha", time_zone="Europe/Vienna", currency="EUR", country="AT"
        ),
        beta=make_property(chain, "BETA", name="Beta", time_zone="Asia/Tokyo", currency="JPY", country="JP"),
    )
