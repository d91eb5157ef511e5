"""What is prepared stays prepared, unless the schema was touched."""

from contextlib import nullcontext

import pytest
from django.db import connection, transaction

from tests.structure import by_owner


def asked(text: str, times: int = 4) -> list[tuple]:
    with connection.cursor() as cursor:
        for _ in range(times):
            cursor.execute(text, [1])
            found = cursor.fetchall()
    return found


def is_prepared(text: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement = %s", [text.replace("%s", "$1")]
        )
        return cursor.fetchone() == (1,)


def taken_back(*statements: str, then=lambda: None):
    """Execute statements and more in a transaction, and take it back; what the second gave."""
    with transaction.atomic():
        with by_owner() if statements else nullcontext():
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
            answer = then()
        transaction.set_rollback(True)
    return answer


def test_statements_outlive_a_transaction_that_is_taken_back(db):
    text = "SELECT 'outlive', %s::int"
    taken_back(then=lambda: asked(text))

    assert is_prepared(text)
    taken_back()
    assert asked(text) == [("outlive", 1)]
    assert is_prepared(text)


@pytest.mark.django_db(transaction=True)
def test_statements_outlive_a_whole_transaction_that_is_taken_back():
    text = "SELECT 'whole', %s::int"
    taken_back(then=lambda: asked(text))

    assert asked(text, times=1) == [("whole", 1)]
    assert is_prepared(text)


def test_a_table_that_is_taken_back_and_made_otherwise_is_read_as_it_is(db):
    text = "SELECT * FROM made WHERE id = %s"
    kept = "SELECT 'kept', %s::int"
    asked(kept)
    taken_back("CREATE TABLE made (id int)", "INSERT INTO made VALUES (1)", then=lambda: asked(text))
    asked("SELECT %s::int", times=1)  # the next statement tells the server to forget

    assert not is_prepared(text)
    assert not is_prepared(kept)
    made = ["CREATE TABLE made (id int, name text)", "INSERT INTO made VALUES (1, 'Ann')"]
    assert taken_back(*made, then=lambda: asked(text)) == [(1, "Ann")]


@pytest.mark.parametrize(
    "change", ["ALTER TABLE core_outboxmessage ADD COLUMN more int", "DROP TABLE IF EXISTS nowhere"]
)
def test_a_changed_schema_makes_forget_at_once(db, change):
    text = "SELECT 'changed', %s::int"
    asked(text)
    with by_owner(), connection.cursor() as cursor:
        cursor.execute(change)
    asked("SELECT %s::int", times=1)

    assert not is_prepared(text)


def test_more_statements_than_psycopg_knows_stay_prepared(db):
    texts = [f"SELECT {number}, %s::int" for number in range(150)]
    for _ in range(4):
        for text in texts:
            asked(text, times=1)

    assert all(is_prepared(text) for text in (texts[0], texts[-1]))
