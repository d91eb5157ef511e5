"""A review writes down who holds what; what is revoked is gone at once, and nobody decides about himself."""

from datetime import date, timedelta

import pytest
import time_machine

from hotel.accounts.models import RoleAssignment, User
from hotel.accounts.services.tokens import token_issue
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotPermitted
from hotel.core.models import OutboxMessage
from hotel.properties.models import Property, PropertyUserObjectPermission
from hotel.properties.scoping import grants_of
from security.models import AccessPolicy, AccessReview, AccessReviewItem
from security.services.emergencies import emergency_open
from security.services.reviews import (
    access_review_close,
    access_review_open,
    access_reviews_due,
    review_item_decide,
)

DAY = "2027-03-14T10:00Z"


def held(user, place):
    grants = grants_of(User.objects.get(pk=user.pk))
    return {name for name, ids in grants.by_codename.items() if place.pk in ids}


def line(review, user, subject="role") -> AccessReviewItem:
    return review.items.get(user=user, subject=subject)


@pytest.fixture
def review(house) -> AccessReview:
    return access_review_open(place=house.alpha, by=house.ada)


def test_every_holder_has_a_line(house):
    with time_machine.travel(DAY, tick=False):
        review = access_review_open(place=house.alpha)

    assert (review.name, review.due_on) == ("Access review 2027-03", date(2027, 3, 28))
    lines = list(review.items.order_by("user__username").values_list("user__username", "title", "flags"))
    assert [(name, title) for name, title, _ in lines] == [
        ("ada", "General manager"),
        ("bo", "Front desk"),
        ("cy", "Accountant"),
        ("di", "Housekeeping"),
        ("rae", "Reservations"),
        ("val", "Revenue manager"),
    ]
    assert "view_rooms_area" in line(review, house.di).rights
    flags = {name: set(found) - {"dormant"} for name, _, found in lines}
    assert flags == {
        "ada": {"privileged", "duties"},
        "bo": {"duties"},
        "cy": {"duties"},
        "di": set(),
        "rae": set(),
        "val": set(),
    }


def test_what_is_kept_stays_and_what_is_revoked_goes_at_once(house, review):
    kept = review_item_decide(item=line(review, house.bo), decision="keep", by=house.ada)
    gone = review_item_decide(item=line(review, house.di), decision="revoke", note="Left.", by=house.ada)

    assert (kept.decision, gone.decision, gone.decided_by, gone.note) == (
        "keep",
        "revoke",
        house.ada,
        "Left.",
    )
    assert held(house.bo, house.alpha) > set()
    assert held(house.di, house.alpha) == set()
    gone.refresh_from_db()
    assert (gone.assignment, gone.title) == (None, "Housekeeping")
    with pytest.raises(Conflict, match="already"):
        review_item_decide(item=gone, decision="keep", by=house.ada)


@pytest.mark.parametrize(
    ("case", "who", "by", "decision", "error"),
    [
        ("one's own", "ada", "ada", "keep", NotPermitted),
        ("no decision", "bo", "ada", "open", InvalidInput),
        ("revoked by who manages nobody", "bo", "val", "revoke", NotPermitted),
    ],
)
def test_what_may_not_be_decided_changes_nothing(house, review, case, who, by, decision, error):
    person = getattr(house, who)
    before = held(person, house.alpha)
    with pytest.raises(error):
        review_item_decide(item=line(review, person), decision=decision, by=getattr(house, by))
    assert line(review, person).decision == "open"
    assert held(person, house.alpha) == before


def test_direct_grants_and_tokens_have_lines_and_can_be_revoked(house):
    with time_machine.travel(DAY, tick=False):
        emergency_open(place=house.alpha, reason="A till that will not open.", by=house.ida)
        issued = token_issue(
            user=house.bo,
            name="Kiosk",
            codenames=["view_rooms_area"],
            properties=[house.alpha],
            expires_at=now() + timedelta(days=30),
        )
        review = access_review_open(place=house.alpha)
        direct, token = line(review, house.ida, "direct"), line(review, house.bo, "token")
        assert direct.rights == sorted(held(house.ida, house.alpha))
        assert (token.title, token.rights, "unused" in token.flags) == (
            f"Kiosk ({issued.token.prefix}…)",
            ["view_rooms_area"],
            True,
        )

        review_item_decide(item=direct, decision="revoke", by=house.ada)
        review_item_decide(item=token, decision="revoke", by=house.ada)

    assert not PropertyUserObjectPermission.objects.filter(user=house.ida).exists()
    issued.token.refresh_from_db()
    assert issued.token.revoked_at is not None


def test_one_review_of_a_property_is_open_at_a_time(house, review):
    with pytest.raises(Conflict):
        access_review_open(place=house.alpha)
    access_review_open(place=house.beta)
    assert AccessReview.objects.count() == 2


def test_closing_leaves_what_is_undecided_unless_the_review_says_otherwise(house, review):
    review_item_decide(item=line(review, house.bo), decision="keep", by=house.ada)
    access_review_close(review=review, by=house.ada)

    [fact] = OutboxMessage.objects.filter(topic="AccessReviewClosed")
    assert {key: fact.payload[key] for key in ("kept", "revoked", "undecided")} == {
        "kept": 1,
        "revoked": 0,
        "undecided": 5,
    }
    assert held(house.di, house.alpha) > set()
    for late in (
        lambda: access_review_close(review=review, by=house.ada),
        lambda: review_item_decide(item=line(review, house.di), decision="revoke", by=house.ada),
    ):
        with pytest.raises(Conflict):
            late()


def test_a_review_that_revokes_what_nobody_decided(house):
    review = access_review_open(place=house.beta, revokes_undecided=True)
    assert {item.user for item in review.items.all()} == {house.ada, house.eve}
    with pytest.raises(NotPermitted):
        access_review_close(review=review, by=house.ada)
    assert held(house.eve, house.beta) > set()

    review.items.filter(user=house.ada).update(decision="keep", decided_by=house.bo)
    access_review_close(review=review, by=house.ada)

    assert held(house.eve, house.beta) == set()
    assert not RoleAssignment.objects.filter(user=house.eve).exists()


def test_the_schedule_opens_what_is_due(house):
    AccessPolicy.objects.update(review_every_days=30)
    assert access_reviews_due() == 0
    Property.objects.update(created_at=now() - timedelta(days=31))

    assert (access_reviews_due(), access_reviews_due()) == (2, 0)
    assert {review.property for review in AccessReview.objects.all()} == {house.alpha, house.beta}
    AccessReview.objects.update(closed_at=now())
    assert access_reviews_due() == 0
    with time_machine.travel(now() + timedelta(days=31)):
        assert access_reviews_due() == 2
