"""Tasks of rooms. All may repeat: they look at what is due."""

import logging
from collections.abc import Callable
from datetime import timedelta

from celery import shared_task

from hotel.properties.business_date import business_date_of
from hotel.properties.choices import SettingKey
from hotel.properties.models import Property
from hotel.properties.selectors.settings import setting_value
from hotel.rooms.services.blocks import blocks_return_due
from hotel.rooms.services.inventory import inventory_open

logger = logging.getLogger(__name__)


@shared_task(name="hotel.rooms.tasks.inventory_open_due")
def inventory_open_due() -> int:
    """Open the nights each active property sells by its setting. Returns how many counters were made."""
    return _at_each_property(_open)


@shared_task(name="hotel.rooms.tasks.blocks_return_due")
def blocks_return() -> int:
    """Give rooms back whose hold has ended by their property's business date. Returns how many."""
    return _at_each_property(lambda place: blocks_return_due(place=place))


def _open(place: Property) -> int:
    today = business_date_of(place.pk)
    days = setting_value(place.pk, SettingKey.SELLING_DAYS, today)
    return inventory_open(place=place, until=today + timedelta(days=days))


def _at_each_property(work: Callable[[Property], int]) -> int:
    """Work property by property; one that fails does not keep the others from theirs, and is told at the end."""
    done, failures = 0, []
    for place in Property.objects.filter(is_active=True).writable().order_by("pk"):
        try:
            done += work(place)
        except Exception as error:
            logger.exception("Property %s failed", place.code)
            failures.append(error)
    if failures:
        raise failures[0]
    return done
