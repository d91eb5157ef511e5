"""Cases of data protection for tests, each the least valid one."""

from datetime import date

from hotel.accounts.models import User
from hotel.guests.models import Guest
from hotel.properties.models import Property
from security.domain.assessments import sections
from security.models import (
    ErasureCertificate,
    ImpactAssessment,
    LegalHold,
    PrivacyBundle,
    PrivacyRequest,
    Processor,
    RetentionRule,
    RetentionRun,
)
from security.services.bundles import bundle_order
from security.services.erasures import erasure_carry_out
from security.services.holds import hold_place
from security.services.privacy_requests import (
    erasure_approve,
    erasure_propose,
    request_identify,
    request_record,
)
from tests.factories.guests import guest_make


def privacy_request_make(place: Property, guest: Guest | None = None, **over) -> PrivacyRequest:
    """A guest wants to know what is known of him."""
    values = {"kind": "access", "by": None, **over}
    return request_record(place=place, guest=guest or guest_make(place), **values)


def identified_make(place: Property, guest: Guest | None = None, **over) -> PrivacyRequest:
    """The same, and he showed who he is."""
    return request_identify(request=privacy_request_make(place, guest, **over), method="Passport", by=None)


def privacy_bundle_make(place: Property) -> PrivacyBundle:
    """Files that wait to be made."""
    return bundle_order(request=identified_make(place))


def approver_make(place: Property) -> User:
    """A second person."""
    number = User.objects.count()
    return User.objects.create(username=f"second{number}", chain=place.chain)


def approved_make(place: Property, guest: Guest | None = None) -> PrivacyRequest:
    """An erasure that two people agree on."""
    proposed = erasure_propose(request=identified_make(place, guest, kind="erasure"), by=None)
    return erasure_approve(request=proposed, by=approver_make(place))


def erasure_certificate_make(place: Property) -> ErasureCertificate:
    """Of a guest who had nothing but a profile."""
    return erasure_carry_out(request=approved_make(place))


def legal_hold_make(place: Property, guest: Guest | None = None, **over) -> LegalHold:
    """A court wants to know."""
    values = {"kind": "litigation", "reason": "Claim for damages", "by": None, **over}
    return hold_place(place=place, guest=guest or guest_make(place), **values)


def retention_rule_make(place: Property, n: int = 0, **over) -> RetentionRule:
    """Profiles are kept for three years."""
    values = {
        "country": place.country, "document_class": "guest_profile", "purpose": f"purpose {n}", "months": 36,
        "valid_from": date(2018, 5, 25), "is_confirmed": True, **over,
    }  # fmt: skip
    return RetentionRule.objects.create(property=place, **values)


def retention_run_make(place: Property, n: int = 0) -> RetentionRun:
    """Nothing is due."""
    rule = retention_rule_make(place, n)
    return RetentionRun.objects.create(property=place, rule=rule, cutoff_on=date(2024, 1, 1), due_count=0)


def processor_make(place: Property, n: int = 0, **over) -> Processor:
    """Somebody who sends letters for us."""
    values = {
        "name": f"Mailer {n}",
        "service": "sends e-mail",
        "country": "AT",
        "data_categories": "addresses",
    }
    return Processor.objects.create(property=place, **{**values, **over})


def impact_assessment_make(place: Property, n: int = 0) -> ImpactAssessment:
    """Of cameras."""
    values = {"code": f"video-{n}", "title": "Cameras", "sections": sections()}
    return ImpactAssessment.objects.create(property=place, **values)
