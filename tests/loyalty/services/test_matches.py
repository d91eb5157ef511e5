"""Status matches: offered tiers only, once in so many months, by two people; granted for a while, then a soft landing."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from hotel.contracts.loyalty import ChallengeMoved, StatusMatchDecided, TierChanged
from hotel.core.exceptions import InvalidInput, NotPermitted
from hotel.core.locks import LockRefused
from loyalty.models import Challenge, ChallengeEntry, StatusMatch, StatusMatchRule, TierCredit
from loyalty.services.challenges import challenge_end
from loyalty.services.enrolment import member_set_status
from loyalty.services.matches import (
    match_approve,
    match_ask,
    match_refuse,
    match_rule_create,
    match_rule_end,
)
from loyalty.services.points import member_locked
from loyalty.services.programs import program_change
from loyalty.services.tiers import member_review, tier_grant
from tests.cast import TODAY
from tests.factories.loyalty import (
    challenge_make,
    loyalty_member_make,
    loyalty_program_make,
    loyalty_tier_make,
    status_match_rule_make,
)
from tests.loyalty.services.test_tiers import held, history
from tests.loyalty.services.unchanged import refused, told
from tests.together import together

LAST = date(2027, 6, 11)  # the ninetieth day


@pytest.fixture
def gold(cast):
    """Silver at ten nights, Gold at twenty-five; Other Club Platinum is Gold for ninety days."""
    loyalty_tier_make(cast.alpha)
    tier = loyalty_tier_make(cast.alpha, level=2, code="gold", name="Gold", min_nights=25)
    status_match_rule_make(cast.alpha, tier=tier)
    return tier


def ask(member, cast, **over):
    values = {
        "place": cast.alpha, "foreign_program": "other club", "foreign_tier": " PLATINUM ", "foreign_number": " OC  77 ",
        "evidence": " His card ", "actor": cast.bo, **over,
    }  # fmt: skip
    return match_ask(member=member, **values)


def test_it_waits_with_its_evidence_and_grants_nothing(cast, member, gold):
    match = ask(member, cast)
    assert (match.status, match.foreign_number, match.evidence, match.asked_on, match.until) == (
        "waiting", "OC 77", "His card", TODAY, None,
    )  # fmt: skip
    assert (match.rule.tier, match.asked_by, held(member)[0]) == (gold, cast.bo, "member")


def test_a_second_person_grants_the_tier_until_its_last_day_and_history_says_why(cast, member, gold):
    done = match_approve(match=ask(member, cast), actor=cast.ada)
    assert (done.status, done.until, done.decided_by) == ("approved", LAST, cast.ada)
    assert held(member) == ("gold", TODAY, LAST)
    change = member.tier_changes.get()
    assert (change.because, change.reason, change.actor) == (
        "Status match: Other Club Platinum", "granted", cast.ada,
    )  # fmt: skip
    (fact,) = told(StatusMatchDecided)
    wanted = {
        "match_id": done.pk, "member_id": member.pk, "guest_id": member.guest_id, "program_id": member.program_id,
        "property_id": cast.alpha.pk, "is_approved": True, "tier": "gold", "until": "2027-06-11", "because": "",
    }  # fmt: skip
    assert {name: fact[name] for name in wanted} == wanted
    assert [one["after"] for one in told(TierChanged)] == ["gold"]


def test_who_does_not_earn_it_lands_softly_after_the_last_day(cast, member, gold, noon):
    match_approve(match=ask(member, cast), actor=cast.ada)
    noon.move_to(datetime(2027, 6, 11, 21, 59, 59, tzinfo=UTC))
    assert member_review(member=member_locked(member.pk)) is None
    noon.move_to(datetime(2027, 6, 11, 22, tzinfo=UTC))
    member_review(member=member_locked(member.pk))
    assert history(member)[1:] == [("gold", "silver", date(2027, 6, 12), date(2027, 12, 31), "ended")]


def test_who_earns_it_meanwhile_keeps_it_as_one_that_is_earned(cast, member, gold, noon):
    match_approve(match=ask(member, cast), actor=cast.ada)
    TierCredit.objects.create(member=member, property=cast.alpha, day=date(2027, 5, 1), nights=25)
    noon.move_to(datetime(2027, 6, 12, 12, tzinfo=UTC))
    assert member_review(member=member_locked(member.pk)) is None
    assert held(member) == ("gold", TODAY, date(2028, 12, 31))


def test_nobody_decides_on_what_he_asked(cast, member, gold):
    match = ask(member, cast)
    refused("same_person", lambda: match_approve(match=match, actor=cast.bo), NotPermitted)
    refused("same_person", lambda: match_refuse(match=match, reason="x", actor=cast.bo), NotPermitted)
    with pytest.raises(IntegrityError, match="loyalty_match_four_eyes"), transaction.atomic():
        StatusMatch.objects.update(decided_by=cast.bo)


def test_what_was_refused_with_a_reason_may_be_asked_again(cast, member, gold):
    match = ask(member, cast)
    refused("match_waiting", lambda: ask(member, cast))
    refused("reason_required", lambda: match_refuse(match=match, reason=" ", actor=cast.ada), InvalidInput)
    done = match_refuse(match=match, reason=" Another name ", actor=cast.ada)
    assert (done.status, done.because, done.until, held(member)[0]) == (
        "refused", "Another name", None, "member",
    )  # fmt: skip
    (fact,) = told(StatusMatchDecided)
    assert (fact["is_approved"], fact["until"], fact["because"]) == (False, None, "Another name")
    refused("match_decided", lambda: match_approve(match=match, actor=cast.ada))
    refused("match_decided", lambda: match_refuse(match=match, reason="x", actor=cast.ada))
    assert ask(member, cast).status == "waiting"


@pytest.mark.parametrize(("day", "code"), [(date(2028, 3, 13), "match_too_soon"), (date(2028, 3, 14), None)])
def test_he_may_ask_again_after_so_many_months(cast, member, gold, noon, day, code):
    match_approve(match=ask(member, cast), actor=cast.ada)
    noon.move_to(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    member_review(member=member_locked(member.pk))
    if code:
        error = refused(code, lambda: ask(member, cast))
        assert error.extra == {"from": "2028-03-14"}
    else:
        assert ask(member, cast).status == "waiting"


def test_a_programme_may_match_as_often_as_it_likes(cast, member, gold, noon):
    program_change(program=member.program, changes={"match_months": 0})
    match_approve(match=ask(member, cast), actor=cast.ada)
    noon.move_to(datetime(2027, 6, 12, 12, tzinfo=UTC))
    member_review(member=member_locked(member.pk))
    assert ask(member, cast).status == "waiting"


def test_one_number_is_shown_by_one_member(cast, member, gold):
    first = ask(member, cast)
    other = loyalty_member_make(cast.alpha)
    refused("match_number_used", lambda: ask(other, cast, foreign_number="oc 77"))
    match_refuse(match=first, reason="Not his", actor=cast.ada)
    assert ask(other, cast, foreign_number="oc 77").status == "waiting"


def test_what_cannot_be_asked(cast, member, gold):
    refused("evidence_required", lambda: ask(member, cast, evidence=" "), InvalidInput)
    refused("number_required", lambda: ask(member, cast, foreign_number=" "), InvalidInput)
    refused("match_not_offered", lambda: ask(member, cast, foreign_tier="Bronze"))
    refused("match_not_offered", lambda: ask(member, cast, foreign_program="Nobody's"))
    refused("hotel_not_in_program", lambda: ask(member, cast, place=cast.beta))
    match = ask(member, cast)
    member_set_status(member=member, status="suspended")
    refused("member_not_active", lambda: ask(member, cast))
    refused("member_not_active", lambda: match_approve(match=match, actor=cast.ada))


def test_a_tier_that_he_has_is_not_matched(cast, member, gold):
    match = ask(member, cast)
    TierCredit.objects.create(member=member, property=cast.alpha, day=TODAY, nights=25)
    member_review(member=member_locked(member.pk))
    refused("tier_reached", lambda: match_approve(match=match, actor=cast.ada))
    match_refuse(match=match, reason="Earned it", actor=cast.ada)
    refused("tier_reached", lambda: ask(member, cast))


@pytest.mark.parametrize(("until", "code"), [(None, "grant_lasts_longer"), (LAST, None)])
def test_what_was_granted_for_longer_is_not_lost(cast, member, gold, until, code):
    silver = member.program.tiers.get(code="silver")
    tier_grant(member=member, tier=silver, until=until, reason="Invited", actor=None)
    match = ask(member, cast)
    if code:
        refused(code, lambda: match_approve(match=match, actor=cast.ada))
    else:
        assert match_approve(match=match, actor=cast.ada).status == "approved"


def test_a_rule_is_made_once_for_a_tier_of_the_programme_and_ended_once(cast, member, gold):
    program, other = member.program, loyalty_program_make(cast.beta)
    values = {"foreign_program": "Third", "foreign_tier": "A", "tier": gold, "days": 1}

    def make(**over):
        return match_rule_create(program=program, values={**values, **over})

    refused("tier_invalid", lambda: make(tier=program.tiers.get(level=0)), InvalidInput)
    refused("tier_invalid", lambda: make(tier=other.tiers.get(level=0)), InvalidInput)
    for days in (0, 1097):
        refused("match_days_invalid", lambda days=days: make(days=days), InvalidInput)
    rule = make()
    refused("match_rule_taken", lambda: make(foreign_program=" third", foreign_tier="a"))
    assert match_rule_end(rule=rule).is_active is False
    refused("match_rule_ended", lambda: match_rule_end(rule=rule))
    refused("match_not_offered", lambda: ask(member, cast, foreign_program="Third", foreign_tier="A"))
    assert make(days=1096).days == 1096
    with pytest.raises(IntegrityError, match="loyalty_match_rule_once"), transaction.atomic():
        StatusMatchRule.objects.create(
            program=program, foreign_program="THIRD", foreign_tier="A", tier=gold, days=5
        )


def test_who_waits_is_decided_on_by_the_rule_he_asked_by(cast, member, gold):
    match = ask(member, cast)
    match_rule_end(rule=match.rule)
    assert match_approve(match=match, actor=cast.ada).until == LAST


def challenged(cast, gold, **over):
    """A challenge for who is matched, named by the rule of Third A."""
    row = challenge_make(cast.alpha, is_matched=True, **over)
    status_match_rule_make(cast.alpha, tier=gold, foreign_program="Third", foreign_tier="A", challenge=row)
    return row


def approved(cast, member):
    named = {"foreign_program": "Third", "foreign_tier": "A", "foreign_number": str(member.pk)}
    return match_approve(match=ask(member, cast, **named), actor=cast.ada)


def test_who_is_matched_takes_part_in_the_challenge_of_the_rule(cast, member, gold):
    challenge = challenged(cast, gold, tiers=["gold"])
    match = approved(cast, member)
    entry = ChallengeEntry.objects.get()
    assert (entry.challenge, entry.member, entry.match, entry.property) == (
        challenge,
        member,
        match,
        cast.alpha,
    )
    assert (entry.status, entry.first_on, entry.last_on) == ("open", TODAY, date(2027, 4, 12))
    assert (match.status, match.because, held(member)) == ("approved", "", ("gold", TODAY, LAST))
    assert [fact["status"] for fact in told(ChallengeMoved)] == ["open"]


@pytest.mark.parametrize(("over", "why"), [
    ({"max_members": 1}, "All places of this challenge are taken."),
    ({"tiers": ["silver"]}, "This challenge is for members in silver."),
    ({"is_invited": True}, "This challenge is for who was invited."),
])  # fmt: skip
def test_the_match_stands_and_says_so_when_he_cannot_take_part(cast, member, gold, over, why):
    challenge = challenged(cast, gold, **over)
    Challenge.objects.filter(max_members=1).update(joined=1)
    match = approved(cast, member)
    assert (match.status, match.because) == ("approved", f"He does not take part in {challenge}: {why}")
    assert (held(member), ChallengeEntry.objects.count()) == (("gold", TODAY, LAST), 0)
    (fact,) = told(StatusMatchDecided)
    assert (fact["is_approved"], fact["because"], told(ChallengeMoved)) == (True, match.because, [])


def test_the_match_stands_when_its_challenge_was_ended_since(cast, member, gold):
    challenge_end(challenge=challenged(cast, gold))
    match = approved(cast, member)
    assert match.because == "He does not take part in Three nights: Nobody can join this challenge any more."
    assert (held(member)[0], Challenge.objects.get().joined) == ("gold", 0)


def test_a_rule_names_an_open_challenge_of_the_programme_for_who_is_matched(cast, member, gold):
    strange = challenge_make(cast.beta, is_matched=True)
    for_all = challenge_make(cast.alpha, code="all")
    ended = challenge_end(challenge=challenge_make(cast.alpha, code="ended", is_matched=True))
    for row in (strange, for_all, ended):
        values = {"foreign_program": "Third", "foreign_tier": "A", "tier": gold, "days": 1, "challenge": row}
        make = partial(match_rule_create, program=member.program, values=values)
        refused("challenge_invalid", make, InvalidInput)


@pytest.mark.django_db(transaction=True)
def test_of_four_who_are_matched_at_once_one_has_the_last_place(cast, member, gold):
    challenge = challenged(cast, gold, max_members=1)
    members = [member, *(loyalty_member_make(cast.alpha) for _ in range(3))]
    results = together(*[lambda one=one: approved(cast, one) for one in members])
    assert sorted(one.because for one in results) == [
        "", *["He does not take part in Three nights: All places of this challenge are taken."] * 3
    ]  # fmt: skip
    assert [held(one)[0] for one in members] == ["gold"] * 4
    assert (ChallengeEntry.objects.count(), Challenge.objects.get(pk=challenge.pk).joined) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_who_cannot_look_at_the_challenge_is_asked_to_try_again(cast, member, gold, monkeypatch):
    def busy(**_):
        raise LockRefused("Please try again.")

    challenged(cast, gold)
    monkeypatch.setattr("loyalty.services.matches.challenge_join", busy)
    with pytest.raises(LockRefused):
        approved(cast, member)
    assert (held(member)[0], StatusMatch.objects.get().status) == ("member", "waiting")


@pytest.mark.django_db(transaction=True)
def test_four_who_approve_at_once_grant_once(cast, member, gold):
    match = ask(member, cast)
    results = together(*[lambda: match_approve(match=match, actor=cast.ada)] * 4)
    assert [getattr(one, "code", "done") for one in results].count("match_decided") == 3
    assert history(member) == [("member", "gold", TODAY, LAST, "granted")]


@pytest.mark.django_db(transaction=True)
def test_of_four_members_who_show_one_number_at_once_one_is_heard(cast, member, gold):
    others = [member, *(loyalty_member_make(cast.alpha) for _ in range(3))]
    results = together(*[lambda one=one: ask(one, cast) for one in others])
    assert [getattr(one, "code", "done") for one in results].count("match_number_used") == 3
    assert StatusMatch.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_four_requests_of_one_member_at_once_one_waits(cast, member, gold):
    results = together(*[lambda n=n: ask(member, cast, foreign_number=str(n)) for n in range(4)])
    assert [getattr(one, "code", "done") for one in results].count("match_waiting") == 3
    assert StatusMatch.objects.get().asked_on == TODAY
    assert TODAY + timedelta(days=89) == LAST
