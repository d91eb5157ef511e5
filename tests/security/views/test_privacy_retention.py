"""The pages of retention and consents: rules confirmed, what is due listed, looked at, approved by another."""

import pytest

from hotel.core.exceptions import Conflict
from hotel.guests.models import Guest
from hotel.guests.services.consents import consent_record
from security.models import RetentionRule, RetentionRun
from security.services.registers import registers_seed
from security.services.retention import rule_confirm, runs_carry_out
from tests.factories.guests import guest_make
from tests.factories.security_privacy import retention_rule_make
from tests.security.views.test_privacy import PAGE, WORKER, person, send, text_of

RETENTION = f"{PAGE}/retention"
CONSENTS = f"{PAGE}/consents"
APPROVER = (*WORKER, "security.approve")


def old_guest(cast, **over):
    guest = guest_make(cast.alpha, **over)
    Guest.objects.filter(pk=guest.pk).update(created_at="2019-01-01T00:00:00Z")
    return guest


def test_empty_pages_teach(cast, signed_in):
    client = signed_in(person(cast, *WORKER))
    page = text_of(client.get(RETENTION))
    assert "No list waits." in page
    assert "There is no rule yet." in page
    assert "Confirm a rule" not in page
    assert "No guest was asked yet." in text_of(client.get(CONSENTS))


def test_a_rule_is_confirmed_and_only_then_listed_by(cast, signed_in):
    registers_seed(place=cast.alpha)
    rule = RetentionRule.objects.get(property=cast.alpha, document_class="guest_profile")
    client = signed_in(person(cast, *WORKER))
    page = text_of(client.get(RETENTION))
    assert "not confirmed" in page
    assert "List what is due" not in page
    send(client, "list", RETENTION, rule=rule.pk)
    assert not RetentionRun.objects.exists()
    assert "Confirmed." in text_of(send(client, "confirm", RETENTION, rule=rule.pk))
    assert "Nothing is due by this rule." in text_of(send(client, "list", RETENTION, rule=rule.pk))
    with pytest.raises(Conflict):
        rule_confirm(rule=rule)


def test_a_list_is_looked_at_approved_by_another_and_carried_out(
    cast, signed_in, django_assert_max_num_queries
):
    guest, rule = old_guest(cast, last_name="Zoracanary"), retention_rule_make(cast.alpha)
    first, second = signed_in(person(cast, *APPROVER)), signed_in(person(cast, *APPROVER))
    assert "Somebody else must approve it." in text_of(send(first, "list", RETENTION, rule=rule.pk))
    run = RetentionRun.objects.get()
    assert "Zoracanary" in text_of(first.get(RETENTION))
    assert "Erase them" not in text_of(first.get(RETENTION))
    send(first, "approve", RETENTION, run=run.pk, is_read="on")
    assert RetentionRun.objects.get().status == "proposed"
    second.get(RETENTION)
    with django_assert_max_num_queries(30):
        page = text_of(second.get(RETENTION))
    assert "Erase them" in page
    assert "This field is required" in text_of(send(second, "approve", RETENTION, run=run.pk))
    assert "Approved." in text_of(send(second, "approve", RETENTION, run=run.pk, is_read="on"))
    assert runs_carry_out() == 1
    guest.refresh_from_db()
    assert guest.last_name == "Erased"
    assert "1 / 1" in text_of(second.get(RETENTION))


def test_who_only_views_sees_lists_without_names_and_does_nothing(cast, signed_in):
    guest, rule = old_guest(cast, last_name="Zoracanary"), retention_rule_make(cast.alpha)
    send(signed_in(person(cast, *WORKER)), "list", RETENTION, rule=rule.pk)
    client = signed_in(person(cast, "security.view"))
    page = text_of(client.get(RETENTION))
    assert f"<li>{guest.pk}</li>" in page
    assert "Zoracanary" not in page
    for do in ("approve", "list", "confirm"):
        assert send(client, do, RETENTION, rule=rule.pk).status_code == 403
    assert RetentionRun.objects.get().status == "proposed"


def test_lists_and_rules_of_another_place_are_not_there(cast, signed_in):
    rule = retention_rule_make(cast.beta, is_confirmed=False)
    client = signed_in(person(cast, *APPROVER))
    assert rule.purpose not in text_of(client.get(RETENTION))
    send(client, "confirm", RETENTION, rule=rule.pk)
    rule.refresh_from_db()
    assert not rule.is_confirmed


def test_consents_are_shown_in_figures_without_names(cast, signed_in, django_assert_max_num_queries):
    guest = guest_make(cast.alpha, last_name="Zoracanary")
    consent_record(guest=guest, channel="email", purpose="marketing", source="website")
    client = signed_in(person(cast, "security.view"))
    client.get(CONSENTS)
    with django_assert_max_num_queries(25):
        page = text_of(client.get(CONSENTS))
    assert '<th scope="row">Marketing</th><td>E-mail</td><td class="num">1</td><td class="num">0</td>' in page
    assert "not noted: hard to prove" in page
    assert "Zoracanary" not in page
