"""Age bands: plain rows but for the adult band, which everything is priced from."""

from django.db import transaction

from hotel.core.exceptions import RuleBroken
from hotel.core.words import _
from hotel.properties.models import AgeBand

ADULT = "adult"


@transaction.atomic
def age_band_delete(*, band: AgeBand) -> None:
    """Delete a band of children.

    Raises:
        RuleBroken: it is the adult band.
    """
    if band.code == ADULT:
        raise RuleBroken(
            _("The adult band cannot be deleted; change its ages instead."), code="adult_band_fixed"
        )
    band.delete()
