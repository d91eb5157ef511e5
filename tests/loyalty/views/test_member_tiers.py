"""Tiers on a member's page: granted, matched to one elsewhere, and challenges."""

from datetime import date
from uuid import uuid4

from loyalty.models import Challenge
from tests.factories.loyalty import (
    challenge_make,
    loyalty_tier_make,
    status_match_make,
    status_match_rule_make,
)
from tests.loyalty.views.pages import act, text_of, url


def test_a_tier_is_granted_by_who_approves(cast, desk, chief, moser):
    silver = loyalty_tier_make(cast.alpha)
    assert "Grant tier" not in text_of(desk.get(url(moser)))

    act(chief, moser, "grant", tier=silver.pk, until="2027-12-31", reason="Status match", key=uuid4())

    moser.refresh_from_db()
    assert (moser.tier, moser.floor, moser.tier_until) == (silver, silver, date(2027, 12, 31))


def test_a_tier_from_elsewhere_is_asked_for_and_granted_by_somebody_else(cast, desk, chief, moser):
    rule = status_match_rule_make(cast.alpha)
    assert "Who is Other Club Platinum elsewhere is Silver here for 90 days." in text_of(desk.get(url(moser)))
    sent = {"rule": rule.pk, "foreign_number": "OC 1", "evidence": "His card", "key": uuid4()}
    assert "The match waits for a second person." in text_of(act(desk, moser, "match", **sent))
    match = moser.matches.get()
    assert 'name="match_approve-match"' not in text_of(desk.get(url(moser)))
    assert "The tier is Silver now." in text_of(act(chief, moser, "match_approve", match=match.pk))
    match.refresh_from_db()
    assert (match.status, match.asked_by, match.decided_by) == ("approved", cast.bo, cast.ada)
    text = text_of(desk.get(url(moser)))
    assert "Granted, until 11 Jun 2027" in text
    assert "14 Mar 2027: Status match: Other Club Platinum" in text


def test_who_grants_it_is_told_that_the_challenge_is_full(cast, chief, moser):
    challenge = challenge_make(cast.alpha, is_matched=True, max_members=1)
    Challenge.objects.update(joined=1)
    status_match_rule_make(cast.alpha, challenge=challenge)
    match = status_match_make(cast.alpha, member=moser, actor=cast.bo)
    why = "He does not take part in Three nights: All places of this challenge are taken."
    assert f"The tier is Silver now. {why}" in text_of(act(chief, moser, "match_approve", match=match.pk))
    assert why in text_of(chief.get(url(moser)))
    assert moser.challenges.count() == 0


def test_a_tier_from_elsewhere_is_refused_with_a_reason(cast, chief, moser):
    match = status_match_make(cast.alpha, member=moser, actor=cast.bo)
    told = text_of(act(chief, moser, "match_refuse", match=match.pk, reason="Another name"))
    match.refresh_from_db()
    assert "The match is refused." in told
    assert (match.status, match.because) == ("refused", "Another name")


def test_nobody_grants_a_tier_that_he_asked_for(cast, chief, moser):
    match = status_match_make(cast.alpha, member=moser, actor=cast.ada)
    assert 'name="match_approve-match"' not in text_of(chief.get(url(moser)))
    assert "A second person decides on this." in text_of(act(chief, moser, "match_approve", match=match.pk))
    match.refresh_from_db()
    assert match.status == "waiting"


def test_a_challenge_is_joined_and_told_in_words(cast, desk, moser):
    challenge = challenge_make(cast.alpha)
    text = text_of(desk.get(url(moser)))
    assert "Three nights: 3 nights within 30 days of joining: 2,000 points. 0 joined." in text
    told = text_of(act(desk, moser, "join", challenge=challenge.pk, key=uuid4()))
    assert "He takes part until 2027-04-12." in told
    assert "<strong>Three nights</strong> 3 nights to go by 12 April 2027" in told
    assert "Take part in a challenge" not in told
