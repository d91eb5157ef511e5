import pytest
from django.db import IntegrityError, transaction

from hotel.core.exceptions import RuleBroken
from hotel.properties.models import AgeBand
from hotel.properties.services.age_bands import age_band_delete


def test_children_go_and_adults_stay(cast):
    age_band_delete(band=AgeBand.objects.get(property=cast.alpha, code="child"))
    with pytest.raises(RuleBroken) as refused:
        age_band_delete(band=AgeBand.objects.get(property=cast.alpha, code="adult"))
    assert refused.value.code == "adult_band_fixed"
    assert [band.code for band in AgeBand.objects.filter(property=cast.alpha)] == ["adult"]


@pytest.mark.parametrize(("low", "high"), [(11, 11), (0, 0), (5, 20), (0, 199)])
def test_the_database_keeps_bands_apart(cast, low, high):
    with pytest.raises(IntegrityError), transaction.atomic():
        AgeBand.objects.create(property=cast.alpha, code="x", name="X", min_age=low, max_age=high)
    assert AgeBand.objects.filter(property=cast.alpha).count() == 2
