"""The trail's triggers: every way of writing, every operation, every table; secrets hidden; nothing changed after."""

import hashlib
import json

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.db.utils import IntegrityError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from config.celery import app
from hotel.accounts.models import User
from hotel.core.actor import acting
from hotel.core.models import DataKey
from hotel.core.plugs import plugs
from hotel.properties.models import AgeBand, Building, Property, PropertyGroup
from security.selectors.captured import unwatched, watched
from security.services.capture import capture_install, partitions_ahead
from tests.factories.guests import guest_document_make
from tests.structure import by_owner

EXCLUDED = {name: reason for plug in plugs() for name, reason in plug.trail_excluded.items()}
LABELS = {component.rsplit(".", 1)[-1] for component in settings.COMPONENTS}
BAND = "properties_ageband"


def band(cast, code="teen"):
    return AgeBand(property=cast.alpha, code=code, name="Teen", min_age=200, max_age=210)


def save_insert(cast):
    band(cast).save()


def save_update(cast):
    row = AgeBand.objects.get(property=cast.alpha, code="adult")
    row.name = "Grown-up"
    row.save()


def save_delete(cast):
    AgeBand.objects.get(property=cast.alpha, code="adult").delete()


def query_insert(cast):
    AgeBand.objects.get_or_create(
        property=cast.alpha, code="teen", defaults={"name": "Teen", "min_age": 200, "max_age": 210}
    )


def query_update(cast):
    AgeBand.objects.filter(property=cast.alpha, code="adult").update(name="Grown-up")


def query_delete(cast):
    AgeBand.objects.filter(property=cast.alpha, code="adult").delete()


def bulk_insert(cast):
    AgeBand.objects.bulk_create([band(cast)])


def bulk_update(cast):
    row = AgeBand.objects.get(property=cast.alpha, code="adult")
    row.name = "Grown-up"
    AgeBand.objects.bulk_update([row], ["name"])


def bulk_delete(cast):
    rows = AgeBand.objects.filter(property=cast.alpha, code="adult")
    rows._raw_delete("default")


def raw(sql):
    def run(cast):
        with connection.cursor() as cursor:
            cursor.execute(sql, {"place": cast.alpha.pk})

    return run


RAW_INSERT = raw(
    "INSERT INTO properties_ageband (property_id, code, name, min_age, max_age, takes_bed, created_at, updated_at)"
    " VALUES (%(place)s, 'teen', 'Teen', 200, 210, true, now(), now())"
)
RAW_UPDATE = raw(
    "UPDATE properties_ageband SET name = 'Grown-up' WHERE property_id = %(place)s AND code = 'adult'"
)
RAW_DELETE = raw("DELETE FROM properties_ageband WHERE property_id = %(place)s AND code = 'adult'")


def in_a_task(call):
    @app.task(name=f"tests.trail_{call.__name__}")
    def task(code):
        class Place:
            alpha = Property.objects.get(code=code)

        call(Place)

    return lambda cast: task.apply(args=[cast.alpha.code]).get()


def in_the_admin(call):
    """What the admin's form and its deletion page do, by a superuser."""

    def run(cast):
        root = User.objects.create_superuser(username="root", password="x" * 12)
        client = Client()
        client.force_login(root)
        call(client, cast)

    return run


BUILDING = "properties_building"
FORM = {"code": "N", "name": "North", "position": 1}


def admin_insert(client, cast):
    answer = client.post("/admin/properties/building/add/", {**FORM, "property": cast.alpha.pk})
    assert answer.status_code == 302


def admin_update(client, cast):
    row = Building.objects.create(property=cast.alpha, code="N", name="North")
    answer = client.post(f"/admin/properties/building/{row.pk}/change/", {**FORM, "name": "Norden"})
    assert answer.status_code == 302


def admin_delete(client, cast):
    row = Building.objects.create(property=cast.alpha, code="N", name="North")
    answer = client.post(f"/admin/properties/building/{row.pk}/delete/", {"post": "yes"})
    assert answer.status_code == 302


WAYS = [
    ("save I", save_insert, BAND, "I"),
    ("save U", save_update, BAND, "U"),
    ("save D", save_delete, BAND, "D"),
    ("query I", query_insert, BAND, "I"),
    ("query U", query_update, BAND, "U"),
    ("query D", query_delete, BAND, "D"),
    ("bulk I", bulk_insert, BAND, "I"),
    ("bulk U", bulk_update, BAND, "U"),
    ("bulk D", bulk_delete, BAND, "D"),
    ("raw I", RAW_INSERT, BAND, "I"),
    ("raw U", RAW_UPDATE, BAND, "U"),
    ("raw D", RAW_DELETE, BAND, "D"),
    ("task I", in_a_task(save_insert), BAND, "I"),
    ("task U", in_a_task(save_update), BAND, "U"),
    ("task D", in_a_task(save_delete), BAND, "D"),
    ("admin I", in_the_admin(admin_insert), BUILDING, "I"),
    ("admin U", in_the_admin(admin_update), BUILDING, "U"),
    ("admin D", in_the_admin(admin_delete), BUILDING, "D"),
]


@pytest.mark.parametrize(("case", "write", "table", "op"), WAYS, ids=[way[0] for way in WAYS])
def test_every_way_of_writing_is_captured(case, write, table, op, cast, entries):
    write(cast)
    assert [entry.op for entry in entries(table)][-1] == op


def test_a_change_keeps_only_what_changed(cast, entries, as_bo):
    row = AgeBand.objects.get(property=cast.alpha, code="adult")
    AgeBand.objects.filter(pk=row.pk).update(name="Grown-up", max_age=198)
    (entry,) = entries(BAND)
    assert (entry.op, entry.row_pk, entry.property_id) == ("U", str(row.pk), cast.alpha.pk)
    assert (entry.old, entry.new) == ({"name": "Adult", "max_age": 199}, {"name": "Grown-up", "max_age": 198})


def test_a_new_row_and_a_deleted_one_are_kept_whole(cast, entries):
    made = band(cast)
    made.save()
    AgeBand.objects.filter(pk=made.pk).delete()
    first, last = entries(BAND)
    assert (first.old, last.new) == (None, None)
    assert first.new == last.old
    assert (first.new["id"], first.new["code"], first.new["min_age"]) == (made.pk, "teen", 200)


def test_what_changes_nothing_is_no_entry(cast, entries):
    AgeBand.objects.filter(property=cast.alpha).update(code=F("code"))
    AgeBand.objects.filter(property=cast.alpha, code="nobody").delete()
    assert entries(BAND) == []


def test_who_acts_is_kept(cast, entries):
    with acting(
        door="api",
        user_id=7,
        impersonator_id=8,
        token_id=9,
        request_id="request-1",
        address="192.0.2.7",
        reason="why",
    ):
        band(cast).save()
    (entry,) = entries(BAND)
    assert (entry.actor, entry.actor_id, entry.impersonator_id, entry.token_id) == ("user:7", 7, 8, 9)
    assert (entry.request_id, entry.door, entry.address, entry.reason) == (
        "request-1",
        "api",
        "192.0.2.7",
        "why",
    )


def test_nobody_told_is_unknown(cast, entries):
    band(cast).save()
    assert [(entry.actor, entry.actor_id, entry.door) for entry in entries(BAND)] == [
        ("system:unknown", None, "")
    ]


def test_what_one_statement_changes_are_entries_in_its_transaction(cast, entries):
    AgeBand.objects.filter(code="child").update(max_age=10)
    made = entries(BAND)
    assert sorted(entry.property_id for entry in made) == [cast.alpha.pk, cast.beta.pk]
    assert len({entry.transaction for entry in made}) == 1
    assert made[1].pk == made[0].pk + 1


@pytest.mark.parametrize(
    ("case", "statement", "op"),
    [
        ("update", "UPDATE {} SET name = 'Grown ' || id WHERE code LIKE 'many%%'", "U"),
        ("delete", "DELETE FROM {} WHERE code LIKE 'many%%'", "D"),
    ],
)
def test_a_statement_on_very_many_rows_is_written_whole(case, statement, op, cast, entries):
    """In parts of a thousand, so that no array grows beyond what PostgreSQL takes."""
    rows = 2_345
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO properties_ageband (property_id, code, name, min_age, max_age, takes_bed, created_at, updated_at)"
            " SELECT %s, 'many' || n, 'M', 200 + n, 200 + n, true, now(), now() FROM generate_series(1, %s) AS n",
            [cast.alpha.pk, rows],
        )
        cursor.execute(statement.format(BAND))
    made = entries(BAND)
    assert [entry.op for entry in made] == ["I"] * rows + [op] * rows
    assert len({entry.row_pk for entry in made}) == rows
    assert [entry.pk for entry in made] == list(range(made[0].pk, made[0].pk + 2 * rows))


def test_a_change_that_is_taken_back_leaves_nothing(cast, entries):
    with transaction.atomic():
        band(cast).save()
        transaction.set_rollback(True)
    assert entries(BAND) == []


def test_pairs_of_rows_are_captured(cast, entries):
    group = PropertyGroup.objects.create(chain=cast.chain, name="North")
    group.properties.add(cast.alpha)
    group.properties.clear()
    assert [entry.op for entry in entries("properties_propertygroup_properties")] == ["I", "D"]


def test_a_key_that_changes_is_a_row_that_went_and_one_that_came(cast, entries):
    lone = AgeBand.objects.create(property=cast.beta, code="lone", name="Lone", min_age=200, max_age=201)
    AgeBand.objects.filter(pk=lone.pk).update(id=lone.pk + 1_000_000)
    made = entries(BAND)[1:]
    assert sorted((entry.op, entry.row_pk) for entry in made) == [
        ("D", str(lone.pk)),
        ("I", str(lone.pk + 1_000_000)),
    ]


def test_passwords_are_never_in_the_trail(db, entries):
    user = User.objects.create_user(username="ada", password="the first secret")
    before = user.password
    user.set_password("the second secret")
    user.save(update_fields=["password"])
    first, last = entries("accounts_user")
    assert first.new["password"] == "•••"
    assert (last.old, last.new) == ({"password": "•••"}, {"password": "•••"})
    assert before not in str([first.new, last.old, last.new])


def test_not_even_ciphertext_of_guests_is_in_the_trail(cast, entries):
    document = guest_document_make(cast.alpha, number="P1234567")
    assert document.number == "P1234567"
    (entry,) = entries("guests_guestdocument")
    assert (entry.new["number"], entry.new["number_fingerprint"]) == ("•••", "•••")
    assert entry.property_id is None


def test_no_key_is_in_the_trail(cast, entries):
    guest_document_make(cast.alpha, number="P1234567")
    assert DataKey.objects.exists()
    assert entries("core_datakey") == []
    wrapped = [bytes(key.wrapped).hex() for key in DataKey.objects.all()]
    text = str([(entry.old, entry.new) for entry in entries()])
    assert [key for key in wrapped if key in text] == []


def test_the_hash_is_that_of_the_line(cast, entries, as_bo):
    band(cast).save()
    (entry,) = entries(BAND)
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT security_trail_line(id, at, op, "table", row_pk, property_id, old, new, actor, actor_id,'
            " impersonator_id, token_id, request_id, door, address, reason, transaction)"
            " FROM security_auditlog WHERE id = %s",
            [entry.pk],
        )
        line = cursor.fetchone()[0]
    assert line.startswith(
        f'[{entry.pk}, {int(entry.at.timestamp() * 1_000_000)}, "I", "properties_ageband", '
    )
    assert hashlib.sha256(line.encode()).digest() == bytes(entry.row_hash)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE security_auditlog SET actor = 'nobody'",
        "DELETE FROM security_auditlog",
        "TRUNCATE security_auditlog",
    ],
)
def test_the_trail_is_only_ever_added_to(sql, cast, entries):
    band(cast).save()
    before = [(entry.pk, entry.actor) for entry in entries()]
    with by_owner(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL auberge.ledger_emptying = ''")
        with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic():
            cursor.execute(sql)
    assert [(entry.pk, entry.actor) for entry in entries()] == before


def test_the_partitions_are_no_way_around(cast, entries):
    band(cast).save()
    (entry,) = entries(BAND)
    with by_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM security_auditlog WHERE id = %s", [entry.pk])
        partition = cursor.fetchone()[0]
        assert partition.startswith("security_auditlog_2")
        cursor.execute("SET LOCAL auberge.ledger_emptying = ''")
        for sql in (f"DELETE FROM {partition}", f"TRUNCATE {partition}"):  # noqa: S608
            with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic():
                cursor.execute(sql)
    assert len(entries(BAND)) == 1


@pytest.mark.parametrize(
    "model",
    [
        m
        for m in apps.get_models(include_auto_created=True)
        if m._meta.app_label in LABELS and not m._meta.proxy
    ],
    ids=lambda m: m._meta.label,
)
def test_each_table_is_watched_or_left_out_with_a_reason(model, db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND starts_with(tgname, 'zz_trail_')"
            " AND tgenabled = 'O'",
            [model._meta.db_table],
        )
        assert cursor.fetchone()[0] == (0 if model._meta.label in EXCLUDED else 4)


def test_every_exclusion_names_a_model_and_a_reason():
    assert {name for name in EXCLUDED if not apps.get_model(name)} == set()
    assert [name for name, reason in EXCLUDED.items() if len(reason) < 10] == []


def test_all_is_in_place_after_a_migration(db):
    assert capture_install() == []
    assert partitions_ahead() == 0


def installed():
    with by_owner():
        return capture_install()


def test_a_lost_or_an_altered_trigger_is_put_back(db):
    with by_owner(), connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER zz_trail_delete ON rooms_room")
        cursor.execute(
            "CREATE OR REPLACE TRIGGER zz_trail_insert AFTER INSERT ON accounts_user REFERENCING NEW TABLE AS new_rows"
            " FOR EACH STATEMENT EXECUTE FUNCTION security_trail_capture('id', '', '', '')"
        )
    assert installed() == ["accounts_user", "rooms_room"]
    assert installed() == []


def test_a_trigger_that_was_switched_off_is_switched_on_again(cast, entries):
    with by_owner(), connection.cursor() as cursor:
        cursor.execute(
            f"SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE {BAND} DISABLE TRIGGER zz_trail_insert, DISABLE TRIGGER zz_trail_delete"
        )
    lost = band(cast)
    lost.save()
    assert (entries(BAND), unwatched()) == ([], [BAND])
    assert installed() == [BAND]
    AgeBand.objects.filter(pk=lost.pk).delete()
    assert ([entry.op for entry in entries(BAND)], unwatched()) == (["D"], [])


def test_a_table_that_is_watched_no_more_loses_its_triggers(db):
    with by_owner(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER zz_trail_insert AFTER INSERT ON core_outboxmessage REFERENCING NEW TABLE AS new_rows"
            " FOR EACH STATEMENT EXECUTE FUNCTION security_trail_capture('id', '', '', '')"
        )
    assert installed() == ["core_outboxmessage"]


def test_the_arguments_tell_what_is_hidden():
    found = {one.table: one for one in watched()}
    assert found["accounts_user"].arguments == ("id", "", "password", "")
    assert found["accounts_apitoken"].masked == ("digest",)
    assert found["properties_property"].place == "id"
    assert found["rooms_room"].place == "property_id"
    assert {"number", "number_fingerprint", "issued_on"} <= set(found["guests_guestdocument"].masked)
    assert {"first_name", "last_name", "birth_date"} <= set(found["guests_guest"].masked)
    assert {"cancel_reason", "child_ages"} <= set(found["reservations_reservation"].masked)
    assert {"description", "reference", "reason"} <= set(found["folios_payment"].masked)
    assert "payee_name" in found["folios_invoice"].masked
    assert [one.table for one in found.values() if one.digested] == [
        "folios_invoicepdf",
        "security_incidentevidence",
    ]


def test_states_sums_and_the_days_of_a_stay_are_shown(db):
    found = {one.table: one for one in watched()}
    assert {"status", "arrival", "departure", "adults", "number"}.isdisjoint(
        found["reservations_reservation"].masked
    )
    assert {"amount", "currency", "created_at"}.isdisjoint(found["folios_payment"].masked)
    assert "total" not in found["folios_invoice"].masked
    assert "kind" in found["guests_guestdocument"].masked


def test_of_long_binary_values_the_digest_is_kept(db):
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT security_trail_hidden('{"a": "secret", "b": "\\\\x00ff", "c": "", "d": 1}', '{a,c}', '{b}')"""
        )
        assert json.loads(cursor.fetchone()[0]) == {
            "a": "•••",
            "b": "sha256:" + hashlib.sha256(b"\\x00ff").hexdigest(),
            "c": "",
            "d": 1,
        }


@given(
    text=st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40)
)
def test_any_text_has_one_line(text, django_db_blocker):
    """A line is unambiguous: two entries that differ have different lines."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT security_trail_line(1, to_timestamp(0), 'I', 't', %(text)s, NULL, NULL, to_jsonb(%(text)s::text), 'a',"
            " NULL, NULL, NULL, '', '', '', %(text)s, 5)",
            {"text": text},
        )
        line = cursor.fetchone()[0]
    row = json.loads(line)
    assert (row[0], row[1], row[4], row[7], row[15], row[16]) == (1, 0, text, text, text, 5)
