"""Operations as a Django app."""

from hotel.core.component import ComponentConfig


class OperationsConfig(ComponentConfig):
    """What has to be done in the house today, by whom, and what became of it."""

    name = "hotel.operations"
    label = "operations"
