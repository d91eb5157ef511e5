"""Folios: one open one per stay, settled before they close, opened again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hotel.core.exceptions import Conflict, InvalidInput, VersionConflict
from hotel.core.models import OutboxMessage
from hotel.folios.models import MAX_WINDOWS, Folio, FolioWindow
from hotel.folios.services.folios import (
    account_open,
    folio_close,
    folio_open,
    folio_reopen,
    folios_open,
    window_change,
    window_open,
)
from tests.cast import TODAY
from tests.factories.folios import charge_make, folio_make, guest_folio_make, payment_make
from tests.factories.guests import company_make, guest_make
from tests.factories.reservations import house_make
from tests.together import together


def topics() -> list[str]:
    return list(
        OutboxMessage.objects.filter(topic__startswith="Folio").order_by("pk").values_list("topic", flat=True)
    )


def test_a_stay_gets_one_folio_with_a_window_for_its_guest(cast):
    guest = guest_make(cast.alpha)
    stay = house_make(cast.alpha).reserve(primary_guest=guest)

    first, again = (folio_open(reservation=stay) for _ in range(2))

    assert first.pk == again.pk
    assert (first.kind, first.currency, first.status, first.opened_on) == ("guest", "EUR", "open", TODAY)
    assert first.number.startswith("ALPHA-F-")
    (window,) = first.windows.all()
    assert (window.number, window.guest, window.company) == (1, guest, None)
    assert topics() == ["FolioOpened"]


@pytest.mark.django_db(transaction=True)
def test_two_who_open_at_once_get_the_same_folio(cast):
    stay = house_make(cast.alpha).reserve()
    first, second = together(*[lambda: folio_open(reservation=stay)] * 2)
    assert first.pk == second.pk
    assert Folio.objects.count() == 1


def test_many_folios_are_opened_in_as_many_statements_as_a_few(cast):
    house = house_make(cast.alpha, doubles=14)
    stays = [house.reserve() for _ in range(14)]

    def statements(chosen) -> int:
        with CaptureQueriesContext(connection) as captured:
            folios_open(reservations=[row.pk for row in chosen])
        return len([q for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]])

    assert statements(stays[:2]) == statements(stays[2:]) == 5
    assert Folio.objects.count() == 14


def test_an_account_is_for_those_without_a_stay(cast):
    company = company_make(cast.alpha)
    folio = account_open(place=cast.alpha, kind="master", name="Wedding", payer={"company": company})

    assert (folio.kind, folio.name, folio.reservation) == ("master", "Wedding", None)
    assert folio.windows.get().company == company
    with pytest.raises(InvalidInput) as refused:
        account_open(place=cast.alpha, kind="guest", name="Gus")
    assert refused.value.code == "folio_kind_invalid"
    assert Folio.objects.count() == 1


def test_a_folio_closes_when_it_is_settled(cast):
    folio = folio_make(cast.alpha)
    charge_make(folio, 11)
    with pytest.raises(Conflict) as refused:
        folio_close(folio=folio)
    assert refused.value.code == "balance_open"
    assert Folio.objects.get().status == "open"

    payment_make(folio, 11)
    closed = folio_close(folio=folio, expected_version=1)

    assert (closed.status, closed.closed_on, closed.version) == ("closed", TODAY, 2)
    assert closed.windows.get().closed_at is not None
    with pytest.raises(Conflict) as refused:
        folio_close(folio=folio)
    assert refused.value.code == "folio_closed"


def test_balances_of_two_windows_do_not_settle_each_other(cast):
    folio = folio_make(cast.alpha)
    second = window_open(folio=folio)
    charge_make(folio, 11)
    payment_make(folio, 11, window=second.number)
    with pytest.raises(Conflict) as refused:
        folio_close(folio=folio)
    assert refused.value.code == "balance_open"


def test_a_closed_folio_opens_again(cast):
    folio = folio_make(cast.alpha)
    folio_close(folio=folio)

    again = folio_reopen(folio=folio)

    assert (again.status, again.closed_on) == ("open", None)
    assert charge_make(again).pk
    assert topics() == ["FolioOpened", "FolioClosed", "FolioReopened"]
    with pytest.raises(Conflict) as refused:
        folio_reopen(folio=folio)
    assert refused.value.code == "folio_open"


def test_a_stay_has_one_open_folio_after_the_first_was_closed(cast):
    first = guest_folio_make(cast.alpha)
    folio_close(folio=first)
    second = folio_open(reservation=first.reservation)

    assert second.pk != first.pk
    with pytest.raises(Conflict) as refused:
        folio_reopen(folio=first)
    assert refused.value.code == "folio_open_already"


def test_windows_up_to_eight_have_payers_of_their_own(cast):
    folio, company = folio_make(cast.alpha), company_make(cast.alpha)
    made = [
        window_open(folio=folio, payer={"company": company}, label="Room") for _ in range(MAX_WINDOWS - 1)
    ]

    assert [window.number for window in made] == [2, 3, 4, 5, 6, 7, 8]
    with pytest.raises(Conflict) as refused:
        window_open(folio=folio)
    assert refused.value.code == "too_many_windows"
    assert FolioWindow.objects.count() == MAX_WINDOWS


def test_a_new_payer_takes_the_place_of_the_old_one(cast):
    folio, company, guest = folio_make(cast.alpha), company_make(cast.alpha), guest_make(cast.alpha)
    window = window_open(folio=folio, payer={"company": company})

    changed = window_change(window=window, changes={"guest": guest, "label": "Extras"})

    assert (changed.guest, changed.company, changed.label) == (guest, None, "Extras")
    assert Folio.objects.get().version == 3
    folio_close(folio=folio)
    with pytest.raises(Conflict) as refused:
        window_change(window=window, changes={"label": "Late"})
    assert refused.value.code == "window_closed"


def test_a_stale_version_is_refused(cast):
    folio = folio_make(cast.alpha)
    window_open(folio=folio, expected_version=1)
    for command in (window_open, folio_close):
        with pytest.raises(VersionConflict):
            command(folio=folio, expected_version=1)
    assert FolioWindow.objects.count() == 2
