import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from hotel.core.invariants import invariants_verify
from hotel.reservations.models import ImportRun, Reservation
from hotel.reservations.services.import_runs import FileImport, import_resume
from tests.cast import make_cast
from tests.factories.reservations import house_make


def killed_import(path, code):
    """Run the import in a process that kills itself with SIGKILL before its second chunk is committed."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path="/" + connection.settings_dict["NAME"])
    environment = {**os.environ, "DATABASE_URL": url.geturl(), "PYTHONPATH": str(settings.BASE_DIR)}
    script = settings.BASE_DIR / "tests/hotel/reservations/services/import_and_die.py"
    run = subprocess.run(  # noqa: S603  (our own script)
        [sys.executable, str(script), str(path), code],
        env=environment | {"DJANGO_SETTINGS_MODULE": "config.settings.test"},
        check=False,
        capture_output=True,
        timeout=180,
    )
    assert run.returncode == -9, run.stderr.decode()


@pytest.mark.chaos
@pytest.mark.django_db(transaction=True)
def test_an_import_killed_in_the_middle_is_resumed_without_losing_or_doubling_a_stay(tmp_path):
    house, path = house_make(make_cast().alpha), tmp_path / "stays.csv"
    rows = [f"R-{n},2027-03-{n},2027-03-{n + 1},DBL,2,confirmed,80" for n in range(20, 25)]
    path.write_text("\n".join(["external_id,arrival,departure,room_type,adults,status,total", *rows]) + "\n")

    killed_import(path, house.place.code)

    run = ImportRun.objects.get()
    assert (run.status, run.position, run.imported, Reservation.objects.count()) == ("running", 3, 2, 2)
    wanted = FileImport(place=house.place, path=path, mapping="standard", rate_plan="BAR")
    assert import_resume(wanted=wanted).imported == 5
    numbers = Reservation.objects.order_by("pk").values_list("booking__external_id", flat=True)
    assert list(numbers) == ["R-20", "R-21", "R-22", "R-23", "R-24"]
    assert house.counted("sold", days=12) == [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0]
    assert [finding.invariant.name for finding in invariants_verify() if finding.violations] == []
