"""Duties held together are found, and the matrix says what everybody may do."""

from security.models import DutyConflict
from security.selectors.findings import findings_at, matrix_at


def test_who_holds_two_duties_is_found_by_name_and_rule(house, django_assert_num_queries):
    with django_assert_num_queries(3):
        found = findings_at(house.alpha)

    rules = list(DutyConflict.objects.filter(chain=house.chain).select_related("first", "second"))
    assert [(f.user.username, str(f.conflict)) for f in found] == [
        *(("ada", str(rule)) for rule in rules),
        ("bo", "adjust folios and audit stays"),
        ("cy", "invoice folios and write_off folios"),
    ]
    assert [(f.user.username) for f in findings_at(house.beta)] == ["ada", "ada", "ada", "eve"]


def test_the_matrix_has_a_row_per_person(house, django_assert_num_queries):
    with django_assert_num_queries(3):
        rows = {row.user.username: row for row in matrix_at(house.alpha)}

    assert sorted(rows) == ["ada", "bo", "cy", "di", "rae", "val"]
    assert rows["di"].areas == {
        "dashboard": ["view"],
        "operations": ["view", "work"],
        "papers": ["view"],
        "properties": ["view"],
        "rooms": ["status", "view"],
    }
    assert {name: row.risk for name, row in rows.items()} == {
        "ada": "privileged",
        "bo": "sensitive",
        "cy": "sensitive",
        "di": "ordinary",
        "rae": "sensitive",
        "val": "sensitive",
    }
