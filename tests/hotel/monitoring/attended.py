"""Settings of a process that is attended, on the database of the test run."""

import os

from config.settings.test import *  # noqa: F403
from config.settings.test import DATABASES

API_ATTENDANT = True
DATABASES["default"]["NAME"] = os.environ["ATTENDED_DATABASE"]
