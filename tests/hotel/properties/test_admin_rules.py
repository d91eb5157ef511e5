"""A rule in the administration says what it does before its columns, and nothing before it is saved."""

from django.contrib import admin
from django.test import RequestFactory

from hotel.properties.admin_rules import UNSAVED
from hotel.rates.models import NoShowPolicy
from tests.factories.rates import no_show_policy_make


def test_words_and_the_way_to_the_test_stand_first_and_cannot_be_typed(cast):
    page = admin.site._registry[NoShowPolicy]
    request = RequestFactory().get("/")
    request.user = cast.ada
    row = no_show_policy_make(cast.alpha)
    assert page.get_fields(request, row)[:2] == ["says", "trial"]
    assert {"says", "trial", "version", "property"} <= set(page.get_readonly_fields(request, row))
    assert page.says(row).startswith("Who does not come: the first night is owed.")
    assert f'href="/dashboard/rules/no-show/{row.pk}"' in page.trial(row)


def test_what_is_not_saved_says_nothing_yet():
    page = admin.site._registry[NoShowPolicy]
    assert (page.says(NoShowPolicy()), page.trial(NoShowPolicy())) == (UNSAVED, UNSAVED)
