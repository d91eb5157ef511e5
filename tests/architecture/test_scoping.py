"""Every model belongs to a property or says why not; its keys begin with the property."""

import pytest
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models as db

from hotel.properties.scoping import PropertyScopedModel
from tests.architecture.exempt import GLOBAL_MODELS, UNSCOPED_KEYS
from tests.architecture.survey import models

SCOPED = [model for model in models() if issubclass(model, PropertyScopedModel)]


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_each_model_belongs_to_a_property_or_says_why_not(model):
    is_scoped, name = issubclass(model, PropertyScopedModel), model._meta.label
    if is_scoped:
        assert name not in GLOBAL_MODELS, "stale: take it out of exempt.GLOBAL_MODELS"
        assert hasattr(model._default_manager.all(), "visible_to")
        assert not model._meta.get_field("property").null
    else:
        assert len(GLOBAL_MODELS.get(name, "")) > 9, (
            f"{name}: derive from PropertyScopedModel, or give the reason in exempt.GLOBAL_MODELS"
        )


def test_no_global_model_is_stale():
    assert set(GLOBAL_MODELS) - {model._meta.label for model in models()} == set()


def _is_scope(model, name: str) -> bool:
    """Whether a key that begins with this field stays within one property: the property, or a scoped row."""
    field = model._meta.get_field(name.lstrip("-"))
    if field.name == "property":
        return True
    return field.is_relation and issubclass(field.related_model, PropertyScopedModel)


def _first_of(key) -> str:
    """The first column of a constraint or an index; empty when it begins with an expression."""
    if isinstance(key, ExclusionConstraint):
        first = key.expressions[0][0]
    elif key.fields:
        return key.fields[0]
    else:
        first = key.expressions[0]
    while not isinstance(first, str | db.F) and getattr(first, "get_source_expressions", None):
        first = first.get_source_expressions()[0]
    return first if isinstance(first, str) else getattr(first, "name", "")


def _keys(model) -> list[tuple[str, str]]:
    """(name, first column) of each unique or exclusion constraint, index and unique field."""
    constraints = [
        c for c in model._meta.constraints if isinstance(c, db.UniqueConstraint | ExclusionConstraint)
    ]
    found = [(key.name, _first_of(key)) for key in [*constraints, *model._meta.indexes]]
    found += [
        (f"{model._meta.label}.{f.name}", f.name)
        for f in model._meta.local_fields
        if f.unique and not f.primary_key and not f.is_relation
    ]
    return found


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model._meta.label)
def test_keys_begin_with_the_property(model):
    wrong = [
        name
        for name, first in _keys(model)
        if not (first and _is_scope(model, first)) and name not in UNSCOPED_KEYS
    ]
    assert wrong == [], f"{wrong}: begin with property, or give the reason in exempt.UNSCOPED_KEYS"


def test_no_exempted_key_is_stale():
    known = {
        name for model in SCOPED for name, first in _keys(model) if not (first and _is_scope(model, first))
    }
    assert set(UNSCOPED_KEYS) - known == set()
