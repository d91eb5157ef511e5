"""Every page that each role is led to: it opens, axe finds nothing, it does not scroll sideways, and the console is silent.

From its first page a role follows every link. In an ordinary run each page is opened by one role, in one of four looks in
turn; with ``AUBERGE_CRAWL=all`` by every role that is led there, in all four.
"""

import importlib.util
import os
from itertools import cycle
from urllib.parse import urlsplit

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from hotel.accounts.domain.role_matrix import ROLE_MATRIX
from hotel.accounts.models import User
from hotel.accounts.services.roles import role_assign, roles_seed
from tests.browser.test_hotel_day import faults_of, furnished
from tests.factories.accounts import user_make
from tests.factories.operations import lost_item_make, task_make, work_order_make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ALL = os.environ.get("AUBERGE_CRAWL") == "all"
LOOKS = [(theme, width) for theme in ("light", "dark") for width in (1280, 375)]
# What is no page: it downloads, signs out, or is of the tool that describes the API.
NOT_A_PAGE = {"paper_file", "voucher_print", "logout", "schema", "hk_worker"}
INSIDE = ("/dashboard", "/account")
# Two scrolling parts of Unfold's pages are named alike by its own script.
NOT_OURS = 'landmark-unique <div class="simplebar'


def people_make(place) -> dict[str, str]:
    """Somebody of every role at the property, by role; the value is his session."""
    sessions = {}
    for code, role in roles_seed(chain=place.chain).items():
        client, user = Client(), user_make(place, username=f"crawler_{code}")
        role_assign(user=user, role=role, place=place)
        client.force_login(user)
        sessions[code] = client.cookies["sessionid"].value
    return sessions


def route_of(url: str) -> str:
    """The name of the page behind an address of the house; empty when there is none to look at."""
    path = urlsplit(url).path
    if not path.startswith(INSIDE):
        return ""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    is_file = match.url_name in NOT_A_PAGE or {"kind", "token"} & match.kwargs.keys()
    return "" if is_file else match.view_name


def looked(desk, looks) -> list[str]:
    """What is wrong with the page that is open, in each of the looks."""
    wrong = []
    for theme, width in looks:
        desk.page.emulate_media(color_scheme=theme)
        desk.page.set_viewport_size({"width": width, "height": 800})
        wrong += [f"{theme} {width}: {rule} {element}" for rule, element in faults_of(desk.page)]
        if desk.overflow() > 0:
            wrong.append(f"{theme} {width}: {desk.overflow()} pixels too wide")
    return wrong


def crawled(desk, known: set[str], turns) -> dict[str, list[str]]:
    """Follow every link from the first page; what is wrong by address, and the pages seen are added to those known."""
    found, seen, ahead = {}, set(), [f"{desk.address}/"]
    while ahead:
        url = ahead.pop(0)
        if (route := route_of(url)) in seen or (route in known and not ALL):
            continue
        answer = desk.page.goto(url)
        seen |= {route, route := route_of(desk.page.url)}  # where it led
        links = desk.page.eval_on_selector_all(
            "a[href]:not([download])", "all => all.map((one) => one.href.split('#')[0])"
        )
        ahead += filter(route_of, links)
        if answer.status != 200:
            found[url] = [f"answered {answer.status}"]
        elif route not in known or ALL:
            found[url] = looked(desk, LOOKS if ALL else [next(turns)])
        found[url] = found.get(url, []) + desk.complaints
        desk.complaints.clear()
    known |= seen
    return {url: wrong for url, wrong in found.items() if wrong}


@pytest.mark.skipif(importlib.util.find_spec("axe_playwright_python") is None, reason="axe is not installed")
def test_every_page_a_role_is_led_to_opens_and_is_sound(desk):
    def made():
        furnished(desk.house)
        for make in (task_make, work_order_make, lost_item_make):
            make(desk.house.place)
        return people_make(desk.house.place)

    sessions = desk.ask(made)
    known, turns, wrong = set(), cycle(LOOKS), {}

    for role, session in sessions.items():
        desk.page.context.clear_cookies()
        desk.page.context.add_cookies([{"name": "sessionid", "value": session, "url": desk.address}])
        found = crawled(desk, known, turns)
        wrong |= {f"{role} {urlsplit(url).path}": what for url, what in found.items()}

    assert sessions.keys() == ROLE_MATRIX.keys()
    assert wrong == {}
    assert len(known) > 50


@pytest.mark.skipif(importlib.util.find_spec("axe_playwright_python") is None, reason="axe is not installed")
def test_the_administration_is_sound(desk):
    def made():
        furnished(desk.house)
        client = Client()
        client.force_login(User.objects.get(username="ada"))
        names = sorted(f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry)
        lists = [reverse(f"admin:{name}_changelist") for name in names]
        return client.cookies["sessionid"].value, lists

    session, lists = desk.ask(made)
    desk.page.context.add_cookies([{"name": "sessionid", "value": session, "url": desk.address}])
    wrong, turns = {}, cycle(LOOKS)
    for path in ["/admin/", *lists[:: 1 if ALL else 12]]:
        desk.open(path)
        wrong[path] = looked(desk, LOOKS if ALL else [next(turns)])
        if (row := desk.page.locator("#result_list tbody th a").first).count():
            row.click()
            wrong[f"the first of {path}"] = looked(desk, LOOKS if ALL else [next(turns)])
    ours = {path: [one for one in found if NOT_OURS not in one] for path, found in wrong.items()}
    assert {path: found for path, found in ours.items() if found} == {}
    assert len(ours) > 10
