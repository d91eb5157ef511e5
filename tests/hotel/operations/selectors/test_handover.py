from hotel.operations.selectors.handover import handover_open, handover_over
from hotel.operations.services.handover import handover_done
from tests.factories.operations import handover_note_make


def test_urgent_ones_stand_first_and_what_was_done_last_too(cast, django_assert_num_queries):
    first, urgent, done, later = (
        handover_note_make(cast.alpha, n, is_urgent=n == 1, actor=cast.bo) for n in range(4)
    )
    handover_note_make(cast.beta)
    handover_done(note=done, actor=cast.di)
    handover_done(note=later, actor=cast.di)

    with django_assert_num_queries(2):
        shown = [(note.pk, str(note.written_by)) for note in handover_open(cast.alpha.pk)]
        over = [(note.pk, str(note.done_by)) for note in handover_over(cast.alpha.pk)]

    assert shown == [(urgent.pk, "bo"), (first.pk, "bo")]
    assert over == [(later.pk, "di"), (done.pk, "di")]
