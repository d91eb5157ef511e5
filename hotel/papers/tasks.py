"""Tasks of papers. All may repeat and run side by side: the truth is in the table."""

from celery import shared_task

from hotel.papers.services.papers import paper_make as make
from hotel.papers.services.papers import papers_forget, papers_left


@shared_task(name="hotel.papers.tasks.paper_make")
def paper_make(paper_id: int) -> str:
    """Make one paper. Repeatable. Returns the status it has now."""
    return make(paper_id=paper_id)


@shared_task(name="hotel.papers.tasks.papers_sweep")
def papers_sweep() -> int:
    """Make what was left and forget what is over. Repeatable. Returns how many papers changed."""
    done = sum(bool(make(paper_id=pk)) for pk in papers_left())
    return done + papers_forget()
