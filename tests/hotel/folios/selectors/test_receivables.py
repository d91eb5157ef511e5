"""Items of several accounts in one query."""

from hotel.folios.selectors.receivables import city_items, open_items
from tests.factories.documents import city_owes, city_paid
from tests.factories.folios import city_account_make


def test_each_account_has_its_own_items_in_one_query(cast, django_assert_num_queries):
    first, second = city_account_make(cast.alpha, "C1"), city_account_make(cast.alpha, "C2")
    item, paid, other = city_owes(first, 11), city_paid(first, 4), city_owes(second, 7)
    with django_assert_num_queries(1):
        found = city_items([first, second])
    assert [row.entry_id for row in found[first.pk]] == [item, paid]
    assert [(row.entry_id, str(row.open)) for row in open_items(found[second.pk])] == [(other, "7.00")]
    assert city_items([]) == {}
