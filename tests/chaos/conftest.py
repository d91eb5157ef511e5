"""Servers of the system, processes of the Procfile, and a hotel that sells."""

import json
import re

import pytest

from config.stack.ports import free_port
from config.stack.up import page_answers
from tests.config.stack import test_lost_servers as lost
from tests.config.stack.conftest import home, open_folder
from tests.config.stack.test_kills import Programs
from tests.wire import Wire

caller, environment, machines = lost.caller, lost.environment, lost.machines
proxy, servers = lost.proxy, lost.servers

__all__ = ["caller", "environment", "home", "machines", "open_folder", "proxy", "servers"]

OPEN = "from tests.config.stack.open_house import open_house; open_house()"


@pytest.fixture
def house(machines, environment, servers, proxy):
    """A web process whose way to PostgreSQL is the proxy, a hotel with rooms to sell, and who sells them."""
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings.local"}
    lost.manage(environment, "migrate", "--verbosity", "0")
    said = lost.manage(environment, "shell", "--no-imports", "-c", OPEN)
    known = json.loads(re.search(r"^KNOWN (.*)$", said, re.M)[1])
    port = free_port()
    more = {
        "DATABASE_URL": servers[0].url.replace(f":{proxy.target}/", f":{proxy.port}/"),
        "PORT": str(port),
        "WEB_WORKERS": "2",
        "RATE_LIMITS_ENFORCED": "off",
    }
    web = machines("web", "web", **more)
    web.wait_until(lambda: page_answers(f"http://127.0.0.1:{port}/api/health/ready"), 90)
    return Programs(Wire(f"http://127.0.0.1:{port}", known["secret"], timeout=15), known)
