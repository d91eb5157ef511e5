"""Pools in the admin: looked at in plain words, and closed."""

from django.test import Client

from loyalty.models import PointPool
from tests.factories.loyalty import point_pool_make, pool_payment_make
from tests.loyalty.test_admin import ADMIN


def test_pools_are_read_and_closed(cast):
    desk = Client()
    desk.force_login(cast.ada)
    pool = point_pool_make(cast.alpha)
    page = desk.get(f"{ADMIN}/pointpool/").content.decode()
    assert "Up to 6 members; all spend points of others." in page
    assert pool.head.number in desk.get(f"{ADMIN}/poolmember/").content.decode()
    desk.post(f"{ADMIN}/pointpool/", {"action": "close", "_selected_action": [pool.pk]})
    assert PointPool.objects.get().closed_on is not None


def test_what_members_paid_is_looked_at(cast):
    desk = Client()
    desk.force_login(cast.ada)
    paid = pool_payment_make(cast.alpha)
    assert paid.member.number in desk.get(f"{ADMIN}/poolpayment/").content.decode()
