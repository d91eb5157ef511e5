"""Tables made in one step are the same tables, and each model is rendered once."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ModelState, ProjectState

from hotel.core.postgresql.tables import CreateModels, models_at_once
from tests.structure import by_owner

KEY = ("id", models.BigAutoField(primary_key=True))


def to(name):
    return models.ForeignKey(f"ships.{name}", models.CASCADE, related_name="+")


FLEET = migrations.CreateModel("Fleet", [KEY])
SHIP = migrations.CreateModel("Ship", [KEY, ("fleet", to("fleet"))])
CABIN = migrations.CreateModel(
    "Cabin",
    [KEY, ("ship", to("ship")), ("number", models.IntegerField())],
    {"constraints": [models.UniqueConstraint(fields=["ship", "number"], name="cabin_number_once")]},
)


def rendered(monkeypatch, operations):
    """The state after the operations, and the names of the models that were rendered on the way, in order."""
    names, render = [], ModelState.render
    with monkeypatch.context() as watched:
        watched.setattr(
            ModelState, "render", lambda state, apps: (names.append(state.name), render(state, apps))[1]
        )
        state = ProjectState()
        for operation in operations:
            assert state.apps is not None  # as while a migration is applied
            operation.state_forwards("ships", state)
        assert state.apps.get_model("ships", "Cabin")
    return state, names


def test_neighbours_that_create_models_become_one_step_and_the_order_stays():
    first, last = migrations.RunSQL("SELECT 1"), migrations.RunSQL("SELECT 2")
    joined = models_at_once([first, FLEET, SHIP, last, CABIN])
    assert (joined[0], joined[2]) == (first, last)
    assert [step.steps for step in joined if isinstance(step, CreateModels)] == [[FLEET, SHIP], [CABIN]]
    assert joined[1].describe() == "Create models Fleet, Ship"


def test_each_model_is_rendered_once_and_the_state_is_the_same(monkeypatch):
    apart, often = rendered(monkeypatch, [FLEET, SHIP, CABIN])
    state, names = rendered(monkeypatch, models_at_once([FLEET, SHIP, CABIN]))
    assert state == apart
    assert sorted(names) == ["Cabin", "Fleet", "Ship"]
    assert len(often) > 3


@pytest.mark.django_db
def test_the_tables_come_with_their_constraints_and_go_again():
    before, after = ProjectState(), ProjectState()
    (step,) = models_at_once([FLEET, SHIP, CABIN])
    step.state_forwards("ships", after)
    tables = {"ships_fleet", "ships_ship", "ships_cabin"}
    with by_owner(), connection.schema_editor(atomic=False) as editor:
        step.database_forwards("ships", editor, before, after)
    assert tables <= set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        assert "cabin_number_once" in connection.introspection.get_constraints(cursor, "ships_cabin")
    with by_owner(), connection.schema_editor(atomic=False) as editor:
        step.database_backwards("ships", editor, after, before)
    assert not tables & set(connection.introspection.table_names())
