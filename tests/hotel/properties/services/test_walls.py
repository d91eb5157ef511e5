"""The wall is built where it is missing, and only there."""

import pytest
from django.core.management import call_command
from django.db import connection

from hotel.properties.selectors.walls import POLICY
from hotel.properties.services.walls import walls_build
from tests.structure import by_owner


def run(sql):
    with by_owner(), connection.cursor() as cursor:
        cursor.execute(sql)


def built():
    with by_owner():
        return walls_build()


def test_a_table_without_its_policy_gets_it_back(db):
    assert built() == []
    run(f"DROP POLICY {POLICY} ON rooms_room")
    run("ALTER TABLE rooms_roomtype NO FORCE ROW LEVEL SECURITY")
    run(f"COMMENT ON POLICY {POLICY} ON rooms_roomblock IS 'of an earlier version'")
    assert sorted(built()) == ["rooms_room", "rooms_roomblock", "rooms_roomtype"]
    assert built() == []


def test_a_table_that_does_not_exist_yet_is_left_out(db):
    run("ALTER TABLE stays_fixedcharge RENAME TO of_a_later_migration")
    run(f"DROP POLICY {POLICY} ON rooms_room")
    assert built() == ["rooms_room"]


@pytest.mark.django_db(transaction=True)
def test_migrating_builds_it():
    run(f"DROP POLICY {POLICY} ON rooms_room")
    call_command("migrate", verbosity=0)
    assert built() == []
