"""Foreign keys are tied to the property where they are not, and only there."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hotel.core.invariants import invariants_verify
from hotel.properties.api.mixins import PropertyScopedSerializer
from hotel.properties.models import Building, Floor
from hotel.properties.scoping import codename
from hotel.properties.selectors import ties
from hotel.properties.selectors.ties import STANDING
from hotel.properties.services.ties import ties_build
from hotel.properties.tenancy import NOBODY, tenant_scope
from hotel.rooms.models import Room
from tests.contracts.base import assert_problem
from tests.factories.rooms import room_make, room_type_make
from tests.structure import by_owner

TIE, SINGLE = "rooms_room_room_type_id_tie", "rooms_room_room_type_id_fk"
ADD_SINGLE = (
    f"ALTER TABLE rooms_room ADD CONSTRAINT {SINGLE} FOREIGN KEY (room_type_id) REFERENCES rooms_roomtype (id)"
    " DEFERRABLE INITIALLY DEFERRED"
)
DROP_TIE = f"ALTER TABLE rooms_room DROP CONSTRAINT {TIE}"
DROP_INDEX = "DROP INDEX rooms_roomtype_id_tie CASCADE"
NOW = "SET CONSTRAINTS ALL IMMEDIATE"


def run(*statements):
    with by_owner(), connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


def built():
    with by_owner():
        return ties_build()


def standing():
    """Name to whether all rows were checked, of the foreign keys from a room to its type."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        return {
            name: is_checked
            for table, columns, _, _, is_checked, name in cursor.fetchall()
            if (table, columns[-1]) == ("rooms_room", "room_type_id")
        }


@pytest.fixture
def astray(cast):
    """A room of Alpha with a type of Beta, as an older version may have left it."""
    room, foreign = room_make(cast.alpha), room_type_make(cast.beta)
    run(NOW, DROP_TIE, ADD_SINGLE)
    Room.objects.filter(pk=room.pk).update(room_type=foreign)
    run(NOW)
    return room


def test_with_nothing_to_do_it_is_one_question(db):
    with CaptureQueriesContext(connection) as asked:
        assert ties_build() == []
    assert len(asked) == 1


def test_a_tie_that_is_missing_comes_back_and_djangos_own_key_goes(cast):
    room_make(cast.alpha)
    run(NOW, DROP_TIE, ADD_SINGLE)
    assert built() == [TIE]
    assert standing() == {TIE: True}
    assert built() == []


def test_a_key_that_says_the_same_goes_by_itself(db):
    run(ADD_SINGLE)
    assert built() == []
    assert standing() == {TIE: True}


def test_with_the_index_of_the_target_all_ties_to_it_are_made_anew(db):
    run(DROP_INDEX)
    assert len(built()) == sum(one.is_tie and one.target == "rooms_roomtype" for one in ties.references())
    assert built() == []


def test_rows_that_point_at_another_property_are_named_and_no_more_are_taken(cast, astray, caplog):
    assert built() == [TIE]
    said = (
        f"names rows of rooms_roomtype that are of another property, or gone: 1 rows, such as [{astray.pk}]"
    )
    assert f"rooms_room.room_type_id {said}" in caplog.text
    assert standing() == {SINGLE: True, TIE: False}
    [finding] = [one for one in invariants_verify() if one.violations]
    assert finding.invariant.name == "inv_ties"
    assert finding.violations == [("rooms_room", "['property_id', 'room_type_id']", "rooms_roomtype")]
    foreign = room_type_make(cast.beta, "SGL")
    with pytest.raises(IntegrityError, match=TIE), transaction.atomic():
        room_make(cast.alpha, foreign, "777")


def test_once_they_are_mended_the_next_run_proves_it(cast, astray, caplog):
    built()
    Room.objects.filter(pk=astray.pk).update(room_type=room_type_make(cast.alpha, "SGL"))
    run(NOW)
    caplog.clear()
    assert built() == [TIE]
    assert standing() == {TIE: True}
    assert caplog.text == ""


def test_wrong_rows_are_found_whatever_scope_was_told(astray):
    with tenant_scope(NOBODY):
        assert built() == [TIE]
    assert standing() == {SINGLE: True, TIE: False}


def test_a_foreign_key_that_may_leave_the_property_is_djangos_own(cast, monkeypatch):
    monkeypatch.setattr(ties, "untied", lambda: {"rooms.Room.room_type": "for this test"})
    assert built() == [SINGLE]
    assert standing() == {SINGLE: True}


def test_what_does_not_exist_yet_is_left_out(db):
    run(
        "ALTER TABLE rooms_room RENAME TO of_a_later_migration",
        "ALTER TABLE stays_fixedcharge RENAME code_id TO later_id",
    )
    assert built() == []


def test_what_a_later_version_made_stays(db):
    run(
        "ALTER TABLE rooms_room ADD later_id bigint",
        "ALTER TABLE rooms_room ADD CONSTRAINT later FOREIGN KEY (property_id, later_id)"
        " REFERENCES rooms_roomtype (property_id, id)",
    )
    assert built() == []
    run("ALTER TABLE rooms_room DROP CONSTRAINT later")


@pytest.mark.django_db(transaction=True)
def test_where_people_work_migrating_builds_it_step_by_step(cast):
    """An index that an earlier run left unfinished does not count."""
    run(DROP_INDEX)
    room_make(cast.alpha), room_make(cast.beta)
    with pytest.raises(IntegrityError):
        run("CREATE UNIQUE INDEX CONCURRENTLY rooms_roomtype_id_tie ON rooms_roomtype ((1))")
    call_command("migrate", verbosity=0)
    assert standing() == {TIE: True}
    assert built() == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_indexdef('rooms_roomtype_id_tie'::regclass)")
        assert cursor.fetchone()[0].endswith("USING btree (id, property_id)")


@pytest.mark.django_db(transaction=True)
def test_the_api_says_a_conflict_and_nothing_of_the_other_hotel(stage, monkeypatch):
    """Without the check of references, which is what a fault of ours would be like; found at the commit."""
    own, foreign = (
        Building.objects.create(property=place, code="A", name="A") for place in (stage.alpha, stage.beta)
    )
    floor = Floor.objects.create(property=stage.alpha, building=own, level=1)
    client = stage.client_of(
        {codename(verb, "properties") for verb in ("view", "manage")}, stage.alpha, stage.beta
    )
    monkeypatch.setattr(PropertyScopedSerializer, "validate", lambda self, attrs: attrs)
    answer = client.patch(f"/api/v1/floors/{floor.pk}", {"building": foreign.pk})
    assert_problem(answer, 409, "conflict")
    body = answer.json()
    assert body["detail"] == "This would contradict what is stored already."
    assert body["extra"] == {"constraint": "properties_floor_building_id_tie"}
    floor.refresh_from_db()
    assert floor.building == own


def test_the_api_says_a_conflict_where_the_wall_refuses_a_pair(stage, monkeypatch, caplog):
    room, foreign = (room_make(place) for place in (stage.alpha, stage.beta))
    client = stage.client_of(
        {codename(verb, "rooms") for verb in ("view", "manage")}, stage.alpha, stage.beta
    )
    monkeypatch.setattr(PropertyScopedSerializer, "validate", lambda self, attrs: attrs)
    assert_problem(client.patch(f"/api/v1/rooms/{room.pk}", {"connects_to": [foreign.pk]}), 409, "conflict")
    assert not room.connects_to.exists()
    assert "The database refused what the code had let pass." in caplog.text
