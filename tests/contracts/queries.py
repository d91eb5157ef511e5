"""Query budgets: a list of twelve rows costs as many queries as a list of three."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contracts.base import ApiContract, ids_of


def queries_of(call) -> list[str]:
    """The statements that a call sends, savepoints left out."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        call()
    return [q["sql"] for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]


PEEKED = 6  # rows at the ends of an index that the planner may look at, to know how far it reaches


def rows_read(table: str, call) -> int:
    """How many rows of a table a call reads when the table is too long to be read from end to end.

    With those that are ``PEEKED``, which is for the planner to decide. A plan that the connection made for a short table
    is not used. The least of some calls: what tests before have
    taken back lies about at the ends of an index until somebody has passed by, and of a table that was last analysed
    nearly empty the planner believes that any way of joining it is as good as another.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_custom_plan")
        least = []
        for joins in ("on", "off"):
            cursor.execute(f"SET LOCAL enable_hashjoin = {joins}; SET LOCAL enable_mergejoin = {joins}")
            least.append(min(_rows_of(cursor, table, call) for _ in range(3)))
        return min(least)


def _rows_of(cursor, table: str, call) -> int:
    before = _rows_so_far(cursor, table)
    call()
    return _rows_so_far(cursor, table) - before


def _rows_so_far(cursor, table: str) -> int:
    """As PostgreSQL counts them in this transaction, scans of functions and triggers included."""
    cursor.execute(
        "SELECT pg_stat_get_xact_tuples_returned(%(table)s::regclass) + sum(pg_stat_get_xact_tuples_returned(indexrelid))"
        " FROM pg_index WHERE indrelid = %(table)s::regclass",
        {"table": table},
    )
    return int(cursor.fetchone()[0])


def assert_constant(few: list[str], many: list[str]) -> None:
    """Both calls sent as many statements; the surplus is shown when not."""
    surplus = [sql for sql in many if many.count(sql) > few.count(sql)]
    assert len(few) == len(many), f"{len(few)} queries for few rows, {len(many)} for many:\n" + "\n".join(
        sorted({sql[:300] for sql in surplus})
    )


class QueryContract(ApiContract):
    """``max_queries`` is the budget of one list, whatever its length."""

    max_queries = 12

    def test_a_list_costs_the_same_queries_for_three_rows_and_for_twelve(self, stage):
        for n in range(3):
            self.make(stage.alpha, n)
        user = stage.person(self.reader_rights())
        few = queries_of(lambda: ids_of(stage.client(user).get(self.url)))
        for n in range(3, 12):
            self.make(stage.alpha, n)
        answer = stage.client(user).get(self.url)
        assert len(ids_of(answer)) >= 12
        many = queries_of(lambda: stage.client(user).get(self.url))
        # stage.client reads its user: one more on both sides
        assert_constant(few, many)
        assert len(many) <= self.max_queries, "\n".join(sql[:200] for sql in many)
