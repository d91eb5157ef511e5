"""A change of a table gives way to who works on it, and comes again."""

import pytest
from django.db import OperationalError, ProgrammingError, connection, transaction

from hotel.core.postgresql.patience import patiently, unhurried
from tests.structure import by_owner
from tests.together import Actor

CHANGE = "ALTER TABLE rooms_roomfeature ADD COLUMN patience integer"
COLUMNS = "SELECT count(*) FROM information_schema.columns WHERE table_name = 'rooms_roomfeature' AND column_name = 'patience'"
TIMEOUT = "SELECT current_setting('lock_timeout')"


def told(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def change():
    with by_owner(), transaction.atomic():
        told(CHANGE)


@pytest.fixture
def reader():
    """Somebody whose long report reads the table."""
    with Actor() as actor:
        actor.do(lambda: transaction.set_autocommit(False))
        actor.do(lambda: told("SELECT count(*) FROM rooms_roomfeature"))
        yield actor
        actor.do(transaction.rollback)
        actor.do(lambda: transaction.set_autocommit(True))


@pytest.mark.django_db(transaction=True)
def test_a_change_comes_again_until_the_report_is_done(reader):
    before, tries = told(TIMEOUT), []

    def work():
        tries.append(told(TIMEOUT))
        if len(tries) == 3:
            reader.do(transaction.rollback)
        change()

    try:
        patiently(work, pause=0)
        assert tries == ["400ms"] * 3
        assert told(COLUMNS) == 1
    finally:
        with by_owner():
            told("ALTER TABLE rooms_roomfeature DROP COLUMN IF EXISTS patience")
    assert told(TIMEOUT) == before


@pytest.mark.django_db(transaction=True)
def test_a_report_without_end_keeps_the_table_as_it_is(reader):
    before = told(TIMEOUT)
    with pytest.raises(OperationalError, match="lock timeout"):
        patiently(change, tries=2, pause=0)
    assert (told(COLUMNS), told(TIMEOUT)) == (0, before)


@pytest.mark.django_db(transaction=True)
def test_other_errors_are_not_tried_again():
    tries = []

    def work():
        tries.append(1)
        told("SELECT nothing_of_the_kind")

    with pytest.raises(ProgrammingError):
        patiently(work, pause=0)
    assert tries == [1]


def test_what_nobody_waits_for_has_no_limit_until_its_end(db):
    limits = "SELECT current_setting('lock_timeout') || ' ' || current_setting('statement_timeout')"
    before = told(limits)
    assert before == "2s 30s"
    with unhurried():
        assert told(limits) == "0 0"
    assert told(limits) == before
