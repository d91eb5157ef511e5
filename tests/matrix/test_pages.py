"""Every page as every person, at the hotel one works at."""

import re

import pytest

from tests.matrix.asking import Asked, hidden_from
from tests.matrix.expectations import IN, is_reached
from tests.matrix.policy import ASKS_ALL, pages_of_the_code, policy, reach, rules
from tests.matrix.principals import Caller
from tests.matrix.world import CHAINS, PLACES

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.long,
    pytest.mark.skipif(not ASKS_ALL, reason="asked with AUBERGE_MATRIX=all"),
]

TO_THE_DOOR = frozenset({302, 405})  # what takes forms only says so first
SHARDS = 4
REFUSED = frozenset({403})
NOT_THERE = frozenset({404, 405})
CHOSEN_BEFORE = {"/dashboard/bookings/new/guest"}  # there only after an offer was chosen
# Lead to the first step of signing in: nobody has begun it, and nobody has locked this browser.
OPEN = {"/login/second": TO_THE_DOOR, "/lock": TO_THE_DOOR}
# Their rows are shown wherever the right is held, not only at the hotel one works at.
WHEREVER = ("/dashboard/security/trail/", "/dashboard/security/incidents/", "/dashboard/monitoring/limits/")
# Takes the right at every hotel of one company.
WHOLE_COMPANY = {"/dashboard/setup/hotel"}
# Whose rows a page shows, by the beginning of its address.
MODELS = {
    "/dashboard/people/": "accounts.User",
    "/dashboard/rules/cancellation/": "rates.CancellationPolicy",
    "/dashboard/rules/deposit/": "rates.DepositPolicy",
    "/dashboard/rules/no-show/": "rates.NoShowPolicy",
    "/dashboard/rules/restriction/": "rates.Restriction",
    "/dashboard/rules/promo/": "rates.PromoCode",
    "/dashboard/monitoring/limits/": "monitoring.RateLimit",
    "/dashboard/tasks/orders/": "operations.WorkOrder",
    "/dashboard/guests/": "guests.Guest",
    "/dashboard/messages/": "messaging.Message",
    "/dashboard/lost/": "operations.LostItem",
    "/dashboard/papers/": "papers.Paper",
    "/dashboard/chart/stays/": "reservations.Reservation",
    "/dashboard/reservations/": "reservations.Reservation",
    "/dashboard/availability/": "rooms.RoomType",
    "/dashboard/blocks/": "reservations.GroupBlock",
    "/dashboard/folios/": "folios.Folio",
    "/dashboard/till/": "folios.CashierSession",
    "/dashboard/documents/": "folios.Invoice",
    "/dashboard/payments/": "folios.Payment",
    "/dashboard/city-ledger/": "folios.CityAccount",
    "/dashboard/loyalty/members/": "loyalty.LoyaltyMember",
    "/dashboard/loyalty/rules/": "loyalty.EarningRule",
    "/dashboard/loyalty/vouchers/": "loyalty.RewardVoucher",
    "/dashboard/security/compliance/": "security.ComplianceReport",
    "/dashboard/security/access/reviews/": "security.AccessReview",
    "/dashboard/security/incidents/": "security.SecurityIncident",
    "/dashboard/security/privacy/files/": "security.PrivacyBundle",
    "/dashboard/security/privacy/requests/": "security.PrivacyRequest",
    "/dashboard/security/trail/": "security.AuditLog",
}


def works_at(caller: Caller) -> str:
    """The hotel one works at: the own one, which the session names, or else the first with a right."""
    return next((place for place in PLACES if place in caller.places()), "")


def expected(caller: Caller, path: str, right: str, place: str) -> frozenset[int]:
    """What must become of a page on a row at a place; ``place`` is empty where there is no row."""
    if right in {"public", "keyed"}:
        return OPEN.get(path, IN) if right == "public" else NOT_THERE
    if caller.is_nobody:
        return TO_THE_DOOR
    if right == "self":
        return IN
    if right == "platform":  # the demonstration: there are hotels, so even its owner finds none
        return NOT_THERE if caller.is_root else REFUSED
    if path in WHOLE_COMPANY:
        return IN if any(hotels <= caller.places(right) for hotels in CHAINS.values()) else REFUSED
    here = works_at(caller)
    if not here or ("." in right and here not in caller.places(right)):
        return REFUSED
    return IN if not place or is_shown(caller, path, right, place) else NOT_THERE


def is_shown(caller: Caller, path: str, right: str, place: str) -> bool:
    """Whether the row of a place is shown to who may open the page."""
    if works_at(caller) not in caller.places(policy()["others"].get(path, right)):
        return False
    if reach(label_of(path)) == "installation":
        return is_reached(label_of(path), caller.places(right), place)
    return place in caller.places(right) if path.startswith(WHEREVER) else place == works_at(caller)


def ask(asked: Asked, path: str, right: str) -> None:
    """All cells of a page; who may not open it at all is asked about the first row only."""
    label, takes_forms = (
        label_of(path),
        hasattr(getattr(pages_of_the_code()[path], "view_class", None), "post"),
    )
    for caller in asked.world.callers.values():
        if caller.secret or not caller.is_confirmed:
            continue
        is_in = expected(caller, path, right, "") == IN
        for place in (PLACES if is_in else PLACES[:1]) if label and not caller.is_nobody else ("",):
            row = (asked.world.row(label, place) or 0) if place else 0
            url = address(path, row)
            wanted = expected(caller, path, right, place)
            is_part_missing = {"x", "0"} & set(url.split("/")) or path in CHOSEN_BEFORE
            if wanted == IN and is_part_missing:
                wanted = NOT_THERE
            asked.ask(caller, "GET", url, wanted, hidden_from(caller))
            if takes_forms and wanted != IN:
                asked.ask(caller, "POST", url, wanted, hidden_from(caller))


def label_of(path: str) -> str:
    """Whose rows a page shows; empty if of no one row."""
    return next((label for home, label in MODELS.items() if path.startswith(home) and "<int:" in path), "")


def address(path: str, row: int) -> str:
    """The address of a page, of this row; other words and numbers in it name nothing."""
    url = re.sub("<int:(pk|room_type)>", str(row), path)
    url = re.sub("<str:(night|day)>", "2027-03-15", re.sub("<int:[^>]+>", "0", url))
    return re.sub("<[^>]+>", "x", url)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_person_is_shown_the_pages_that_the_table_says(shard, asked):
    for path, right in sorted(rules("pages").items())[shard::SHARDS]:
        ask(asked, path, right)
    assert not asked.wrong, asked.told()


def test_every_page_of_a_row_says_whose_rows_it_shows():
    assert [path for path in rules("pages") if "<int:" in path and not label_of(path)] == []
