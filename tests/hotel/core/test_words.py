"""Words of a choice within a sentence: in English where it is stored, else in the language of whoever reads."""

import pytest
from django.utils.translation import get_language, override

from hotel.core.words import _, english, in_english, in_sentence
from hotel.operations.choices import TaskState
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


@pytest.mark.parametrize(("language", "said"), [("en", "dirty"), ("de", "Schmutzig"), ("es", "sucia")])
def test_a_label_in_a_sentence_is_in_the_language_of_the_reader(language, said):
    with override(language):
        assert in_sentence(HousekeepingStatus.DIRTY.label) == said
        assert in_sentence(Room(housekeeping_status="dirty").get_housekeeping_status_display) == said


def test_what_a_label_adds_after_a_colon_stays_out_of_a_sentence():
    with override("en"):
        assert in_sentence(TaskState.CANCELLED.label) == "cancelled"


@pytest.mark.parametrize(("language", "said"), [("en", "false positive"), ("de", "Schmutzig")])
def test_english_keeps_the_word_that_it_always_had(language, said):
    with override(language):
        assert in_sentence(HousekeepingStatus.DIRTY.label, english="false_positive") == said


def test_what_is_stored_is_said_in_english():
    with override("de"):
        assert _("Dirty") == "Schmutzig"
        with english():
            assert _("Dirty") == "Dirty"
