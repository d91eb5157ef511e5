"""Scripted attacks: each is made through real doors where it has one, and found at the next look; normal work is not."""

from datetime import timedelta

import pytest
from moneyed import Money
from rest_framework.test import APIClient

from hotel.accounts.models import User
from hotel.accounts.services.roles import role_assign
from hotel.accounts.services.second_factors import factors_reset
from hotel.accounts.services.tokens import token_issue
from hotel.core.clock import now
from hotel.core.models import SecurityEvent
from hotel.core.security_events import security_event
from hotel.folios.models import Payment
from hotel.folios.services.refunds import payment_refund
from hotel.monitoring.services.recorder import recorder
from hotel.monitoring.services.usage_flush import usage_flush
from hotel.properties.models import Property
from security.domain.detectors import DETECTORS
from security.models import AuditLog, IncidentDetector, SecurityIncident, TrailJob
from security.selectors.detections import STATEMENTS
from security.selectors.evidence import evidence_check
from security.services import trail_jobs
from security.services.detection import detector_change, detectors_run, detectors_seed
from security.services.incidents import incident_move
from tests.factories.accounts import role_make
from tests.factories.guests import guest_make
from tests.factories.payments import payment_make
from tests.hotel.accounts.phones import phone_of
from tests.security.trail import execute, trail_made
from tests.structure import by_owner
from tests.together import together

ELSEWHERE, PASSWORD, WRONG = "203.0.113.9", "a very long passphrase", "a wrong guess, long"
LOGIN = "/api/v1/auth/login"


@pytest.fixture(autouse=True)
def nothing_seen():
    recorder.drain()
    yield
    recorder.drain()


def attempt(name, password=WRONG, address=ELSEWHERE, **more):
    return APIClient().post(LOGIN, {"username": name, "password": password, **more}, REMOTE_ADDR=address)


def person(user):
    client = APIClient()
    client.force_authenticate(user=User.objects.get(pk=user.pk))
    return client


def used():
    """What the process saw is told to the database, as it is every ten seconds."""
    usage_flush(seen=recorder.drain())


def token_of(user, place, name, **over):
    ends = now() + timedelta(days=1)
    rights = ["view_properties_area"]
    return token_issue(user=user, name=name, codenames=rights, properties=[place], expires_at=ends, **over)


def call(issued, address=ELSEWHERE):
    head = {"HTTP_AUTHORIZATION": f"Bearer {issued.secret}", "REMOTE_ADDR": address}
    return APIClient().get("/api/v1/properties", **head)


def found() -> dict[str, str]:
    """Detector to subject of what is opened by the next look, in that order."""
    return {incident.detector: incident.subject for incident in detectors_run()}


def sharper(code: str, threshold: int) -> None:
    detectors_seed()
    detector_change(detector=IncidentDetector.objects.get(code=code), changes={"threshold": threshold})


def password_guessing(house, monkeypatch):
    for _ in range(10):
        attempt("bo")
    return f"user:{house.bo.pk}"


def password_spray(house, monkeypatch):
    for name in ("ada", "bo", "cy", "di", "rae", "val", "eve", "ida"):
        attempt(name)
    return f"address:{ELSEWHERE}"


def credential_stuffing(house, monkeypatch):
    for number in range(20):
        attempt(f"nobody{number}", address=f"198.51.{number}.7")
    return "sign_in"


def second_step_guessing(house, monkeypatch):
    house.bo.set_password(PASSWORD)
    house.bo.save()
    phone_of(house.bo)
    for _ in range(5):
        assert attempt("bo", PASSWORD, code="00000x").json()["code"] == "code_wrong"
    return f"user:{house.bo.pk}"


def roaming_person(house, monkeypatch):
    house.bo.set_password(PASSWORD)
    house.bo.save()
    for address in ("192.0.2.1", "198.51.100.1", "203.0.113.1"):
        assert attempt("bo", PASSWORD, address=address).status_code == 200
    return f"user:{house.bo.pk}"


def second_factor_removed(house, monkeypatch):
    phone_of(house.ada)
    factors_reset(user=house.ada, by=None)
    return f"user:{house.ada.pk}"


def privilege_at_night(house, monkeypatch):
    ahead = (2 - now().hour) % 24  # the hotel stands where it is between two and three
    zone = f"Etc/GMT-{ahead}" if ahead <= 12 else f"Etc/GMT+{24 - ahead}"
    opened = now() - timedelta(days=2)
    Property.objects.filter(pk=house.alpha.pk).update(time_zone=zone, created_at=opened)
    role_assign(user=house.bo, role=role_make(house.chain, "accounts.manage"), place=house.alpha)
    return f"user:{house.bo.pk}"


def new_superuser(house, monkeypatch):
    User.objects.create_superuser(username="root", password=PASSWORD, chain=house.chain)
    detectors_run()
    User.objects.filter(pk=house.bo.pk).update(is_superuser=True)
    return f"user:{house.bo.pk}"


def token_from_elsewhere(house, monkeypatch):
    issued = token_of(house.ada, house.beta, "Sync", networks=["192.0.2.0/24"])
    assert call(issued).status_code == 401
    return f"token:{issued.token.pk}"


def integrator_guessing(house, monkeypatch):
    for number in range(10):
        form = f"grant_type=client_credentials&client_id=x{number}&client_secret=y"
        APIClient().post(
            "/api/v1/oauth/token",
            form,
            content_type="application/x-www-form-urlencoded",
            REMOTE_ADDR=ELSEWHERE,
        )
    return f"address:{ELSEWHERE}"


def canary_token(house, monkeypatch):
    issued = token_of(house.ada, house.beta, "Canary in the backup script")
    assert call(issued).status_code == 200
    return f"token:{issued.token.pk}"


def probing(house, monkeypatch):
    eve = person(house.eve)
    for number in range(30):
        assert eve.get(f"/api/v1/reservations/{10**6 + number}").status_code == 404
    used()
    return f"user:{house.eve.pk}"


def mass_read(house, monkeypatch):
    sharper("mass_read", 20)
    for number in range(21):
        guest_make(house.alpha, last_name=f"Guest{number}")
    assert len(person(house.bo).get("/api/v1/guests?page_size=100").json()["results"]) >= 21
    return f"user:{house.bo.pk}"


def card_data_found(house, monkeypatch):
    security_event("card_data_found", place="folios_charge.description", rows=1, first=[7])
    return "column:folios_charge.description"


def ciphertext_refused(house, monkeypatch):
    security_event("ciphertext_refused", place="guests.guest.email.7")
    return "encryption"


def trail_tampered(house, monkeypatch):
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    trail_made(20, monkeypatch)
    execute("UPDATE security_auditlog SET reason = 'other' WHERE id = 5")
    trail_jobs.job_ask(kind=TrailJob.VERIFY, by=house.ada)
    trail_jobs.jobs_work()
    return "trail"


def webhook_forged(house, monkeypatch):
    for _ in range(5):
        answer = APIClient().post("/api/v1/payments/webhooks/nobody", {"forged": True}, format="json")
        assert answer.status_code == 404
    used()
    return "webhooks"


def refund_spike(house, monkeypatch):
    paid = payment_make(house.alpha)
    for number in range(5):
        amount = Money(1, paid.currency)
        payment_refund(payment=paid, amount=amount, key=f"r{number}", reason="mistake", actor=house.cy)
    assert Payment.objects.filter(kind="refund").count() == 5
    return f"user:{house.cy.pk}"


def limit_storm(house, monkeypatch):
    sharper("limit_storm", 10)
    minute = int(now().timestamp()) // 60 * 60
    for _ in range(10):
        key = (minute, "GET /api/v1/rooms", "user", house.eve.pk, 0, 4, "v1")
        recorder.record(key, 900, is_limited=True)
    used()
    return f"user:{house.eve.pk}"


ATTACKS = [
    password_guessing, password_spray, credential_stuffing, second_step_guessing, roaming_person,
    second_factor_removed, privilege_at_night, new_superuser, token_from_elsewhere, integrator_guessing, canary_token,
    probing, mass_read, card_data_found, ciphertext_refused, trail_tampered, webhook_forged, refund_spike, limit_storm,
]  # fmt: skip


def test_each_detector_has_an_attack_and_a_statement():
    assert {attack.__name__ for attack in ATTACKS} == set(DETECTORS) == set(STATEMENTS)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_a_scripted_attack_is_found_at_the_next_look_and_once(house, monkeypatch, attack):
    monkeypatch.setattr("hotel.monitoring.domain.defaults.DEFAULTS", ())
    subject = attack(house, monkeypatch)
    code = attack.__name__

    assert found().get(code) == subject
    assert detectors_run() == []
    incident = SecurityIncident.objects.get(detector=code, subject=subject)
    assert (incident.status, incident.category) == ("detected", DETECTORS[code].category)
    table = STATEMENTS[code][0]
    assert [(row.source_table, evidence_check(row).is_sound) for row in incident.evidence.all()] == (
        [(table, True)] if table else []
    )


def test_ten_minutes_of_normal_work_open_nothing(house):
    """Signing in with a slip, working, reading, a refusal now and then; looked at twenty times, as in ten minutes."""
    house.bo.set_password(PASSWORD)
    house.bo.save()
    guests = [guest_make(house.alpha, last_name=f"Guest{number}") for number in range(12)]
    work = person(house.bo)
    issued = token_of(house.ada, house.beta, "Sync", networks=["203.0.113.0/24"])
    attempt("bo")
    assert attempt("bo", PASSWORD, address="192.0.2.1").status_code == 200
    opened, start = [], now()
    for half_minute in range(20):
        for guest in guests[: half_minute % 5]:
            assert work.get(f"/api/v1/guests/{guest.pk}").status_code == 200
        assert work.get("/api/v1/rooms").status_code == 200
        assert work.get("/api/v1/guests?search=Guest").status_code == 200
        assert work.get("/api/v1/users").status_code == 403 if half_minute % 10 == 0 else True
        assert call(issued).status_code == 200
        used()
        opened += detectors_run(at=start + timedelta(seconds=30 * half_minute))
    opened += detectors_run()
    assert AuditLog.objects.filter(op="R").exists()
    assert SecurityEvent.objects.exists()
    assert opened == []


def test_who_opens_a_hotel_at_night_is_left_alone(house, monkeypatch):
    privilege_at_night(house, monkeypatch)
    Property.objects.filter(pk=house.alpha.pk).update(created_at=now())
    assert "privilege_at_night" not in found()


def failures(house, times=10):
    for _ in range(times):
        security_event("sign_in_failed", user=house.bo.pk)


def test_what_is_seen_again_stays_one_incident_and_is_told_of_when_it_doubles(house):
    failures(house)
    [incident] = detectors_run()
    failures(house, 5)
    assert detectors_run() == []
    incident.refresh_from_db()
    assert (incident.signals, incident.entries.filter(kind="signal").count()) == (10, 0)
    failures(house, 5)
    assert detectors_run() == []
    incident.refresh_from_db()
    assert (incident.signals, incident.entries.filter(kind="signal").count()) == (20, 1)


def test_what_was_dismissed_opens_again_by_newer_signs_only(house):
    failures(house)
    [incident] = detectors_run()
    incident_move(incident=incident, command="dismiss", words="He forgot it.", by=house.ada)
    assert detectors_run() == []
    failures(house, 1)
    assert [again.subject for again in detectors_run()] == [incident.subject]


def test_an_incident_is_where_the_person_works(house):
    failures(house)
    assert detectors_run()[0].property == house.alpha


def test_thresholds_are_rows_and_what_is_switched_off_does_not_look(house):
    failures(house, 4)
    assert detectors_run() == []
    sharper("password_guessing", 5)
    assert detectors_run() == []
    sharper("password_guessing", 4)
    rule = IncidentDetector.objects.get(code="password_guessing")
    detector_change(detector=rule, changes={"is_active": False})
    assert detectors_run() == []
    detector_change(detector=rule, changes={"is_active": True})
    assert len(detectors_run()) == 1
    assert detectors_seed() == 0


def test_old_signs_are_outside_of_the_window(house):
    failures(house)
    with by_owner():
        SecurityEvent.objects.update(occurred_at=now() - timedelta(minutes=11))
    assert detectors_run() == []


@pytest.mark.django_db(transaction=True)
def test_two_looks_at_once_open_one_incident(house):
    failures(house)
    detectors_seed()
    opened = together(detectors_run, detectors_run)
    assert sorted(len(one) for one in opened) == [0, 1], opened
    assert SecurityIncident.objects.count() == 1
