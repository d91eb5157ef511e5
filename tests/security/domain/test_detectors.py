"""The table of detectors is whole."""

from security.domain.detectors import DETECTORS
from security.incident_choices import IncidentCategory, IncidentSeverity


def test_each_detector_is_whole():
    assert len(DETECTORS) >= 12
    for code, one in DETECTORS.items():
        title = one.title.format(count=10_000, subject="address:2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")
        assert len(title) <= 160, code
        assert one.category in IncidentCategory.values
        assert one.severity in IncidentSeverity.values
        assert one.threshold >= 1
        assert 60 <= one.window_seconds <= 86_400
