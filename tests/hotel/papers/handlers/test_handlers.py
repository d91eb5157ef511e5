"""What was asked for is handed to a worker after the commit."""

from hotel.papers import tasks
from hotel.papers.choices import PaperKind
from hotel.papers.services.papers import PaperWish, paper_ask

WISH = PaperWish(kind=PaperKind.ARRIVALS)


def test_a_worker_is_told(cast, drain, settings, monkeypatch, django_capture_on_commit_callbacks):
    settings.OUTBOX_HINTS = True
    told = []
    monkeypatch.setattr(tasks.paper_make, "apply_async", lambda args, **how: told.append(args))
    paper = paper_ask(place=cast.alpha, wish=WISH, by=None)
    with django_capture_on_commit_callbacks(execute=True):
        drain()
    assert told == [(paper.pk,)]


def test_a_broker_that_is_away_stops_nothing(
    cast, drain, settings, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    settings.OUTBOX_HINTS = True

    def away(args, **how):
        raise ConnectionError

    monkeypatch.setattr(tasks.paper_make, "apply_async", away)
    paper_ask(place=cast.alpha, wish=WISH, by=None)
    with django_capture_on_commit_callbacks(execute=True):
        drain()
    assert "the sweep makes the paper" in caplog.text
