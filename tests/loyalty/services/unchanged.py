"""That a refusal changes nothing of loyalty, and what was told to the house."""

import pytest
from django.apps import apps

from hotel.core.exceptions import Conflict
from hotel.core.models import OutboxMessage


def state():
    """Every column of every table of loyalty, and how much was told."""
    models = apps.get_app_config("loyalty").get_models()
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
    return rows, OutboxMessage.objects.count()


def refused(code, call, error=Conflict):
    """The refusal itself, for what else it says."""
    before = state()
    with pytest.raises(error) as found:
        call()
    assert (type(found.value), found.value.code) == (error, code)
    assert state() == before
    return found.value


def told(topic):
    """What facts of a kind said, in order."""
    rows = OutboxMessage.objects.filter(topic=topic.__name__).order_by("pk")
    return list(rows.values_list("payload", flat=True))
