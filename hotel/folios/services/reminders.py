"""Reminding debtors of what is overdue, by letters in three levels."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from moneyed import Money

from hotel.core.exceptions import Conflict, RuleBroken
from hotel.core.money import exponent
from hotel.core.words import _
from hotel.folios.domain.document_words import language_chosen
from hotel.folios.domain.printing import Speller
from hotel.folios.domain.receivables import Aging, OpenItem, aging, reminder_level
from hotel.folios.models import CityAccount, CityReminder
from hotel.folios.selectors.city_statements import debtor_of
from hotel.folios.selectors.receivables import city_items, open_items
from hotel.folios.services.receivables import account_locked
from hotel.messaging.services.messages import Recipient, message_queue
from hotel.properties.services.business_days import business_day_hold


@transaction.atomic
def reminder_send(*, account: CityAccount) -> CityReminder:
    """Queue the reminder that is due, by the item that is overdue for longest; at most one on a business day.

    Raises:
        Conflict: nothing is overdue for long enough (``nothing_overdue``); reminded today (``reminded_today``).
        RuleBroken: neither the account nor its company has an e-mail address (``account_without_email``).
        TemplateMissing: the property has no letter for this level.

    Locks: the property (shared), the account.
    """
    day, debtor = business_day_hold(place=account.property), account_locked(account)
    items = open_items(city_items([debtor])[debtor.pk])
    level, ages = reminder_level(items, day), aging(items, day)
    if not level:
        raise Conflict(_("Nothing is overdue for long enough."), code="nothing_overdue")
    if CityReminder.objects.at(debtor.property_id).filter(account=debtor, business_date=day).exists():
        raise Conflict(_("This debtor was reminded today."), code="reminded_today")
    known = debtor_of(debtor)
    if not known.email:
        raise RuleBroken(_("Give the account an e-mail address."), code="account_without_email")
    language = language_chosen(debtor.language, debtor.property.language)
    message = message_queue(
        place=debtor.property,
        template_code=f"city_reminder_{level}",
        recipient=Recipient(
            address=known.email, channel="email", language=language, name=debtor.contact or debtor.name
        ),
        context=_context(debtor, language, items, ages),
        dedupe_key=f"city_reminder:{debtor.pk}:{day.isoformat()}",
    )
    return CityReminder.objects.create(
        property=debtor.property,
        account=debtor,
        business_date=day,
        level=level,
        overdue=Money(ages.overdue, str(debtor.property.currency)),
        message=message,
    )


def _context(account: CityAccount, language: str, items: list[OpenItem], ages: Aging) -> dict[str, str]:
    currency = str(account.property.currency)
    speller = Speller(language, currency, exponent(currency))
    oldest: date = min(item.due_on for item in items if item.open > Decimal(0))
    return {
        "account.number": account.number,
        "account.name": account.contact or account.name,
        "account.overdue": speller.money(str(ages.overdue)),
        "account.balance": speller.money(str(ages.balance)),
        "account.oldest_due": speller.day(oldest.isoformat()),
    }
