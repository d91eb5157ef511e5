"""The page of one group block."""

import pytest

from hotel.accounts.models import Role
from hotel.accounts.services.roles import role_assign
from tests.factories.reservations import group_block_make, house_make


@pytest.fixture
def block(house):
    return group_block_make(house.place, rooms=2)


def words(answer):
    return answer.content.decode()


def test_the_list_leads_to_the_grid(block, desk):
    assert f'href="/dashboard/blocks/{block.pk}"' in words(desk.get("/dashboard/blocks"))
    page = words(desk.get(f"/dashboard/blocks/{block.pk}"))
    assert "<h1>Wedding</h1>" in page
    assert page.count("<td>2</td>") == 4  # two nights, and their sums
    assert "Left to pick up" in page


def test_rates_are_for_those_who_may_view_them(block, cast, desk, signed_in):
    path = f"/dashboard/blocks/{block.pk}?lens=rate"
    assert page_of(desk, path).count("<td>80.00</td>") == 2
    role = Role.objects.get(chain=cast.chain, code="food_beverage")
    role_assign(user=cast.ida, role=role, place=cast.alpha)
    other = page_of(signed_in(cast.ida), path)
    assert ("80.00" in other, "Rate</a>" in other) == (False, False)


def page_of(client, path):
    return words(client.get(path))


def test_a_block_of_another_property_is_none(cast, house, desk):
    theirs = group_block_make(house_make(cast.beta).place, rooms=1)
    assert desk.get(f"/dashboard/blocks/{theirs.pk}").status_code == 404
