"""How a check answers: one of the four outcomes, and what was seen."""

from security.domain.compliance import Look
from security.selectors.checks.looks import bad, good, needless, told, unknown


def test_each_answer_has_its_outcome():
    found = [answer("Seen.").outcome for answer in (good, bad, unknown, needless)]
    assert found == ["checked", "failed", "needs_evidence", "not_applicable"]
    assert told(True, "Yes.", "No.") == Look("checked", "Yes.")
    assert told(False, "Yes.", "No.") == Look("failed", "No.")
