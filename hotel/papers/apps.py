"""Papers as a Django app."""

from hotel.core.component import ComponentConfig


class PapersConfig(ComponentConfig):
    """What is printed or taken as a workbook for the desk, the floors and the owner."""

    name = "hotel.papers"
    label = "papers"
