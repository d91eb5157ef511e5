"""The first page of the administration: by what one does, only what one may see, and the desk where the desk has it."""

from hotel.accounts.models import Role, User
from hotel.accounts.services.roles import role_assign
from hotel.core.plugs import plugs
from hotel.dashboard.administration import groups
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.reservations import house_make


def listed(client) -> dict[str, list[str]]:
    """Titles of the groups on the page, and the addresses of each."""
    page = client.get("/admin/")
    assert page.status_code == 200
    return {app["name"]: [row["admin_url"] for row in app["models"]] for app in page.context["app_list"]}


def test_a_manager_finds_what_he_sets_up_first_and_the_desk_where_it_has_the_flow(cast, signed_in):
    found = listed(signed_in(cast.ada))
    assert list(found)[:3] == [
        "Prices: plans, seasons, packages, codes",
        "Terms and taxes",
        "Money: codes, debtors, card processors",
    ]
    assert found["Terms and taxes"] == [
        "/admin/rates/cancellationpolicy/",
        "/admin/rates/depositpolicy/",
        "/admin/rates/noshowpolicy/",
        "/admin/rates/taxexemption/",
        "/admin/rates/taxrule/",
    ]
    assert found["Reservations: looked up"][:3] == [
        "/dashboard/reservations",
        "/dashboard/blocks",
        "/dashboard/waitlist",
    ]
    assert "/admin/properties/floor/" in found["Rooms, types and where they are"]
    assert "/admin/properties/floor/" not in found["The hotel, its settings and age bands"]


def test_where_the_desk_has_the_flow_nothing_is_added(cast, signed_in):
    page = signed_in(cast.ada).get("/admin/")
    looked_up = [app for app in page.context["app_list"] if "looked up" in app["name"]]
    assert len(looked_up) == 4
    assert [row["add_url"] for app in looked_up for row in app["models"] if row["add_url"]] == []


def test_each_role_sees_the_groups_of_its_models_alone(cast, signed_in):
    role_assign(user=cast.ida, role=Role.objects.get(chain=cast.chain, code="housekeeping"), place=cast.alpha)
    found = listed(signed_in(User.objects.get(pk=cast.ida.pk)))
    assert list(found) == [
        "Rooms, types and where they are",
        "The hotel, its settings and age bands",
        "Housekeeping and repairs: looked up",
        "Lists on paper",
        "Rooms: what was counted, held and cleaned",
    ]
    assert "/dashboard/setup" not in found["The hotel, its settings and age bands"]
    assert found["Rooms, types and where they are"][0] == "/dashboard/rooms"


def test_every_model_stands_in_one_group_and_others_in_the_last():
    labels = [
        "rates.RatePlan",
        "rates.TaxRule",
        "properties.Floor",
        "properties.Chain",
        "auditlog.LogEntry",
        "core.DataKey",
    ]
    found = [(group.title, mine) for group, mine in groups(labels) if mine]
    assert sorted(label for _title, mine in found for label in mine) == sorted(labels)
    assert found[-1] == ("Workings of the installation", ["core.DataKey", "auditlog.LogEntry"])
    orders = [group.order for plug in plugs() for group in plug.admin]
    assert len(set(orders)) == len(orders)


def test_a_page_of_one_app_lists_all_of_it(cast, signed_in):
    page = signed_in(cast.ada).get("/admin/properties/")
    assert "/admin/properties/floor/" in [row["admin_url"] for row in page.context["app_list"][0]["models"]]


def test_it_costs_the_same_in_a_full_house(cast, signed_in):
    ada = signed_in(cast.ada)
    ada.get("/admin/")
    few = queries_of(lambda: ada.get("/admin/"))
    house_make(cast.alpha).reserve(0, 2)
    assert_constant(few, queries_of(lambda: ada.get("/admin/")))
