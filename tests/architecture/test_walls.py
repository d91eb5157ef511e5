"""Every table of rows of a property stands behind forced row-level security: no scope, no rows; another's, none either."""

import re
from contextlib import suppress

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction

from hotel.properties.scoping import PropertyScopedModel
from hotel.properties.selectors.walls import POLICY, walls
from hotel.properties.tenancy import EVERYTHING, NOBODY, tenant_scope
from tests.architecture.exempt import GLOBAL_MODELS, OPEN_TABLES
from tests.architecture.survey import ROOT, factories, modules, product, shown
from tests.cast import TODAY
from tests.factories.rooms import room_feature_make, room_make

WALLS = {wall.table: wall for wall in walls()}
SCOPED = [model for model in apps.get_models() if issubclass(model, PropertyScopedModel)]
OWN = sorted(model._meta.db_table for model in SCOPED)
MADE = [model for model in SCOPED if model in factories()]  # all others have the very same policy
OPEN = {*OPEN_TABLES, *(apps.get_model(label)._meta.db_table for label in GLOBAL_MODELS)}
PAIRS = sorted(set(WALLS) - set(OWN))


def asked(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def count(table):
    return asked(f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608


def test_every_table_that_names_a_property_has_the_policy_forced_for_everybody(db):
    rows = asked(
        "SELECT class.relname, class.relrowsecurity, class.relforcerowsecurity, policy.permissive, policy.roles::text,"
        "       policy.cmd, policy.qual, policy.with_check"
        "  FROM pg_class AS class LEFT JOIN pg_policies AS policy"
        "    ON policy.tablename = class.relname AND policy.policyname = %s AND policy.schemaname = current_schema()"
        " WHERE class.relnamespace = current_schema()::regnamespace AND class.relkind IN ('r', 'p')"
        "   AND NOT class.relispartition AND (class.relname = ANY (%s) OR EXISTS (SELECT FROM pg_attribute"
        "        WHERE attrelid = class.oid AND attname IN ('property_id', 'home_property_id')))",
        POLICY,
        PAIRS,
    )
    found = {row[0]: row[1:6] for row in rows}
    assert found.keys() >= WALLS.keys()
    unexplained = found.keys() - WALLS.keys() - OPEN
    assert unexplained == set(), (
        "derive the model from PropertyScopedModel, or say why not in exempt.GLOBAL_MODELS"
    )
    found = {table: found[table] for table in WALLS}
    assert set(found.values()) == {(True, True, "PERMISSIVE", "{public}", "ALL")}
    words = {row[6:] for row in rows if row[0] in OWN}
    assert len(words) == 1, (
        "the same condition everywhere, for what may be seen and for what a row may become"
    )
    [(seen, becomes)] = words
    assert seen == becomes
    assert "current_setting('app.properties'::text, true)" in seen
    assert "property_id = ANY" in seen


def test_no_other_policy_lets_more_through(db):
    assert asked("SELECT tablename, policyname FROM pg_policies WHERE policyname <> %s", POLICY) == []


def test_no_open_table_is_behind_the_wall_after_all():
    assert set(OPEN) & set(WALLS) == set()
    assert all(len(reason) > 9 for reason in OPEN_TABLES.values())


def test_the_role_of_the_tests_is_held_to_it(db):
    assert asked("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user") == [
        (False, False)
    ]


@pytest.mark.parametrize("model", MADE, ids=lambda model: model._meta.label)
def test_rows_are_seen_and_changed_by_their_own_property_only(cast, model):
    table, (alpha, beta) = model._meta.db_table, (cast.alpha.pk, cast.beta.pk)
    make = factories()[model]
    make(cast.alpha)
    with suppress(IntegrityError), transaction.atomic():  # some make people of the same name a second time
        make(cast.beta)
    by_property = f"SELECT property_id, count(*) FROM {table} GROUP BY 1"  # noqa: S608
    every = dict(asked(by_property))
    assert every[alpha] > 0

    with tenant_scope([alpha]):
        assert asked(by_property) == [(alpha, every[alpha])]
        with pytest.raises(DatabaseError), transaction.atomic():
            asked(f"UPDATE {table} SET property_id = %s", beta)  # noqa: S608
    for scope in (NOBODY, [10**9]):
        with tenant_scope(scope):
            assert count(table) == 0
            for change in ("DELETE FROM {}", "UPDATE {} SET updated_at = now()"):
                with suppress(DatabaseError), transaction.atomic():  # some refuse whoever asks, rows or not
                    assert asked(change.format(table)) == 0
    asked("SELECT set_config('app.properties', '', true)")  # as if nothing had ever been told
    assert count(table) == 0
    with tenant_scope([alpha, beta]):
        assert count(table) == sum(every.values())


def test_pairs_are_seen_with_their_rows(cast):
    room, foreign_feature = room_make(cast.alpha), room_feature_make(cast.beta)
    room.features.add(room_feature_make(cast.alpha))
    for scope in ([cast.alpha.pk], [cast.alpha.pk, cast.beta.pk], EVERYTHING):
        with tenant_scope(scope):
            assert [feature.pk for feature in room.features.all()] == [room.features.get().pk]
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                asked(
                    "INSERT INTO rooms_room_features (room_id, roomfeature_id) VALUES (%s, %s)",
                    *(room.pk, foreign_feature.pk),
                )
    with tenant_scope([cast.beta.pk]):
        assert count("rooms_room_features") == 0


def test_nobody_writes_into_another_property(cast):
    """An insert of a property alone lacks the rest of the row: that is said only to who may write there at all."""
    wall = "row-level security"
    asked("SET LOCAL auberge.inventory_writer = 'on'")  # a trigger that comes before the wall
    for table in OWN:
        day = (
            ", business_date" if table == "stays_dailystatistic" else ""
        )  # its trigger comes before the wall
        for scope, place, expected in (
            ([cast.alpha.pk], cast.beta.pk, wall),
            (NOBODY, cast.alpha.pk, wall),
            ([cast.alpha.pk], cast.alpha.pk, "violates not-null constraint"),
        ):
            values = [place, TODAY] if day else [place]
            insert = f"INSERT INTO {table} (property_id{day}) VALUES (%s{', %s' if day else ''})"  # noqa: S608
            with tenant_scope(scope), pytest.raises(DatabaseError) as refused, transaction.atomic():
                asked(insert, *values)
            assert expected in str(refused.value), table


def test_only_tenancy_tells_whose_rows_are_meant():
    told = re.compile(r"app\.properties")
    folders = [*product(), "benchmarks"]
    where = [shown(path) for path in modules(*folders) if told.search(path.read_text())]
    where += [shown(path) for path in sorted(ROOT.glob("hotel/**/*.sql")) if told.search(path.read_text())]
    assert sorted(where) == [
        "benchmarks/databases.py",  # of bare programs beside the product
        "benchmarks/walls.py",  # the same, for one hotel
        "config/stack/backup.py",  # a dump is of every property
        "config/stack/contents.py",  # and so is what it says of itself
        "hotel/guests/sql/search_past_the_wall.sql",  # narrows itself to it
        "hotel/properties/tenancy.py",
    ]


def test_everything_is_told_only_where_nobody_in_particular_acts():
    """Whoever adds a door here says why no narrower scope does."""
    doors = [
        shown(path)
        for path in modules("config", "hotel")
        if "tenant_scope(EVERYTHING)" in path.read_text() or "narrow(EVERYTHING)" in path.read_text()
    ]
    assert doors == [
        "config/celery.py",
        "config/stack/prepare.py",
        "hotel/folios/services/gateway_notices.py",
        "hotel/folios/views.py",
        "hotel/monitoring/services/disk.py",
        "hotel/properties/restraints.py",
        "hotel/properties/services/ties.py",
        "hotel/stays/simulation/groups.py",
    ]
