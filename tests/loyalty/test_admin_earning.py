"""What earns beside stays, and merged memberships, in the admin."""

from django.test import Client

from tests.factories.loyalty import member_merge_make

ADMIN = "/admin/loyalty"


def test_a_merge_is_looked_at_without_its_snapshot(cast):
    manager = Client()
    manager.force_login(cast.ada)
    merge = member_merge_make(cast.alpha)
    assert merge.merged.number in manager.get(f"{ADMIN}/membermerge/").content.decode()
    page = manager.get(f"{ADMIN}/membermerge/{merge.pk}/change/")
    assert page.status_code == 200
    assert "snapshot" not in page.content.decode().lower()
    assert manager.get(f"{ADMIN}/membermerge/add/").status_code == 403
