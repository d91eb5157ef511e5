"""A server process after loading: what stays for good is kept out of the garbage collector's sight."""

import gc
from importlib import import_module

from django.conf import settings

THRESHOLDS = 700, 10, 100


def settle() -> None:
    """Load the routes and let nothing of the program be looked through again.

    A full collection goes through every object, some 300,000 of which are the program itself: a pause of a quarter of
    a second for every thread, many times a minute. What requests leave behind is collected as before, only the look
    at what has lived long comes less often.
    """
    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
