"""The demo with money, made small: the last days are closed, bills stand, and a link can be paid."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from hotel.accounts.services.demo import demo_seed as accounts_seed
from hotel.core.invariants import invariants_verify
from hotel.folios.adapters.simulator.server import simulator_running
from hotel.folios.models import CityAccount, Folio, Invoice, Payment, PaymentLink, Posting
from hotel.folios.selectors.balances import account_balances, folio_balances
from hotel.folios.services.demo import demo_seed as folios_seed
from hotel.folios.services.payment_links import link_follow
from hotel.guests.services.demo import demo_seed as guests_seed
from hotel.properties.services.demo import demo_places
from hotel.properties.services.demo import demo_seed as properties_seed
from hotel.rates.services.demo import demo_seed as rates_seed
from hotel.reservations.models import Reservation
from hotel.reservations.services.demo import demo_seed as reservations_seed
from hotel.rooms.choices import HousekeepingStatus
from hotel.rooms.models import Room
from hotel.rooms.services.demo import demo_seed as rooms_seed
from hotel.stays.models import DailyStatistic, NightAudit
from hotel.stays.services.demo import demo_seed

MODELS = (Reservation, Folio, Posting, Payment, Invoice, PaymentLink, NightAudit, DailyStatistic)


def load(say):
    properties_seed(say=say, days_played=1)
    accounts_seed(say=say)
    rooms_seed(say=say, days_back=30)
    guests_seed(say=say, people_each=26)
    rates_seed(say=say)
    reservations_seed(say=say, days_back=8, days_ahead=6)
    folios_seed(say=say)
    demo_seed(say=say, sales=6)


@pytest.mark.long
@pytest.mark.django_db
@time_machine.travel(datetime(2027, 3, 19, 3, tzinfo=UTC))
def test_the_last_day_is_closed_with_bills_and_a_link_that_leads_to_the_processor(settings):
    with simulator_running() as simulator:
        settings.SIMULATOR_URL = simulator.url
        settings.SIMULATOR_API_KEY, settings.SIMULATOR_WEBHOOK_SECRET = (
            simulator.api_key,
            simulator.webhook_secret,
        )
        load(lambda text: None)
        counts = [model.objects.count() for model in MODELS]
        load(lambda text: None)
        assert [model.objects.count() for model in MODELS] == counts

        city, resort = demo_places()
        link = PaymentLink.objects.at(city.pk).earliest("pk")
        page = link_follow(link=link)
        assert page.url.startswith(f"{simulator.url}/pages/")

    assert [found.invariant.name for found in invariants_verify() if found.violations] == []
    assert {city.business_date, resort.business_date} == {date(2027, 3, 19)}
    for place in (city, resort):
        figures = DailyStatistic.objects.at(place.pk).get()
        assert figures.business_date == date(2027, 3, 18)
        assert min(figures.rooms_sold, figures.arrivals, figures.departures, figures.room_revenue.amount) > 0
        bills = Folio.objects.at(place.pk).filter(reservation__in=Reservation.objects.in_house())
        assert bills.count() == Reservation.objects.at(place.pk).in_house().count()
        owed = folio_balances(place.pk, [folio.pk for folio in bills])
        assert all(amount.amount > 0 for amount in owed.values())
        assert PaymentLink.objects.at(place.pk).count() == 3
        left = Room.objects.at(place.pk).filter(assignments__reservation__status="checked_out")
        dirty = left.filter(housekeeping_status=HousekeepingStatus.DIRTY)
        assert 0 < dirty.count() < left.count()  # cleaned, but where somebody sleeps again
    accounts = CityAccount.objects.values_list("pk", flat=True)
    assert all(amount.amount >= 0 for amount in account_balances(city.pk, accounts).values())
