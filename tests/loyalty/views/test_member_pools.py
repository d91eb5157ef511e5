"""A pool on a member's page: opened, joined, left and closed at the desk."""

import pytest

from loyalty.models import PointPool, PoolMember
from tests.factories.loyalty import loyalty_member_make, point_pool_make, points_make, pool_join
from tests.loyalty.views.pages import act, text_of, url


@pytest.fixture
def anna(cast):
    return loyalty_member_make(cast.alpha)


@pytest.fixture
def ben(cast, anna):
    return loyalty_member_make(cast.alpha)


def test_a_family_pool_from_opening_to_closing(cast, desk, anna, ben):
    key = "1f0e9a52-0f7e-4b3e-9d0a-5f2f3c1d8e11"
    sent = {"name": "Moser", "max_members": 4, "spenders": "all", "waiting_days": 0, "key": key}
    desk.post(
        url(anna), {"do": "pool_open", **{f"pool_open-{field}": value for field, value in sent.items()}}
    )
    pool = PointPool.objects.get()
    assert (pool.name, pool.head, pool.max_members, pool.kind) == ("Moser", anna, 4, "family")
    assert "No member has this number." in text_of(act(desk, anna, "pool_invite", number="NOBODY"))
    told = text_of(act(desk, anna, "pool_invite", number=ben.number))
    assert f"{ben.number} is invited." in told
    seat = PoolMember.objects.get(member=ben)
    points_make(ben, 700)
    page = text_of(act(desk, ben, "pool_accept", invitation=seat.pk, consent="Signed"))
    assert "Moser (Family): 700 points are open to its members." in page
    act(desk, ben, "pool_leave")
    seat.refresh_from_db()
    assert seat.left_on is not None
    act(desk, anna, "pool_close")
    pool.refresh_from_db()
    assert pool.closed_on is not None


def test_who_is_in_none_is_told_what_it_is(cast, desk, anna):
    assert "This member is in no pool." in text_of(desk.get(url(anna)))


def test_the_head_closes_and_does_not_leave(cast, desk, anna, ben):
    pool_join(point_pool_make(cast.alpha, head=anna), ben)
    head, other = text_of(desk.get(url(anna))), text_of(desk.get(url(ben)))
    assert ("Close pool" in head, "Leave the pool" in head) == (True, False)
    assert ("Close pool" in other, "Leave the pool" in other) == (False, True)


def test_terms_are_changed_on_the_heads_page(cast, desk, anna, ben):
    pool = point_pool_make(cast.alpha, head=anna, waiting_days=30)
    page = text_of(desk.get(url(anna)))
    assert "Up to 6 members; all spend points of others; from 30 days after joining on." in page
    sent = {
        "version": 1, "name": "Berg", "max_members": 4, "spenders": "all", "waiting_days": 0, "share_percent": 50,
    }  # fmt: skip
    told = text_of(act(desk, anna, "pool_change", **sent))
    assert "The pool goes on by these terms." in told
    assert "Up to 4 members; all spend points of others; 50 % of each lot is open to them." in told
    pool_join(pool, ben)
    sent |= {"version": 2, "share_percent": 60}
    assert "Its members agreed on less." in text_of(act(desk, anna, "pool_change", **sent))
    sent |= {"version": 1, "share_percent": 40}
    assert "Somebody changed this meanwhile" in text_of(act(desk, anna, "pool_change", **sent))
    assert 'name="pool_change-name"' not in text_of(desk.get(url(ben)))
    pool.refresh_from_db()
    assert (pool.name, pool.max_members, pool.share_percent, pool.version) == ("Berg", 4, 50, 2)


@pytest.mark.parametrize("name", ["pool_change", "pool_close", "pool_leave"])
def test_who_is_in_no_pool_has_none_to_change(cast, desk, anna, name):
    assert act(desk, anna, name).status_code == 404
