"""Containment acts: through real doors what was open is shut, it is recorded, taken back, and shuts nobody out."""

import pytest
from rest_framework.test import APIClient

from hotel.accounts.models import ApiToken, StaffSession, User
from hotel.accounts.services.roles import role_assign
from hotel.core.actor import acting
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.monitoring.models import RateLimit
from hotel.monitoring.selectors.rules import rules_read
from hotel.monitoring.services.attendant import attendant
from security.models import AuditLog, IncidentContainment, IncidentEntry
from security.services.containments import (
    containment_take,
    containment_undo,
    step_finish,
    step_skip,
    step_take,
)
from security.services.incidents import incident_move
from tests.factories.accounts import integrator_make, role_make, token_make, user_make
from tests.factories.messaging import webhook_make
from tests.factories.security import incident_step_make, security_incident_make
from tests.together import together

PASSWORD = "a very long passphrase"
ELSEWHERE = "203.0.113.9"


@pytest.fixture
def incident(house):
    return security_incident_make(house.alpha)


def take(incident, action, target, by=None, reason="Not he."):
    return containment_take(incident=incident, action=action, target=target, reason=reason, by=by)


def fresh(user):
    return User.objects.get(pk=user.pk)


def holder(house, name, *rights, places=None):
    user = user_make(house.alpha, username=name)
    for place in places or [house.alpha]:
        role_assign(user=user, role=role_make(house.chain, *rights, code=f"{name}{place.pk}"), place=place)
    return fresh(user)


def test_all_sessions_of_a_person_end(house, incident, signed_in):
    client = signed_in(house.bo)
    assert client.get("/account").status_code == 200
    made = take(incident, "end_sessions", f"user:{house.bo.pk}", by=house.ada)
    assert client.get("/account").status_code == 302
    assert not StaffSession.objects.filter(user=house.bo).exists()
    assert (made.effect, made.result) == ({"changed": True, "sessions": 1}, "Sessions of bo that ended: 1.")
    line = incident.entries.get(kind="step")
    assert (line.actor, line.text) == (
        house.ada,
        "End all sessions: Sessions of bo that ended: 1. Why: Not he.",
    )
    assert line.detail["effect"] == {"changed": True, "sessions": 1}
    with pytest.raises(Conflict) as refused:
        containment_undo(containment=made, reason="x", by=house.ada)
    assert refused.value.code == "cannot_undo"


def test_an_account_is_disabled_and_let_in_again(house, incident, signed_in):
    token = token_make(house.alpha, user=house.bo)
    client = signed_in(house.bo)
    made = take(incident, "disable_account", str(house.bo.pk), by=house.ada)
    assert client.get("/account").status_code == 302
    assert not fresh(house.bo).is_active
    token.refresh_from_db()
    assert token.revoked_at is not None
    again = take(incident, "disable_account", f"user:{house.bo.pk}", by=house.ada)
    assert (again.pk, IncidentEntry.objects.filter(kind="step").count()) == (made.pk, 1)

    with pytest.raises(InvalidInput):
        containment_undo(containment=made, reason=" ", by=house.ada)
    assert not fresh(house.bo).is_active
    undone = containment_undo(containment=made, reason="It was he.", by=house.ada)
    assert fresh(house.bo).is_active
    assert (undone.undone_by, undone.undo_reason, undone.undone_at is None) == (
        house.ada,
        "It was he.",
        False,
    )
    assert incident.entries.order_by("-pk").first().text == (
        "Taken back: Disable the account. bo may sign in again. Why: It was he."
    )
    with pytest.raises(Conflict) as refused:
        containment_undo(containment=made, reason="Again.", by=house.ada)
    assert refused.value.code == "undone"
    assert take(incident, "disable_account", str(house.bo.pk), by=house.ada).pk != made.pk


def test_what_was_so_already_is_not_taken_back(house, incident):
    User.objects.filter(pk=house.bo.pk).update(is_active=False)
    made = take(incident, "disable_account", str(house.bo.pk))
    assert (made.effect["changed"], made.result) == (False, "The account of bo was disabled already.")
    with pytest.raises(Conflict) as refused:
        containment_undo(containment=made, reason="x", by=None)
    assert (refused.value.code, fresh(house.bo).is_active) == ("nothing_changed", False)


def test_a_token_and_an_integrator_are_revoked_for_good(house, incident):
    token, integrator = token_make(house.alpha, user=house.bo), integrator_make(house.alpha)
    assert take(incident, "revoke_token", f"token:{token.pk}", by=house.ada).effect == {"changed": True}
    assert take(incident, "revoke_integrator", str(integrator.pk), by=house.ada).effect == {"changed": True}
    token.refresh_from_db()
    integrator.refresh_from_db()
    assert None not in (token.revoked_at, integrator.revoked_at)


def test_a_blocked_address_reaches_neither_api_nor_page_until_it_is_let_in(house, incident):
    made = take(incident, "block_address", ELSEWHERE, by=house.ada)
    rule = RateLimit.objects.get(pk=made.effect["rule"])
    assert (rule.network, rule.action, rule.scope) == (ELSEWHERE, "block", "address")
    assert (rule.valid_until - now()).days in (6, 7)
    try:
        attendant.table = rules_read()
        there, here = {"REMOTE_ADDR": ELSEWHERE}, {"REMOTE_ADDR": "203.0.113.10"}
        assert [APIClient().get(path, **there).status_code for path in ("/login", "/admin/", "/api/v1/rooms")] == [
            403, 403, 429,
        ]  # fmt: skip
        assert APIClient().get("/login", **there).content == b"This address is blocked. Call the house."
        assert APIClient().get("/api/health/live", **there).status_code == 200
        assert [APIClient().get(path, **here).status_code for path in ("/login", "/api/v1/rooms")] == [
            200,
            401,
        ]
        other = security_incident_make(house.alpha)
        assert take(other, "block_address", ELSEWHERE, by=house.ada).effect == {
            "changed": False,
            "rule": rule.pk,
            "until": rule.valid_until.isoformat(),
        }
        containment_undo(containment=made, reason="Our own guest.", by=house.ada)
        attendant.table = rules_read()
        assert APIClient().get("/login", **there).status_code == 200
    finally:
        attendant.forget()
    assert not RateLimit.objects.filter(pk=rule.pk).exists()


def test_a_block_that_has_ended_is_made_anew(house, incident):
    made = take(incident, "block_address", ELSEWHERE)
    RateLimit.objects.filter(pk=made.effect["rule"]).update(valid_until=now())
    again = take(security_incident_make(house.alpha), "block_address", ELSEWHERE)
    assert (again.effect["changed"], RateLimit.objects.filter(network=ELSEWHERE).count()) == (True, 1)
    assert containment_undo(
        containment=made, reason="x", by=None
    ).undone_at  # its rule is gone; that of the other stays
    assert RateLimit.objects.filter(network=ELSEWHERE).exists()


def test_a_webhook_is_paused_and_goes_on(house, incident):
    endpoint = webhook_make(house.alpha)
    made = take(incident, "pause_webhook", f"webhook:{endpoint.pk}", by=house.ada)
    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.disabled_reason) == (False, f"Paused by incident {incident.pk}")
    containment_undo(containment=made, reason="Clean.", by=house.ada)
    endpoint.refresh_from_db()
    assert endpoint.is_active


def test_nobody_acts_on_his_own_account_key_or_address(house, incident):
    token = token_make(house.alpha, user=house.bo)
    integrator = integrator_make(house.alpha)
    own = token_make(house.alpha, user=house.ada, prefix="own", digest="1" * 64, integrator=integrator)
    asks = [("disable_account", house.ada.pk, "own_account"), ("end_sessions", house.ada.pk, "own_account"),
            ("revoke_token", own.pk, "own_key"), ("revoke_integrator", integrator.pk, "own_key"),
            ("block_address", "203.0.113.0/24", "own_address")]  # fmt: skip
    with acting(door="api", user_id=house.ada.pk, token_id=own.pk, address=ELSEWHERE):
        for action, target, code in asks:
            with pytest.raises(Conflict) as refused:
                take(incident, action, str(target), by=house.ada)
            assert refused.value.code == code
        assert not IncidentContainment.objects.exists()
        assert fresh(house.ada).is_active
        assert not ApiToken.objects.exclude(revoked_at=None).exists()
        assert not RateLimit.objects.filter(action="block").exists()
        take(incident, "revoke_token", str(token.pk), by=house.ada)
        take(incident, "block_address", "203.0.112.0/24", by=house.ada)


def test_the_last_who_manages_security_somewhere_stays(house, incident):
    keeper = holder(house, "keeper", "security.respond")
    with pytest.raises(Conflict) as refused:  # ada manages both hotels, keeper none of them
        take(incident, "disable_account", str(house.ada.pk))
    assert (refused.value.code, fresh(house.ada).is_active) == ("last_keeper", True)
    machine = user_make(house.alpha, username="robot", is_machine=True)
    for place in (house.alpha, house.beta):
        role = role_make(house.chain, "security.manage", code=f"robot{place.pk}")
        role_assign(user=machine, role=role, place=place)
    with pytest.raises(Conflict):
        take(incident, "disable_account", str(house.ada.pk))
    holder(house, "half", "security.manage")
    with pytest.raises(Conflict):  # nobody would be left at beta
        take(incident, "disable_account", str(house.ada.pk))
    holder(house, "whole", "security.manage", places=[house.beta])
    take(incident, "disable_account", str(house.ada.pk))
    assert not fresh(house.ada).is_active
    take(incident, "disable_account", str(keeper.pk))


def test_a_superuser_stands_in_for_a_keeper_and_the_last_one_stays(house, incident):
    root = User.objects.create_superuser(username="root", password="x", chain=house.chain)
    take(incident, "disable_account", str(house.ada.pk), by=root)
    with pytest.raises(Conflict) as refused:
        take(incident, "disable_account", str(root.pk))
    assert (refused.value.code, fresh(root).is_active) == ("last_keeper", True)


def test_who_responds_at_one_hotel_touches_nothing_of_another(house, incident):
    here = holder(house, "here", "security.respond", "accounts.manage")
    root = User.objects.create_superuser(username="root", password="x", chain=house.chain)
    nowhere = User.objects.create_user(username="nowhere", chain=house.chain)
    both = user_make(house.alpha, username="both")
    role_assign(user=both, role=role_make(house.chain, "rooms.view", code="both"), place=house.beta)
    token = token_make(house.alpha, user=house.bo)
    token.properties.add(house.beta)
    hook = webhook_make(house.beta)
    targets = [
        *(("disable_account", user.pk) for user in (house.eve, both, root, nowhere)), ("disable_account", 10**15),
        ("revoke_token", token.pk), ("pause_webhook", hook.pk), ("block_address", ELSEWHERE),
        ("revoke_integrator", integrator_make(house.beta).pk),
    ]  # fmt: skip
    for action, target in targets:
        with pytest.raises(InvalidInput) as refused:
            take(incident, action, str(target), by=here)
        assert refused.value.code == "target_unknown", (action, target)
    assert not IncidentContainment.objects.exists()
    assert not User.objects.filter(is_active=False).exists()
    take(incident, "disable_account", str(house.bo.pk), by=here)


@pytest.mark.parametrize(
    ("action", "target", "reason", "code"),
    [
        ("end_sessions", "bo", "x", "target_invalid"),
        ("open_the_doors", "1", "x", "invalid"),
        ("block_address", "0.0.0.0/0", "x", "target_invalid"),
        ("end_sessions", "1", "  ", "invalid"),
    ],
)
def test_what_makes_no_sense_is_refused(house, incident, action, target, reason, code):
    with pytest.raises(InvalidInput) as refused:
        take(incident, action, target, reason=reason)
    assert refused.value.code == code
    assert not IncidentContainment.objects.exists()


def test_of_a_drill_nothing_is_done(house):
    drill = security_incident_make(house.alpha, is_drill=True)
    made = take(drill, "disable_account", str(house.bo.pk), by=house.ada)
    assert (made.effect, made.result) == (
        {"changed": False, "practised": True}, "Practised on bo; nothing was done.",
    )  # fmt: skip
    assert fresh(house.bo).is_active


def test_what_has_ended_takes_none_but_gives_back(house, incident):
    made = take(incident, "disable_account", str(house.bo.pk), by=house.ada)
    incident_move(incident=incident, command="dismiss", words="It was he.", by=house.ada)
    with pytest.raises(Conflict) as refused:
        take(incident, "end_sessions", str(house.bo.pk), by=house.ada)
    assert refused.value.code == "incident_ended"
    containment_undo(containment=made, reason="It was he.", by=house.ada)
    assert fresh(house.bo).is_active


def test_one_click_settles_the_steps_that_ask_for_it(house, incident):
    own = {"incident": incident, "action": "end_sessions"}
    wanted = incident_step_make(house.alpha, code="a", target=f"user:{house.bo.pk}", **own)
    unaimed = incident_step_make(house.alpha, code="b", **own)
    other = incident_step_make(house.alpha, code="c", target=f"user:{house.cy.pk}", **own)
    row = step_take(step=wanted, reason="Not he.", by=house.ada)
    unaimed.refresh_from_db()
    other.refresh_from_db()
    assert (row.status, row.result, row.done_by) == ("done", "Sessions of bo that ended: 0.", house.ada)
    assert (unaimed.status, unaimed.target, other.status) == ("done", f"user:{house.bo.pk}", "open")
    with pytest.raises(Conflict) as refused:
        step_take(step=wanted, reason="Again.", by=house.ada)
    assert (refused.value.code, IncidentContainment.objects.count()) == ("step_settled", 1)
    elsewhere = step_take(step=other, target=f"user:{house.di.pk}", reason="She.", by=house.ada)
    assert (elsewhere.status, elsewhere.result) == (
        "done",
        f"user:{house.di.pk}: Sessions of di that ended: 0.",
    )


def test_steps_of_people_are_done_or_not_needed_with_a_reason(house, incident):
    first, second = (incident_step_make(house.alpha, incident=incident, code=code) for code in "ab")
    with pytest.raises(Conflict) as refused:
        step_take(step=first, reason="x", by=house.ada)
    assert refused.value.code == "by_hand"
    with pytest.raises(InvalidInput):
        step_skip(step=second, words=" ", by=house.ada)
    assert set(incident.steps.values_list("status", flat=True)) == {"open"}
    assert step_finish(step=first, words="He was abroad.", by=house.ada).result == "He was abroad."
    assert step_skip(step=second, words="He is here.", by=house.ada).status == "skipped"
    assert list(incident.entries.order_by("pk").values_list("text", flat=True)) == [
        "Ask the person: done. He was abroad.",
        "Ask the person: not needed. He is here.",
    ]


def test_the_trail_has_what_was_done_and_to_whom(house, incident, entries):
    take(incident, "disable_account", str(house.bo.pk), by=house.ada)
    assert [row.op for row in entries("security_incidentcontainment")] == ["I"]
    changed = entries("accounts_user")
    assert [(row.op, row.new) for row in changed] == [("U", {"is_active": False})]
    assert AuditLog.objects.filter(table="security_incidentstep").count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_keepers_do_not_shut_each_other_out(house):
    first, second = security_incident_make(house.alpha), security_incident_make(house.alpha)
    for place in (house.alpha, house.beta):
        holder_role = role_make(house.chain, "security.manage", "security.respond", code=f"k{place.pk}")
        role_assign(user=house.bo, role=holder_role, place=place)
    ada, bo = fresh(house.ada), fresh(house.bo)
    found = together(
        lambda: take(first, "disable_account", str(bo.pk), by=ada),
        lambda: take(second, "disable_account", str(ada.pk), by=bo),
    )
    assert sorted(type(one).__name__ for one in found) == ["Conflict", "IncidentContainment"], found
    assert User.objects.filter(pk__in=[ada.pk, bo.pk], is_active=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_click_at_once_acts_once(house):
    incident = security_incident_make(house.alpha)
    found = together(*[lambda: take(incident, "disable_account", str(house.bo.pk), by=house.ada)] * 2)
    assert len({row.pk for row in found}) == 1
    assert (IncidentContainment.objects.count(), IncidentEntry.objects.filter(kind="step").count()) == (1, 1)
