"""Every foreign key between rows of properties is tied to the property in the database, or says why not."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import ForeignKey

from hotel.properties.models import Property
from hotel.properties.scoping import PropertyScopedModel
from hotel.properties.selectors.ties import STANDING, Reference, foreign_keys, is_tied, references, untied
from hotel.properties.selectors.walls import walls
from tests.architecture.survey import factories
from tests.structure import by_owner

TABLES = apps.get_models(include_auto_created=True)
TIES = [one for one in references() if one.is_tie]


def carries_a_property(model) -> bool:
    return any(field.related_model is Property and field.name == "property" for field in foreign_keys(model))


def said() -> list[ForeignKey]:
    """Foreign keys whose table and target have a column that names a property."""
    carriers = [model for model in TABLES if carries_a_property(model)]
    return [field for model in carriers for field in foreign_keys(model) if field.related_model in carriers]


def standing() -> list[tuple[Reference, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        return [
            (Reference(table, tuple(columns), target, tuple(keys)), is_checked)
            for table, columns, target, keys, is_checked, _ in cursor.fetchall()
        ]


@pytest.mark.parametrize("field", said(), ids=str)
def test_a_foreign_key_within_a_property_is_tied_or_says_why_not(field):
    if str(field) in untied():
        assert len(untied()[str(field)]) > 9
        return
    assert issubclass(field.model, PropertyScopedModel) is is_tied(field) is True, (
        f"{field} could point at another property: derive both models from PropertyScopedModel,"
        " or say in the plug's `untied` why it may"
    )


def test_no_reason_is_stale():
    assert untied().keys() - set(map(str, said())) == set()


def test_a_table_that_joins_rows_of_properties_without_naming_one_compares_them_in_its_wall():
    """Whatever hangs on one parent only is of its property; with two there could be two."""
    pairs = {
        model._meta.db_table
        for model in TABLES
        if not carries_a_property(model)
        and sum(issubclass(field.related_model, PropertyScopedModel) for field in foreign_keys(model)) > 1
    }
    checks = {wall.table: wall.check for wall in walls()}
    assert {table for table in pairs if "USING (property_id)" not in checks.get(table, "")} == set()
    assert len(pairs) == 5


def test_the_database_has_every_tie_and_none_is_unproven(db):
    found = standing()
    assert len(TIES) > 100
    assert [one for one in references() if (one, True) not in found] == []
    assert [one for one in TIES if (one.single, True) in found] == [], "checked twice, paid twice"


def test_ties_are_checked_when_djangos_would_be_at_the_end_of_the_transaction(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT condeferrable, condeferred, confupdtype, confdeltype FROM pg_constraint"
            " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
        )
        assert cursor.fetchall() == [(True, True, "a", "a")]


def test_no_foreign_key_of_any_model_was_lost(db):
    found = {(one.table, one.columns[-1], one.target) for one, _ in standing()}
    lost = [
        str(field)
        for model in TABLES
        if model._meta.managed
        for field in foreign_keys(model)
        if field.db_constraint
        and (model._meta.db_table, field.column, field.related_model._meta.db_table) not in found
    ]
    assert lost == []


MADE = {model._meta.db_table: make for model, make in factories().items() if hasattr(model, "_meta")}
# The last of the ties to each target of which rows can be made: all others are the same but for their names.
TRIED = {one.target: one for one in TIES if one.table in MADE and one.target in MADE}


def refused_by(one: Reference, place, other) -> str:
    """What keeps a row of one property from pointing at a row of another, when only the tie is left to do so."""
    foreign, child = MADE[one.target](other), MADE[one.table](place)
    try:
        with transaction.atomic(), by_owner(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {one.table} DISABLE TRIGGER USER")
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'u', 'x')",
                [one.table],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {one.table} DROP CONSTRAINT "{name}" CASCADE')
            cursor.execute(
                f"UPDATE {one.table} SET {one.columns[1]} = %s WHERE id = %s",  # noqa: S608
                [foreign.pk, child.pk],
            )
    except DatabaseError as error:
        return getattr(error.__cause__.diag, "constraint_name", "") or str(error)
    return ""


def test_no_row_can_be_pointed_at_another_property_by_anybody(cast):
    found = {}
    for one in TRIED.values():
        with transaction.atomic():
            found[one.name] = refused_by(one, cast.alpha, cast.beta)
            transaction.set_rollback(True)
    assert len(found) == 40
    assert {name: by for name, by in found.items() if by != name} == {}
