"""The base of every celery task: whoever asked for it stays its actor, and its request id goes along."""

from typing import Any

from celery import Task

from hotel.core.actor import act_told, acting, acting_again

HEADER = "act"


class ActingTask(Task):
    """Sends along who acts; a task that nobody asked for acts as ``system:<its name>``."""

    abstract = True

    def apply_async(self, *args: Any, headers: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        """As celery's, with who acts in the headers."""
        act = act_told()
        headers = {**({HEADER: act} if act else {}), **(headers or {})}
        return super().apply_async(*args, headers=headers or None, **kwargs)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run as the one who asked."""
        act = (self.request.headers or {}).get(HEADER)
        if act:
            with acting_again(act, door="task"):
                return self.run(*args, **kwargs)
        with acting(door="task", actor=f"system:{self.name}"):
            return self.run(*args, **kwargs)
