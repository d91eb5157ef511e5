"""Words of a choice within a refusal are English and small, whoever reads."""

from django.utils.translation import get_language, override

from hotel.core.words import in_english
from hotel.rooms.choices import HousekeepingStatus
from hotel.rooms.models import Room


def test_a_label_is_english_and_small_in_every_language():
    with override("de"):
        assert str(HousekeepingStatus.DIRTY.label) == "Schmutzig"
        assert in_english(HousekeepingStatus.DIRTY.label) == "dirty"
        assert (
            in_english(Room(housekeeping_status="inspected").get_housekeeping_status_display) == "inspected"
        )
        assert in_english("Plain") == "plain"
        assert get_language() == "de"
