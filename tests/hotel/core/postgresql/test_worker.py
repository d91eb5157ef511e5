"""Every task of the house does its work with the rights that the worker's role has in a hotel, and with no more."""

import json
import os
from datetime import UTC, datetime
from io import StringIO
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, connection

from config.celery import app
from hotel.core.plugs import plugs
from hotel.core.postgresql.owner import owner
from hotel.core.postgresql.rights import WORKER
from hotel.folios.models import Invoice, Posting
from hotel.messaging.models import Message, WebhookEndpoint
from hotel.papers.models import Paper
from hotel.properties.choices import SettingKey
from hotel.properties.models import Property
from hotel.properties.services.settings import setting_set
from hotel.stays.models import NightAudit
from hotel.stays.services.check_in import check_in
from security.models import AuditSeal, ComplianceReport
from tests.config.stack.observing import wait_until
from tests.fuzz.ground import ground_make

SCHEDULED = sorted({schedule.task for plug in plugs() for schedule in plug.schedules})
# What is asked for one thing, and every such thing.
ASKED = {
    "hotel.folios.tasks.invoice_print": Invoice,
    "hotel.messaging.tasks.webhook_serve": WebhookEndpoint,
    "hotel.papers.tasks.paper_make": Paper,
    "hotel.reservations.tasks.property_expiries": Property,
    "hotel.reservations.tasks.property_groups": Property,
    "hotel.stays.tasks.night_audit_work": NightAudit,
}
# What a page asks for of the whole house; refused here, where there are hotels.
OF_THE_HOUSE = {"hotel.dashboard.tasks.demo_load"}
# After the first night of the cast, when its audit, what expires and what was planned are due.
NIGHT = datetime(2027, 3, 15, 5, tzinfo=UTC)


@pytest.fixture
def as_worker():
    """A function that logs this process in as the worker of a hotel, on this connection and on those of its threads."""
    if not owner():
        pytest.skip("one role does everything here")
    url = urlsplit(json.loads(os.environ["AUBERGE_TEST_ROLES"])[WORKER])
    before = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}

    def log_in():
        connection.close()
        connection.settings_dict.update(USER=url.username, PASSWORD=url.password)

    yield log_in
    connection.close()
    connection.settings_dict.update(before)


def night_ahead(house):
    """Somebody sleeps here, somebody else does not come, and the night audit begins by itself at two."""
    check_in(reservation=house.reserve(0, 2), actor=None, room=house.rooms[0])
    house.reserve(0, 1)
    today = house.place.business_date
    setting_set(place=house.place, key=SettingKey.NIGHT_AUDIT_HOUR, value=2, valid_from=today)


def refused(name, *given):
    """Run a task as celery does; what the database said against it, or nothing."""
    try:
        app.tasks[name](*given)
    except DatabaseError as error:
        return [f"{name}{given}: {error}".strip()]
    return []


def test_each_task_is_run_here():
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if not name.startswith(("celery.", "tests."))}
    assert ours == {*SCHEDULED, *ASKED, *OF_THE_HOUSE}


@pytest.mark.django_db(transaction=True)
def test_every_task_has_the_rights_it_needs(as_worker):
    app.loader.import_default_modules()
    house = ground_make().beta
    night_ahead(house)
    as_worker()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (WORKER,)
    call_command("sync_schedules", stdout=StringIO())
    wrong = []
    with time_machine.travel(NIGHT):
        for _ in range(2):  # once more, because what one asks for another does
            for name in (*SCHEDULED, *OF_THE_HOUSE):
                wrong += refused(name)
            for name, model in ASKED.items():
                for key in list(model._base_manager.values_list("pk", flat=True)):
                    wrong += refused(name, key)
    assert wrong == []
    # They did their work, and did not merely find nothing to do.
    assert list(NightAudit.objects.values_list("property", "status")) == [(house.place.pk, "finished")]
    assert Posting.objects.filter(property=house.place, business_date=house.place.business_date).count() > 1
    assert set(Message.objects.values_list("status", flat=True)) >= {"sent"}
    packs = Paper.objects.filter(property=house.place).values_list("kind", "status")
    assert {kind for kind, _ in packs} == {"audit_pack", "downtime_pack"}
    assert {status for _, status in packs} <= {"ready", "failed"}  # failed where there is no Pango
    # Nothing is sealed past what another test's transaction has not ended yet.
    wait_until(lambda: AuditSeal.objects.exists() or refused("security.tasks.trail_seal"), 1200)
    assert AuditSeal.objects.exists()
    assert set(ComplianceReport.objects.values_list("status", flat=True)) == {"done"}
