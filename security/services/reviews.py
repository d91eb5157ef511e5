"""Opening, deciding and closing access reviews."""

from datetime import date, timedelta

from django.db import transaction

from hotel.accounts.models import User
from hotel.accounts.services.direct_grants import direct_grants_revoke
from hotel.accounts.services.roles import role_revoke
from hotel.accounts.services.tokens import token_revoke
from hotel.contracts.security import AccessReviewClosed
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotPermitted
from hotel.core.facts import publish
from hotel.core.locks import LockSpace, advisory_lock, lock_rows
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.properties.scoping import grants_of, sees_everything
from security.choices import ReviewDecision, ReviewSubject
from security.models import AccessPolicy, AccessReview, AccessReviewItem
from security.selectors.policies import policy_of
from security.selectors.review_lines import review_lines

DAYS_TO_DECIDE = 14


@transaction.atomic
def access_review_open(
    *,
    place: Property,
    name: str = "",
    due_on: date | None = None,
    revokes_undecided: bool = False,
    by: User | None = None,
) -> AccessReview:
    """Write down who holds what at a property, line by line, to be decided.

    Args:
        place: the property.
        name: empty for the month.
        due_on: calendar day at the property; None for 14 days from now.
        revokes_undecided: whether what nobody decides is revoked at the end.
        by: who opens it; None for the schedule.

    Raises:
        Conflict: one is open already.

    Locks: one advisory lock per property.
    """
    advisory_lock(LockSpace.PROPERTY_SETUP, f"access review {place.pk}")
    if AccessReview.objects.at(place.pk).filter(closed_at=None).exists():
        raise Conflict(_("An access review of this property is open already."), code="review_open")
    today = now().astimezone(place.zone).date()
    review = AccessReview(
        property=place,
        name=name or f"Access review {today:%Y-%m}",
        opened_by=by,
        due_on=due_on or today + timedelta(days=DAYS_TO_DECIDE),
        revokes_undecided=revokes_undecided,
    )
    review.full_clean()
    review.save()
    policy = policy_of(place.chain_id)
    lines = review_lines(place, dormant_after_days=policy.dormant_after_days)
    AccessReviewItem.objects.bulk_create(
        AccessReviewItem(
            property=place,
            review=review,
            subject=line.subject,
            user_id=line.user_id,
            assignment_id=line.assignment_id,
            token_id=line.token_id,
            title=line.title,
            rights=line.rights,
            flags=line.flags,
            last_used_at=line.last_used_at,
        )
        for line in lines
    )
    return review


@transaction.atomic
def review_item_decide(
    *, item: AccessReviewItem, decision: str, note: str = "", by: User
) -> AccessReviewItem:
    """Keep or revoke what one line says; revoked rights end with the commit.

    Raises:
        Conflict: the review is closed, or the rights were revoked already.
        InvalidInput: neither keep nor revoke.
        NotPermitted: one's own line, or ``by`` may not manage these rights wherever they reach.

    Locks: the review, then the line.
    """
    _open_locked(item.review_id)
    [item] = lock_rows(AccessReviewItem.objects.filter(pk=item.pk).select_related("user", "property"))
    if by.pk == item.user_id:
        raise NotPermitted(_("Somebody else decides about your rights."), code="four_eyes")
    if decision not in {ReviewDecision.KEEP, ReviewDecision.REVOKE}:
        raise InvalidInput(_("Say keep or revoke."), fields={"decision": [_("Say keep or revoke.")]})
    if item.decision == ReviewDecision.REVOKE:
        raise Conflict(_("These rights were revoked already."), code="rights_revoked")
    if decision == ReviewDecision.REVOKE:
        _revoke(item, by)
    item.decision, item.note, item.decided_by, item.decided_at = decision, note.strip(), by, now()
    item.save(update_fields=["decision", "note", "decided_by", "decided_at", "updated_at"])
    return item


@transaction.atomic
def access_review_close(*, review: AccessReview, by: User) -> AccessReview:
    """End a review; what is undecided stays, or goes when the review says so.

    Publishes: AccessReviewClosed.

    Raises:
        Conflict: closed already.
        NotPermitted: an undecided line that would be revoked is one's own, or reaches where ``by`` manages nothing.

    Locks: the review, then its undecided lines, in the order of their ids.
    """
    review = _open_locked(review.pk)
    if review.revokes_undecided:
        for item in review.items.filter(decision=ReviewDecision.OPEN).order_by("pk"):
            review_item_decide(item=item, decision=ReviewDecision.REVOKE, note="Nobody had decided.", by=by)
    review.closed_at, review.closed_by = now(), by
    review.save(update_fields=["closed_at", "closed_by", "updated_at"])
    decisions = list(review.items.values_list("decision", flat=True))
    publish(
        AccessReviewClosed(
            property_id=review.property_id,
            review_id=review.pk,
            kept=decisions.count(ReviewDecision.KEEP),
            revoked=decisions.count(ReviewDecision.REVOKE),
            undecided=decisions.count(ReviewDecision.OPEN),
        )
    )
    return review


def access_reviews_due() -> int:
    """Open a review at each property whose last one is as old as its chain's policy says. Repeatable.

    Returns:
        How many were opened.
    """
    opened = 0
    for policy in AccessPolicy.objects.order_by("pk"):
        recent = now() - timedelta(days=policy.review_every_days)
        reviewed = AccessReview.objects.filter(created_at__gt=recent)
        places = Property.objects.filter(chain=policy.chain_id, created_at__lte=recent)
        open_ones = AccessReview.objects.filter(closed_at=None)
        for place in places.exclude(pk__in=reviewed.values("property")).exclude(
            pk__in=open_ones.values("property")
        ):
            access_review_open(place=place)
            opened += 1
    return opened


def _open_locked(review_id: int) -> AccessReview:
    [review] = lock_rows(AccessReview.objects.filter(pk=review_id))
    if review.closed_at is not None:
        raise Conflict(_("This review is closed."), code="review_closed")
    return review


def _revoke(item: AccessReviewItem, by: User) -> None:
    if not sees_everything(by) and item.property_id not in grants_of(by).property_ids("manage", "accounts"):
        raise NotPermitted(_("You do not manage the accounts of this property."))
    if item.subject == ReviewSubject.DIRECT:
        direct_grants_revoke(user=item.user, place=item.property)
    elif item.assignment is not None:
        role_revoke(assignment=item.assignment, by=by)
        item.assignment = None
    elif item.token is not None:
        token_revoke(token=item.token, by=by)
