"""A row of others is missing, whatever else is wrong with the request; one's own is told what is wrong."""

from types import SimpleNamespace

import pytest
from django.http import Http404
from rest_framework.exceptions import ParseError, ValidationError

from hotel.core.api.first_told import missing_row_first
from hotel.core.api.versions import PreconditionRequired
from hotel.core.exceptions import Conflict, RuleBroken
from hotel.properties.models import Building
from hotel.properties.scoping import codename
from tests.contracts.base import assert_problem
from tests.factories.properties import building_make
from tests.factories.reservations import house_make

DESK = {codename(verb, "reservations") for verb in ("view", "manage")}


def view_of(row: int | None):
    """A viewset on the row of an address, or on a list."""
    kwargs = {} if row is None else {"pk": row}
    rows = Building.objects.all()
    return SimpleNamespace(
        kwargs=kwargs, lookup_field="pk", lookup_url_kwarg=None, queryset=rows, get_queryset=lambda: rows
    )


REFUSALS = [ValidationError("x"), ParseError(), PreconditionRequired("x"), RuleBroken("x")]


@pytest.mark.django_db
@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda found: type(found).__name__)
def test_a_refusal_of_the_request_gives_way_to_the_missing_row(refusal):
    with pytest.raises(Http404), missing_row_first(view_of(2**40)):
        raise refusal


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda found: type(found).__name__)
def test_of_ones_own_row_and_of_lists_the_refusal_is_told(cast, refusal):
    row = building_make(cast.alpha)
    for view in (view_of(row.pk), view_of(None)):
        with pytest.raises(type(refusal)), missing_row_first(view):
            raise refusal


@pytest.mark.django_db
def test_what_the_row_itself_refuses_is_told_as_it_is():
    with pytest.raises(Conflict), missing_row_first(view_of(2**40)):
        raise Conflict("x")


@pytest.mark.django_db
def test_what_a_refusal_leaves_to_be_written_is_not_lost():
    refusal = RuleBroken("x")
    refusal.aftermath = lambda **_: None
    with pytest.raises(RuleBroken), missing_row_first(view_of(2**40)):
        raise refusal


def test_a_command_without_body_on_a_stay_of_others_is_answered_as_on_none(stage):
    own, foreign = house_make(stage.alpha).reserve(1, 1), house_make(stage.beta).reserve(1, 1)
    client = stage.client_of(DESK)
    for command in ("amend", "guests"):
        answers = [
            client.post(f"/api/v1/reservations/{key}/{command}", {}, format="json")
            for key in (foreign.pk, 2**40)
        ]
        for answer in answers:
            assert_problem(answer, 404, "not_found")
        theirs, nobodys = ({**answer.json(), "request_id": ""} for answer in answers)
        assert theirs == nobodys
    assert client.post(f"/api/v1/reservations/{own.pk}/amend", {}, format="json").status_code == 428
    assert client.post(f"/api/v1/reservations/{own.pk}/guests", {}, format="json").status_code == 400
