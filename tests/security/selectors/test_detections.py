"""What a detector sees; each attack is told in services/test_detection.py."""

from datetime import timedelta

from hotel.core.clock import now
from hotel.core.security_events import security_event
from security.domain.detectors import DETECTORS
from security.selectors.detections import findings_of


def test_each_statement_runs_and_finds_nothing_in_an_empty_house(house):
    for code, one in DETECTORS.items():
        found = findings_of(
            code, threshold=one.threshold, window_seconds=one.window_seconds, until=now() - timedelta(days=9)
        )
        assert found == [], code


def test_a_finding_names_its_subject_its_rows_and_its_newest_sign(house):
    for _ in range(3):
        security_event("sign_in_failed", user=house.bo.pk)
    [found] = findings_of("password_guessing", threshold=3, window_seconds=60, until=now())
    assert (found.subject, found.user_id, found.count, len(found.ids)) == (
        f"user:{house.bo.pk}",
        house.bo.pk,
        3,
        3,
    )
    assert findings_of("password_guessing", threshold=4, window_seconds=60, until=now()) == []
