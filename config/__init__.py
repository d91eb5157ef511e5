"""Composition root: the only package that knows every component."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
