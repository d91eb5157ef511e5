"""Many tables in one step of a migration."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation


class CreateModels(Operation):
    """``CreateModel`` several times, of models that are rendered once.

    Django renders all related models anew after each of them, which on a hundred tables takes longer than all
    else in a first start.
    """

    def __init__(self, steps: Sequence[CreateModel]) -> None:
        """In their order."""
        self.steps = steps

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Add the models; what was rendered before is forgotten, and made again when somebody asks."""
        state.__dict__.pop("apps", None)
        for step in self.steps:
            step.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Create the tables."""
        for step in self.steps:
            step.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Drop the tables, the last first."""
        for step in reversed(self.steps):
            step.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """One line of a plan."""
        return f"Create models {', '.join(step.name for step in self.steps)}"


def models_at_once(operations: Iterable[Operation]) -> list[Operation]:
    """The same operations, with neighbours that create a model as one."""
    joined: list[Operation] = []
    for creates, group in groupby(operations, key=lambda step: isinstance(step, CreateModel)):
        steps: list[Any] = list(group)
        joined += [CreateModels(steps)] if creates else steps
    return joined
