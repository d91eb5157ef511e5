"""Messages on the way of a guest."""

from hotel.core.clock import now
from hotel.messaging.selectors.journey import message_told, messages_of_guest
from hotel.properties.journeys import JourneyRow, JourneyWords
from tests.factories.messaging import message_make


def test_a_letter_is_told_by_its_name_channel_and_state_and_not_by_its_words(cast):
    failed = message_make(
        cast.alpha, guest_id=7, template_code="pre_arrival", status="failed", next_attempt_at=None,
        failure_code="550", subject="Secret",
    )  # fmt: skip
    message_make(cast.beta, guest_id=7)
    message_make(cast.alpha, guest_id=8)
    (row,) = messages_of_guest(7, {cast.alpha.pk}, "").values()
    assert (row["journey_key"], row["journey_target"], row["journey_what"]) == (
        failed.pk,
        failed.pk,
        "failed",
    )
    assert "Secret" not in str(row["journey_more"])
    told = message_told(JourneyRow(now(), "messages", failed.pk, "failed", failed.pk, row["journey_more"]))
    assert told == JourneyWords("messages", "Pre arrival", "E-mail · 550", ("failed", "Failed"))
