from types import SimpleNamespace

from django.contrib import admin
from django.test import RequestFactory

from hotel.core.admin_site import HouseAdminSite


def app_labels(user):
    request = RequestFactory().get("/admin/")
    request.user = user
    return [app["app_label"] for app in admin.site.get_app_list(request)]


def test_the_apps_stand_in_the_order_of_the_floors_and_others_come_last(db, django_user_model):
    root = django_user_model.objects.create_superuser("root", password="x")

    found = app_labels(root)

    assert isinstance(admin.site._wrapped, HouseAdminSite)
    ours = [label for label in ("properties", "messaging", "rooms", "guests", "rates") if label in found]
    assert [label for label in found if label in ours] == ours
    assert found.index("core") > found.index("rates")
    assert found.index("auditlog") > found.index("core")


def test_someone_who_may_see_nothing_sees_no_app():
    nobody = SimpleNamespace(
        is_active=True,
        is_staff=True,
        is_superuser=False,
        pk=0,
        has_perm=lambda *a: False,
        has_module_perms=lambda *a: False,
    )
    nobody.is_authenticated = False

    assert app_labels(nobody) == []
