"""What is not the caller's is not there, whatever else is wrong with the request."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import Http404
from rest_framework.exceptions import ParseError, UnsupportedMediaType, ValidationError

from hotel.core.exceptions import PmsError

OF_THE_REQUEST = {400, 422, 428}


@contextmanager
def missing_row_first(view: Any) -> Iterator[None]:
    """Tell that the row of the address is missing before anything is told of the body, the key or the version.

    Costs one query, and only where a request is refused for how it is written.

    Args:
        view: a viewset whose caller may use the action somewhere.

    Raises:
        Http404: instead of the refusal, when the address names a row that the caller does not see.
    """
    try:
        yield
    except (ParseError, UnsupportedMediaType, ValidationError):
        _refuse_missing(view)
        raise
    except PmsError as error:
        if error.status in OF_THE_REQUEST and error.aftermath is None:
            _refuse_missing(view)
        raise


def _refuse_missing(view: Any) -> None:
    key = view.kwargs.get(view.lookup_url_kwarg or view.lookup_field)
    if key is None or getattr(view, "queryset", None) is None:
        return
    if not view.get_queryset().filter(**{view.lookup_field: key}).exists():
        raise Http404
