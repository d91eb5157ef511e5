"""Work of the desk that takes longer than a page may: loading the demonstration."""

from dataclasses import dataclass, replace

from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import OutputWrapper
from kombu.exceptions import OperationalError

from hotel.core.exceptions import Conflict, ExternalFailure
from hotel.core.words import _
from hotel.properties.selectors.opening import is_empty

KEY = "demo"
DAY = 86_400
LOGIN_MARK = "log-in"


@dataclass(frozen=True)
class DemoState:
    """How far the demonstration is.

    Attributes:
        state: ``asked``, ``running``, ``done`` or ``failed``.
        lines: what it has said, oldest first; no log-ins.
    """

    state: str
    lines: tuple[str, ...] = ()


class Voice:
    """Writes what the loading says to where the page finds it."""

    def __init__(self, state: DemoState) -> None:
        self.state = state

    def write(self, text: str) -> int:
        """Keep a line, unless it tells a log-in."""
        line = text.strip()
        if line and not line.startswith(LOGIN_MARK):
            self.state = replace(self.state, lines=(*self.state.lines, line))
            cache.set(KEY, self.state, DAY)
        return len(text)

    def isatty(self) -> bool:
        """No terminal."""
        return False


def demo_is_offered() -> bool:
    """Whether this installation may show it, and people can be told how to sign in there."""
    return bool(settings.DEMO_ALLOWED and settings.DEMO_PASSWORD)


def demo_state() -> DemoState | None:
    """How far it is; None when nobody has asked for it here lately."""
    return cache.get(KEY)


def demo_ask() -> None:
    """Have a worker load the demonstration into a house without hotels. Repeatable: asked twice, it is loaded once.

    Raises:
        Conflict: there is a hotel; the demonstration is for an empty house.
        ExternalFailure: no worker can be told; nothing was begun.
    """
    before = demo_state()
    if before is not None and before.state != "failed":
        return
    if before is None and not is_empty():
        text = _("There is a hotel already: the demonstration is for an empty house.")
        raise Conflict(text, code="house_not_empty")
    if before is not None:
        cache.set(KEY, DemoState("asked"), DAY)
    elif not cache.add(KEY, DemoState("asked"), DAY):
        return
    try:
        demo_load.apply_async(kwargs={"is_again": before is not None}, retry=False)
    except OperationalError as error:
        cache.delete(KEY)
        raise ExternalFailure(
            _("No worker can be told: the broker is away. Start it, then try again.")
        ) from error


@shared_task(name="hotel.dashboard.tasks.demo_load")
def demo_load(*, is_again: bool = False) -> str:
    """Load it as the command does, and tell how it goes; the state it ended in.

    Args:
        is_again: an earlier load failed on the way: what it has made is gone on with.
    """
    if not is_again and not is_empty():
        cache.delete(KEY)
        return "refused"
    voice = Voice(DemoState("running"))
    cache.set(KEY, voice.state, DAY)
    try:
        call_command("seed_demo", stdout=OutputWrapper(voice))  # type: ignore[arg-type]
    except Exception:
        cache.set(KEY, replace(voice.state, state="failed"), DAY)
        raise
    cache.set(KEY, replace(voice.state, state="done"), DAY)
    return "done"
