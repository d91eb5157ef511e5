"""What a review asks about costs the same however many people there are."""

from datetime import timedelta

from hotel.accounts.models import User
from hotel.accounts.services.roles import role_assign
from hotel.core.clock import now
from security.selectors.review_lines import review_lines
from tests.contracts.queries import queries_of
from tests.factories.accounts import role_make, user_make


def flags_of(house, user):
    lines = review_lines(house.alpha, dormant_after_days=90)
    return next(line.flags for line in lines if line.user_id == user.pk)


def test_whoever_has_not_signed_in_for_long_is_dormant(house):
    house.di.role_assignments.update(created_at=now() - timedelta(days=91))
    assert flags_of(house, house.di) == ["dormant"]
    User.objects.filter(pk=house.di.pk).update(last_login=now() - timedelta(days=89))
    assert flags_of(house, house.di) == []


def test_whoever_is_shut_out_or_over_is_flagged(house):
    User.objects.filter(pk=house.di.pk).update(is_active=False)
    house.di.role_assignments.update(valid_to=now().date() - timedelta(days=2))
    assert flags_of(house, house.di) == ["inactive", "expired"]


def test_roles_granted_on_a_group_say_so(house):
    from hotel.properties.services.groups import group_create

    group = group_create(chain=house.chain, name="Both", properties=[house.alpha, house.beta])
    role_assign(user=house.ida, role=role_make(house.chain, "rooms.view"), group=group)
    titles = [line.title for line in review_lines(house.alpha, dormant_after_days=90)]
    assert titles.count("Helper (Both)") == 1


def test_the_queries_do_not_grow_with_the_people(house):
    few = queries_of(lambda: review_lines(house.alpha, dormant_after_days=90))
    role = role_make(house.chain, "rooms.view")
    for n in range(5):
        role_assign(user=user_make(house.alpha, username=f"user{n}"), role=role, place=house.alpha)
    many = queries_of(lambda: review_lines(house.alpha, dormant_after_days=90))
    assert len(many) == len(few) <= 9
