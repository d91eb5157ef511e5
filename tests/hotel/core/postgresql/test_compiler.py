"""The SQL is that of Django's own compiler."""

import pytest
from django.db import connection
from django.db.backends.postgresql import compiler as django_compiler
from django.db.backends.postgresql import operations as django_operations
from django.db.models import Count, Exists, F, OuterRef, Q

from hotel.accounts.models import User
from hotel.core.postgresql.base import DatabaseOperations
from hotel.core.postgresql.compiler import KeptCol, SQLCompiler
from hotel.folios.models import Posting
from hotel.properties.models import Chain, Property
from hotel.reservations.models import Reservation
from hotel.rooms.models import Room, RoomType

QUERIES = {
    "all": lambda: Room.objects.all(),
    "by key": lambda: Room.objects.order_by("pk"),
    "by a name, backwards": lambda: Room.objects.order_by("-number", "room_type__code"),
    "by an expression": lambda: Room.objects.order_by(F("number").desc(nulls_last=True), "pk"),
    "by an annotation": lambda: RoomType.objects.annotate(many=Count("rooms")).order_by("-many", "code"),
    "at random": lambda: Room.objects.order_by("?"),
    "joined": lambda: Reservation.objects.select_related("property__chain", "room_type", "booking"),
    "locked": lambda: Reservation.objects.select_related("booking").order_by("pk").select_for_update(of=("self",)),
    "a table twice": lambda: Room.objects.filter(Q(room_type__rooms__number="1")).select_related("property"),
    "some columns": lambda: Room.objects.only("number", "room_type__code").select_related("room_type"),
    "without some": lambda: Room.objects.defer("number"),
    "values": lambda: Room.objects.values("number", "property__code").order_by("property__code"),
    "values by an alias": lambda: Room.objects.values(named=F("number")).order_by("named"),
    "distinct": lambda: Property.objects.filter(role_assignments__pk=1).distinct().order_by("chain__code"),
    "grouped": lambda: Property.objects.values("chain").annotate(many=Count("pk")).order_by("chain"),
    "in a subquery": lambda: Property.objects.filter(Exists(Room.objects.filter(property=OuterRef("pk")))),
    "within a list": lambda: Posting.objects.filter(property__in=Property.objects.filter(chain__code="X")),
    "together": lambda: Room.objects.filter(number="1").union(Room.objects.filter(number="2")).order_by("number"),
    "a user's": lambda: User.objects.select_related(),
}  # fmt: skip


def compiled(query):
    """As SQL and parameters, by a compiler; a subquery asks the operations for one of its own."""
    return query.query.get_compiler("default").as_sql()


@pytest.fixture
def django_sql(monkeypatch, db):
    """How Django words a query."""

    def worded(query):
        with monkeypatch.context() as patch:
            patch.setattr(connection.ops, "_cache", django_compiler)
            patch.setattr(
                DatabaseOperations,
                "prepare_join_on_clause",
                django_operations.DatabaseOperations.prepare_join_on_clause,
            )
            return compiled(query)

    return worded


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_is_worded_as_by_django(name, django_sql):
    expected = django_sql(QUERIES[name]())

    assert compiled(QUERIES[name]()) == expected
    assert compiled(QUERIES[name]()) == expected


def test_a_column_is_kept_for_the_next_query(db):
    first, second = (
        query.query.get_compiler("default") for query in (Room.objects.all(), Room.objects.all())
    )
    first.as_sql()
    second.as_sql()

    assert isinstance(first, SQLCompiler)
    assert [type(column) for column, _, _ in first.select] == [KeptCol] * len(first.select)
    assert all(one[0] is other[0] for one, other in zip(first.select, second.select, strict=True))


def test_a_kept_column_is_equal_to_an_ordinary_one_and_can_go_by_another_name(db):
    compiler = Chain.objects.all().query.get_compiler("default")
    kept = compiler.get_default_columns({})[0]
    ordinary = Chain._meta.pk.get_col("properties_chain")

    renamed = kept.relabeled_clone({"properties_chain": "U0"})

    assert kept == ordinary
    assert hash(kept) == hash(ordinary)
    assert (type(renamed), renamed.alias, renamed.target) == (type(ordinary), "U0", ordinary.target)
