"""Chains of the cast and the stage with their catalogue of rights, and the trail of what a test does."""

import json

import pytest
from django.db import connection

from hotel.accounts.models import User
from hotel.accounts.services.roles import role_assign
from hotel.core.actor import acting
from security.models import AuditLog
from security.services.catalogue import catalogue_seed
from tests.factories.accounts import role_make, user_make


@pytest.fixture
def house(cast):
    """The cast, whose chain has its catalogue, duties and policy."""
    catalogue_seed(chain=cast.chain)
    return cast


@pytest.fixture
def second(house):
    """Somebody else who may agree to rights at Alpha."""
    person = user_make(house.alpha, username="second", email="second@example.com")
    role = role_make(house.chain, "security.approve", "security.view", code="approver")
    role_assign(user=person, role=role, place=house.alpha)
    return User.objects.get(pk=person.pk)


@pytest.fixture
def entries(db):
    """A function that gives the trail's entries of a table written since the test began."""
    begun = AuditLog.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def since(table: str = "") -> list[AuditLog]:
        rows = AuditLog.objects.filter(pk__gt=begun).order_by("pk")
        return list(rows.filter(table=table) if table else rows)

    return since


@pytest.fixture
def as_bo():
    """Somebody acts: user 7 at the door of the API."""
    with acting(door="api", user_id=7, request_id="request-1", address="192.0.2.7", reason="a test"):
        yield


def row_of(table: str, pk: int) -> dict:
    """A row as the database has it."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t WHERE id = %s', [pk])  # noqa: S608
        return json.loads(cursor.fetchone()[0])
