"""The words of papers."""

import re

import pytest

from hotel.folios.choices import Ledger
from hotel.operations.choices import TaskKind
from hotel.papers.choices import PaperKind
from hotel.papers.domain.words import _WORDS, words
from hotel.reservations.choices import Guarantee
from hotel.rooms.choices import BlockKind


def test_every_word_is_there_in_every_language_with_the_same_gaps():
    for name, texts in _WORDS.items():
        assert [bool(text) for text in texts] == [True] * 3, name
        assert len({tuple(sorted(re.findall(r"{\w+}", text))) for text in texts}) == 1, name


def test_whatever_is_told_of_the_house_has_a_word():
    w = words("de")
    wanted = [*PaperKind, *Guarantee, *BlockKind, *(f"ledger_{one}" for one in Ledger)]
    wanted += [f"task_{one}" for one in TaskKind]
    assert [name for name in wanted if str(name) not in w] == []


def test_a_language_that_papers_are_not_printed_in_is_refused():
    with pytest.raises(ValueError, match="not in tuple"):
        words("ja")
