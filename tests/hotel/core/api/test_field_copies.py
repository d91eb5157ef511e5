"""Copied fields are as DRF builds them, and no two serializers share one."""

from collections.abc import Iterator

import pytest
from rest_framework import serializers

from hotel.core.api.field_copies import KeptFields, field_copied
from hotel.folios.api import urls as _folios  # noqa: F401  (its serializers are among those asked for)
from hotel.reservations.api import urls as _reservations  # noqa: F401


def _subclasses(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        if (
            child.__module__.startswith(("hotel.", "security."))
            and child.__module__ != "hotel.core.api.serializers"
        ):
            yield child
        yield from _subclasses(child)


KINDS = sorted(set(_subclasses(KeptFields)), key=lambda kind: f"{kind.__module__}.{kind.__name__}")


def within(field: serializers.Field) -> Iterator[serializers.Field]:
    """Fields of a serializer and within fields, at every depth; each must know its parent."""
    inner = list(field.fields.values()) if isinstance(field, serializers.Serializer) else []
    inner += [getattr(field, name) for name in ("child", "child_relation") if hasattr(field, name)]
    for one in inner:
        assert one.parent is field
        yield one
        yield from within(one)


def plain(field: serializers.Field) -> dict[str, object]:
    """What a field holds that can be compared, but for its place in the order of making."""
    values = {
        name: value for name, value in vars(field).items() if isinstance(value, str | bool | int | tuple)
    }
    return {"type": type(field), **values, "_creation_counter": 0}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_instances_share_no_field(kind):
    first, second = ({id(field): field for field in within(made)} for made in (kind(), kind()))
    assert first.keys().isdisjoint(second)
    assert len(first) == len(second) > 0


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_they_are_what_the_framework_makes(kind):
    made, built = kind(), kind()
    fields = serializers.BindingDict(built)
    for name, field in built.built_fields().items():
        fields[name] = field
    assert list(made.fields) == list(fields)
    assert [plain(field) for field in made.fields.values()] == [plain(field) for field in fields.values()]
    assert [vars(a).keys() for a in made.fields.values()] == [vars(b).keys() for b in fields.values()]


def test_many_are_asked():
    assert len(KINDS) > 25


def test_a_copy_can_be_changed_without_the_other():
    field = serializers.ListField(child=serializers.CharField(max_length=3), max_length=2)
    copy = field_copied(field)
    copy.child.allow_null, copy.required = True, False
    assert (field.child.allow_null, field.required) == (False, True)
    assert copy.child.parent is copy
    assert field.child.parent is field
    with pytest.raises(serializers.ValidationError):
        copy.run_validation(["four"])
