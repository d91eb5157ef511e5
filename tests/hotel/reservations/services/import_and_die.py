"""An import in a process of its own, killed within its second chunk. Run by test_import_kill.

Arguments: the file, the property's code.
"""

import os
import signal
import sys
from pathlib import Path

import django

django.setup()

from hotel.properties.models import Property  # noqa: E402
from hotel.properties.tenancy import EVERYTHING, narrow  # noqa: E402
from hotel.reservations.services import imports  # noqa: E402
from hotel.reservations.services.import_runs import FileImport, import_begin  # noqa: E402

narrow(EVERYTHING)
imports.CHUNK = 2
write, chunks = imports.Writer.write, []


def write_then_die(self, rows):
    chunks.append(rows)
    written = write(self, rows)
    if len(chunks) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return written


imports.Writer.write = write_then_die
place = Property.objects.get(code=sys.argv[2])
import_begin(wanted=FileImport(place=place, path=Path(sys.argv[1]), mapping="standard", rate_plan="BAR"))
