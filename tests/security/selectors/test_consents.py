"""Consents in figures: the newest decision of each living guest, and whom no consent outweighs."""

from datetime import timedelta

from hotel.core.clock import now
from hotel.guests.services.consents import consent_record, consent_withdraw
from hotel.guests.services.merges import guest_merge
from hotel.guests.services.privacy import guest_erase, objection_record, processing_restrict
from security.selectors.consents import consent_lines, refusals, wordings
from tests.factories.guests import guest_make

SAID = {"channel": "email", "purpose": "marketing", "source": "website"}


def agreed(guest, **over):
    return consent_record(guest=guest, **{**SAID, **over})


def test_the_newest_decision_counts_and_each_guest_once(cast):
    anna, bert, carl = (guest_make(cast.alpha) for _ in range(3))
    for guest in (anna, bert):
        agreed(guest, text_version="news-1")
    consent_withdraw(guest=bert, **SAID)
    agreed(carl, purpose="feedback", channel="sms")
    agreed(guest_make(cast.beta))
    lines = [(one.purpose, one.channel, one.given, one.withdrawn) for one in consent_lines(cast.alpha)]
    assert lines == [("Marketing", "E-mail", 1, 1), ("Surveys", "SMS", 1, 0)]
    assert [(one.purpose, one.version, one.given) for one in wordings(cast.alpha)] == [
        ("Surveys", "", 1),
        ("Marketing", "news-1", 1),
    ]


def test_an_earlier_decision_told_later_does_not_count(cast):
    guest = guest_make(cast.alpha)
    consent_withdraw(guest=guest, **SAID)
    agreed(guest, at=now() - timedelta(days=30))
    (line,) = consent_lines(cast.alpha)
    assert (line.given, line.withdrawn) == (0, 1)


def test_merged_and_erased_guests_do_not_count(cast):
    kept, merged, erased = (guest_make(cast.alpha) for _ in range(3))
    for guest in (kept, merged, erased):
        agreed(guest)
    guest_merge(kept=kept, merged=merged, by=None, reason="Same person")
    guest_erase(guest_id=erased.pk)
    (line,) = consent_lines(cast.alpha)
    assert (line.given, line.withdrawn) == (1, 0)
    assert refusals(cast.alpha).guests == 1


def test_objections_and_restrictions_are_counted(cast):
    anna, bert = guest_make(cast.alpha), guest_make(cast.alpha)
    objection_record(guest=anna, purpose="marketing")
    objection_record(guest=anna, purpose="profiling")
    processing_restrict(guest=bert)
    objection_record(guest=guest_make(cast.beta), purpose="marketing")
    found = refusals(cast.alpha)
    assert (found.guests, found.marketing, found.profiling, found.restricted) == (2, 1, 1, 1)


def test_the_figures_cost_three_queries(cast, django_assert_num_queries):
    agreed(guest_make(cast.alpha))
    with django_assert_num_queries(3):
        consent_lines(cast.alpha), wordings(cast.alpha), refusals(cast.alpha)
