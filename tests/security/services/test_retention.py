"""Retention: listed, approved by another person, carried out with a certificate; holds override."""

from datetime import timedelta

import pytest

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, NotPermitted
from hotel.guests.models import Guest, GuestDocument
from security.models import RetentionRun
from security.services.retention import run_approve, run_propose, runs_carry_out, runs_propose
from tests.factories.guests import guest_document_make, guest_make
from tests.factories.reservations import house_make
from tests.factories.security_privacy import approver_make, legal_hold_make, retention_rule_make


def _old(place, **over):
    guest = guest_make(place, **over)
    Guest.objects.filter(pk=guest.pk).update(created_at=now() - timedelta(days=37 * 31))
    return guest


def test_what_is_due_is_listed_and_nothing_is_erased(cast):
    retention_rule_make(cast.alpha)
    old, fresh, elsewhere = _old(cast.alpha), guest_make(cast.alpha), _old(cast.beta)
    (run,) = runs_propose(place=cast.alpha)
    assert (run.due_ids, run.due_count, run.held_count, run.status) == ([old.pk], 1, 0, "proposed")
    assert not Guest.objects.exclude(erased_at=None).exists()
    assert {old.pk, fresh.pk, elsewhere.pk} == set(Guest.objects.values_list("pk", flat=True))


def test_by_a_rule_that_nobody_confirmed_nothing_is_due(cast):
    retention_rule_make(cast.alpha, is_confirmed=False)
    _old(cast.alpha)
    assert runs_propose(place=cast.alpha) == []


def test_holds_and_stays_to_come_override(cast):
    retention_rule_make(cast.alpha)
    held, booked, free = _old(cast.alpha), _old(cast.alpha), _old(cast.alpha)
    legal_hold_make(cast.alpha, held)
    house_make(cast.alpha, doubles=2).reserve(primary_guest=booked)
    (run,) = runs_propose(place=cast.alpha)
    assert (run.due_ids, run.held_count) == ([free.pk], 1)


def test_an_approved_list_is_carried_out_but_for_what_changed_meanwhile(cast):
    retention_rule_make(cast.alpha)
    gone, held = _old(cast.alpha, last_name="Gone"), _old(cast.alpha, last_name="Held")
    (run,) = runs_propose(place=cast.alpha)
    run_approve(run=run, by=approver_make(cast.alpha))
    legal_hold_make(cast.alpha, held)
    assert runs_carry_out() == 1
    run.refresh_from_db()
    assert (run.status, run.done_count, run.skipped_count, len(run.digest)) == ("done", 1, 1, 64)
    assert dict(Guest.objects.values_list("pk", "last_name")) == {gone.pk: "Erased", held.pk: "Held"}
    assert runs_carry_out() == 0


def test_nobody_approves_what_he_proposed_and_a_newer_list_replaces_an_older_one(cast):
    rule = retention_rule_make(cast.alpha)
    _old(cast.alpha)
    run = run_propose(rule=rule, today=now().date(), by=cast.ada)
    with pytest.raises(NotPermitted):
        run_approve(run=run, by=cast.ada)
    newer = run_propose(rule=rule, today=now().date())
    run.refresh_from_db()
    assert (run.status, newer.status) == ("dismissed", "proposed")
    with pytest.raises(Conflict):
        run_approve(run=run, by=cast.bo)
    assert RetentionRun.objects.count() == 2


def test_a_guest_register_ends_before_the_profile(cast):
    retention_rule_make(cast.alpha, document_class="guest_register")
    guest = _old(cast.alpha, last_name="Kept")
    guest_document_make(cast.alpha, guest)
    (run,) = runs_propose(place=cast.alpha)
    run_approve(run=run, by=cast.bo)
    runs_carry_out()
    assert not GuestDocument.objects.exists()
    assert Guest.objects.get(pk=guest.pk).last_name == "Kept"
