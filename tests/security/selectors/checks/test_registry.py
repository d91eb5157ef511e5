"""All checks can be run on a house, none breaks, and one that does has seen nothing."""

from security.compliance_choices import Outcome
from security.models import AccessPolicy
from security.selectors.checks.registry import CHECKS, check_run, check_title
from security.services.catalogue import catalogue_seed


def test_every_check_answers_in_words_on_a_living_house(cast, caplog):
    catalogue_seed(chain=cast.chain)
    for code in CHECKS:
        look = check_run(code)
        assert look.outcome in Outcome.values, code
        assert look.detail.endswith("."), (code, look.detail)
        assert "compliant" not in look.detail.lower(), code
        assert "Could not be looked at" not in look.detail, (code, caplog.text)
    assert len(CHECKS) >= 60


def test_a_check_that_breaks_has_seen_nothing_and_harms_no_transaction(cast, monkeypatch, caplog):
    def breaks():
        AccessPolicy.objects.raw("SELECT nonsense")[0]

    monkeypatch.setitem(CHECKS, "walls", breaks)
    look = check_run("walls")
    assert (look.outcome, look.detail) == ("needs_evidence", "Could not be looked at (ProgrammingError).")
    assert "The check walls broke" in caplog.text
    assert AccessPolicy.objects.count() >= 0


def test_a_check_is_named_by_what_it_looks_at():
    assert check_title("walls") == "Row-level security is forced on every table with rows of a property."
