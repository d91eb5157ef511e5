"""Reminders: the level that is due, in the debtor's language, once a day."""

from datetime import timedelta

import pytest
from moneyed import Money

from hotel.core.exceptions import Conflict, RuleBroken
from hotel.folios.models import CityReminder
from hotel.folios.services.receivables import allocations_oldest_first
from hotel.folios.services.reminders import reminder_send
from hotel.messaging.models import Message
from hotel.messaging.services.templates import templates_seed
from tests.factories.documents import city_owes, city_paid
from tests.factories.folios import city_account_make


@pytest.fixture
def account(cast):
    """A debtor of 11 EUR."""
    templates_seed(place=cast.alpha)
    made = city_account_make(
        cast.alpha, email="pay@example.com", payment_days=14, contact="Ms Due", language="en"
    )
    city_owes(made)
    return made


def later(account, days: int) -> None:
    """So many days past the due day of the first item."""
    place = account.property
    place.business_date += timedelta(days=account.payment_days + days)
    place.save()


@pytest.mark.parametrize(
    ("days", "level", "subject"),
    [
        (7, 1, "Statement of your account C1 at Alpha"),
        (21, 2, "Reminder: EUR\xa011.00 are overdue at Alpha"),
        (45, 3, "Last reminder: EUR\xa011.00 are overdue at Alpha"),
    ],
)
def test_the_letter_is_of_the_level_that_is_due(account, days, level, subject):
    later(account, days)
    reminder = reminder_send(account=account)
    assert (reminder.level, reminder.overdue, reminder.business_date) == (
        level,
        Money("11.00", "EUR"),
        account.property.business_date,
    )
    message = reminder.message
    assert (message.address, message.subject, message.language) == ("pay@example.com", subject, "en")
    assert "Mar 28, 2027" in message.body


def test_a_debtor_is_reminded_once_a_day(account):
    later(account, 7)
    reminder_send(account=account)
    with pytest.raises(Conflict) as refused:
        reminder_send(account=account)
    assert refused.value.code == "reminded_today"
    assert (CityReminder.objects.count(), Message.objects.count()) == (1, 1)


def test_who_is_late_for_a_week_only_or_has_paid_is_left_alone(account):
    later(account, 6)
    with pytest.raises(Conflict) as early:
        reminder_send(account=account)
    later(account, 10)
    city_paid(account, 11)
    allocations_oldest_first(account=account)
    with pytest.raises(Conflict) as paid:
        reminder_send(account=account)
    assert (early.value.code, paid.value.code) == ("nothing_overdue", "nothing_overdue")
    assert not Message.objects.exists()


def test_an_address_is_needed(account):
    account.email = ""
    account.save()
    later(account, 7)
    with pytest.raises(RuleBroken) as refused:
        reminder_send(account=account)
    assert refused.value.code == "account_without_email"
    assert not CityReminder.objects.exists()
