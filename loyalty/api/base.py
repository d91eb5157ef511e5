"""The base of loyalty's endpoints."""

from typing import Any, ClassVar

from hotel.core.exceptions import NotPermitted
from hotel.core.words import _
from hotel.properties.api.mixins import ReadViewSet
from hotel.properties.scoping import grants_of
from loyalty.models import LoyaltyProgram
from loyalty.selectors.programs import ALL_HOUSES, houses_now


class ProgramViewSet(ReadViewSet):
    """What belongs to a whole programme is changed by who holds the right at all hotels that take part now."""

    is_abstract: ClassVar[bool] = True
    area = "loyalty"

    def require_all_houses(self, program: LoyaltyProgram) -> None:
        """Refuse unless the caller holds the verb at every hotel of the programme.

        Raises:
            NotPermitted: at some of them only.
        """
        held = grants_of(self.request.user).property_ids(self.required_verb(), self.area)
        if not houses_now(program.pk) <= held:
            raise NotPermitted(_(ALL_HOUSES))

    def read(self, form: type, data: Any = None, **more: Any) -> dict[str, Any]:
        """What the body, or the query, says."""
        read = form(
            data=self.request.data if data is None else data, context=self.get_serializer_context(), **more
        )
        read.is_valid(raise_exception=True)
        return dict(read.validated_data)
