"""Which hotels take part in a programme."""

from hotel.core.words import gettext_noop
from hotel.properties.tenancy import EVERYTHING, tenant_scope
from loyalty.models import ProgramProperty

ALL_HOUSES = gettext_noop("This concerns all hotels of the programme: it needs the right at each of them.")


def houses_now(program_id: int) -> frozenset[int]:
    """The ids of all hotels that take part now, also of those that the caller may not see.

    Asked past the wall: who changes a programme answers for each of them, and must not pass because he knows of few.
    """
    with tenant_scope(EVERYTHING):
        houses = ProgramProperty.objects.filter(program_id=program_id, left_on=None)
        return frozenset(houses.values_list("property_id", flat=True))


def houses_ever(program_id: int) -> list[int]:
    """The ids of the hotels that take part or did, of those that the caller may see."""
    houses = ProgramProperty.objects.filter(program_id=program_id)
    return list(houses.values_list("property_id", flat=True))
