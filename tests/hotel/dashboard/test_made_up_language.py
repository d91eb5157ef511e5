"""Every page in a language made up for the test: a head, button, label or link that no catalogue can reach has no brackets."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.translation import trans_real

from hotel.accounts.models import Role
from hotel.folios.models import TransactionCode
from hotel.monitoring.domain.objectives import OBJECTIVES
from tests.browser.test_hotel_day import furnished
from tests.cast import make_cast
from tests.factories.guests import guest_make
from tests.factories.operations import lost_item_make, task_make, work_order_make
from tests.factories.reservations import house_make

WORDS = re.compile(r"(?s)<(h1|h2|th|button|label|legend|summary|dt|nav)\b[^>]*>(.*?)</\1>")
IN_BRACKETS = re.compile(r"⟦[^⟦⟧]*⟧")
OUTSIDE = ("/admin", "/api", "/static", "/logout")
FILES = {"paper_file", "voucher_print"}
# The record of processing, keys and the trail show what is declared and stored, by its own names.
RECORDS = {"security:privacy_record", "security:keys", "security:trail_entry"}
# Rows of the hotel and the people of the cast, as they were written down; marks of technology.
DATA = re.compile(
    r"Anna Moser|María Torre|Firma Österreichische \w+|Firm & Sons|Staff canteen|Lamp 0|Umbrella 0|Lobby|Speisen|"
    r"Alpha|Beta|Auberge|Dbl|Sui|DBL|SUI|Bar|BAR|EUR|ALPHA-[-\w]+|INV-[-\d]+|\b(?:ada|bo|cy|eve|ida|rae|val)\b|"
    r"Child \(0–11\)|To account C1|direct|\d+ min|folios_\w+|OWASP ASVS|PCI DSS|"
    r"Ctrl|ADR|RevPAR|PDF|Excel|English|⟦Pick-up|Brackets|p\d\d ms|GDPR|SHA-256|CTA|CTD|Redis"
)


class MadeUp:
    """A catalogue that has a translation of everything: the text itself in brackets."""

    def gettext(self, message):
        return f"⟦{message.rpartition(chr(4))[2]}⟧" if message else ""

    def ngettext(self, one, many, number):
        return self.gettext(one if number == 1 else many)

    def to_language(self):
        return "eo"


@pytest.fixture
def made_up(monkeypatch, settings):
    settings.LANGUAGES = [("en", "English"), ("eo", "Brackets")]
    monkeypatch.setitem(trans_real._translations, "eo", MadeUp())


@pytest.fixture
def pages(made_up, db):
    """A client of somebody who may see everything and reads the made-up language, and the pages to begin with."""
    cache.clear()
    cast = make_cast()
    cast.ada.is_superuser, cast.ada.language = True, "eo"
    cast.ada.save()
    house = house_make(cast.alpha, doubles=4)
    house.reserve(0, 2, primary_guest=guest_make(house.place, first_name="Anna", last_name="Moser"))
    house.reserve(1, 3, primary_guest=guest_make(house.place, first_name="María", last_name="Torre"))
    begin = furnished(house)
    for make in (task_make, work_order_make, lost_item_make):
        make(house.place)
    client = Client()
    client.force_login(cast.ada)
    return client, ["/", *begin]


def names_of(model):
    """What rows of the hotel are called."""
    return set(model.objects.values_list("name", flat=True))


def route_of(path):
    """The name of a page to look at; empty for a file, and for what is not of the desk."""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    is_file = match.url_name in FILES or {"kind", "token"} & match.kwargs.keys()
    return "" if is_file or path.startswith(OUTSIDE) else match.view_name


def bare(markup):
    """The words of the page's heads, buttons and links that stand outside all brackets and are nobody's data."""
    found = set()
    for _element, inside in WORDS.findall(markup):
        text, before = re.sub(r"<[^>]*>", " | ", inside), None
        while before != text:
            before, text = text, IN_BRACKETS.sub(" ", text)
        found |= {
            " ".join(part.split())
            for part in unescape(text).split("|")
            if re.search(r"[^\W\d]{3}", DATA.sub("", part))
        }
    return found


def test_every_head_button_and_link_can_be_translated(pages):
    client, ahead = pages
    seen, found = set(), {}
    written = {*names_of(TransactionCode), *names_of(Role), *(one.title for one in OBJECTIVES), "room"}
    while ahead:
        url = ahead.pop()
        if not (route := route_of(urlsplit(url).path)) or route in seen:
            continue
        seen.add(route)
        answer = client.get(url, follow=True)
        if answer.get("Content-Type", "").startswith("text/html"):
            markup = answer.content.decode()
            ahead += [unescape(one).split("#")[0] for one in re.findall(r'<a[^>]* href="([^"]+)"', markup)]
            words = set() if route in RECORDS else bare(markup) - written
            found |= dict.fromkeys(words, route)
    assert found == {}
    assert len(seen) > 60
