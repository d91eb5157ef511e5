"""Audits in a worker, and those that start by themselves."""

import logging
from datetime import timedelta

from hotel.contracts.stays import NightAuditRequested
from hotel.properties.services.settings import setting_set
from hotel.stays.models import NightAudit
from hotel.stays.services.check_in import check_in
from hotel.stays.services.night_audit import night_audit_request
from hotel.stays.tasks import night_audit_work, night_audits_due
from tests.cast import TODAY
from tests.hotel.stays.services.test_check_in import told

DAY = timedelta(days=1)


def test_a_worker_closes_the_day_once(house, arrival, cast):
    check_in(reservation=arrival, actor=None)
    audit = night_audit_request(place=house.place, actor=cast.bo)

    assert night_audit_work(audit.pk) == "finished"
    assert night_audit_work(audit.pk) == "finished"

    house.place.refresh_from_db()
    assert house.place.business_date == TODAY + DAY
    assert NightAudit.objects.get().requested_by == cast.bo


def test_what_blocks_the_day_is_on_the_audit_and_in_the_log(house, arrival, noon, caplog):
    check_in(reservation=arrival, actor=None)
    noon.shift(3 * DAY)
    for _ in range(2):
        night_audit_work(night_audit_request(place=house.place, actor=None).pk)
    blocked = night_audit_request(place=house.place, actor=None)

    with caplog.at_level(logging.WARNING):
        assert night_audit_work(blocked.pk) == "blocked"

    assert "1 guest has not left" in caplog.text
    blocked.refresh_from_db()
    assert [blocker["reservations"] for blocker in blocked.blockers] == [[arrival.pk]]


def test_the_audits_of_the_hour_are_asked_for(house, cast, noon):
    setting_set(place=house.place, key="stays.night_audit_hour", value=3, valid_from=TODAY)
    assert night_audits_due() == 0
    noon.shift(timedelta(hours=14))
    assert night_audits_due() == 1
    assert [fact["property_id"] for fact in told(NightAuditRequested)] == [house.place.pk]
