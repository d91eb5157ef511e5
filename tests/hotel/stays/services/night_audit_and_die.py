"""Night audits in processes that end at once, within each step and right after it. Run by test_night_audit_kill.

Argument: the property's code. Each process goes on where the last one died; the last one is left alone. Prints where
they died.
"""

import os
import sys

import django

django.setup()

from django.db import connections  # noqa: E402

from hotel.core.clock import clock_set  # noqa: E402
from hotel.properties.models import Property  # noqa: E402
from hotel.stays.choices import StepName  # noqa: E402
from hotel.stays.services import night_audit  # noqa: E402
from tests.hotel.stays.conftest import NOON  # noqa: E402

DEAD = 137
real, mark = dict(night_audit.WORK), night_audit._mark


def die_within(name):
    """The step has done its work and is about to be marked."""

    def work(step, result):
        if step.name == name:
            os._exit(DEAD)
        mark(step, result)

    night_audit._mark = work
    return lambda audit, step: None


def die_after(name):
    """The step is committed."""
    return lambda audit, step: os._exit(DEAD) if step.name == name else None


def ended(prepare, name):
    """Whether a process of its own died there."""
    connections.close_all()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == DEAD
    watch = prepare(name)
    with clock_set(NOON):
        night_audit.night_audit_run(place=Property.objects.get(code=sys.argv[1]), watch=watch)
    os._exit(0)


for step in StepName:
    for prepare in (die_within, die_after):
        if ended(prepare, step):
            sys.stdout.write(f"{prepare.__name__} {step.value}\n")
with clock_set(NOON):
    place = Property.objects.get(code=sys.argv[1])
    if place.business_date == NOON.date():
        night_audit.night_audit_run(place=place)
