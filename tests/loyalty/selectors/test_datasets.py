"""Rows that reports are made of."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from loyalty.selectors.datasets import members_by_tier, points_by_day
from tests.cast import TODAY
from tests.factories.loyalty import loyalty_member_make, points_make

DAY = timedelta(days=1)


def test_points_are_summed_by_day_and_kind_of_one_hotel(cast, django_assert_num_queries):
    member = loyalty_member_make(cast.alpha)
    for points, day in ((700, TODAY), (300, TODAY), (50, TODAY - DAY), (9, TODAY - 2 * DAY)):
        points_make(member, points, day=day)
    points_make(loyalty_member_make(cast.beta), 4000)
    with django_assert_num_queries(1):
        found = points_by_day(cast.alpha, TODAY - DAY, TODAY)
    assert found == [(TODAY - DAY, "Bonus", 1, 50), (TODAY, "Bonus", 2, 1000)]


def test_members_are_counted_by_tier_and_those_who_enrolled_in_the_time(cast, django_assert_num_queries):
    first = loyalty_member_make(cast.alpha)
    type(first).objects.filter(pk=first.pk).update(enrolled_on=TODAY - 40 * DAY)
    loyalty_member_make(cast.alpha)
    closed = loyalty_member_make(cast.alpha)
    type(closed).objects.filter(pk=closed.pk).update(status="closed")
    loyalty_member_make(cast.beta)
    with django_assert_num_queries(1):
        found = members_by_tier(cast.alpha, TODAY - DAY, TODAY)
    assert found == [("Club", "Member", 2, 1)]
    assert members_by_tier(cast.alpha, TODAY - 60 * DAY, TODAY - 30 * DAY) == [("Club", "Member", 1, 1)]


def test_they_are_written_as_csv(cast):
    points_make(loyalty_member_make(cast.alpha), 1234)
    out = StringIO()
    call_command("dataset", "loyalty.points", cast.alpha.code, stdout=out)
    assert out.getvalue().split() == ["Business", "date,What,Times,Points", f"{TODAY},Bonus,1,1234"]


@pytest.mark.parametrize(
    ("words", "said"),
    [(("loyalty.points", "NOWHERE"), "no property NOWHERE"), (("x.y", "ALPHA"), "no dataset x.y")],
)
def test_what_is_not_there_is_said(cast, words, said):
    name, code = words
    with pytest.raises(CommandError, match=said):
        call_command("dataset", name, cast.alpha.code if code == "ALPHA" else code)
