"""A report that is told twice is written of once."""

from hotel.messaging.models import Message
from security.services.compliance_mail import report_tell
from tests.factories.accounts import user_make
from tests.factories.security_compliance import compliance_report_make


def test_each_is_told_once(cast):
    user_make(cast.alpha, username="owner2", email="owner2@example.com", is_superuser=True)
    report = compliance_report_make(cast.alpha)
    assert report_tell(report=report) == report_tell(report=report)
    assert [row.address for row in Message.objects.all()].count("owner2@example.com") == 1


def test_a_house_without_a_hotel_tells_nobody(db):
    assert report_tell(report=compliance_report_make()) == 0
