import pytest
from django.db import connection

from hotel.core.postgresql.base import MAX_PARAMETERS
from hotel.rates.models import PromoCode
from tests.cast import TODAY


@pytest.mark.long
def test_more_values_than_one_statement_takes_are_written_and_changed(cast):
    rows = [
        PromoCode(property=cast.alpha, code=f"C{n}", name="Spring", book_from=TODAY, book_until=TODAY,
                  stay_from=TODAY, stay_until=TODAY, max_uses=5) for n in range(3_700)
    ]  # fmt: skip
    changed = [
        "name", "is_combinable", "book_from", "book_until", "stay_from", "stay_until", "max_uses",
        "used_count", "is_active",
    ]  # fmt: skip
    assert len(rows) * 2 * len(changed) > MAX_PARAMETERS

    PromoCode.objects.bulk_create(rows)
    for row in rows:
        row.name = "Summer"
    PromoCode.objects.bulk_update(rows, changed)

    assert PromoCode.objects.filter(name="Summer").count() == 3_700


def test_few_values_go_in_one_statement(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        PromoCode.objects.bulk_create(PromoCode(property=cast.alpha, code=f"C{n}") for n in range(50))


def test_a_batch_holds_at_most_what_a_statement_takes():
    assert [connection.ops.bulk_batch_size(["x"] * fields, range(100_000)) for fields in (0, 1, 20)] == [
        65_535,
        32_767,
        1_638,
    ]
    assert connection.ops.bulk_batch_size(["x"], range(10)) == 10
