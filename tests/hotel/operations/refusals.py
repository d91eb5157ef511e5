"""Refusals of operations: the code, and that nothing has changed."""

import pytest
from django.db import transaction

from hotel.core.exceptions import Conflict
from hotel.core.models import OutboxMessage
from hotel.operations.models import (
    Discrepancy,
    HousekeepingRound,
    LostItem,
    Task,
    TaskChange,
    WorkOrder,
    WorkOrderChange,
)
from hotel.rooms.models import Room, RoomBlock

LOOKED_AT = (
    Task,
    TaskChange,
    Discrepancy,
    HousekeepingRound,
    WorkOrder,
    WorkOrderChange,
    LostItem,
    Room,
    RoomBlock,
    OutboxMessage,
)


def everything():
    """All rows that operations writes, as stored."""
    return [list(model.objects.order_by("pk").values()) for model in LOOKED_AT]


def refused(code, call, error=Conflict):
    """The refusal has this code and leaves everything as it was; the error."""
    before = everything()
    with pytest.raises(error) as caught, transaction.atomic():
        call()
    assert caught.value.code == code
    assert everything() == before
    return caught.value
