"""Makes one booking by the service and prints the rows it wrote as JSON; places of ``access`` on standard input."""

import json
import sys
from dataclasses import asdict

import django

from hotel.properties.tenancy import EVERYTHING, narrow

if __name__ == "__main__":
    django.setup()
    narrow(EVERYTHING)
    from benchmarks.writers import learnt

    json.dump([asdict(row) for row in learnt(json.load(sys.stdin))], sys.stdout)
