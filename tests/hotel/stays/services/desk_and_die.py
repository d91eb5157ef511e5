"""A command of the desk in a process that ends at once, with all its work done and nothing committed.

Arguments: the command's module and name, the reservation's id, the instant. Run by test_desk_kill.
"""

import os
import sys
from datetime import datetime
from importlib import import_module

import django

django.setup()

from hotel.core.clock import clock_set  # noqa: E402
from hotel.reservations.models import Reservation  # noqa: E402

name, reservation, instant = sys.argv[1:]
module = import_module(f"hotel.stays.services.{name}")
finish = module.finish


def die(*given, **also):
    """Everything is done and told; the commit would be next."""
    finish(*given, **also)
    os._exit(137)


module.finish = die
with clock_set(datetime.fromisoformat(instant)):
    getattr(module, name)(reservation=Reservation(pk=int(reservation)), actor=None)
