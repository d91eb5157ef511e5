"""Saved views over the lists and on their own page."""

import uuid
from datetime import timedelta

import pytest

from hotel.accounts.models import Role, SavedView
from hotel.reservations.choices import ReservationStatus
from tests.cast import TODAY
from tests.contracts.queries import queries_of
from tests.factories.accounts import saved_view_make

LIST, VIEWS = "/dashboard/reservations", "/dashboard/views/reservation_list"
LISTS = {
    "reservation_list": LIST,
    "messages": "/dashboard/messages",
    "folio_list": "/dashboard/folios",
    "board": "/dashboard/rooms",
    "task_board": "/dashboard/tasks",
    "chart": "/dashboard/chart",
}


def names():
    return list(SavedView.objects.order_by("pk").values_list("name", flat=True))


def text_of(answer) -> str:
    return answer.content.decode()


def chips(answer) -> str:
    """The line of chips over a list."""
    return text_of(answer).partition('aria-label="Saved views">')[2].partition("</nav>")[0]


@pytest.fixture
def ada(cast, signed_in):
    """The manager, who works at Alpha first."""
    return signed_in(cast.ada)


@pytest.mark.parametrize(("name", "path"), LISTS.items())
def test_every_list_leads_to_its_views_and_is_told_what_a_view_is(cast, ada, name, path):
    assert f'href="/dashboard/views/{name}' in chips(ada.get(path))
    page = ada.get(f"/dashboard/views/{name}")

    assert (page.status_code, "No view is kept yet." in text_of(page)) == (200, True)
    assert "Nothing is filtered now." in text_of(page)


def test_the_present_filters_are_kept_and_opened_by_a_chip(house, desk, cast, send):
    house.reserve(0, 1)
    listed = desk.get(f"{LIST}?text=Moser&status=option&day={TODAY + timedelta(days=7)}&page=2")
    address = f"{VIEWS}?status=option&amp;day=2027-03-21"
    assert f'href="{address}"' in chips(listed)
    assert "Option" in text_of(desk.get(address.replace("&amp;", "&")))

    done = send(desk, address.replace("&amp;", "&"), "save", name="Options soon")

    view = SavedView.objects.get()
    assert (view.owner, view.property, view.page) == (cast.bo, cast.alpha, "reservation_list")
    assert (view.query, view.is_default) == ("status=option&day=today%2B7", False)
    assert done.redirect_chain == [(f"{LIST}?status=option&day=2027-03-21", 302)]
    assert 'href="?status=option&amp;day=2027-03-21" aria-current="true">Options soon</a>' in chips(done)
    assert 'aria-current="true">Everything' in chips(desk.get(f"{LIST}?view=all"))


def test_days_of_a_view_move_with_the_business_date(house, desk, cast):
    saved_view_make(cast.alpha, owner=cast.bo, query="day=today%2B1")
    type(cast.alpha).objects.filter(pk=cast.alpha.pk).update(business_date=TODAY + timedelta(days=2))

    assert 'href="?day=2027-03-17"' in chips(desk.get(LIST))
    assert "1 day after the business date" in text_of(desk.get(VIEWS))


def test_a_double_click_keeps_it_once(house, desk, send):
    key = uuid.uuid4()
    for _ in range(2):
        done = send(desk, f"{VIEWS}?status=option", "save", key=key, name="Options")

    assert "This was done already" in text_of(done)
    assert names() == ["Options"]


def test_what_is_refused_is_told_and_nothing_is_kept(house, desk, cast, send):
    saved_view_make(cast.alpha, owner=cast.bo, name="Options")
    taken = text_of(send(desk, f"{VIEWS}?status=option", "save", name="OPTIONS"))
    assert ("is there already" in taken, 'value="OPTIONS"' in taken) == (True, True)

    renamed = desk.post(VIEWS, {"do": "rename", "rename-row": SavedView.objects.get().pk, "rename-name": " "})
    assert "This field is required" in text_of(renamed)
    assert names() == ["Options"]


@pytest.mark.parametrize("query", ["", "next=//evil.example", "status=%0a", "text=Moser"])
def test_what_filters_nothing_cannot_be_kept(house, desk, send, query):
    assert "Nothing is filtered now." in text_of(desk.get(f"{VIEWS}?{query}"))

    send(desk, f"{VIEWS}?{query}", "save", name="Nothing")

    assert names() == []


def test_a_default_opens_first_and_all_is_one_click_away(house, desk, cast):
    house.reserve(0, 1)
    view = saved_view_make(cast.alpha, owner=cast.bo, name="Options", query="status=option")
    told = desk.post(VIEWS, {"do": "choose", "choose-row": view.pk}, follow=True)
    assert "Reservations opens with “Options” for you now." in text_of(told)

    assert desk.get(LIST)["Location"] == f"{LIST}?status=option"
    everything = desk.get(f"{LIST}?view=all")
    assert (everything.status_code, "All, latest arrival first" in text_of(everything)) == (200, True)
    cleared = text_of(desk.get(f"{LIST}?status=option"))
    assert '<a class="btn" href="?view=all">Clear</a>' in cleared
    refreshed = desk.get(LIST, headers={"HX-Request": "true", "X-Refresh": str(cast.alpha.pk)})
    assert refreshed.status_code == 200

    desk.post(VIEWS, {"do": "unchoose", "unchoose-row": view.pk})
    assert desk.get(LIST).status_code == 200


def test_a_default_whose_filters_are_no_more_leads_nowhere(house, desk, cast):
    saved_view_make(cast.alpha, owner=cast.bo, query="gone=1", is_default=True)

    assert desk.get(LIST).status_code == 200
    assert "does not know these filters any more" in text_of(desk.get(VIEWS))


def test_a_default_is_for_its_person_and_its_hotel(house, desk, cast, signed_in):
    saved_view_make(cast.alpha, owner=cast.bo, is_default=True)

    assert desk.get(LIST).status_code == 302
    assert signed_in(cast.rae).get(LIST).status_code == 200
    assert signed_in(cast.eve).get(LIST).status_code == 200


def test_folios_say_what_they_show_by_themselves(house, desk, cast, send):
    assert 'href="/dashboard/views/folio_list?status=open"' in chips(desk.get("/dashboard/folios"))
    send(desk, "/dashboard/views/folio_list?status=", "save", name="Open and closed")

    assert SavedView.objects.get().query == "status="
    assert 'aria-current="true">Open and closed' in chips(desk.get("/dashboard/folios?status="))
    assert 'aria-current="true">Open and closed' not in chips(desk.get("/dashboard/folios"))


def test_a_view_is_renamed_replaced_and_deleted(house, desk, cast):
    view = saved_view_make(cast.alpha, owner=cast.bo, name="Options", query="status=option")

    desk.post(VIEWS, {"do": "rename", "rename-row": view.pk, "rename-name": "Sure"})
    desk.post(f"{VIEWS}?status=confirmed", {"do": "replace", "replace-row": view.pk})
    view.refresh_from_db()
    assert (view.name, view.query) == ("Sure", "status=confirmed")
    assert "Replace by the present filters" in text_of(desk.get(f"{VIEWS}?status=option"))
    assert "Replace by the present filters" not in text_of(desk.get(f"{VIEWS}?status=confirmed"))

    desk.post(VIEWS, {"do": "delete", "delete-row": view.pk})
    assert names() == []


def test_a_manager_shares_and_only_a_manager_changes_what_is_shared(house, ada, desk, cast):
    role = Role.objects.get(chain=cast.chain, code="front_desk")
    view = saved_view_make(cast.alpha, owner=cast.ada, name="Options", query="status=option")
    assert "Options" not in chips(desk.get(LIST))

    told = ada.post(VIEWS, {"do": "share", "share-row": view.pk, "share-role": role.pk}, follow=True)

    assert "Everybody who is Front desk here has “Options” now." in text_of(told)
    shared = SavedView.objects.get(role=role)
    assert "Options" in chips(desk.get(LIST))
    assert "shared: Front desk" in text_of(desk.get(VIEWS))
    assert "Change" not in text_of(desk.get(VIEWS)).partition("Kept")[2].partition("present")[0]
    refused = desk.post(VIEWS, {"do": "delete", "delete-row": shared.pk})
    assert "those who manage the hotel" in text_of(refused)
    assert desk.post(VIEWS, {"do": "share", "share-row": shared.pk, "share-role": role.pk}).status_code == 403
    assert names() == ["Options", "Options"]
    ada.post(VIEWS, {"do": "delete", "delete-row": shared.pk})
    assert list(SavedView.objects.all()) == [view]


def test_the_view_of_another_is_not_there(house, desk, cast):
    view = saved_view_make(cast.alpha, owner=cast.rae, name="Hers")

    for act in ("rename", "delete", "choose"):
        sent = {"do": act, f"{act}-row": view.pk, f"{act}-name": "Mine"}
        assert desk.post(VIEWS, sent).status_code == 404
    assert ("Hers" in text_of(desk.get(VIEWS)), names()) == (False, ["Hers"])


def test_the_page_asks_for_the_right_of_its_list(cast, signed_in):
    di = signed_in(cast.di)

    assert di.get("/dashboard/views/board").status_code == 200
    assert di.get(VIEWS).status_code == 403
    assert di.post(VIEWS, {"do": "save"}).status_code == 403
    assert di.get("/dashboard/views/revenue").status_code == 404
    assert di.post("/dashboard/views/revenue", {"do": "save"}).status_code == 404
    assert signed_in(cast.ida).get("/dashboard/views/board").status_code == 403


def test_many_views_are_a_few_chips_and_one_that_is_open(house, desk, cast):
    for number, status in enumerate(ReservationStatus.values * 2):
        saved_view_make(
            cast.alpha, owner=cast.bo, name=f"View {number:02}", query=f"status={status}&n={number}"
        )
    saved_view_make(cast.alpha, owner=cast.bo, name="Zuletzt", query="day=today%2B0")
    count = len(names())

    shown = chips(desk.get(f"{LIST}?day={TODAY}"))

    assert shown.count('class="chip"') == 8 + 1 + 2
    assert ('aria-current="true">Zuletzt' in shown, f"{count - 9} more views" in shown) == (True, True)


def test_views_cost_one_query_a_list_and_no_more_with_many(house, desk, cast):
    desk.get(LIST)
    few = queries_of(lambda: desk.get(LIST)), queries_of(lambda: desk.get(VIEWS))
    for number in range(12):
        saved_view_make(cast.alpha, owner=cast.bo, name=f"{number}")
    many = queries_of(lambda: desk.get(LIST)), queries_of(lambda: desk.get(VIEWS))

    assert [len(asked) for asked in many] == [len(asked) for asked in few]
    assert sum("accounts_savedview" in query for query in map(str, many[0])) == 1
