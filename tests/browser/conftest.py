"""A real headless Chromium on a live server; every console error and every refused resource fails the test."""

import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

import pytest
import uvicorn
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.core.cache import cache
from django.db import connections
from playwright.sync_api import Page, expect, sync_playwright

from tests.cast import make_cast
from tests.factories.guests import guest_make
from tests.factories.reservations import House, house_make

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-sync"]
PASSWORD = "a long enough password"


@dataclass
class Desk:
    """A signed-in browser, the hotel behind it, and what went wrong in the console so far."""

    page: Page
    address: str
    house: House
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Open a page of the house."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status < 400, f"{path}: {answer.status}"

    def sign_in(self, name: str) -> None:
        """By the log-in page, as people do."""
        self.open("/login")
        self.page.get_by_label("Username").fill(name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Log in").click()

    def overflow(self) -> int:
        """How many pixels the page is wider than its window."""
        return self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )

    def ask(self, question: Callable[[], Any]) -> Any:
        """Ask the database from a thread of its own: Playwright's loop runs in this one."""

        def asked() -> Any:
            try:
                return question()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(max_workers=1) as pool:
            return pool.submit(asked).result(timeout=30)


class Server:
    """The house with its sockets, served from a thread; it can be stopped and started again on the same port."""

    def __init__(self) -> None:
        self.port = 0
        self.start()
        self.port = self.serving.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        from config.asgi import application

        settings = {
            "port": self.port,
            "lifespan": "off",
            "log_level": "warning",
            "timeout_graceful_shutdown": 1,
        }
        self.serving = uvicorn.Server(uvicorn.Config(ASGIStaticFilesHandler(application), **settings))
        self.thread = Thread(target=self.serving.run, name="house", daemon=True)
        self.thread.start()
        while not self.serving.started:
            time.sleep(0.02)

    def stop(self) -> None:
        self.serving.should_exit = True
        self.thread.join(10)


@pytest.fixture(scope="session")
def server(django_db_setup) -> Iterator[Server]:
    made = Server()
    yield made
    made.stop()


def is_complaint(said) -> bool:
    """Whether the console told of a fault; that the browser, by itself, found no newer worker while nobody was signed in is none."""
    return said.type in {"error", "warning"} and "script resource is behind a redirect" not in said.text


def failure_of(request) -> list[str]:
    """What failed; a request that the next page cut short did not."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed: {request.url} {request.failure}"]


@pytest.fixture
def hotel(server, transactional_db) -> House:
    """Alpha with rooms, prices, a stay that arrives today and one tomorrow; people can sign in by password."""
    cache.clear()
    cast = make_cast()
    for person in (cast.ada, cast.bo, cast.eve):
        person.set_password(PASSWORD)
        person.save()
    cast.ada.is_superuser = True
    cast.ada.save()
    house = house_make(cast.alpha, doubles=4)
    house.reserve(0, 2, primary_guest=guest_make(house.place, first_name="Anna", last_name="Moser"))
    house.reserve(
        1,
        3,
        primary_guest=guest_make(house.place, first_name="María José", last_name="Fernández de la Torre"),
    )
    return house


@pytest.fixture
def desk(hotel, server) -> Iterator[Desk]:
    """A browser of 1,280 pixels, not signed in yet. Afterwards the console must have been silent."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine; `apt-get install chromium` gets it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        context.set_default_timeout(90_000)  # a busy machine is no fault of the pages
        expect.set_options(timeout=30_000)
        made = Desk(context.new_page(), server.url, hotel)
        made.page.on(
            "console",
            lambda said: made.complaints.append(said.text) if is_complaint(said) else None,
        )
        made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
        made.page.on("requestfailed", lambda request: made.complaints.extend(failure_of(request)))
        yield made
        complaints = list(made.complaints)
        context.close()
        browser.close()
    assert complaints == []
