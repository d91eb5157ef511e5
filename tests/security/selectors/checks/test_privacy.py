"""Looks at requests of guests, retention and registers."""

from datetime import timedelta

from hotel.core.clock import now
from security.models import ImpactAssessment, PrivacyRequest, Processor, RetentionRule, RetentionRun
from security.selectors.checks import privacy
from security.services.registers import registers_seed
from tests.factories.security_privacy import privacy_request_make, processor_make, retention_run_make


def test_a_late_request_fails(cast):
    row = privacy_request_make(cast.alpha)
    assert privacy.privacy_deadlines().detail == "1 are open, none is late."
    PrivacyRequest.objects.filter(pk=row.pk).update(
        received_on=now().date() - timedelta(days=40), due_on=now().date() - timedelta(days=1)
    )
    assert privacy.privacy_deadlines().detail == "1 are late."


def test_rules_that_nobody_confirmed_fail(cast):
    assert privacy.retention_confirmed().outcome == "needs_evidence"
    registers_seed(place=cast.alpha)
    assert privacy.retention_confirmed().outcome == "failed"
    RetentionRule.objects.update(is_confirmed=True)
    assert privacy.retention_confirmed().outcome == "checked"


def test_lists_that_wait_for_long_fail(cast):
    run = retention_run_make(cast.alpha)
    assert privacy.retention_lists().outcome == "checked"
    RetentionRun.objects.filter(pk=run.pk).update(created_at=now() - timedelta(days=32))
    assert privacy.retention_lists().outcome == "failed"


def test_processors_are_listed_with_agreement_and_safeguards(cast):
    assert privacy.processors_listed().outcome == "failed"
    for place in (cast.alpha, cast.beta):
        processor_make(place)
    assert privacy.processors_listed().outcome == "checked"
    Processor.objects.update(contract_on=None, country="US", safeguards="")
    assert (privacy.processor_contracts().outcome, privacy.processor_safeguards().outcome) == (
        "failed",
        "failed",
    )
    Processor.objects.update(contract_on=now().date(), country="AT")
    assert (privacy.processor_contracts().outcome, privacy.processor_safeguards().outcome) == (
        "checked",
        "checked",
    )


def test_each_declaration_has_a_purpose(db):
    assert privacy.record_purposes().outcome == "checked"


def test_drafts_of_assessments_fail(cast):
    assert privacy.assessments_reviewed().outcome == "needs_evidence"
    registers_seed(place=cast.alpha)
    assert privacy.assessments_reviewed().detail == "3 of 3 are drafts."
    ImpactAssessment.objects.update(status="reviewed")
    assert privacy.assessments_reviewed().outcome == "checked"
