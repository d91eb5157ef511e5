"""A transaction knows who acts from its first statement to its end, and nobody after it does."""

from threading import Thread

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from hotel.core.postgresql.context import one_transaction, tell, telling, told
from tests.structure import by_owner


def known(name: str = "app.actor") -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT NULLIF(current_setting(%s, true), '')", [name])
        return cursor.fetchone()[0]


def raw(name: str = "app.actor") -> str | None:
    """Asked past Django, in no transaction: what the connection itself would keep."""
    return connection.connection.execute(f"SELECT NULLIF(current_setting('{name}', true), '')").fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_begins_with_what_is_told():
    with telling({"app.actor": "7", "app.reason": 'it\'s \\ "fine"'}), transaction.atomic():
        assert (known(), known("app.reason")) == ("7", 'it\'s \\ "fine"')
    assert known() is None


@pytest.mark.django_db(transaction=True)
def test_the_connection_keeps_nothing_of_it():
    with telling({"app.actor": "7"}):
        with transaction.atomic():
            assert known() == "7"
        assert known() == "7"
        assert raw() is None
    assert raw() is None


@pytest.mark.django_db(transaction=True)
def test_telling_costs_no_statement_that_counts(django_assert_num_queries):
    with telling({"app.actor": "7"}), transaction.atomic():
        known()
        with django_assert_num_queries(1):
            known()


def test_an_open_transaction_learns_at_once_and_forgets_again(db):
    assert known() is None
    with telling({"app.actor": "7"}):
        assert known() == "7"
        with telling({"app.actor": "8", "app.reason": "inner"}):
            assert (known(), known("app.reason")) == ("8", "inner")
        assert (known(), known("app.reason")) == ("7", None)
    assert known() is None


def test_tell_holds_to_the_end_of_the_block_around_it(db):
    before = dict(told())
    with telling({"app.actor": "7"}):
        tell({"app.actor": "9"})
        assert (known(), told()["app.actor"]) == ("9", "9")
    assert (known(), dict(told())) == (None, before)


def test_a_part_that_is_taken_back_leaves_what_was_told_before(db):
    with telling({"app.actor": "7"}):
        with pytest.raises(DatabaseError), transaction.atomic(), telling({"app.actor": "8"}):
            connection.cursor().execute("SELECT 1 / 0")
        assert known() == "7"
    assert known() is None


@pytest.mark.django_db(transaction=True)
def test_a_failed_statement_outside_a_transaction_leaves_a_usable_connection():
    with telling({"app.actor": "7"}):
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert known() == "7"
    assert connection.connection.autocommit is True


def gone(*args, **kwargs):
    connection.connection.pgconn.finish()
    raise psycopg.OperationalError("The database server does not answer.")


@pytest.mark.django_db(transaction=True)
def test_a_server_lost_at_the_commit_is_an_error_of_djangos(monkeypatch):
    """Else the answer would be 500 instead of 503."""
    known()
    with telling({"app.actor": "7"}), monkeypatch.context() as patched:
        patched.setattr(connection.connection, "commit", gone)
        with pytest.raises(OperationalError):
            known()
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_server_lost_while_it_is_told_is_an_error_of_djangos(monkeypatch):
    with pytest.raises(OperationalError), telling({"app.actor": "7"}), transaction.atomic():
        lost_while_told(monkeypatch)
    connection.close()


def lost_while_told(monkeypatch):
    known()
    monkeypatch.setattr(connection.connection, "wait", gone)
    tell({"app.actor": "8"})


@pytest.mark.django_db(transaction=True)
def test_threads_tell_for_themselves():
    seen = {}

    def act(name: str) -> None:
        with telling({"app.actor": name}), transaction.atomic():
            seen[name] = {known() for _ in range(50)}
        connection.close()

    threads = [Thread(target=act, args=[str(number)]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == {str(number): {str(number)} for number in range(4)}


@pytest.mark.django_db(transaction=True)
def test_what_must_come_first_in_a_transaction_still_may():
    with telling({"app.actor": "7"}), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SHOW transaction_isolation")
        assert (cursor.fetchone()[0], known()) == ("repeatable read", "7")


@pytest.mark.django_db(transaction=True)
def test_what_refuses_a_transaction_gets_none():
    with telling({"app.actor": "7"}), by_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE told_once (id int)")
        try:
            cursor.execute(" CREATE INDEX CONCURRENTLY told_once_id ON told_once (id)")
        finally:
            cursor.execute("DROP TABLE told_once")


def test_a_name_that_is_a_word_of_sql_is_told(db):
    with telling({"app.user": "7"}):
        assert known("app.user") == "7"


@pytest.mark.django_db(transaction=True)
def test_reads_together_share_a_transaction_and_leave_an_open_one_alone():
    with telling({"app.actor": "7"}):
        with one_transaction():
            assert connection.in_atomic_block
            assert known() == "7"
        assert not connection.in_atomic_block
        with transaction.atomic():
            with pytest.raises(ValueError, match="no such row"), one_transaction():
                raise ValueError("no such row")
            assert known() == "7"
