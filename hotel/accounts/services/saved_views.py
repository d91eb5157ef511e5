"""Views of lists: kept under a name, opened first, given to a role, changed, forgotten."""

from typing import Any

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Lower

from hotel.accounts.domain.saved_views import NAME_AT_MOST, QUERY_AT_MOST, VIEWS_AT_MOST, name_clean
from hotel.accounts.models import Role, SavedView, User
from hotel.accounts.selectors.saved_views import may_share
from hotel.core.exceptions import Conflict, InvalidInput, NotFound, NotPermitted
from hotel.core.locks import LockSpace, advisory_lock
from hotel.core.words import _
from hotel.properties.models import Property


@transaction.atomic
def view_save(
    *, place: Property, page: str, name: str, query: str, by: User, role: Role | None = None
) -> SavedView:
    """Keep the filters of a page under a name, for oneself or for everybody of a role.

    Args:
        page: the page's name, as the desk knows it.
        query: from ``domain.saved_views.query_kept``.
        role: of the property's company; None for oneself.

    Raises:
        NotPermitted: a view is given to a role without the right to manage the property.
        InvalidInput: no name, a name that is there already on that page, nothing to keep, or a role of others.
        Conflict: there are ``VIEWS_AT_MOST`` already.

    Locks: the views of the person or role at the property.
    """
    if role is not None:
        _require_sharing(by, place)
        if role.chain_id != place.chain_id:
            raise InvalidInput(_("This role is not one of the hotel's company."), code="role_unknown")
    owner = by if role is None else None
    _lock(place.pk, owner.pk if owner else None, role.pk if role else None)
    others = SavedView.objects.at(place.pk).filter(owner=owner, role=role)
    if others.count() >= VIEWS_AT_MOST:
        text = _("There are %(n)d views already. Delete one that is not needed.") % {"n": VIEWS_AT_MOST}
        raise Conflict(text, code="views_full")
    view = SavedView(
        property=place, owner=owner, role=role, page=page, name=_named(name), query=_asked(query)
    )
    _require_free(view)
    view.save()
    return view


@transaction.atomic
def view_change(*, view: SavedView, by: User, name: str | None = None, query: str | None = None) -> SavedView:
    """Call a view otherwise, or let it show something else. Repeatable.

    Raises:
        NotPermitted: it is somebody else's, or a role's and the person may not share.
        InvalidInput: as ``view_save``.
        NotFound: somebody deleted it.

    Locks: the views of its person or role at the property.
    """
    view = _mine(view, by)
    if name is not None:
        view.name = _named(name)
        _require_free(view)
    if query is not None:
        view.query = _asked(query)
    view.save()
    return view


@transaction.atomic
def view_choose(*, view: SavedView, by: User, is_default: bool) -> SavedView:
    """Let the page open with a view of one's own, or not any more. Repeatable; of a page it is one at most.

    Raises:
        NotPermitted: it is not the person's own.
        NotFound: it was deleted.

    Locks: the views of the person at the property.
    """
    view = _mine(view, by)
    if view.owner_id is None:
        raise NotPermitted(_("Only a view of your own opens first. Save this one for yourself."))
    if is_default:
        before = SavedView.objects.at(view.property_id).filter(owner=by, page=view.page, is_default=True)
        for other in before.exclude(pk=view.pk):
            other.is_default = False
            other.save(update_fields=["is_default", "updated_at"])
    view.is_default = is_default
    view.save(update_fields=["is_default", "updated_at"])
    return view


@transaction.atomic
def view_delete(*, view: SavedView, by: User) -> None:
    """Forget a view.

    Raises:
        NotPermitted: it is somebody else's, or a role's and the person may not share.
        NotFound: somebody deleted it already.

    Locks: the views of its person or role at the property.
    """
    _mine(view, by).delete()


def _lock(place_id: int, owner_id: int | None, role_id: int | None) -> None:
    advisory_lock(LockSpace.SAVED_VIEWS, f"{place_id} {owner_id or '-'} {role_id or '-'}")


def _mine(view: SavedView, by: User) -> SavedView:
    """The view, fresh under the lock of its owner, when the person may change it."""
    if view.owner_id is None:
        _require_sharing(by, view.property)
    elif view.owner_id != by.pk:
        raise NotPermitted(_("This view is somebody else's."))
    _lock(view.property_id, view.owner_id, view.role_id)
    fresh = SavedView.objects.at(view.property_id).filter(pk=view.pk).first()
    if fresh is None:
        raise NotFound(_("This view was deleted."))
    return fresh


def _require_sharing(by: Any, place: Property) -> None:
    if not may_share(by, place):
        raise NotPermitted(_("Views of a role are made and changed by those who manage the hotel."))


def _require_free(view: SavedView) -> None:
    """Refuse a name that the owner has on the page already."""
    same = SavedView.objects.at(view.property_id).filter(owner=view.owner, role=view.role, page=view.page)
    named = same.alias(low=Lower("name")).filter(low=Lower(Value(view.name)))
    if named.exclude(pk=view.pk).exists():
        text = _("“%(name)s” is there already. Replace it, or choose another name.") % {"name": view.name}
        raise InvalidInput(text, code="name_taken", fields={"name": [text]})


def _named(name: str) -> str:
    found = name_clean(name)
    if not found:
        text = _("Write a name of at most %(n)d letters.") % {"n": NAME_AT_MOST}
        raise InvalidInput(text, code="name_needed", fields={"name": [text]})
    return found


def _asked(query: str) -> str:
    if not query or len(query) > QUERY_AT_MOST:
        raise InvalidInput(_("Nothing is filtered that could be kept."), code="view_empty")
    return query
