"""Tasks of papers."""

from datetime import timedelta

import time_machine

from hotel.papers.choices import PaperForm, PaperStatus
from hotel.papers.tasks import paper_make, papers_sweep
from tests.factories.papers import paper_make_waiting


def test_a_worker_makes_what_it_is_told(cast):
    paper = paper_make_waiting(cast.alpha, form=PaperForm.XLSX)
    assert paper_make(paper.pk) == PaperStatus.READY


def test_the_sweep_makes_what_was_left_and_forgets_what_is_over(cast):
    paper = paper_make_waiting(cast.alpha, form=PaperForm.XLSX)
    assert papers_sweep() == 0
    with time_machine.travel(paper.created_at + timedelta(minutes=1), tick=False):
        assert papers_sweep() == 1
    with time_machine.travel(paper.created_at + timedelta(days=2), tick=False):
        assert papers_sweep() == 1
    paper.refresh_from_db()
    assert paper.status == PaperStatus.GONE
