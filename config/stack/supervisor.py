"""Watches child processes: what dies is started again, what must stop is stopped in order."""

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from types import FrameType

from config.stack.errors import StackError
from config.stack.processes import Child

POLL_SECONDS = 0.25
STEADY_SECONDS = 60
LONGEST_PAUSE = 30.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(BaseException):
    """Ctrl-C, `./auberge stop`, or the terminal was closed."""


@dataclass
class Watch:
    """What the supervisor knows of one child: when it started, and how long to pause before the next start."""

    child: Child
    started: float
    pause: float = 0.0
    due: float | None = None


@dataclass
class Supervisor:
    """Keeps children running until told to stop.

    Attributes:
        say: prints one line for the person at the terminal.
    """

    say: Callable[[str], None]
    watches: list[Watch] = field(default_factory=list)

    def add(self, child: Child) -> None:
        """Watch a child that is running already."""
        self.watches.append(Watch(child, time.monotonic()))

    def watch(self) -> None:
        """Watch for ever; ends by an exception, normally StopRequested."""
        while True:
            for watch in self.watches:
                self.look_at(watch, time.monotonic())
            time.sleep(POLL_SECONDS)

    def look_at(self, watch: Watch, now: float) -> None:
        """Start one child again when it is down and its pause is over.

        The first start comes at once; each further one within a minute waits twice as long, 30 s at most.
        """
        child = watch.child
        if child.running():
            return
        if watch.due is None:
            if now - watch.started > STEADY_SECONDS:
                watch.pause = 0.0
            watch.due = now + watch.pause
            code = child.process.returncode if child.process else None
            again = f"in {watch.pause:.0f} s" if watch.pause else "now"
            self.say(
                f"{_clock()}  {child.name} ended by itself (code {code}); starting it again {again}. See {child.log}"
            )
        if now < watch.due:
            return
        watch.pause = min(max(1.0, watch.pause * 2), LONGEST_PAUSE)
        watch.started, watch.due = now, None
        try:
            child.start()
        except StackError as error:
            self.say(f"{_clock()}  {error}")

    def stop(self) -> None:
        """Stop all, in the opposite order of their start."""
        for watch in reversed(self.watches):
            watch.child.stop()
            self.say(f"  {watch.child.name} stopped")
        self.watches.clear()


def stop_signals_raise() -> None:
    """Let the stop signals raise StopRequested in the main thread, once; later ones are ignored."""

    def once(number: int, frame: FrameType | None) -> None:
        stop_signals_ignore()
        raise StopRequested(signal.Signals(number).name)

    for name in STOP_SIGNALS:
        signal.signal(name, once)


def stop_signals_ignore() -> None:
    """Let nothing interrupt us from now on, as stopping in order takes a few seconds."""
    for name in STOP_SIGNALS:
        # A Python function, not SIG_IGN: that would be inherited by the programs we start.
        signal.signal(name, lambda number, frame: None)


def _clock() -> str:
    return datetime.now().astimezone().strftime("%H:%M:%S")
