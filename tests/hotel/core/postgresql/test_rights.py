"""Who may do what in the database: rows are read and written by roles that own nothing."""

import json
import os

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from psycopg import errors

from hotel.core.postgresql.owner import owner
from hotel.core.postgresql.rights import APP, BREAK_GLASS, LOOKUP, REPORT, WORKER, rights, rights_give
from hotel.folios.models import Posting
from hotel.properties.selectors.walls import walls
from tests.factories.folios import charge_make, folio_make
from tests.factories.guests import guest_make
from tests.structure import by_owner

TABLES = "relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition"
EVERY_RIGHT = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
# What was issued, booked or proved: nobody who serves changes or removes it.
PROOF = {
    "core_securityevent",
    "folios_invoice",
    "folios_invoicepdf",
    "folios_journal",
    "folios_ledgerday",
    "folios_ledgerentry",
    "folios_posting",
    "folios_postingtax",
    "loyalty_liabilitysnapshot",
    "loyalty_partnerstatement",
    "loyalty_pointmovement",
    "loyalty_pointtransaction",
    "loyalty_propertysettlement",
    "security_auditarchive",
    "security_auditlog",
    "security_auditseal",
    "security_erasurecertificate",
    "security_incidententry",
    "security_incidentevidence",
}


def asked(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture(autouse=True)
def roles(db):
    if not owner():
        pytest.skip("one role does everything here")


@pytest.fixture
def log_in():
    """A function that logs a role of a hotel in, with its own password: ``log_in(APP)``."""
    opened = []

    def connect(role):
        url = json.loads(os.environ["AUBERGE_TEST_ROLES"])[role]
        name = connection.settings_dict["NAME"]
        opened.append(psycopg.connect(url, dbname=name, autocommit=True))
        return opened[-1]

    yield connect
    for one in opened:
        one.close()


def granted(role):
    """Table to the rights of the role on all of it."""
    rows = asked(
        f"SELECT relname, array_agg(verb) FILTER (WHERE has_table_privilege(%s, pg_class.oid, verb))"  # noqa: S608
        f"  FROM pg_class, unnest(%s::text[]) AS verb WHERE {TABLES} GROUP BY relname",
        role,
        list(EVERY_RIGHT),
    )
    return {table: set(verbs or ()) for table, verbs in rows}


def test_the_file_names_only_tables_that_there_are_each_once():
    standing = {name for (name,) in asked(f"SELECT relname FROM pg_class WHERE {TABLES}")}  # noqa: S608
    kept = [*rights().append, *rights().read]
    assert len(kept) == len(set(kept))
    assert {*kept, *rights().report} <= standing
    assert set(rights().columns) <= set(rights().append)


@pytest.mark.parametrize("role", [APP, WORKER, BREAK_GLASS])
def test_who_writes_has_what_the_file_says_and_nothing_else(role):
    has = granted(role)
    assert has == {table: set(rights().verbs(table)) for table in has}
    columns = asked(
        f"SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0"  # noqa: S608
        f" WHERE {TABLES} AND NOT attisdropped AND has_column_privilege(%s, pg_class.oid, attnum, 'UPDATE')"
        " AND NOT has_table_privilege(%s, pg_class.oid, 'UPDATE')",
        role,
        role,
    )
    assert set(columns) == {(table, name) for table, names in rights().columns.items() for name in names}
    assert asked("SELECT has_schema_privilege(%s, 'public', 'CREATE')", role) == [(False,)]
    assert asked("SELECT relname FROM pg_class WHERE relowner = %s::regrole", role) == []
    sequences = "SELECT relname FROM pg_class WHERE CASE WHEN relkind = 'S' THEN NOT has_sequence_privilege(%s, oid, 'USAGE') END"
    assert asked(sequences, role) == []


def test_proof_is_never_changed_or_removed_by_who_serves():
    assert PROOF - {*rights().append, *rights().read} == set()
    assert {table: names for table, names in rights().columns.items() if table in PROOF} == {
        "folios_invoice": ["updated_at"],
        "folios_journal": ["created_at"],
        "security_auditseal": ["exported_at"],
    }


def test_what_a_trigger_keeps_unchanged_is_proof():
    """A new table of the kind is guarded by its migration first; here it is told that its rights were forgotten."""
    kept = asked(
        "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
        " WHERE proname ~ '_refuse_change$' AND tgtype & 16 > 0 AND tgqual IS NULL AND tgparentid = 0"
    )
    assert {table for (table,) in kept} - {*rights().append, *rights().read} == set()


def test_no_role_that_logs_in_is_above_the_wall():
    found = asked(
        "SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
        " WHERE rolname ~ '^auberge' AND rolname <> 'auberge_tests' ORDER BY 1"
    )
    assert found == [
        ("auberge", True, False, False, False, True),
        (APP, True, False, False, False, False),
        (BREAK_GLASS, False, False, True, False, False),
        (LOOKUP, False, False, True, False, False),
        (REPORT, True, False, False, False, False),
        (WORKER, True, False, False, False, False),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE auberge",
        "SET ROLE auberge_breakglass",
        "SET SESSION AUTHORIZATION auberge",
        "CREATE TABLE mine (id int)",
        "ALTER TABLE rooms_room DISABLE ROW LEVEL SECURITY",
        "DROP POLICY property_wall ON rooms_room",
        "ALTER TABLE folios_posting DISABLE TRIGGER USER",
        "SET session_replication_role = replica",
        "TRUNCATE rooms_room CASCADE",
        "CREATE ROLE mine",
        "DELETE FROM django_migrations",
        "UPDATE folios_invoice SET number = 1",
        "UPDATE folios_invoicedposting SET posting_id = 1",
        "DELETE FROM folios_ledgerentry",
        "DELETE FROM security_auditlog",
        "INSERT INTO security_auditlog SELECT * FROM security_auditlog",
        "UPDATE security_auditseal SET root = ''",
        "SELECT security_trail_write('rooms_room', NULL)",
        "SELECT security_trail_month_drop('security_auditlog_2020_01')",
    ],
)
def test_the_application_cannot(log_in, statement):
    with pytest.raises(errors.InsufficientPrivilege):
        log_in(APP).execute(statement)


@pytest.mark.django_db(transaction=True)
def test_a_posting_is_kept_by_rights_before_any_trigger_and_rows_by_the_wall(cast, log_in):
    posting = charge_make(folio_make(cast.alpha))
    for role in (APP, WORKER):
        session = log_in(role)
        session.execute(f"SET app.properties = '{{{cast.alpha.pk}}}'")
        assert session.execute("SELECT id FROM folios_posting").fetchall() == [(posting.pk,)]
        for statement in ("UPDATE folios_posting SET description = ''", "DELETE FROM folios_posting"):
            with pytest.raises(
                errors.InsufficientPrivilege, match="permission denied for table folios_posting"
            ):
                session.execute(statement)
        for told in (f"{{{cast.beta.pk}}}", ""):
            session.execute(f"SET app.properties = '{told}'")
            assert session.execute("SELECT id FROM folios_posting").fetchall() == []
    assert Posting.objects.count() == 1


def test_a_row_of_another_hotel_cannot_be_written(cast, log_in):
    session = log_in(APP)
    session.execute(f"SET app.properties = '{{{cast.alpha.pk}}}'")
    with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
        session.execute(
            "INSERT INTO rooms_roomfeature SELECT (jsonb_populate_record(NULL::rooms_roomfeature, %s::jsonb)).*",
            [json.dumps({"property_id": cast.beta.pk})],
        )


def test_a_report_reads_rows_behind_the_wall_for_fifteen_seconds_and_writes_nothing(log_in):
    walled = {wall.table for wall in walls()}
    reported = set(rights().report)
    assert reported - walled == {"properties_property"}
    has = {table: verbs for table, verbs in granted(REPORT).items() if verbs}
    assert has == {table: {"SELECT"} for table in reported}
    session = log_in(REPORT)
    assert session.execute("SHOW statement_timeout").fetchone() == ("15s",)
    assert session.execute("SELECT id FROM rooms_room").fetchall() == []
    with pytest.raises(errors.ReadOnlySqlTransaction):
        session.execute("CREATE TEMPORARY TABLE mine (id int)")
    for table in ("guests_guest", "accounts_user", "folios_cardtoken", "security_auditlog"):
        with pytest.raises(errors.InsufficientPrivilege):
            session.execute(f"SELECT FROM {table}")


def test_functions_with_the_owners_rights_are_called_by_whom_the_file_names():
    of_owner = (
        "SELECT oid::regprocedure::text FROM pg_proc WHERE prosecdef AND prorettype <> 'trigger'::regtype"
    )
    found = {name for (name,) in asked(of_owner)}
    named = {
        name for (name,) in asked("SELECT unnest(%s::text[])::regprocedure::text", list(rights().functions))
    }
    assert found == named
    for signature, callers in rights().functions.items():
        may = "SELECT rolname FROM pg_roles WHERE rolname = ANY (%s) AND has_function_privilege(oid, %s, 'EXECUTE')"
        roles = [APP, WORKER, REPORT, BREAK_GLASS]
        assert {name for (name,) in asked(may, roles, signature)} == set(callers)


def test_who_reads_past_the_wall_owns_its_functions_and_reads_what_they_need():
    has = {table: verbs for table, verbs in granted(LOOKUP).items() if verbs}
    assert has == {"guests_profileatproperty": {"SELECT"}}
    owned = "SELECT oid::bigint FROM pg_proc WHERE proowner = %s::regrole"
    named = "SELECT name::regprocedure::oid::bigint FROM unnest(%s::text[]) AS name"
    assert sorted(asked(owned, LOOKUP)) == sorted(asked(named, rights().lookup["functions"]))
    members = "SELECT member::regrole::text FROM pg_auth_members WHERE roleid = %s::regrole"
    assert asked(members, LOOKUP) == [("auberge",)]
    assert asked("SELECT has_schema_privilege(%s, 'public', 'CREATE')", LOOKUP) == [(False,)]


@pytest.mark.django_db(transaction=True)
def test_a_search_sees_the_properties_that_were_told_whatever_it_is_asked_for(cast, log_in):
    """The function passes the wall by, so that it must do itself what the wall would."""
    here, there = (guest_make(place, last_name="Quirin").pk for place in (cast.alpha, cast.beta))
    session = log_in(APP)
    search = "SELECT profile_id FROM guests_search(%s, 'quirin', '{%%quirin%%}', 'quirin%%', false, 50)"
    both = [cast.alpha.pk, cast.beta.pk]
    assert session.execute(search, [both]).fetchall() == []
    for told, found in (("", []), (f"{{{cast.alpha.pk}}}", [here]), (f"{{{cast.beta.pk}}}", [there])):
        session.execute(f"SET app.properties = '{told}'")
        assert session.execute(search, [both]).fetchall() == [(pk,) for pk in found]
    session.execute(f"SET app.properties = '{{{cast.alpha.pk}}}'")
    assert session.execute(search, [[cast.beta.pk]]).fetchall() == []
    session.execute("SET app.properties = '*'")
    assert {pk for (pk,) in session.execute(search, [both]).fetchall()} == {here, there}


def test_the_application_sees_how_many_sessions_others_have_and_not_what_they_ask(cast, log_in):
    watched = log_in(WORKER)
    watched.execute("BEGIN")
    session = log_in(APP)
    states = dict(
        session.execute("SELECT state, sessions FROM monitoring_sessions() WHERE is_here").fetchall()
    )
    assert states["idle in transaction"] >= 1
    hidden = "SELECT state, query FROM pg_stat_activity WHERE pid = %s"
    assert session.execute(hidden, [watched.info.backend_pid]).fetchone() == (
        None,
        "<insufficient privilege>",
    )


@pytest.mark.django_db(transaction=True)
def test_migrating_gives_the_rights_and_a_plan_of_it_does_not(capsys):
    with by_owner():
        asked("REVOKE SELECT ON rooms_room FROM auberge_app")
    call_command("migrate", plan=True, verbosity=0)
    assert "SELECT" not in granted(APP)["rooms_room"]
    call_command("migrate", verbosity=0)
    assert "SELECT" in granted(APP)["rooms_room"]


def test_rights_given_by_hand_are_taken_back():
    with by_owner():
        asked("GRANT UPDATE ON folios_posting TO auberge_app")
        asked("GRANT EXECUTE ON FUNCTION security_trail_month_drop(text) TO auberge_app")
        assert "UPDATE" in granted(APP)["folios_posting"]
        rights_give()
    assert granted(APP)["folios_posting"] == {"SELECT", "INSERT"}
    may = "SELECT has_function_privilege(%s, 'security_trail_month_drop(text)', 'EXECUTE')"
    assert (asked(may, APP), asked(may, WORKER)) == ([(False,)], [(True,)])
