"""The check of the trail: a thousand random tamperings are found, and each kind is called by its name."""

import random

import pytest
from django.db import transaction

from security.models import AuditSeal
from security.selectors.verification import trail_verify
from tests.security.trail import RANGE, execute, hashes_made_anew, seals_made_anew, trail_made

ROWS = 60
GAPS = (7, 33, 34)
TAMPERINGS = 1000
COLUMNS = {
    "op": "'D'",
    '"table"': "'rooms_floor'",
    "row_pk": "'999'",
    "property_id": "property_id + 1",
    "old": "'{\"name\": 0}'",
    "new": "NULL",
    "actor": "'user:666'",
    "actor_id": "666",
    "impersonator_id": "666",
    "token_id": "666",
    "request_id": "'another'",
    "door": "'page'",
    "address": "'203.0.113.9'",
    "reason": "'because'",
    "transaction": "transaction + 1",
    "row_hash": "sha256('x'::bytea)",
}


@pytest.fixture
def heads(db, monkeypatch):
    return trail_made(ROWS, monkeypatch, GAPS)


def kinds(heads):
    return {finding["kind"] for finding in trail_verify(heads=iter(heads)).findings}


def entry(draw):
    return draw.choice([n for n in range(1, ROWS + 1) if n not in GAPS])


def edit(draw):
    column = draw.choice(sorted(COLUMNS))
    execute(f"UPDATE security_auditlog SET {column} = {COLUMNS[column]} WHERE id = %s", [entry(draw)])  # noqa: S608
    return column != "row_hash"


def edit_moment(draw):
    execute("UPDATE security_auditlog SET at = at + interval '1 second' WHERE id = %s", [entry(draw)])


def delete(draw):
    execute("DELETE FROM security_auditlog WHERE id = %s", [entry(draw)])


def insert(draw):
    """Into a gap, beside another, or before the first."""
    number = draw.choice([*GAPS, entry(draw), 0, -5])
    execute(
        "INSERT INTO security_auditlog SELECT %s, at + interval '1 microsecond', op, \"table\", row_pk, property_id, old,"
        " new, actor, actor_id, impersonator_id, token_id, request_id, door, address, reason, transaction, row_hash"
        " FROM security_auditlog WHERE id = %s",
        [number, entry(draw)],
    )


def reorder(draw):
    one, other = draw.sample([n for n in range(1, ROWS + 1) if n not in GAPS], 2)
    for now, then in ((one, 1_000), (other, one), (1_000, other)):
        execute("UPDATE security_auditlog SET id = %s WHERE id = %s", [then, now])


def truncate(draw):
    """The newest entries and the seals over them, as if they had never been."""
    keep = draw.randrange(0, ROWS // RANGE)
    execute("DELETE FROM security_auditlog WHERE id > %s", [keep * RANGE])
    execute("DELETE FROM security_auditseal WHERE number > %s", [keep])


def rewrite_seal(draw):
    change = draw.choice(
        [
            "root = sha256('x'::bytea)",
            "log_root = sha256('x'::bytea)",
            "rows = rows + 1",
            "last_id = last_id - 1",
            "first_id = first_id - 1",
            "sealed_at = sealed_at + interval '1 second'",
            "key_id = 's9'",
            "signature = sha512('x'::bytea)",
        ]
    )
    execute(f"UPDATE security_auditseal SET {change} WHERE number = %s", [draw.randint(1, ROWS // RANGE)])  # noqa: S608


TAMPERS = (edit, edit_moment, delete, insert, reorder, truncate, rewrite_seal)
REWRITES = (edit, edit_moment, delete, insert, reorder)


def test_an_untouched_trail_has_no_findings(heads):
    found = trail_verify(heads=iter(heads))
    assert (found.rows, found.seals, found.unsealed, found.heads) == (
        ROWS - len(GAPS),
        ROWS // RANGE,
        0,
        ROWS // RANGE,
    )
    assert found.findings == []


def test_a_thousand_random_tamperings_are_all_found(heads):
    """A third of them by somebody who makes row hashes anew, another by one who makes all seals anew with our own key."""
    draw, missed = random.Random(20270314), []
    for number in range(TAMPERINGS):
        with transaction.atomic():
            power = draw.choice(("rows", "hashes", "seals"))
            tamper = draw.choice(TAMPERS if power == "rows" else REWRITES)
            counts = tamper(draw)
            if power != "rows" and counts is not False:
                hashes_made_anew()
            if power == "seals" and counts is not False:
                seals_made_anew()
            if not kinds(heads):
                missed.append((number, power, tamper.__name__))
            transaction.set_rollback(True)
    assert missed == []
    assert kinds(heads) == set()


NAMED = [
    ("edited", "UPDATE security_auditlog SET reason = 'x' WHERE id = 5", {"entry_hash", "seal_root"}),
    ("deleted", "DELETE FROM security_auditlog WHERE id = 5", {"seal_rows", "seal_root"}),
    ("seal gone", "DELETE FROM security_auditseal WHERE number = 6", {"head_lost"}),
    (
        "seal within gone",
        "DELETE FROM security_auditseal WHERE number = 2",
        {"seal_gap", "head_lost", "seal_log"},
    ),
    ("key", "UPDATE security_auditseal SET key_id = 's9' WHERE number = 2", {"seal_signature"}),
]


@pytest.mark.parametrize(("case", "sql", "expected"), NAMED, ids=[row[0] for row in NAMED])
def test_findings_are_called_by_their_names(case, sql, expected, heads):
    execute(sql)
    assert kinds(heads) >= expected


def test_what_was_made_anew_with_our_key_is_found_by_the_heads_outside_alone(heads):
    execute("UPDATE security_auditlog SET actor = 'user:666' WHERE id = 41")
    hashes_made_anew()
    seals_made_anew()
    assert kinds([]) == set()
    assert kinds(heads) == {"head_differs"}


def test_a_head_that_is_not_ours_is_found(heads):
    forged = heads[0].signed(b"x" * 64)
    assert kinds([forged, *heads]) == {"head_forged"}


def test_two_heads_of_a_seal_that_differ_are_found(heads, monkeypatch):
    other = trail_made(ROWS, monkeypatch, (3,))
    assert kinds([*other, heads[0]]) == {"head_twice"}


def test_entries_after_the_last_seal_are_checked_by_their_own_hash(heads):
    execute("SELECT security_trail_write('rooms_room', ARRAY[('D', '1', NULL, '{}', NULL)::security_change])")
    found = trail_verify(heads=iter(heads))
    assert (found.unsealed, found.findings) == (1, [])
    execute("UPDATE security_auditlog SET reason = 'x' WHERE id = %s", [ROWS + 1])
    assert kinds(heads) == {"entry_hash"}


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TRIGGER zz_trail_update ON rooms_room",
        "ALTER TABLE rooms_room DISABLE TRIGGER zz_trail_delete",
        "CREATE OR REPLACE TRIGGER zz_trail_insert AFTER INSERT ON rooms_room REFERENCING NEW TABLE AS new_rows"
        " FOR EACH STATEMENT EXECUTE FUNCTION security_trail_capture('id', 'property_id', 'name', '')",
    ],
    ids=["dropped", "off", "altered"],
)
def test_a_table_that_is_no_longer_watched_is_named(sql, heads):
    assert kinds(heads) == set()
    execute(sql)
    (finding,) = trail_verify(heads=iter(heads)).findings
    assert (finding["kind"], "rooms_room" in finding["text"]) == ("not_watched", True)


def test_progress_is_told(heads):
    told = []
    trail_verify(heads=iter(heads), progress=told.append)
    assert told == [ROWS - len(GAPS)]


def test_findings_are_listed_up_to_a_hundred(heads, monkeypatch):
    monkeypatch.setattr("security.selectors.verification.MOST_FINDINGS", 4)
    execute("UPDATE security_auditseal SET rows = rows + 1")
    assert len(trail_verify(heads=iter(heads)).findings) == 4
    assert AuditSeal.objects.count() == ROWS // RANGE
