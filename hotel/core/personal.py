"""Which columns look personal: each must be declared in a plug, or exempted there with a reason."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.fields.related import RelatedField

from hotel.core.plugs import PersonalData, plugs

WORDS = frozenset(
    {
        "address",
        "ages",
        "birth",
        "body",
        "city",
        "comment",
        "contact",
        "diet",
        "email",
        "employee",
        "evidence",
        "fingerprint",
        "guest",
        "holder",
        "iban",
        "ip",
        "mobile",
        "nationality",
        "note",
        "notes",
        "passport",
        "payee",
        "phone",
        "photo",
        "plate",
        "postal",
        "recipient",
        "region",
        "remark",
        "salutation",
        "search",
        "signature",
        "snapshot",
        "street",
        "subject",
        "username",
    }
)
NAMES = frozenset(
    {"first_name", "last_name", "display_name", "full_name", "group_name", "token", "last4", "bin"}
)


def looks_personal(column: models.Field) -> str:
    """Why a column looks as if it told something of a person; empty when it does not.

    Free text and JSON always do, because people write whatever they like into them. References to rows do not: what
    they lead to is declared there.
    """
    if isinstance(column, RelatedField) or column.choices:
        return ""
    kind = column.get_internal_type()
    if kind in ("EmailField", "GenericIPAddressField", "FileField", "ImageField"):
        return f"its type, {kind}"
    if column.name in NAMES or WORDS & set(re.split(r"[_\d]+", column.name)):
        return f"its name, {column.name}"
    if kind in ("TextField", "JSONField", "BinaryField", "EncryptedTextField"):
        return f"its type, {kind}"
    return ""


def personal_data(*, whose: str = "") -> tuple[PersonalData, ...]:
    """All declarations, in order of the floors; of guests, business partners or staff only."""
    return tuple(row for plug in plugs() for row in plug.personal if whose in ("", row.whose))


def house_models() -> Iterator[type[models.Model]]:
    """The models of the components."""
    labels = {component.rsplit(".", 1)[-1] for component in settings.COMPONENTS}
    return (model for model in apps.get_models() if model._meta.app_label in labels)


def undeclared(found: Iterable[type[models.Model]] | None = None) -> list[str]:
    """``app.Model.field: why`` of each column that looks personal and is neither declared nor exempted."""
    known = {f"{row.model}.{name}" for row in personal_data() for name in row.fields}
    known |= {name for plug in plugs() for name in plug.impersonal}
    return [
        f"{model._meta.label}.{column.name}: {reason}"
        for model in (house_models() if found is None else found)
        for column in model._meta.concrete_fields
        if (reason := looks_personal(column)) and f"{model._meta.label}.{column.name}" not in known
    ]


def column_of(label: str, name: str) -> Any:
    """The column behind a declaration.

    Raises:
        LookupError: no such model or column.
    """
    from django.core.exceptions import FieldDoesNotExist

    try:
        return apps.get_model(label)._meta.get_field(name)
    except FieldDoesNotExist as error:
        raise LookupError(f"{label}.{name}") from error


def declared_rows(app_label: str, guest_ids: list[int]) -> list[dict[str, Any]]:
    """What an app declares of guests: one dict for each row, with the declared columns and ``model`` and ``id``.

    Rows are in order of the declarations, then of their ids; encrypted columns are read in clear.
    """
    found = []
    for declared in personal_data(whose="guest"):
        if declared.model.startswith(f"{app_label}."):
            found += [{"model": declared.model, **row} for row in rows_of(declared, guest_ids)]
    return found


def rows_of(declared: PersonalData, guest_ids: list[int]) -> list[dict[str, Any]]:
    """The rows of one declaration that are about these guests, ascending by id: declared columns and ``id``."""
    rows = apps.get_model(declared.model)._default_manager.filter(pk__in=ids_about(declared, guest_ids))
    return [{name: getattr(row, name) for name in ("id", *declared.fields)} for row in rows.order_by("pk")]


def ids_about(declared: PersonalData, guest_ids: list[int]) -> set[int]:
    """The ids of the rows of one declaration that are about these guests; one query a look-up, each on an index."""
    manager = apps.get_model(declared.model)._default_manager
    return {
        pk
        for path in declared.subjects
        for pk in manager.filter(**{f"{path}__in": guest_ids}).order_by().values_list("pk", flat=True)
    }
