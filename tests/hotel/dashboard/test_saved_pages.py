"""The lists that keep views: routes that are there, rights that are theirs, words for what they keep."""

import pytest
from django.conf import settings
from django.urls import resolve, reverse

from hotel.dashboard.saved_pages import PAGES
from tests.factories.rooms import room_type_make


@pytest.mark.parametrize("name", PAGES)
def test_each_is_a_page_with_the_right_that_opens_it(name):
    page = resolve(reverse(f"dashboard:{name}")).func.view_class

    assert (page.saved, page.area, page.verb) == (name, PAGES[name].area, PAGES[name].verb)


@pytest.mark.parametrize("name", PAGES)
def test_no_link_to_all_leads_to_the_default(name):
    page = resolve(reverse(f"dashboard:{name}")).func.view_class
    template = (settings.BASE_DIR / "templates" / page.template_name).read_text()

    assert "dashboard/_views.html" in template
    assert ('href="?"' in template, 'href="{{ request.path }}"' in template) == (False, False)


def test_what_is_kept_is_told_in_words(cast):
    kind = room_type_make(cast.alpha)
    words = PAGES["chart"].words
    assert words(f"from=today-1&days=30&room_type={kind.pk}&gone=1&status=dirty", cast.alpha) == [
        ("From", "1 day before the business date"),
        ("Days", "30"),
        ("Type", str(kind)),
        ("Housekeeping", "Dirty"),
    ]
    assert words("from=today%2B0", cast.alpha) == [("From", "the business date")]
    assert words("from=today%2B2&room_type=0", cast.beta) == [
        ("From", "2 days after the business date"),
        ("Type", "0"),
    ]
    assert PAGES["folio_list"].words("status=", cast.alpha) == [("Status", "all")]
