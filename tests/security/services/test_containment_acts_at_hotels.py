"""Exports frozen, changes stopped, new passwords and second steps: by real doors, taken back, and nobody shut out."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import InternalError, connection, transaction
from django.test import Client, RequestFactory
from rest_framework.test import APIClient

from hotel.accounts.models import ApiToken, StaffSession, User
from hotel.accounts.services.tokens import token_issue
from hotel.core.api.errors import exception_handler, server_error
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotPermitted, ReadOnly
from hotel.properties.models import Property, PropertyRestraint
from hotel.properties.restraints import standing
from hotel.properties.selectors.restraints import require_exports, require_writable
from hotel.properties.tasks import restraints_end
from hotel.rooms.models import RoomType
from hotel.rooms.tasks import blocks_return
from hotel.stays.models import NightAudit
from hotel.stays.selectors.days import checklist
from hotel.stays.selectors.night_audits import audits_due
from hotel.stays.services.night_audit import night_audit_request, night_audit_run
from hotel.stays.tasks import night_audit_work
from security.models import AccessPolicy, IncidentContainment, PrivacyBundle, TrailJob
from security.selectors.sign_in import sign_in_policy
from security.services.bundles import bundle_file, bundle_hand_out, bundle_order, bundle_token, bundles_make
from security.services.containments import containment_take, containment_undo, step_take
from security.services.incidents import Seen, incident_open
from security.services.playbooks import playbooks_seed
from security.services.trail_jobs import job_ask, job_do, jobs_work
from tests.factories.guests import guest_make
from tests.factories.properties import property_setting_make
from tests.factories.rooms import room_feature_make, room_type_make
from tests.factories.security import security_incident_make
from tests.factories.security_privacy import identified_make, privacy_bundle_make
from tests.hotel.accounts.phones import phone_of
from tests.security.trail import execute
from tests.together import together

PASSWORD = "a very long passphrase"
WHY = r"Nothing can be changed here at present: this hotel is read-only until [\d-]+ [\d:]+ UTC, or until somebody ends it"


@pytest.fixture
def incident(house):
    return security_incident_make(house.alpha)


@pytest.fixture
def known():
    """What stands is known to this process at once, and to no test after this one."""
    yield standing.refresh
    standing.forget()


def take(incident, action, target, by=None, reason="Stop it."):
    return containment_take(incident=incident, action=action, target=str(target), reason=reason, by=by)


def undo(made, by=None):
    return containment_undo(containment=made, reason="It is over.", by=by)


def entered(user, password=PASSWORD) -> Client:
    """A browser in which a person has signed in by the front door."""
    cache.clear()  # of attempts that other tests have counted
    user.set_password(password)
    user.save(update_fields=["password"])
    client = Client()
    assert client.post("/login", {"username": user.username, "password": password}).status_code == 302
    return client


def rename(place, phone="1"):
    Property.objects.filter(pk=place.pk).update(phone=phone)


def refused_by_database(call) -> str:
    """What the database says to a change that it takes not."""
    with pytest.raises(InternalError) as refused, transaction.atomic():
        call()
    return str(refused.value.__cause__.diag.message_detail)


# --- exports


def test_while_exports_are_frozen_no_file_leaves_and_whoever_asks_is_told_why_and_until_when(
    house, incident, settings, tmp_path
):
    settings.AUDIT_EXPORT_DIR = str(tmp_path)
    request = identified_make(house.alpha, guest_make(house.alpha))
    done = job_ask(kind=TrailJob.EXPORT, by=house.ada, filters={"format": "csv"})
    assert jobs_work() == 1
    made = take(incident, "freeze_exports", house.alpha.pk, by=house.ada)
    row = PropertyRestraint.objects.get()
    assert made.result == f"Exports of Alpha are frozen until {row.until:%Y-%m-%d %H:%M} UTC."
    assert (row.until - now()).days in (6, 7)
    said = (
        "No files with personal data are given out here at present: exports are frozen until "
        f"{row.until:%Y-%m-%d %H:%M} UTC, or until somebody ends it. Why: Incident {incident.pk} is being answered."
    )
    for ask in (
        lambda: bundle_order(request=request),
        lambda: job_ask(kind=TrailJob.EXPORT, by=house.ada, filters={}),
    ):
        with pytest.raises(NotPermitted) as refused:
            ask()
        assert (refused.value.code, refused.value.message) == ("exports_frozen", said)
        assert refused.value.extra == {"property": house.alpha.pk, "until": row.until.isoformat()}
    assert (PrivacyBundle.objects.count(), TrailJob.objects.count()) == (0, 1)

    client = APIClient()
    client.force_authenticate(house.ada)
    path = f"/api/v1/security/audit-logs/exports/{done.pk}/file"
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"], answer.json()["detail"]) == (
        403,
        "exports_frozen",
        said,
    )
    assert job_ask(kind=TrailJob.EXPORT, by=house.eve, filters={}).status == "waiting"  # of another hotel

    undo(made, by=house.ada)
    assert b"".join(client.get(path).streaming_content).startswith(b"id,")
    assert bundle_order(request=request).status == "queued"


def test_what_is_being_made_when_exports_are_frozen_fails_with_the_reason_and_leaves_no_file(
    house, incident, settings, tmp_path
):
    settings.AUDIT_EXPORT_DIR = str(tmp_path)
    job = job_ask(kind=TrailJob.EXPORT, by=house.ada, filters={"format": "jsonl"})
    bundle = privacy_bundle_make(house.alpha)
    made = take(incident, "freeze_exports", house.alpha.pk)
    job_do(job)
    assert (job.status, job.result["refused"], list(tmp_path.iterdir())) == ("failed", "exports_frozen", [])
    assert bundles_make() == 0
    bundle.refresh_from_db()
    assert (bundle.status, bundle.document) == ("failed", "")
    assert bundle.failure.startswith("No files with personal data are given out here at present")
    undo(made)
    assert bundle_order(request=bundle.request).status == "queued"


@pytest.mark.pdf
def test_files_made_before_wait_behind_their_link_without_a_word_of_the_incident(house, incident, client):
    privacy_bundle_make(house.alpha)
    assert bundles_make() == 1
    bundle = PrivacyBundle.objects.get()
    path = f"/dashboard/security/bundles/{bundle_token(bundle)}/json"
    assert client.get(path).status_code == 200
    made = take(incident, "freeze_exports", house.alpha.pk)
    answer = client.get(path)
    assert (answer.status_code, b"Files are not given out at present." in answer.content) == (403, True)
    assert b"ncident" not in answer.content
    for ask in (
        lambda: bundle_file(token=bundle_token(bundle), kind="pdf"),
        lambda: bundle_hand_out(bundle=bundle, kind="csv"),
    ):
        with pytest.raises(NotPermitted):
            ask()
    bundle.refresh_from_db()
    assert bundle.downloads == 1
    undo(made)
    assert client.get(path).status_code == 200


# --- changes


def test_of_a_hotel_that_is_read_only_nothing_changes_by_any_way_and_all_can_be_read(
    house, incident, entries
):
    kind = room_type_make(house.alpha)
    made = take(incident, "read_only", f"property:{house.alpha.pk}", by=house.ada)
    until = PropertyRestraint.objects.get().until
    assert made.result == f"Alpha takes no changes until {until:%Y-%m-%d %H:%M} UTC."
    assert (until - now()).total_seconds() == pytest.approx(86_400, abs=60)

    def raw():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE rooms_roomtype SET name = 'x' WHERE id = %s", [kind.pk])

    said = {
        refused_by_database(call)
        for call in (
            raw, kind.delete, lambda: room_type_make(house.alpha, code="NEW"), lambda: rename(house.alpha),
            lambda: RoomType.objects.bulk_update([RoomType(pk=kind.pk, name="x")], ["name"]),
        )
    }  # fmt: skip
    assert said == {_sentence(until, incident)}
    kind.refresh_from_db()
    assert kind.name != "x"
    rename(house.beta)
    room_type_make(house.beta)

    undo(made, by=house.ada)
    rename(house.alpha)
    assert Property.objects.get(pk=house.alpha.pk).phone == "1"
    assert [row.op for row in entries("properties_propertyrestraint")] == ["I", "U"]


def test_a_row_that_moves_is_of_both_hotels_and_looking_is_no_change(house, incident, entries):
    ours = property_setting_make(house.alpha)
    theirs = property_setting_make(house.beta, key="stays.night_audit_hour", value=3)
    take(incident, "read_only", house.alpha.pk)
    for row, to in ((ours, house.beta), (theirs, house.alpha)):
        said = refused_by_database(
            lambda row=row, to=to: type(row).objects.filter(pk=row.pk).update(property=to)
        )
        assert said.startswith("Nothing can be changed here at present")
    theirs.refresh_from_db()
    assert theirs.property == house.beta
    execute("SELECT security_trail_read('guests_guest', '{7}', %s, 'view')", [house.alpha.pk])
    assert [(row.op, row.property_id) for row in entries("guests_guest")] == [("R", house.alpha.pk)]


def test_what_is_over_holds_no_more_though_nobody_has_written_its_end_down(house, incident, known):
    made = [
        take(incident, action, house.alpha.pk)
        for action in ("read_only", "freeze_exports", "second_step_hotel")
    ]
    known()
    assert sign_in_policy(house.bo).second_factor
    assert refused_by_database(lambda: rename(house.alpha)).startswith("Nothing can be changed here")
    over = now() - timedelta(seconds=1)
    take(incident, "read_only", house.beta.pk)
    rows = PropertyRestraint.objects.filter(property=house.alpha)
    rows.update(placed_at=over - timedelta(days=1), until=over)

    rename(house.alpha)
    assert Property.objects.get(pk=house.alpha.pk).phone == "1"
    assert house.alpha in Property.objects.writable()
    require_exports([house.alpha.pk])
    require_writable(house.alpha.pk)
    assert not sign_in_policy(house.bo).second_factor
    assert rows.open().count() == 3, "the task has not come by"
    assert refused_by_database(lambda: rename(house.beta)).startswith("Nothing can be changed here")

    assert undo(made[0]).undone_at is not None
    [entry] = incident.entries.filter(detail__undone=True)
    assert entry.text == ("Taken back: Stop all changes. Alpha: it had ended by itself. Why: It is over.")
    assert rows.get(kind="read_only").ended_at == over


def test_it_holds_in_months_of_the_trail_that_are_made_later(house, incident):
    room_type_make(house.alpha)
    room_type_make(house.beta)
    take(incident, "read_only", house.alpha.pk)
    execute("SELECT security_trail_partition('2041-05-01')")

    def tell(place):
        execute(
            "INSERT INTO security_auditlog SELECT nextval('security_auditlog_id_seq'), '2041-05-02', op, \"table\","
            " row_pk, property_id, old, new, actor, actor_id, impersonator_id, token_id, request_id, door, address,"
            " reason, transaction, row_hash FROM security_auditlog"
            " WHERE property_id = %s AND \"table\" = 'rooms_roomtype' LIMIT 1",
            [place.pk],
        )

    assert refused_by_database(lambda: tell(house.alpha)).startswith("Nothing can be changed here at present")
    tell(house.beta)
    assert execute("SELECT property_id FROM security_auditlog_2041_05") == [(house.beta.pk,)]


def test_whoever_is_not_signed_in_reads_nothing_of_the_incident(house, incident):
    held = take(incident, "read_only", house.alpha.pk)
    with pytest.raises(InternalError) as refused, transaction.atomic():
        rename(house.alpha)
    for user, told in ((AnonymousUser(), False), (house.ada, True)):
        request = RequestFactory().get("/api/v1/x")
        request.user = user
        answer = exception_handler(refused.value, {"request": request})
        assert (answer.status_code, answer.data["code"]) == (503, "read_only")
        assert (f"Incident {held.incident_id}" in answer.data["detail"]) is told
        for path in ("/api/v1/x", "/pay/x"):
            request.path = path
            try:
                raise refused.value
            except InternalError:
                page = server_error(request)
            assert (page.status_code, page["Retry-After"]) == (503, "60")
            assert (f"Incident {held.incident_id}".encode() in page.content) is told


def _sentence(until, incident):
    return (
        f"Nothing can be changed here at present: this hotel is read-only until {until:%Y-%m-%d %H:%M} UTC, or until "
        f"somebody ends it. Why: Incident {incident.pk} is being answered."
    )


def test_the_api_says_503_with_the_reason_and_when_to_come_back(house, incident, known):
    feature = room_feature_make(house.alpha)
    made = take(incident, "read_only", house.alpha.pk, by=house.ada)
    client = APIClient()
    client.force_authenticate(house.ada)  # works at both hotels: the database refuses what is of Alpha
    path = f"/api/v1/room-features/{feature.pk}"
    assert client.get(path).status_code == 200
    answer = client.patch(path, {"name": "Other"}, format="json")
    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (503, "read_only", "60")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == _sentence(PropertyRestraint.objects.get().until, incident)

    known()
    client.force_authenticate(
        house.val
    )  # works at Alpha only: the door refuses, also what no row of Alpha is in
    guests = client.post("/api/v1/guests", {"property": house.alpha.pk, "last_name": "X"}, format="json")
    assert (guests.status_code, guests.json()["code"], guests["Retry-After"]) == (503, "read_only", "60")
    undo(made)
    known()
    client.force_authenticate(house.ada)
    assert client.patch(path, {"name": "Other"}, format="json").status_code == 200


def test_a_token_for_the_hotel_alone_is_refused_at_the_door_too(house, incident, known):
    issued = token_issue(
        user=house.ada, name="t", codenames=["manage_guests_area"], properties=[house.alpha],
        expires_at=now() + timedelta(days=1),
    )  # fmt: skip
    take(incident, "read_only", house.alpha.pk)
    known()
    client = APIClient(headers={"Authorization": f"Bearer {issued.secret}"})
    answer = client.post("/api/v1/guests", {"property": house.alpha.pk, "last_name": "X"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (503, "read_only")
    assert ApiToken.objects.get(pk=issued.token.pk).last_used_at is not None


def test_pages_are_read_and_change_nothing_people_sign_in_and_end_it(house, incident, known):
    made = take(incident, "read_only", house.alpha.pk)
    known()
    for user in (house.ada, house.bo):
        client = entered(user)
        page = client.get("/dashboard/rack")
        assert page.status_code == 200
        assert b"this hotel is read-only until" in page.content
        refused = client.post("/dashboard/night-audit", {"do": "run"})
        assert (refused.status_code, refused["Retry-After"]) == (503, "60")
        assert b"this hotel is read-only until" in refused.content
    assert client.post("/admin/guests/guest/add/", {}).status_code == 503
    assert client.post("/logout").status_code == 302
    client = entered(house.ada)
    answer = client.post(
        f"/dashboard/security/incidents/{incident.pk}",
        {"do": "undo", "undo-containment": made.pk, "undo-reason": "Over."},
    )
    assert answer.status_code == 302, answer.content
    made.refresh_from_db()
    assert made.undone_by == house.ada
    assert not PropertyRestraint.objects.standing().exists()


def test_the_night_audit_waits_and_says_so(house, incident, known, caplog):
    for place in (house.alpha, house.beta):
        property_setting_make(place, key="stays.night_audit_hour", value=3)
    with time_machine.travel("2027-03-16T06:00Z", tick=False):
        assert house.alpha.pk in audits_due()
        audit = night_audit_request(place=house.alpha, actor=None)
        made = take(incident, "read_only", house.alpha.pk)
        known()
        assert house.alpha.pk not in audits_due()
        assert house.beta.pk in audits_due()
        [first, *_] = checklist(house.alpha).blockers
        assert first.code == "read_only"
        assert first.text.startswith("The audit waits. Nothing can be changed here at present")
        for run in (night_audit_request, night_audit_run):
            with pytest.raises(ReadOnly, match=WHY):
                run(place=house.alpha, actor=None)
        assert night_audit_work(audit.pk) == "requested"
        assert "this hotel is read-only" in caplog.text
        assert blocks_return() == 0
        undo(made)
        known()
        assert house.alpha.pk in audits_due()
    assert NightAudit.objects.count() == 1


def test_a_restraint_ends_by_itself(house, incident, known):
    made = take(incident, "read_only", house.alpha.pk)
    assert restraints_end() == 0
    with time_machine.travel(now() + timedelta(days=1, minutes=1), tick=False):
        assert restraints_end() == 1
        rename(house.alpha)
        undo(made)
        made.refresh_from_db()
    assert IncidentContainment.objects.get().undone_at is not None
    assert (
        made.incident.entries.order_by("-pk")
        .first()
        .text.startswith("Taken back: Stop all changes. Alpha: it had ended by itself.")
    )


def test_what_has_ended_by_itself_is_done_anew_by_the_same_click(house, incident, known):
    first = take(incident, "freeze_exports", house.alpha.pk)
    end = PropertyRestraint.objects.get().until
    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        assert take(incident, "freeze_exports", house.alpha.pk) == first
    with time_machine.travel(end, tick=False):
        again = take(incident, "freeze_exports", house.alpha.pk)
        assert (again.effect["changed"], again.pk > first.pk) == (True, True)
        with pytest.raises(NotPermitted):
            require_exports([house.alpha.pk])
        first.refresh_from_db()
        assert (first.undone_at, first.undone_by, first.undo_reason) == (end, None, "It had ended by itself.")
        undo(again)
    assert PropertyRestraint.objects.filter(ended_at=None).count() == 0


def test_a_second_incident_finds_it_done_and_does_not_take_it_back(house, incident):
    take(incident, "read_only", house.alpha.pk)
    second = take(security_incident_make(house.alpha), "read_only", house.alpha.pk)
    assert (second.effect["changed"], second.result.endswith(", as before.")) == (False, True)
    with pytest.raises(Conflict) as refused:
        undo(second)
    assert refused.value.code == "nothing_changed"
    assert PropertyRestraint.objects.standing().count() == 1


def test_a_hotel_is_restrained_only_by_who_responds_there(house, incident):
    for action in ("freeze_exports", "read_only", "second_step_hotel"):
        with pytest.raises(InvalidInput) as refused:
            take(incident, action, house.alpha.pk, by=house.eve)
        assert refused.value.code == "target_unknown"
    role = house.chain.roles.get(code="front_desk")
    with pytest.raises(InvalidInput):
        take(incident, "second_step_role", role.pk, by=house.bo)
    assert not PropertyRestraint.objects.exists()


def test_the_step_of_a_playbook_is_aimed_at_the_hotel_of_its_incident(house):
    playbooks_seed(chain=house.chain)
    seen = Seen(category="personal_data", title="A list was taken", severity="high")
    incident = incident_open(seen=seen, place=house.alpha, by=house.ada)
    step = incident.steps.get(action="freeze_exports")
    assert step.target == f"property:{house.alpha.pk}"
    row = step_take(step=step, reason="Stop it.", by=house.ada)
    assert (row.status, PropertyRestraint.objects.get().property) == ("done", house.alpha)


# --- passwords


def test_who_must_set_a_new_password_is_put_out_and_does_only_that(house, incident):
    client = entered(house.bo)
    token = ApiToken.objects.count()
    made = take(incident, "new_password", house.bo.pk, by=house.ada)
    assert made.result == "bo must set another password; sessions that ended: 1."
    assert client.get("/dashboard").status_code == 302
    assert not StaffSession.objects.filter(user=house.bo).exists()

    client = Client()
    client.post("/login", {"username": "bo", "password": PASSWORD})
    assert client.get("/dashboard")["Location"] == "/account"
    refused = client.get("/api/v1/me")
    assert (refused.status_code, refused.json()["code"]) == (403, "new_password_required")
    page = client.get("/account").content.decode()
    assert "Choose another one below" in page
    assert page.index('id="password-new"') < page.index('id="app"')
    assert page.count('id="password-new"') == 1
    same = client.post("/account", {"do": "password", "confirm": PASSWORD, "new": PASSWORD})
    assert (same.status_code, b"This is the old one" in same.content) == (400, True)
    wrong = client.post("/account", {"do": "password", "confirm": "not it", "new": "another long passphrase"})
    assert (wrong.status_code, b"This is not your password." in wrong.content) == (400, True)
    weak = client.post("/account", {"do": "password", "confirm": PASSWORD, "new": "short"})
    assert weak.status_code == 400
    assert client.get("/dashboard").status_code == 302
    done = client.post("/account", {"do": "password", "confirm": PASSWORD, "new": "another long passphrase"})
    assert done.status_code == 302
    assert client.get("/dashboard").status_code == 200
    assert User.objects.get(pk=house.bo.pk).password_due_since is None
    assert ApiToken.objects.count() == token
    undo(made)
    assert (
        incident.entries.order_by("-pk")
        .first()
        .text.startswith("Taken back: Force a new password. bo has set another password already.")
    )


def test_the_api_takes_the_new_password_and_an_order_can_be_withdrawn(house, incident):
    entered(house.bo)
    made = take(incident, "new_password", house.bo.pk)
    client = APIClient()
    client.post("/api/v1/auth/login", {"username": "bo", "password": PASSWORD}, format="json")
    client.credentials(HTTP_X_CSRFTOKEN=client.cookies["csrftoken"].value)
    assert client.get("/api/v1/me").status_code == 403
    same = client.post("/api/v1/auth/password", {"old": PASSWORD, "new": PASSWORD}, format="json")
    assert (same.status_code, same.json()["code"]) == (400, "password_same")
    undo(made)
    assert client.get("/api/v1/me").status_code == 200
    take(incident, "new_password", house.bo.pk)
    client = APIClient()
    client.post("/api/v1/auth/login", {"username": "bo", "password": PASSWORD}, format="json")
    client.credentials(HTTP_X_CSRFTOKEN=client.cookies["csrftoken"].value)
    changed = client.post(
        "/api/v1/auth/password", {"old": PASSWORD, "new": "another long passphrase"}, format="json"
    )
    assert (changed.status_code, client.get("/api/v1/me").status_code) == (204, 200)


# --- second steps


@pytest.mark.parametrize("action", ["second_step_hotel", "second_step_role"])
def test_who_has_no_second_step_is_led_to_set_one_up(house, incident, action):
    without, own, elsewhere = entered(house.bo), entered(house.rae), entered(house.eve)
    phone_of(house.rae)
    phone_of(house.ada)
    role = house.chain.roles.get(code="front_desk")
    target = {"second_step_hotel": house.alpha.pk, "second_step_role": role.pk}[action]
    made = take(incident, action, target, by=house.ada)
    assert without.get("/dashboard").status_code == 302
    assert own.get("/dashboard").status_code == 200
    is_at_role = action == "second_step_role"
    assert elsewhere.get("/dashboard").status_code == (302 if is_at_role else 200)
    again = entered(house.bo)
    assert again.get("/dashboard")["Location"] == "/account"
    assert again.get("/api/v1/me").json()["code"] == "second_factor_setup_required"
    undo(made)
    assert entered(house.bo).get("/dashboard").status_code == 200
    assert not AccessPolicy.objects.filter(second_factor_roles=role).exists()
    assert not PropertyRestraint.objects.standing().exists()


@pytest.mark.parametrize("action", ["second_step_hotel", "second_step_role"])
def test_nobody_puts_himself_out_by_asking_for_a_second_step(house, incident, action):
    role = house.chain.roles.get(code="general_manager")
    target = {"second_step_hotel": house.alpha.pk, "second_step_role": role.pk}[action]
    with pytest.raises(Conflict) as refused:
        take(incident, action, target, by=house.ada)
    assert refused.value.code == "own_second_step"
    assert not IncidentContainment.objects.exists()
    phone_of(house.ada)
    take(incident, action, target, by=house.ada)
    again = take(security_incident_make(house.alpha), action, target, by=house.ada)
    assert again.effect["changed"] is False


# --- two at once


@pytest.mark.django_db(transaction=True)
def test_two_who_stop_the_same_hotel_at_once_stop_it_once(house):
    incidents = [security_incident_make(house.alpha) for _ in range(2)]
    found = together(
        *[lambda row=row: take(row, "read_only", house.alpha.pk, by=house.ada) for row in incidents]
    )
    assert sorted(row.effect["changed"] for row in found) == [False, True], found
    assert PropertyRestraint.objects.count() == 1
    assert [row.property_id for row in standing.rows] == [house.alpha.pk]
    standing.forget()


@pytest.mark.django_db(transaction=True)
def test_who_changes_while_another_stops_is_either_before_or_refused(house):
    incident = security_incident_make(house.alpha)
    found = together(
        lambda: take(incident, "read_only", house.alpha.pk),
        lambda: rename(house.alpha),
        lambda: rename(house.beta),
    )
    assert not isinstance(found[0], Exception), found
    assert found[2] is None
    was_done = found[1] is None
    assert was_done or isinstance(found[1], InternalError)
    assert Property.objects.get(pk=house.alpha.pk).phone == ("1" if was_done else "")
    with pytest.raises(InternalError):
        rename(house.alpha, "2")
    standing.forget()
