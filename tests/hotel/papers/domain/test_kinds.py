"""Kinds of papers."""

import pytest

from hotel.papers.choices import PaperForm, PaperKind
from hotel.papers.domain.kinds import KINDS, may_read


def test_each_kind_is_known_and_says_who_may_read_it():
    assert list(KINDS) == list(PaperKind)
    assert all(kind.rights and PaperForm.PDF in kind.forms for kind in KINDS.values())


@pytest.mark.parametrize("missing", KINDS[PaperKind.AUDIT_PACK].rights)
def test_each_right_is_needed(missing):
    assert may_read(PaperKind.AUDIT_PACK, lambda verb, area: True)
    assert not may_read(PaperKind.AUDIT_PACK, lambda verb, area: (verb, area) != missing)
