"""The bases of what loyalty has in the admin: rows of a programme, and rows of a member."""

from collections.abc import Iterable
from typing import Any, ClassVar

from hotel.core.exceptions import NotPermitted
from hotel.core.words import _
from hotel.properties.admin_base import ReadOnlyAdmin, SharedAdmin
from loyalty.models import LoyaltyMember, LoyaltyProgram
from loyalty.selectors.programs import ALL_HOUSES, houses_ever, houses_now


class OfProgramAdmin(SharedAdmin):
    """What belongs to a programme: seen at its hotels, changed by who may at all that take part now."""

    admin_verbs: ClassVar[dict[str, str]] = {"delete": ""}  # what was earned refers to it

    def property_ids_of(self, obj: Any) -> Iterable[int]:
        """The hotels that take part now."""
        return houses_now(obj.pk if isinstance(obj, LoyaltyProgram) else obj.program_id)

    def require_all_houses(self, request: Any, program: LoyaltyProgram) -> None:
        """Refuse what is added to a programme by who may at some of its hotels only."""
        if not self.holds(request, "manage", program):
            raise NotPermitted(_(ALL_HOUSES))


class OfMemberAdmin(ReadOnlyAdmin):
    """What belongs to a member: seen at the hotels of his programme."""

    def property_ids_of(self, obj: Any) -> Iterable[int]:
        """All that took part ever."""
        member = obj if isinstance(obj, LoyaltyMember) else obj.member
        return houses_ever(member.program_id)
