"""Views of lists: whose they are, what they are called, how many, and who may change them."""

import pytest
from django.db import IntegrityError, transaction

from hotel.accounts.domain.saved_views import VIEWS_AT_MOST
from hotel.accounts.models import Role, SavedView
from hotel.accounts.services.roles import role_assign
from hotel.accounts.services.saved_views import view_change, view_choose, view_delete, view_save
from hotel.core.exceptions import Conflict, InvalidInput, NotFound, NotPermitted
from hotel.properties.models import Chain
from tests.cast import make_cast
from tests.factories.accounts import role_make, saved_view_make
from tests.together import together

PAGE, QUERY = "reservation_list", "status=confirmed"


def role(cast, code="front_desk"):
    return Role.objects.get(chain=cast.chain, code=code)


def save(cast, by, name="Confirmed", **over):
    return view_save(**{"place": cast.alpha, "page": PAGE, "name": name, "query": QUERY, "by": by, **over})


def kept():
    """All views, as whose, name, query, and whether the page opens with it."""
    rows = SavedView.objects.order_by("pk")
    return [(str(row.owner or row.role), row.name, row.query, row.is_default) for row in rows]


def refused(error, act) -> str:
    """The code of a refusal, after which all is as before."""
    before = kept()
    with pytest.raises(error) as found, transaction.atomic():
        act()
    assert kept() == before
    return found.value.code


def test_a_view_is_of_a_person_at_a_property_and_a_page(cast):
    view = save(cast, cast.bo, "  My   stays ")
    save(cast, cast.rae, "My stays")
    save(cast, cast.bo, "My stays", page="chart")
    save(cast, cast.ada, "My stays", place=cast.beta)

    assert (view.property, view.owner, view.role, view.page) == (cast.alpha, cast.bo, None, PAGE)
    assert [row[:2] for row in kept()] == [
        ("bo", "My stays"),
        ("rae", "My stays"),
        ("bo", "My stays"),
        ("ada", "My stays"),
    ]


def test_a_name_is_there_once_however_it_is_written(cast):
    save(cast, cast.bo, "Übrige")

    assert refused(InvalidInput, lambda: save(cast, cast.bo, " üBRIGE")) == "name_taken"
    other = save(cast, cast.bo, "Other")
    assert refused(InvalidInput, lambda: view_change(view=other, by=cast.bo, name="ÜBRIGE")) == "name_taken"
    assert view_change(view=other, by=cast.bo, name="OTHER").name == "OTHER"


@pytest.mark.parametrize(
    ("over", "code"),
    [({"name": " "}, "name_needed"), ({"name": "x" * 41}, "name_needed"), ({"query": ""}, "view_empty"),
     ({"query": "x" * 301}, "view_empty")],
)  # fmt: skip
def test_what_says_nothing_is_not_kept(cast, over, code):
    assert refused(InvalidInput, lambda: save(cast, cast.bo, **{"name": "A", **over})) == code


def test_there_are_thirty_of_a_person_at_a_hotel(cast):
    for number in range(VIEWS_AT_MOST):
        saved_view_make(cast.alpha, owner=cast.bo, name=f"{number}", page=f"page{number % 3}")

    assert refused(Conflict, lambda: save(cast, cast.bo)) == "views_full"
    assert save(cast, cast.rae).owner == cast.rae
    view_delete(view=SavedView.objects.filter(owner=cast.bo)[0], by=cast.bo)
    assert save(cast, cast.bo).owner == cast.bo


def test_a_role_gets_a_view_from_who_manages_the_hotel(cast):
    assert refused(NotPermitted, lambda: save(cast, cast.bo, role=role(cast))) == "permission_denied"

    view = save(cast, cast.ada, role=role(cast))

    assert (view.owner, view.role) == (None, role(cast))
    assert refused(NotPermitted, lambda: view_change(view=view, by=cast.bo, name="X")) == "permission_denied"
    assert refused(NotPermitted, lambda: view_delete(view=view, by=cast.bo)) == "permission_denied"
    assert refused(NotPermitted, lambda: view_choose(view=view, by=cast.ada, is_default=True))
    assert view_change(view=view, by=cast.ada, query="status=option").query == "status=option"
    view_delete(view=view, by=cast.ada)
    assert kept() == []


def test_a_manager_of_another_hotel_shares_nothing_here(cast):
    role_assign(user=cast.eve, role=role(cast, "general_manager"), place=cast.beta)

    assert save(cast, cast.eve, place=cast.beta, role=role(cast)).property == cast.beta
    assert refused(NotPermitted, lambda: save(cast, cast.eve, role=role(cast))) == "permission_denied"


def test_a_role_of_another_company_gets_nothing(cast):
    foreign = role_make(Chain.objects.create(code="OTHER", name="Other"))

    assert refused(InvalidInput, lambda: save(cast, cast.ada, role=foreign)) == "role_unknown"


def test_nobody_changes_the_view_of_another(cast):
    view = save(cast, cast.bo)

    assert refused(NotPermitted, lambda: view_change(view=view, by=cast.ada, name="X")) == "permission_denied"
    assert refused(NotPermitted, lambda: view_delete(view=view, by=cast.rae)) == "permission_denied"
    assert refused(NotPermitted, lambda: view_choose(view=view, by=cast.rae, is_default=True))


def test_a_page_opens_with_one_view_at_most(cast):
    first, second = save(cast, cast.bo, "A"), save(cast, cast.bo, "B")
    board = save(cast, cast.bo, "C", page="board")

    for view in (first, board, second, second):
        view_choose(view=view, by=cast.bo, is_default=True)

    assert [(name, is_default) for _, name, _, is_default in kept()] == [
        ("A", False),
        ("B", True),
        ("C", True),
    ]
    view_choose(view=second, by=cast.bo, is_default=False)
    assert [is_default for *_, is_default in kept()] == [False, False, True]


def test_what_was_deleted_meanwhile_is_told(cast):
    view = save(cast, cast.bo)
    SavedView.objects.all().delete()

    assert refused(NotFound, lambda: view_change(view=view, by=cast.bo, name="X")) == "not_found"


@pytest.mark.parametrize(
    "values",
    [
        lambda cast: {"owner": None, "role": None},
        lambda cast: {"owner": cast.bo, "role": role(cast)},
        lambda cast: {"role": role(cast), "is_default": True},
        lambda cast: {"owner": cast.rae, "name": "CONFIRMED"},
        lambda cast: {"owner": cast.rae, "name": "Other", "is_default": True},
        lambda cast: {"owner": cast.bo, "query": ""},
    ],
    ids=["of nobody", "of both", "a role's default", "the same name", "two defaults", "says nothing"],
)
def test_the_database_refuses_it_too(cast, values):
    saved_view_make(cast.alpha, owner=cast.rae, is_default=True)
    row = {"page": PAGE, "name": "Confirmed", "query": QUERY, **values(cast)}

    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(property=cast.alpha, **row)
    assert len(kept()) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_keep_the_last_one_at_once_one_is_refused(db):
    cast = make_cast()
    for number in range(VIEWS_AT_MOST - 1):
        saved_view_make(cast.alpha, owner=cast.bo, name=f"{number}")

    found = together(lambda: save(cast, cast.bo, "A"), lambda: save(cast, cast.bo, "B"))

    assert sorted(type(one).__name__ for one in found) == ["Conflict", "SavedView"]
    assert len(kept()) == VIEWS_AT_MOST
