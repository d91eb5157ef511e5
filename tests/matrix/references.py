"""Which fields of a request name rows, and bodies that are good but for one of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from rest_framework import serializers

from tests.matrix.world import World

Path = tuple[str, ...]
LISTED = "[]"  # a step of a path into a list
TEXT = "a word"
# Plain numbers that name rows, where a view looks them up by itself.
NUMBERS = {
    "guest_id": "guests.Guest",
    "postings": "folios.Posting",
    "reservation": "reservations.Reservation",
    "room": "rooms.Room",
}


@dataclass(frozen=True)
class Reference:
    """A field of a request that names rows of a model.

    Attributes:
        path: from the body to the field, such as ("reservations", "[]", "room_type").
        label: whose rows.
    """

    path: Path
    label: str

    @property
    def name(self) -> str:
        """The field's own name."""
        return next(step for step in reversed(self.path) if step != LISTED)


@cache
def forms() -> dict[str, serializers.BaseSerializer]:
    """Operation, as the policy writes it, to the serializer of its body."""
    generator = SchemaGenerator()
    generator._initialise_endpoints()
    found = {}
    for path, _, method, view in generator._get_paths_and_endpoints():
        form = view.schema.get_request_serializer() if method in {"POST", "PATCH", "PUT"} else None
        form = form() if isinstance(form, type) else form
        if isinstance(form, serializers.BaseSerializer):
            found[f"{method} {path.removeprefix('/api/v1')}"] = form
    return found


def references(form: Any, path: Path = ()) -> Iterator[Reference]:
    """The fields of a form, and of the forms within it, that name rows and may be written."""
    if isinstance(form, serializers.ListSerializer | serializers.ListField):
        yield from references(form.child, (*path, LISTED))
    elif isinstance(form, serializers.ManyRelatedField):
        yield from references(form.child_relation, (*path, LISTED))
    elif isinstance(form, serializers.RelatedField):
        rows = form.get_queryset()
        assert rows is not None, f"nobody knows whose rows {path} names"
        yield Reference(path, rows.model._meta.label)
    elif isinstance(form, serializers.IntegerField) and path[-1:] and path[-1] in NUMBERS:
        yield Reference(path, NUMBERS[path[-1]])
    elif isinstance(form, serializers.BaseSerializer):
        for name, field in getattr(form, "fields", {}).items():
            if not field.read_only:
                yield from references(field, (*path, name))


class Bodies:
    """Makes bodies as a hotel would send them, with rows of its own."""

    def __init__(self, world: World, place: str) -> None:
        self.world, self.place = world, place
        self.today = world.places[place].business_date

    def of(self, form: Any, wanted: Path, value: Any, *, is_part: bool = False) -> Any:
        """A body of a form; the field at ``wanted``, which may be an optional one, has the value.

        Args:
            form, wanted, value: see above.
            is_part: whether nothing else is sent, as with PATCH.
        """
        whole = self._of(form, (), wanted, value)
        return {wanted[0]: whole[wanted[0]]} if is_part else whole

    def _of(self, form: Any, path: Path, wanted: Path, value: Any) -> Any:
        if path == wanted:
            return value
        if isinstance(form, serializers.ListSerializer | serializers.ListField):
            return [self._of(form.child, (*path, LISTED), wanted, value)]
        if isinstance(form, serializers.ManyRelatedField):
            return [self._of(form.child_relation, (*path, LISTED), wanted, value)]
        if isinstance(form, serializers.BaseSerializer):
            return {
                name: self._of(field, (*path, name), wanted, value)
                for name, field in form.fields.items()
                if not field.read_only
                and (field.required or name == "property" or wanted[: len(path) + 1] == (*path, name))
            }
        return self._plain(form, path)

    def _plain(self, field: Any, path: Path) -> Any:
        for reference in references(field, path):
            return self.world.row(reference.label, self.place)
        if isinstance(field, serializers.ChoiceField):
            first = next(iter(field.choices), "")
            return [first] if isinstance(field, serializers.MultipleChoiceField) else first
        for kind, value in self._values():
            if isinstance(field, kind):
                return value
        return TEXT

    def _values(self) -> list[tuple[Any, Any]]:
        coming = self.today + timedelta(days=3)
        return [
            (serializers.BooleanField, True),
            (serializers.IntegerField, 1),
            (serializers.DecimalField, "1.00"),
            (serializers.FloatField, 1.0),
            (serializers.DateTimeField, f"{coming.isoformat()}T12:00:00Z"),
            (serializers.DateField, coming.isoformat()),
            (serializers.TimeField, "12:00:00"),
            (serializers.EmailField, "somebody@example.com"),
            (serializers.URLField, "https://example.com/"),
            (serializers.DictField | serializers.JSONField, {}),
        ]
