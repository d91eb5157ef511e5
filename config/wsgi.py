"""WSGI door for HTTP in production."""

import os

from django.core.wsgi import get_wsgi_application

from config.settled import settle
from config.tracing import tracing_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
tracing_start()
application = get_wsgi_application()
settle()
