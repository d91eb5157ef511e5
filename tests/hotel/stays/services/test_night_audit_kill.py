import os
import subprocess
import sys
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from moneyed import Money

from hotel.core.invariants import invariants_verify
from hotel.folios.services.codes import standard_code
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.stays.services.check_in import check_in
from hotel.stays.services.fixed_charges import FixedChargeData, fixed_charge_add
from hotel.stays.services.night_audit import night_audit_run
from tests.cast import TODAY, make_cast, make_property
from tests.factories.reservations import house_make
from tests.hotel.stays.services.day_state import state_of


def busy_day(place):
    """Three in house, one of them with a fixed charge; one does not come, one has cancelled."""
    house = house_make(place, doubles=6)
    for n in range(3):
        row = house.reserve(0, n + 1)
        check_in(reservation=row, actor=None, room=house.rooms[n])
    fixed_charge_add(
        reservation=row,
        data=FixedChargeData(code=standard_code(place, "service"), amount=Money(15, "EUR")),
    )
    house.reserve(0, 2)
    reservation_cancel(reservation=house.reserve(0, 1), actor=None)
    return house


def killed_everywhere(place):
    """Run the audit in processes that die within and after each step; returns where they did."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path="/" + connection.settings_dict["NAME"])
    environment = {**os.environ, "DATABASE_URL": url.geturl(), "PYTHONPATH": str(settings.BASE_DIR)}
    script = settings.BASE_DIR / "tests/hotel/stays/services/night_audit_and_die.py"
    run = subprocess.run(  # noqa: S603  (our own script)
        [sys.executable, str(script), place.code],
        env=environment | {"DJANGO_SETTINGS_MODULE": "config.settings.test"},
        check=False,
        capture_output=True,
        timeout=180,
    )
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout.decode().splitlines()


@pytest.mark.chaos
@pytest.mark.django_db(transaction=True)
def test_an_audit_killed_everywhere_ends_as_if_nobody_had_disturbed_it():
    cast = make_cast()
    twin = make_property(
        cast.chain, "TWIN", name="Twin", time_zone="Europe/Vienna", currency="EUR", country="AT"
    )
    calm, killed = busy_day(cast.alpha), busy_day(twin)
    night_audit_run(place=calm.place)

    died = killed_everywhere(killed.place)

    steps = [
        "checks",
        "no_shows",
        "nights",
        "fixed_charges",
        "allowances",
        "rooms",
        "statistics",
        "proof",
        "roll",
    ]
    assert died == [f"{how} {step}" for step in steps for how in ("die_within", "die_after")]
    killed.place.refresh_from_db()
    assert killed.place.business_date == calm.place.business_date == TODAY + timedelta(days=1)
    assert state_of(killed.place) == state_of(calm.place)
    assert [f.invariant.name for f in invariants_verify() if f.violations] == []
