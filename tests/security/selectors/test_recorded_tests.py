"""The results of tests that are on record."""

import json
from datetime import timedelta

from hotel.core.clock import now
from security.selectors.recorded_tests import recorded_tests


def test_what_cannot_be_read_is_no_record(settings, tmp_path):
    settings.COMPLIANCE_TEST_RESULTS = str(tmp_path / "results.json")
    assert recorded_tests() is None
    (tmp_path / "results.json").write_text('{"ran_at": "soon", "passed": {}}')
    assert recorded_tests() is None


def test_a_record_counts_for_45_days(settings, tmp_path):
    settings.COMPLIANCE_TEST_RESULTS = str(tmp_path / "results.json")
    for days, is_fresh in ((44, True), (46, False)):
        told = {"ran_at": (now() - timedelta(days=days)).isoformat(), "passed": {"a": True}}
        (tmp_path / "results.json").write_text(json.dumps(told))
        assert recorded_tests().is_fresh is is_fresh
