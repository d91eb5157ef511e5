"""The Celery application; settings are read lazily, tasks are discovered in every component."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

app = Celery("auberge")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
