"""ScopedAdmin: the base of every admin class, so that staff see and change only rows of their properties.

How to use it::

    @admin.register(Room)
    class RoomAdmin(ScopedAdmin):
        list_display = ["number", "room_type", "property"]
        list_filter = ["property"]          # a relation: offers what the person may see
        search_fields = ["number"]          # also what other admins' autocomplete_fields search
        actions = ["take_out"]

        @admin.action(description="Take out of order", permissions=["block"])
        def take_out(self, request, queryset): ...      # calls a service, row by row

* Django's model permissions play no role: ``view`` on the area shows, ``manage`` adds, changes and deletes;
  ``admin_verbs`` says otherwise. A superuser holds everything.
* The area is the app's; set ``area`` to differ.
* An action's ``permissions=["<verb>"]`` asks for that verb of the area, somewhere. The action itself must pass
  ``self.rows_with(request, "<verb>", queryset)`` on, because the list also shows rows that may only be viewed.
* A row's property is chosen at creation among those where the person may add, and never changed later;
  references and filters offer only rows the person may see, and a page of a row that belongs to several hotels
  shows those of them.
* A model without ``property`` overrides ``property_ids_of`` (an object's properties) and gives its query set
  a ``visible_to(user, verb, area)``.
* ``self.each(request, "<verb>", queryset, call, "{} rooms are clean.")`` calls a service for each such row and
  says why some were left out. A service that refuses a form or a deletion is quoted on the page.
* ``SharedAdmin`` is for rows that several hotels share: more than looking takes the right at all of them.
* ``ReadOnlyAdmin`` is for rows that only services write; ``ScopedTabularInline`` for parts of a scoped row:
  whoever may change the whole may change its parts.
"""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import get_fields_from_path
from django.db import DatabaseError, models, transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponseRedirect
from djmoney.forms.fields import MoneyField
from moneyed import get_currency
from unfold.admin import ModelAdmin, TabularInline

from hotel.core.api.errors import conflict_of
from hotel.core.exceptions import PmsError
from hotel.core.plugs import area_of, plugs
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.properties.scoping import grants_of, sees_everything


def currencies_of(request: Any) -> list[tuple[str, str]]:
    """The currencies of the properties the person may see, as choices; asked once in a request."""
    if not hasattr(request, "house_currencies"):
        places = Property.objects.all().visible_to(request.user).order_by("pk")
        codes = dict.fromkeys(places.values_list("currency", flat=True))
        request.house_currencies = [(code, f"{code} {get_currency(code).name}") for code in codes]
    return request.house_currencies


def is_scoped(field: Any) -> bool:
    """Whether a field of a model is a relation to rows that not everybody may see."""
    return bool(field.related_model) and hasattr(field.related_model._default_manager.all(), "visible_to")


class ScopedPermissions:
    """Permissions of an admin class or inline by verbs on the area; see the module."""

    model: type[models.Model]
    area: ClassVar[str] = ""
    admin_verbs: ClassVar[dict[str, str]] = {}
    _DEFAULT_VERBS: ClassVar[dict[str, str]] = {
        "view": "view",
        "add": "manage",
        "change": "manage",
        "delete": "manage",
    }

    def verb_for(self, permission: str) -> str:
        """The verb behind one of Django's four permissions; empty means nobody."""
        return {**self._DEFAULT_VERBS, **self.admin_verbs}[permission]

    def area_name(self) -> str:
        """The area rights are asked on."""
        return self.area or area_of(self.model._meta.app_label)

    def property_ids_of(self, obj: Any) -> Iterable[int]:
        """The ids of the properties an object belongs to; the right must be held at one of them."""
        return [obj.pk] if isinstance(obj, Property) else [obj.property_id]

    def holds(self, request: Any, verb: str, obj: Any = None) -> bool:
        """Whether the person holds the verb, at the object's property or (without one) anywhere."""
        if sees_everything(request.user):
            return bool(verb)
        held = grants_of(request.user).property_ids(verb, self.area_name())
        return bool(held) if obj is None or obj.pk is None else not held.isdisjoint(self.property_ids_of(obj))

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        """See Django; whoever may change may also look."""
        return any(self.holds(request, self.verb_for(kind), obj) for kind in ("view", "change"))

    def has_add_permission(self, request: Any, obj: Any = None) -> bool:
        """See Django."""
        return self.holds(request, self.verb_for("add"), obj)

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        """See Django."""
        return self.holds(request, self.verb_for("change"), obj)

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        """See Django."""
        return self.holds(request, self.verb_for("delete"), obj)

    def get_queryset(self, request: Any) -> Any:
        """Only rows the person may view or change."""
        rows = super().get_queryset(request)  # type: ignore[misc]
        visible = self.rows_with(request, self.verb_for("view"), rows)
        verb = self.verb_for("change")
        return visible | self.rows_with(request, verb, rows) if verb else visible

    def rows_with(self, request: Any, verb: str, rows: Any) -> Any:
        """Those of the rows for which the person holds the verb."""
        keys = self.model._default_manager.all().visible_to(request.user, verb, self.area_name())  # type: ignore[attr-defined]
        return rows.filter(pk__in=keys.values("pk"))

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Amounts are in the currencies of the person's houses, not in any of the world."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if isinstance(field, MoneyField) and (choices := currencies_of(request)):
            field.fields[1].choices = field.widget.widgets[1].choices = choices
            field.widget.default_currency = field.widget.default_currency or choices[0][0]
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Offer only properties where the person may add, and other rows only if he may see them."""
        kwargs.setdefault("queryset", self._choices(db_field, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Offer only rows the person may see."""
        kwargs.setdefault("queryset", self._choices(db_field, request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def _choices(self, db_field: Any, request: Any) -> Any:
        return self.seen(db_field, request, self.verb_for("add") or self.verb_for("change"))

    def seen(self, relation: Any, request: Any, verb: str) -> Any:
        """The rows a relation may point to that the person may see; of properties those where he holds the verb."""
        rows = relation.related_model._default_manager.all()
        if relation.related_model is Property:
            return rows.visible_to(request.user, verb, self.area_name())
        return rows.visible_to(request.user) if is_scoped(relation) else rows


class ScopedAdmin(ScopedPermissions, ModelAdmin):
    """The base of an admin class; see the module for how to use it."""

    list_per_page = 50
    show_full_result_count = False

    def __init__(self, model: Any, admin_site: Any) -> None:
        super().__init__(model, admin_site)
        for plug in plugs():
            for verb in plug.verbs if plug.area == self.area_name() else ():
                name = f"has_{verb}_permission"
                if not hasattr(self, name):
                    setattr(self, name, self._holder(verb))

    def _holder(self, verb: str) -> Any:
        return lambda request, *args: self.holds(request, verb)

    def has_module_permission(self, request: Any) -> bool:
        """The app appears to whoever may see something in it."""
        return self.has_view_permission(request)

    def get_list_filter(self, request: Any) -> Any:
        """See Django; a relation offers what the person may see."""
        named = super().get_list_filter(request)
        return [(one, ScopedRelatedFilter) if self._is_of_rows(one) else one for one in named]

    def _is_of_rows(self, named: Any) -> bool:
        return isinstance(named, str) and is_scoped(get_fields_from_path(self.model, named)[-1])

    def get_object(self, request: Any, object_id: str, from_field: str | None = None) -> Any:
        """See Django; of the many rows it belongs to, only those that the person may see are there."""
        obj = super().get_object(request, object_id, from_field)
        if obj is not None:
            many, verb = self.model._meta.many_to_many, self.verb_for("view")
            seen = [Prefetch(one.name, self.seen(one, request, verb)) for one in many]
            prefetch_related_objects([obj], *seen)
        return obj

    def each(self, request: Any, verb: str, rows: Any, call: Callable[[Any], Any], done: str) -> None:
        """Call a service for each row for which the person holds the verb; say how it went.

        Args:
            request: of the action.
            verb: the verb of the area that the action needs at the row's property.
            rows: what was chosen in the list.
            call: the service; a ``PmsError`` leaves the row as it is and is quoted.
            done: the sentence at the end, with ``{}`` for how many worked.
        """
        worked = 0
        for row in self.rows_with(request, verb, rows):
            try:
                call(row)
                worked += 1
            except PmsError as error:
                self.message_user(request, f"{row}: {error.message}", messages.ERROR)
        self.message_user(request, done.format(worked), messages.SUCCESS if worked else messages.WARNING)

    def changeform_view(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """See Django; a service that refuses is quoted, and nothing has changed."""
        return self._quoting(request, super().changeform_view, *args, **kwargs)

    def delete_view(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """See Django; a service that refuses is quoted, and nothing has changed."""
        return self._quoting(request, super().delete_view, *args, **kwargs)

    def changelist_view(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """See Django; of several rows to delete all go or none."""
        return self._quoting(request, super().changelist_view, *args, **kwargs)

    def _quoting(self, request: Any, view: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        except PmsError as error:
            words = error.message
        except DatabaseError as error:
            conflict = conflict_of(error)
            if conflict is None:
                raise
            words = _("%(conflict)s Nothing was changed: look how it stands now, then try again.") % {
                "conflict": conflict[2]
            }
        self.message_user(request, words, messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())

    def get_readonly_fields(self, request: Any, obj: Any = None) -> Any:
        """A row stays at its property."""
        fields = list(super().get_readonly_fields(request, obj))
        names = {field.name for field in self.model._meta.fields}
        if obj is not None and "property" in names and "property" not in fields:
            fields.append("property")
        return fields


class SharedAdmin(ScopedAdmin):
    """For rows that several hotels share: seen at each of them, changed by who holds the right at all."""

    def holds(self, request: Any, verb: str, obj: Any = None) -> bool:
        """Whoever does more than look needs the right at every one of them."""
        if obj is None or verb in {"", "view"} or sees_everything(request.user):
            return super().holds(request, verb, obj)
        return (
            grants_of(request.user).property_ids(verb, self.area_name()).issuperset(self.property_ids_of(obj))
        )


class ReadOnlyAdmin(ScopedAdmin):
    """For rows that only services write."""

    admin_verbs: ClassVar[dict[str, str]] = {"add": "", "change": "", "delete": ""}


class ScopedTabularInline(ScopedPermissions, TabularInline):
    """Parts of a scoped row. The permission is that of the whole, whose property counts."""

    extra = 0

    def property_ids_of(self, obj: Any) -> Iterable[int]:
        """Of the whole, as its own admin class says."""
        return self.admin_site._registry[self.parent_model].property_ids_of(obj)  # type: ignore[attr-defined]

    def get_queryset(self, request: Any) -> Any:
        """All parts: the whole was narrowed already."""
        return super(ScopedPermissions, self).get_queryset(request)


class ReadOnlyInline(ScopedTabularInline):
    """Parts that only services write."""

    can_delete = False

    def has_add_permission(self, request: Any, obj: Any = None) -> bool:
        """Never by hand."""
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        """Never by hand."""
        return False


class ScopedRelatedFilter(admin.RelatedFieldListFilter):
    """A list filter whose choices are only what the person may see; each ``ScopedAdmin`` takes it for relations."""

    def field_choices(self, field: Any, request: Any, model_admin: Any) -> list[tuple[Any, str]]:
        """See Django."""
        return [(row.pk, str(row)) for row in model_admin.seen(field, request, model_admin.verb_for("view"))]
