"""String foreign keys are invisible to the import linter: relations, too, point only downwards."""

import pytest
from django.conf import settings

from tests.architecture.survey import COMPONENTS, label, models

ORDER = [label(component) for component in COMPONENTS]
WINGS = [label(component) for component in COMPONENTS if not component.startswith("hotel.")]


def _targets(model) -> list[tuple[str, str]]:
    """(field, label of the target model) of each relation that this model declares."""
    fields = [*model._meta.fields, *model._meta.many_to_many]
    return [
        (field.name, field.related_model._meta.label)
        for field in fields
        if field.is_relation and field.related_model is not None and field.model is model
    ]


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_relations_point_downwards(model):
    mine = model._meta.app_label
    for name, target in _targets(model):
        theirs = target.split(".")[0]
        if theirs not in ORDER or target == settings.AUTH_USER_MODEL:
            continue
        assert ORDER.index(theirs) <= ORDER.index(mine), f"{model._meta.label}.{name} points up to {target}"
        assert theirs == mine or not {theirs, mine} <= set(WINGS), (
            f"{model._meta.label}.{name}: components are strangers"
        )


def test_the_rule_can_tell_up_from_down():
    assert ORDER.index("properties") < ORDER.index("rooms") < ORDER.index("reservations")
