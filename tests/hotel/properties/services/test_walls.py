"""The wall is built where it is missing, and only there."""

from django.core.management import call_command
from django.db import connection

from hotel.properties.selectors.walls import POLICY
from hotel.properties.services.walls import walls_build


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_table_without_its_policy_gets_it_back(db):
    assert walls_build() == []
    run(f"DROP POLICY {POLICY} ON rooms_room")
    run("ALTER TABLE rooms_roomtype NO FORCE ROW LEVEL SECURITY")
    run(f"COMMENT ON POLICY {POLICY} ON rooms_roomblock IS 'of an earlier version'")
    assert sorted(walls_build()) == ["rooms_room", "rooms_roomblock", "rooms_roomtype"]
    assert walls_build() == []


def test_a_table_that_does_not_exist_yet_is_left_out(db):
    run("ALTER TABLE stays_fixedcharge RENAME TO of_a_later_migration")
    run(f"DROP POLICY {POLICY} ON rooms_room")
    assert walls_build() == ["rooms_room"]


def test_migrating_builds_it(db):
    run(f"DROP POLICY {POLICY} ON rooms_room")
    call_command("migrate", verbosity=0)
    assert walls_build() == []
