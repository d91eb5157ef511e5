"""Whatever looks personal is declared with purpose, legal basis and retention, or exempted with a reason."""

import pytest
from django.apps import apps
from django.db import models

from hotel.core.personal import column_of, house_models, looks_personal, personal_data, undeclared
from hotel.core.plugs import plugs

BASES = {"contract", "legal_obligation", "consent", "legitimate_interest"}


def test_each_column_that_looks_personal_is_declared_or_exempted():
    assert undeclared() == [], "declare it in the app's personal.py, or say in IMPERSONAL why it is not"


def test_there_are_many_columns_that_look_personal():
    assert (
        sum(bool(looks_personal(column)) for m in house_models() for column in m._meta.concrete_fields) > 90
    )


def test_a_planted_column_is_found():
    class Planted(models.Model):
        mothers_phone = models.CharField(max_length=20)
        kind = models.CharField(max_length=5)

        def __str__(self):
            return "planted"

        class Meta:
            app_label = "planted"

    try:
        assert undeclared([Planted]) == ["planted.Planted.mothers_phone: its name, mothers_phone"]
    finally:
        del apps.all_models["planted"]
        apps.clear_cache()


@pytest.mark.parametrize("row", personal_data(), ids=lambda row: f"{row.model}-{row.fields[0]}")
def test_each_declaration_is_whole(row):
    for name in row.fields:
        column_of(row.model, name)
    assert row.tier in ("T1", "T2", "T3")
    assert row.legal_basis in BASES
    assert row.whose in ("guest", "business", "staff")
    assert all((row.purpose, row.retention, row.recipients, row.source))
    assert bool(row.subjects) == (row.whose == "guest")
    manager = apps.get_model(row.model)._default_manager
    for path in row.subjects:
        manager.filter(**{f"{path}__in": [1]})


def test_exemptions_are_about_columns_that_look_personal_and_are_not_declared():
    declared = {f"{row.model}.{name}" for row in personal_data() for name in row.fields}
    for plug in plugs():
        for name, reason in plug.impersonal.items():
            label, _, column = name.rpartition(".")
            assert looks_personal(column_of(label, column)), f"{name} does not look personal any more"
            assert name not in declared
            assert reason
