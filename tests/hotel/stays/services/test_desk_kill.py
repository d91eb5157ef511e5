"""A guest is in house or he is not, and has left or not, also when the power goes in the last moment."""

import os
import subprocess
import sys
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from hotel.core.clock import clock_set
from hotel.core.invariants import invariants_verify
from hotel.reservations.services.assignment import room_assign
from hotel.stays.services.check_in import check_in
from hotel.stays.services.check_out import check_out
from hotel.stays.services.night_audit import night_audit_run
from tests.cast import make_cast
from tests.factories.reservations import house_make
from tests.factories.stays import bill_pay
from tests.hotel.stays.conftest import NOON
from tests.hotel.stays.services.day_state import state_of


def killed(command, row, instant):
    """Give the command in a process that dies before the commit."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path="/" + connection.settings_dict["NAME"])
    environment = {**os.environ, "DATABASE_URL": url.geturl(), "PYTHONPATH": str(settings.BASE_DIR)}
    script = settings.BASE_DIR / "tests/hotel/stays/services/desk_and_die.py"
    run = subprocess.run(  # noqa: S603  (our own script)
        [sys.executable, str(script), command, str(row.pk), instant.isoformat()],
        env=environment | {"DJANGO_SETTINGS_MODULE": "config.settings.test"},
        check=False,
        capture_output=True,
        timeout=180,
    )
    assert run.returncode == 137, run.stderr.decode()


@pytest.mark.chaos
@pytest.mark.django_db(transaction=True)
def test_a_command_killed_before_its_commit_has_not_happened_and_is_given_again():
    house, morning = house_make(make_cast().alpha), NOON + timedelta(hours=20)
    row = house.reserve(0, 1)
    room_assign(reservation=row, room=house.rooms[0], actor=None)
    before = state_of(house.place)

    killed("check_in", row, NOON)

    assert state_of(house.place) == before
    assert check_in(reservation=row, actor=None).reservation.status == "in_house"
    night_audit_run(place=house.place)
    with clock_set(morning):
        bill_pay(row)
        paid = state_of(house.place)
        killed("check_out", row, morning)
        assert state_of(house.place) == paid
        assert check_out(reservation=row, actor=None).reservation.status == "checked_out"
    assert [f.invariant.name for f in invariants_verify() if f.violations] == []
